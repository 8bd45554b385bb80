"""A whole document as readable JSON: nothing of it is left out, and reading it back gives the same document.

The file is one JSON object in UTF-8, with ``"format": "longwriter-document"`` and ``"version": 1`` first.
What else is in it:

``title``, ``instruction``   texts
``language``       "en" or "zh"
``word_target``    the asked length in words, 0 when none was asked
``settings``       ``model``, ``temperature`` and ``seed`` of this document; "" and null follow the app
``sections``       in order; each has a ``main_point``, a ``word_target`` in words, a ``heading``, a ``text``
                   in Markdown, a ``direction`` for the writer, whether it is ``complete`` and ``locked``,
                   a ``summary``, its ``versions`` from the oldest on, and an ``id`` of its own. ``basis``,
                   ``stop_reason`` and ``summary_of`` are as in `Section`.
``trash``          deleted sections in the same form, newest last
``plan_at_start``  the plan as it stood when writing began: ``number``, ``main_point`` and ``words`` a line

A version has its ``text``, ``created_at`` in Unix seconds, ``origin`` ("generated" or "edited") and the
``model``, ``seed``, ``temperature`` and ``direction`` that it was generated with.

All but ``format``, ``version``, and a section's ``main_point`` may be left out by who writes such a file by
hand. A text with a lone surrogate, which JSON has no safe form for, is a list: pieces of text, and the
surrogates as numbers between them.
"""

import math
import re
from collections import Counter
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from longwriter_desktop.document.document import Document, DocumentSettings
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Section, Version, new_section_id
from longwriter_desktop.errors import NotAProject, ProjectTooNew
from longwriter_desktop.project import limits
from longwriter_desktop.project.problems import problem

SUFFIX = ".json"
FORMAT = "longwriter-document"
FORMAT_VERSION: Literal[1] = 1

_Text = str | list[str | int]
_Count = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
_Seed = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
_SURROGATE = re.compile("([\ud800-\udfff])")


class _Strict(msgspec.Struct, forbid_unknown_fields=True):
    """What is not known is refused: it may be a word misspelt, and would be lost."""


class _Version(_Strict, kw_only=True):
    text: _Text
    created_at: float = 0.0
    origin: Literal["generated", "edited"] = "edited"
    model: _Text = ""
    seed: _Seed | None = None
    temperature: float | None = None
    direction: _Text = ""


class _Section(_Strict, kw_only=True):
    id: _Text = ""
    heading: _Text = ""
    main_point: _Text
    word_target: _Count = 0
    direction: _Text = ""
    complete: bool = False
    locked: bool = False
    text: _Text = ""
    summary: _Text = ""
    summary_of: _Text = ""
    basis: _Text = ""
    stop_reason: _Text = ""
    versions: Annotated[list[_Version], msgspec.Meta(max_length=limits.MOST_VERSIONS)] = []


class _Step(_Strict, kw_only=True):
    number: _Count
    main_point: _Text
    words: _Count


class _Settings(_Strict, kw_only=True):
    model: _Text = ""
    temperature: float | None = None
    seed: _Seed | None = None


class _Document(_Strict, kw_only=True):
    format: Literal["longwriter-document"]
    version: Literal[1]
    title: _Text = ""
    instruction: _Text = ""
    language: Literal["en", "zh"] = "en"
    word_target: _Count = 0
    settings: _Settings = msgspec.field(default_factory=_Settings)
    sections: Annotated[list[_Section], msgspec.Meta(max_length=limits.MOST_SECTIONS)] = []
    trash: Annotated[list[_Section], msgspec.Meta(max_length=limits.MOST_SECTIONS)] = []
    plan_at_start: Annotated[list[_Step], msgspec.Meta(max_length=limits.MOST_SECTIONS)] = []


class _Head(msgspec.Struct):
    """What is read first, whatever else there is."""

    format: object = None
    version: object = None


# -- writing -----------------------------------------------------------------------------------------


def to_json(document: Document) -> bytes:
    """The whole document as JSON, indented to be read."""
    chosen = document.settings
    form = _Document(
        format="longwriter-document",
        version=FORMAT_VERSION,
        title=_form(document.title),
        instruction=_form(document.instruction),
        language="zh" if document.language == "zh" else "en",
        word_target=document.word_target,
        settings=_Settings(model=_form(chosen.model), temperature=chosen.temperature, seed=chosen.seed),
        sections=[_section_form(section) for section in document.sections],
        trash=[_section_form(section) for section in document.trash],
        plan_at_start=[
            _Step(number=step.number, main_point=_form(step.main_point), words=step.words)
            for step in document.plan_at_start
        ],
    )
    return msgspec.json.format(msgspec.json.encode(form), indent=2) + b"\n"


def _form(text: str) -> _Text:
    if _SURROGATE.search(text) is None:
        return text
    return [ord(part) if _SURROGATE.fullmatch(part) else part for part in _SURROGATE.split(text) if part]


def _section_form(section: Section) -> _Section:
    return _Section(
        id=_form(section.id),
        heading=_form(section.heading),
        main_point=_form(section.main_point),
        word_target=section.word_target,
        direction=_form(section.direction),
        complete=section.complete,
        locked=section.locked,
        text=_form(section.text),
        summary=_form(section.summary),
        summary_of=_form(section.summary_of),
        basis=_form(section.basis),
        stop_reason=_form(section.stop_reason),
        versions=[_version_form(version) for version in section.versions],
    )


def _version_form(version: Version) -> _Version:
    return _Version(
        text=_form(version.text),
        created_at=version.created_at,
        origin=version.origin,
        model=_form(version.model),
        seed=version.seed,
        temperature=version.temperature,
        direction=_form(version.direction),
    )


# -- reading -----------------------------------------------------------------------------------------


def read_json(path: Path) -> Document:
    """The document in a JSON file; the file is not changed.

    Raises NotAProject for a file that holds no document, ProjectTooNew for one in a newer form,
    ProjectProblem for one that cannot be read.
    """
    try:
        if excess := limits.excess_of_file(path.stat().st_size):
            raise _refused(path.name, excess)
        content = path.read_bytes()
    except OSError as error:
        raise problem(error, path, "opened") from error
    return from_json(content, path.name)


def from_json(content: bytes, name: str) -> Document:
    """The document that JSON says; ``name`` is the file's, for the sentence about what is wrong.

    Raises NotAProject for what is no document, ProjectTooNew for a newer form.
    """
    if excess := limits.excess_of_file(len(content)):
        raise _refused(name, excess)
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        head = msgspec.json.decode(content, type=_Head)
        if head.format != FORMAT:
            raise _refused(name, f"its “format” is not “{FORMAT}”")
        if isinstance(head.version, int) and head.version > FORMAT_VERSION:
            raise ProjectTooNew(
                f"“{name}” was exported by a newer version of LongWriter Desktop (form {head.version}; this one reads "
                f"{FORMAT_VERSION}). Nothing was imported. Update the app, then try again."
            )
        form = msgspec.json.decode(content, type=_Document)
        return _document(form)
    except UnicodeDecodeError as error:
        raise _refused(name, "it is not UTF-8 text") from error
    except RecursionError as error:
        raise _refused(name, "it is nested too deeply") from error
    except (msgspec.MsgspecError, ValueError) as error:
        raise _refused(name, _reason(str(error))) from error


def _refused(name: str, why: str) -> NotAProject:
    return NotAProject(
        f"“{name}” cannot be read as a document: {why}. Nothing was imported. "
        "Choose a JSON file that LongWriter Desktop has exported."
    )


def _reason(said: str) -> str:
    """What msgspec says, as part of a sentence: "at sections[0].word_target: expected `int`, got `str`"."""
    what, _, where = said.partition(" - at `$")
    place = where.strip("`").lstrip(".")
    what = what if what.startswith("JSON") else what[:1].lower() + what[1:]
    return (f"at {place}: {what}" if place else what).rstrip(".")


def _document(form: _Document) -> Document:
    sections = tuple(_section(each) for each in form.sections)
    for section_id, count in Counter(section.id for section in sections).items():
        if count > 1:
            raise ValueError(f"{count} sections have the id “{section_id[:40]}”")
    chosen = form.settings
    return Document(
        title=_text(form.title),
        instruction=_text(form.instruction),
        language=form.language,
        word_target=form.word_target,
        sections=sections,
        plan_at_start=tuple(Step(each.number, _text(each.main_point), each.words) for each in form.plan_at_start),
        trash=tuple(_section(each) for each in form.trash),
        settings=DocumentSettings(_text(chosen.model), _finite(chosen.temperature), chosen.seed),
    )


def _text(form: _Text) -> str:
    if isinstance(form, str):
        return form
    for part in form:
        if isinstance(part, int) and not 0xD800 <= part <= 0xDFFF:
            raise ValueError(f"{part} stands for no lone surrogate in a text")
    return "".join(chr(part) if isinstance(part, int) else part for part in form)


def _finite(number: float | None) -> float | None:
    if number is not None and not math.isfinite(number):
        raise ValueError("a number is too large")
    return number


def _section(form: _Section) -> Section:
    return Section(
        id=_text(form.id) or new_section_id(),
        heading=_text(form.heading),
        main_point=_text(form.main_point),
        word_target=form.word_target,
        direction=_text(form.direction),
        complete=form.complete,
        locked=form.locked,
        text=_text(form.text),
        summary=_text(form.summary),
        summary_of=_text(form.summary_of),
        basis=_text(form.basis),
        stop_reason=_text(form.stop_reason),
        versions=tuple(_version(each) for each in form.versions),
    )


def _version(form: _Version) -> Version:
    return Version(
        text=_text(form.text),
        created_at=_finite(form.created_at) or 0.0,
        origin=form.origin,
        model=_text(form.model),
        seed=form.seed,
        temperature=_finite(form.temperature),
        direction=_text(form.direction),
    )
