"""A passage of a section: where it stands, what stands around it, and the marks at its edges."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from longwriter_desktop.agentwrite.sentences import sentence_ends
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.errors import InputProblem

_LEAD = re.compile(r"\s*(?:(?:#{1,6}|>|[-*+]|\d{1,3}[.)])[ \t]+)*")
_PAIRS = (
    *(("***", "***"), ("**", "**"), ("__", "__"), ("~~", "~~"), ("`", "`"), ("*", "*"), ("_", "_")),
    *(('"', '"'), ("“", "”"), ("「", "」"), ("『", "』"), ("«", "»"), ("(", ")"), ("（", "）")),
)
_QUOTES = (('"', '"'), ("“", "”"), ("「", "」"), ("*", "*"), ("**", "**"))
"""What models put around a whole answer."""
_SENTENCE_END = (".", "。")
_LONGEST_WORD = 40
_NEIGHBOURS = 3
"""Sentences on either side of a passage that a model likes to say again."""
_SAME = 0.85


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a section's text: ``start`` is its place, in characters from 0, ``text`` what stands there."""

    section_id: str
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Edges:
    """A passage in three: ``core`` is what is written anew, ``before`` and ``after`` stay."""

    before: str
    core: str
    after: str


def find_passage(section: Section, words: str) -> Passage:
    """The passage of a section that consists of just these words.

    Raises InputProblem when they stand nowhere in it, or more than once.
    """
    if not words.strip():
        raise InputProblem("There are no words to look for. Name the passage by its exact words; nothing was changed.")
    count = section.text.count(words)
    if count == 0:
        raise InputProblem(
            "These words stand nowhere in the section. Copy them as they are, Markdown and all; nothing was changed."
        )
    if count > 1:
        raise InputProblem(
            f"These words stand {count} times in the section. Take a few more, so that it is clear which are meant; "
            "nothing was changed."
        )
    return Passage(section.id, section.text.index(words), words)


def located(text: str, passage: Passage) -> int | None:
    """Where the passage stands in ``text`` now; None when it is gone, or when several could be meant."""
    if text.startswith(passage.text, passage.start):
        return passage.start
    return text.index(passage.text) if text.count(passage.text) == 1 else None


def around(document: Document, passage: Passage, characters: int) -> tuple[str, str]:
    """What stands before the passage, as many characters of it, and half as many of what stands behind it."""
    if characters <= 0:
        return "", ""
    index = document.index(passage.section_id)
    text = document.sections[index].text
    before = (*(each.text for each in document.sections[:index]), text[: passage.start])
    after = (text[passage.start + len(passage.text) :], *(each.text for each in document.sections[index + 1 :]))
    return _end_of(_paragraphs(before), characters), _beginning_of(_paragraphs(after), characters // 2)


def _paragraphs(texts: Iterable[str]) -> str:
    return "\n\n".join(text.strip() for text in texts if text.strip())


def _end_of(text: str, characters: int) -> str:
    """The end of a text, from the beginning of a word on."""
    if len(text) <= characters:
        return text
    cut = text[-characters:]
    space = cut.find(" ", 0, _LONGEST_WORD)
    return "… " + cut[space + 1 :].lstrip()


def _beginning_of(text: str, characters: int) -> str:
    """The beginning of a text, up to the end of a word."""
    if len(text) <= characters:
        return text
    space = text.rfind(" ", characters - _LONGEST_WORD, characters)
    return text[: space if space > 0 else characters].rstrip() + " …"


def without_neighbours(text: str, before: str, after: str) -> str:
    """A new passage without sentences at its ends that stand before or behind it already.

    All of it is never taken: a passage may well say again what its neighbours say.
    """
    sentences = _sentences(text)
    first, last = 0, len(sentences)
    while first < last and _stands_in(sentences[first], _sentences(before)[-_NEIGHBOURS:]):
        first += 1
    while last > first and _stands_in(sentences[last - 1], _sentences(after)[:_NEIGHBOURS]):
        last -= 1
    return "".join(sentences[first:last]).strip() or text


def _sentences(text: str) -> list[str]:
    cuts = [0, *sentence_ends(text), len(text)]
    return [text[start:end] for start, end in pairwise(cuts) if start < end]


def _stands_in(sentence: str, neighbours: list[str]) -> bool:
    said = sentence.strip().casefold()
    return any(SequenceMatcher(None, said, each.strip().casefold()).ratio() >= _SAME for each in neighbours)


def edges_of(text: str) -> Edges:
    """Takes spaces, the mark of a list, quotation or heading, and emphasis or quotation marks around all of it off."""
    lead = _LEAD.match(text)
    before = lead.group() if lead else ""
    core = text[len(before) :].rstrip()
    after = text[len(before) + len(core) :]
    stripped = True
    while stripped:
        stripped = False
        for opening, closing in _PAIRS:
            if _is_around(core, opening, closing):
                before, after = before + opening, closing + after
                core = core[len(opening) : len(core) - len(closing)]
                stripped = True
                break
    return Edges(before, core, after)


def _is_around(core: str, opening: str, closing: str) -> bool:
    """Whether two marks stand around all of it and belong together."""
    inner = core[len(opening) : len(core) - len(closing)]
    if len(core) <= len(opening) + len(closing) or not (core.startswith(opening) and core.endswith(closing)):
        return False
    return bool(inner.strip()) and inner == inner.strip() and opening[0] not in inner and closing[0] not in inner


def joined(edges: Edges, core: str, *, is_sentence: bool) -> str:
    """The new passage: ``core`` between the edges of the old one.

    Marks that the model has repeated are not doubled. What stands in the middle of a sentence does not end it.
    """
    core = core.strip()
    marks = edges.before.strip()
    if marks and (lead := _LEAD.match(core)) and lead.group():
        core = core[lead.end() :]
    for opening, closing in (*_QUOTES, *_PAIRS):
        wraps_old = edges.before.endswith(opening) and edges.after.startswith(closing)
        if (wraps_old or (opening, closing) in _QUOTES) and _is_around(core, opening, closing):
            core = core[len(opening) : len(core) - len(closing)]
    if not is_sentence:
        core = _as_part(core, edges.core)
    return edges.before + core + edges.after


def _as_part(core: str, old: str) -> str:
    """A sentence of the model's as a part of one, as ``old`` was."""
    if core.endswith(_SENTENCE_END) and not core.endswith(".."):
        core = core[:-1]
    first = core.split(maxsplit=1)[0] if core.split() else ""
    if old[:1].islower() and first[:1].isupper() and first[1:].islower():
        core = core[:1].lower() + core[1:]
    return core
