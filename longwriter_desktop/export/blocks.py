"""The tree that a document's Markdown is read into, and from which every format but Markdown is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

# -- inlines: what stands inside a line --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Strikethrough:
    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Code:
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """``target`` is the address as it was written; nothing has checked it. An image is a link to the picture."""

    children: tuple["Inline", ...]
    target: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break that the text asks for; line ends inside a paragraph are no part of the tree."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote at its place in the text. ``label`` is the one of the source; writers number anew."""

    label: str
    blocks: tuple["Block", ...]


Inline = Text | Strong | Emphasis | Strikethrough | Code | Link | LineBreak | Footnote

# -- blocks --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` is Markdown's, 1 to 6; 1 is the document's title alone, so that chapters stand at 2."""

    level: int
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class List:
    """``start`` is the number of an ordered list's first item. Each item is a run of blocks."""

    ordered: bool
    start: int
    items: tuple[tuple["Block", ...], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    text: str
    language: str = ""


Alignment = Literal["", "left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Table:
    """``header`` and every row have as many cells as ``alignments``."""

    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    alignments: tuple[Alignment, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule."""


Block = Heading | Paragraph | List | Quote | CodeBlock | Table | Rule


def plain_text(inlines: Iterable[Inline]) -> str:
    """The characters of ``inlines`` without any markup; footnotes are left out."""
    parts: list[str] = []
    for inline in inlines:
        match inline:
            case Text(text) | Code(text):
                parts.append(text)
            case LineBreak():
                parts.append("\n")
            case Strong(children) | Emphasis(children) | Strikethrough(children) | Link(children):
                parts.append(plain_text(children))
            case Footnote():
                pass
    return "".join(parts)
