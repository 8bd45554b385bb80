"""A document as one tree: its title, its sections' headings and their text, with notes and links resolved."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from longwriter_desktop.document.document import Document
from longwriter_desktop.export.blocks import Block, Heading, Inline, Paragraph, Text
from longwriter_desktop.export.characters import clean, one_line
from longwriter_desktop.export.lines import fence_length, heading_shift, indent_of, marks
from longwriter_desktop.export.parse import Definitions, read_blocks, read_line

SECTION_LEVEL = 2
"""A section's heading in Markdown's levels; the title is the only one at 1."""

_DEFINITION = re.compile(
    r"^ {0,3}\[(?:\^(?P<note>[^\]\s]+)\]:[ \t]*(?P<text>\S.*)"
    r"|(?P<label>[^\^\]\[][^\]\[]*)\]:[ \t]*<?(?P<target>[^\s<>]+)>?"
    r"(?:[ \t]+(?P<title>\"[^\"]*\"|'[^']*'|\([^)]*\)))?[ \t]*)$"
)
_OTHER_LINE_END = re.compile("[\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Manuscript:
    """``language`` is "en" or "zh". ``blocks`` are without the title; headings begin at `SECTION_LEVEL`."""

    title: tuple[Inline, ...]
    language: str
    blocks: tuple[Block, ...]


def heading_text(heading: str) -> str:
    """A section's heading in one line, without the "##" that a model may have put before it."""
    return re.sub(r"^#{1,6}(?: |$)", "", one_line(heading))


def highest_inner_level(heading: str) -> int:
    """How high a heading inside a section's text may stand: below the section's own, or as high without one."""
    return SECTION_LEVEL + 1 if heading_text(heading) else SECTION_LEVEL


def read_manuscript(document: Document) -> Manuscript:
    """The tree of ``document``. Each section's Markdown is read by itself, so that a stray mark ends with it."""
    texts = [_Source.of(section.text) for section in document.sections]
    everywhere = "\n".join(section.text for section in document.sections)
    for text in texts:
        text.take_definitions(everywhere)
    notes = {label: lines for text in reversed(texts) for label, lines in text.notes.items()}
    links = {label: link for text in reversed(texts) for label, link in text.links.items()}
    read: list[tuple[Block, ...]] = []
    for section, text in zip(document.sections, texts, strict=True):
        own = Definitions({**notes, **text.notes}, {**links, **text.links})
        levels = [mark.level for mark in marks(text.lines) if mark.level]
        shift = heading_shift(levels, highest_inner_level(section.heading))
        read.append(read_blocks(text.lines, own, shift))
        for key in own.used:
            owner = text if key in text.taken else next(each for each in texts if key in each.taken)
            owner.used.add(key)
    blocks: list[Block] = []
    for section, text, inside in zip(document.sections, texts, read, strict=True):
        heading = read_line(heading_text(section.heading))
        blocks += [Heading(SECTION_LEVEL, heading)] if heading else []
        blocks += inside
        blocks += text.unused()
    return Manuscript(read_line(one_line(document.title)), document.language, tuple(blocks))


@dataclass
class _Source:
    """A section's cleaned lines, and the definitions that were taken out of them, by label."""

    lines: list[str]
    notes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    links: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    taken: Mapping[str, str] = field(default_factory=dict)
    """The source of each definition by "^label" or "label": nothing is lost when nothing points to it."""
    used: set[str] = field(default_factory=set)
    """Those of them that something did point to, here or in a section without one of that label."""

    @staticmethod
    def of(text: str) -> "_Source":
        return _Source(_OTHER_LINE_END.sub("\n", clean(text)).split("\n"))

    def take_definitions(self, everywhere: str) -> None:
        """Takes out the definitions that something in the text ``everywhere`` may point to."""
        kept: list[str] = []
        notes: dict[str, list[str]] = {}
        links: dict[str, tuple[str, str]] = {}
        taken: dict[str, str] = {}
        pointed_to = everywhere.lower()
        index = 0
        while index < len(self.lines):
            end = index + max(1, fence_length(self.lines, index))
            match = _DEFINITION.match(self.lines[index])
            key = _key(match)
            if match is None or key in taken or pointed_to.count(f"[{key}]".lower()) < 2:
                kept += self.lines[index:end]
                index = end
                continue
            if match["note"] is not None:
                end = _end_of_note(self.lines, index)
                notes[match["note"]] = [match["text"], *(line.strip() for line in self.lines[index + 1 : end])]
            else:
                links[key] = (match["target"], (match["title"] or "")[1:-1])
            taken[key] = "\n".join(self.lines[index:end])
            index = end
        self.lines, self.notes, self.links, self.taken = kept, notes, links, taken

    def unused(self) -> Iterator[Block]:
        """The definitions that nothing pointed to after all, as the text that they are."""
        for key, source in self.taken.items():
            if key not in self.used:
                yield Paragraph((Text(" ".join(source.split())),))


def _key(match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    if match["note"] is not None:
        return f"^{match['note']}"
    return " ".join(match["label"].split()).lower()


def _end_of_note(lines: Sequence[str], index: int) -> int:
    """Where the footnote that begins at ``index`` ends: its paragraph, and what is indented under it."""
    index += 1
    end = index
    while index < len(lines):
        blank = not lines[index].strip()
        goes_on = index == end and _DEFINITION.match(lines[index]) is None
        if not blank and not goes_on and indent_of(lines[index]) < 2:
            break
        index += 1
        end = end if blank else index
    return end
