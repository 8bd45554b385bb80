"""The document that explains the app by being one: half written, with a stale section, a locked one, and versions."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.paths import resource_path

KEYS = (
    *("undo", "next_pane", "shortcuts", "instruction", "write"),
    *("lock_sections", "compare", "rewrite_selection"),
)
"""Entries of the menus whose keys the text names; each stands in it in braces."""
ENTRIES = ("instruction", "write_stale")
"""Entries of which the text says where they are: "{write_stale_entry}"."""


def guided_document(language: str, keys: Mapping[str, str], at: float) -> Document:
    """The document in ``language``, "zh" or else English.

    ``keys`` gives for each of `KEYS` how the key is written on this system, and where each of `ENTRIES` is; ``at`` is
    now, in Unix seconds.
    """
    file = resource_path("guide", "zh.toml" if language == "zh" else "en.toml")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    sections = tuple(_section(entry, keys, at) for entry in table["section"])
    document = Document(
        title=table["title"],
        instruction=table["instruction"].strip(),
        language="zh" if language == "zh" else "en",
        word_target=sum(section.word_target for section in sections),
        sections=sections,
    )
    document = replace(document, plan_at_start=document.steps)
    for entry, section in zip(table["section"], sections, strict=True):
        if section.text:
            document = document.with_section(replace(section, basis=_basis(document, section, entry)))
    return document


def _section(entry: Mapping[str, Any], keys: Mapping[str, str], at: float) -> Section:
    text = entry["text"].strip().format_map(keys)
    before = entry.get("before", "").strip()
    # Nothing in a new document is older than the document; one after the other all the same.
    versions = tuple(Version(each, at - age, "generated") for each, age in ((before, 2.0), (text, 1.0)) if each)
    return Section(
        main_point=entry["main_point"],
        # A text of the guide is as long as it was asked for.
        word_target=entry.get("words") or max(10, round(count_words(text), -1)),
        heading=entry.get("heading", ""),
        text=text,
        complete=entry["state"] == "written",
        locked=entry.get("locked", False),
        versions=versions,
    )


def _basis(document: Document, section: Section, entry: Mapping[str, Any]) -> str:
    """What a section was written against: what is there now, or the main point that it had before."""
    then = document.with_section(replace(section, main_point=entry.get("was", section.main_point)))
    return then.basis(section.id)
