"""Writes a document as Markdown: the person's text as it is, below a title and the sections' headings."""

from collections.abc import Callable

from longwriter_desktop.document.document import Document
from longwriter_desktop.export.characters import clean, one_line
from longwriter_desktop.export.lines import open_fence, shifted, with_hard_breaks
from longwriter_desktop.export.manuscript import SECTION_LEVEL, heading_text, highest_inner_level
from longwriter_desktop.export.options import ExportOptions


def to_markdown(document: Document, options: ExportOptions) -> bytes:
    """``document`` as UTF-8 Markdown: "# title", "## heading" and the text, one blank line between them.

    Inside a section nothing changes but the level of its headings, the white space at its ends, its line
    ends (to "\n"), and what no text file can hold (control characters, halves of surrogate pairs). Code
    that was never fenced off at its end is closed, so that it does not swallow the next section. A line of a
    paragraph that another follows gets the two spaces that make readers of Markdown break it there, as the page does.
    Markdown has no place for ``options``.
    """
    del options
    return _joined(document, with_hard_breaks).encode("utf-8")


def plain_markdown(document: Document) -> str:
    """The text of `to_markdown` with its lines' ends as they are, for a model to learn from or to be judged by."""
    return _joined(document, lambda text: text)


def _joined(document: Document, broken: Callable[[str], str]) -> str:
    title = one_line(document.title)
    parts = [f"# {title}"] if title else []
    for section in document.sections:
        heading = heading_text(section.heading)
        parts += [f"{'#' * SECTION_LEVEL} {heading}"] if heading else []
        text = broken(_text(section.text, highest_inner_level(section.heading)))
        parts += [text] if text else []
    return "".join(("\n\n".join(parts), "\n" if parts else ""))


def _text(text: str, highest: int) -> str:
    lines = clean(text).split("\n")
    while lines and not lines[0].strip():
        del lines[0]
    bare = "\n".join(lines).rstrip()
    fence = open_fence(bare.split("\n"))
    return shifted(bare, highest) + (f"\n{fence}" if fence else "")
