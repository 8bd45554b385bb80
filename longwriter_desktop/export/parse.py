"""Reads Markdown into `blocks` with the library Python-Markdown: its tree of elements, never its HTML."""

import html.entities
import re
import string
import xml.etree.ElementTree as etree  # noqa: N813  the library's own name for it
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import markdown
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString, Registry

from longwriter_desktop.export.blocks import (
    Alignment,
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Footnote,
    Heading,
    Inline,
    LineBreak,
    Link,
    List,
    Paragraph,
    Quote,
    Rule,
    Strikethrough,
    Strong,
    Table,
    Text,
)
from longwriter_desktop.export.characters import clean
from longwriter_desktop.export.lenient import TOKEN, regular, token

_LINE_END = re.compile(r"[ \t]*\n[ \t]*")
_ASIDE = re.compile("\x02aside(\\d+)\x03")
_ENTITY = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z0-9]+);")
_FOOTNOTE = r"\[\^([^\]\s]+)\]"
_NOT_READ = {
    "preprocessors": ("normalize_whitespace", "html_block"),  # `characters` and `lenient` do the first
    "blockprocessors": ("code", "hashheader", "setextheader", "hr", "reference"),  # tokens of `lenient`
    "inlinePatterns": ("html", "automail", "entity", "backtick"),  # HTML is text; the others are replaced
    "treeprocessors": ("prettify",),
}


@dataclass
class Definitions:
    """What a text may point to: footnotes (lines of Markdown) and link addresses with their titles, by label.

    Labels of links are in lower case, as the library looks them up. ``used`` collects what was pointed
    to: "^label" for a footnote, "label" for a link.
    """

    footnotes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    links: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)


def read_blocks(lines: Sequence[str], definitions: Definitions, shift: int = 0) -> tuple[Block, ...]:
    """The blocks of cleaned Markdown ``lines``, headings ``shift`` levels lower.

    No text is an error: what is not Markdown is the text itself. So is raw HTML.
    """
    try:
        return _read(lines, definitions, shift, literal=False)
    except RecursionError:  # hundreds of emphases inside of each other
        return _read(lines, definitions, shift, literal=True)


def _read(lines: Sequence[str], definitions: Definitions, shift: int, *, literal: bool) -> tuple[Block, ...]:
    aside: list[CodeBlock | Text] = []
    canonical = regular(lines, aside, shift, literal=literal)
    library = _library(definitions)
    root = cast(etree.Element, library.parser.parseDocument(canonical).getroot())
    for processor in library.treeprocessors:
        changed = processor.run(root)
        root = root if changed is None else changed
    return _Reader(definitions, tuple(aside)).blocks(root)


def read_line(text: str) -> tuple[Inline, ...]:
    """The inlines of one line, such as a title; a "1." or "-" at its beginning makes no list of it."""
    for block in read_blocks([f"{token('line')} {text}"], Definitions()):
        if isinstance(block, Paragraph):
            return _without_needless_strong(block.children)
    return ()


# -- the library, with the parts that make or swallow HTML replaced ------------------------------------


class _References(dict[str, tuple[str, str]]):
    """Link addresses by label; notes which of them are looked up."""

    def __init__(self, definitions: Definitions) -> None:
        super().__init__(definitions.links)
        self._used = definitions.used

    def __getitem__(self, label: str) -> tuple[str, str]:
        self._used.add(label)
        return super().__getitem__(label)


class _CodeSpan(markdown.inlinepatterns.BacktickInlineProcessor):
    """Code between backticks, its characters as they are; the library's own makes entities of them."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  the library's name; its stub lacks None
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | str | None, int | None, int | None]:
        found, start, end = super().handleMatch(m, data)
        if isinstance(found, etree.Element) and found.text is not None:
            text = found.text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            found.text = AtomicString(text)
        return found, start, end


class _Entity(InlineProcessor):
    """``&copy;`` as the character that it names; an unknown name is text."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002  the library gives both
    ) -> tuple[str | None, int | None, int | None]:
        name = m.group(1)
        if not name.startswith("#") and f"{name};" not in html.entities.html5:
            return None, None, None
        return clean(html.unescape(m.group(0))) or m.group(0), m.start(0), m.end(0)


class _Mail(InlineProcessor):
    """``<me@example.com>``; the library's own hides the address among entities."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002  the library gives both
    ) -> tuple[etree.Element | None, int | None, int | None]:
        link = etree.Element("a", {"href": f"mailto:{m.group(1).removeprefix('mailto:')}"})
        link.text = AtomicString(m.group(1))
        return link, m.start(0), m.end(0)


class _FootnoteMark(InlineProcessor):
    """``[^1]`` where there is a footnote of that label."""

    def __init__(self, definitions: Definitions) -> None:
        super().__init__(_FOOTNOTE)
        self._footnotes = definitions.footnotes

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002  the library gives both
    ) -> tuple[etree.Element | None, int | None, int | None]:
        if m.group(1) not in self._footnotes:
            return None, None, None
        return etree.Element("footnote", {"label": m.group(1)}), m.start(0), m.end(0)


def _library(definitions: Definitions) -> markdown.Markdown:
    library = markdown.Markdown(extensions=[TableExtension(use_align_attribute=True), SaneListExtension()])
    registries: dict[str, Registry[Any]] = {
        "preprocessors": library.preprocessors,
        "blockprocessors": library.parser.blockprocessors,
        "inlinePatterns": library.inlinePatterns,
        "treeprocessors": library.treeprocessors,
    }
    for registry, names in _NOT_READ.items():
        for name in names:
            registries[registry].deregister(name)
    patterns = library.inlinePatterns
    patterns.register(_CodeSpan(markdown.inlinepatterns.BACKTICK_RE), "backtick", 190)
    patterns.register(_FootnoteMark(definitions), "footnote", 175)
    patterns.register(_Mail(r"<((?:mailto:)?[^\s<>@:/!]+@[^\s<>@]+)>"), "automail", 110)
    patterns.register(_Entity(_ENTITY.pattern), "entity", 80)
    if library.delimiters is not None:
        library.delimiters.add("~", "del", double=True)
    library.ESCAPED_CHARS = list(string.punctuation)
    library.references = _References(definitions)
    return library


# -- from the library's tree ---------------------------------------------------------------------------

_BLOCK_TAGS = frozenset(("p", "ul", "ol", "li", "blockquote", "table", "div"))


@dataclass(frozen=True)
class _Reader:
    definitions: Definitions
    aside: tuple[CodeBlock | Text, ...]

    def blocks(self, parent: etree.Element) -> tuple[Block, ...]:
        """The blocks in ``parent``; text that stands in it directly makes paragraphs."""
        found: list[Block] = []
        loose = _Loose(parent.text or "")
        for child in parent:
            if child.tag in _BLOCK_TAGS:
                found += self._paragraph(loose)
                found += self._block(child)
                loose = _Loose(child.tail or "")
            else:
                loose.children.append(child)
        found += self._paragraph(loose)
        return tuple(found)

    def _block(self, element: etree.Element) -> Iterator[Block]:
        if element.tag in ("ul", "ol"):
            items = tuple(self.blocks(item) for item in element)
            yield List(element.tag == "ol", int(element.get("start", "1")), items)
        elif element.tag == "blockquote":
            blocks = self.blocks(element)
            if blocks:
                yield Quote(blocks)
        elif element.tag == "table":
            yield self._table(element)
        else:
            yield from self.blocks(element)

    def _paragraph(self, loose: "_Loose") -> Iterator[Block]:
        children = _trimmed(self._inlines(loose.text, loose.children))
        name, number = "", 0
        if children and isinstance(children[0], Text):
            match = TOKEN.match(children[0].text)
            if match is not None:
                name, number = match[1], int(match[2] or 0)
                rest = Text(children[0].text[match.end() :])
                children = _trimmed((rest, *children[1:]) if rest.text else children[1:])
        if name == "aside":
            yield cast(CodeBlock, self.aside[number])
        elif name == "rule":
            yield Rule()
        elif name == "heading" and children:
            yield Heading(number, _without_needless_strong(children))
        elif children:
            yield Paragraph(children)

    def _table(self, element: etree.Element) -> Table:
        rows = [[self._cell(cell) for cell in row] for row in element.iter("tr")]
        heads = element.findall("thead/tr/th")
        alignments = tuple(cast(Alignment, head.get("align", "")) for head in heads)
        body = tuple(tuple(row) for row in rows[1:] if any(row))
        return Table(tuple(rows[0]), body, alignments)

    def _cell(self, cell: etree.Element) -> tuple[Inline, ...]:
        return _trimmed(self._inlines(cell.text or "", list(cell)))

    def _inlines(self, text: str, children: Sequence[etree.Element]) -> tuple[Inline, ...]:
        found: list[Inline] = [self._text(text)]
        for child in children:
            found.append(self._inline(child))
            found.append(self._text(child.tail or ""))
        return _merged(found)

    def _text(self, text: str) -> Text:
        """``text`` with what was put aside of it back in place."""
        return Text(_ASIDE.sub(self._put_back, text))

    def _put_back(self, match: re.Match[str]) -> str:
        found = self.aside[int(match[1])]
        return found.text if isinstance(found, Text) else match[0]

    def _inline(self, element: etree.Element) -> Inline:  # noqa: PLR0911  one return for each tag
        inside = self._inlines(element.text or "", list(element))
        match element.tag:
            case "strong":
                return Strong(inside)
            case "em":
                return Emphasis(inside)
            case "del":
                return Strikethrough(inside)
            case "code":
                return Code(_LINE_END.sub(" ", element.text or ""))
            case "br":
                return LineBreak()
            case "a":
                return Link(inside, element.get("href", ""), element.get("title", ""))
            case "img":
                name = _merged([Text(element.get("alt", ""))])
                return Link(name, element.get("src", ""), element.get("title", ""))
            case "footnote":
                return self._footnote(element.get("label", ""))
            case _:
                raise AssertionError(f"the library made an element that nobody asked for: {element.tag}")

    def _footnote(self, label: str) -> Footnote:
        """Notes do not hold notes: a mark inside of one is text."""
        self.definitions.used.add(f"^{label}")
        inside = Definitions({}, self.definitions.links, self.definitions.used)
        return Footnote(label, read_blocks(self.definitions.footnotes[label], inside))


@dataclass
class _Loose:
    """Text and inline elements that stand in a block without a paragraph of their own."""

    text: str
    children: list[etree.Element] = field(default_factory=list)


def _merged(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """``inlines`` with neighbouring texts in one, without empty ones, line ends as line breaks."""
    found: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text):
            text = inline.text
            if found and isinstance(before := found[-1], Text):
                text = before.text + text
                found.pop()
            if found and isinstance(found[-1], LineBreak):
                text = text.lstrip()
            for place, line in enumerate(_LINE_END.split(text)):
                found += [LineBreak()] if place else []
                found += [Text(line)] if line else []
        elif inline not in (Strong(()), Emphasis(()), Strikethrough(()), Code("")):
            found.append(inline)
    return tuple(found)


def _trimmed(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """``inlines`` without white space and line breaks at either end."""
    found = list(inlines)
    while found and (isinstance(found[0], LineBreak) or (isinstance(found[0], Text) and not found[0].text.strip())):
        del found[0]
    while found and (isinstance(found[-1], LineBreak) or (isinstance(found[-1], Text) and not found[-1].text.strip())):
        del found[-1]
    if found and isinstance(found[0], Text):
        found[0] = Text(found[0].text.lstrip())
    if found and isinstance(found[-1], Text):
        found[-1] = Text(found[-1].text.rstrip())
    return tuple(found)


def _without_needless_strong(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A heading is bold by itself; "## **Heading**" means nothing more."""
    if len(inlines) == 1 and isinstance(inlines[0], Strong):
        return inlines[0].children
    return inlines
