"""What is taken from the clipboard as plain text, and what is put there as Markdown."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextDocumentFragment

from longwriter_desktop.ui.manuscript.fields import Kind
from longwriter_desktop.ui.manuscript.page import Span
from longwriter_desktop.ui.manuscript.paragraphs import PARAGRAPH


def plain_text(source: QMimeData) -> str:
    """The plain text of what is pasted or dropped, whatever else there is."""
    if source.hasText():
        return source.text()
    return QTextDocumentFragment.fromHtml(source.html()).toPlainText() if source.hasHtml() else ""


def markdown(spans: Sequence[Span]) -> str:
    """The selected text; more than one field is joined as the parts of one Markdown document."""
    marks = {Kind.TITLE: "# ", Kind.HEADING: "## "}
    parts = [span for span in spans if span.text]
    if len(parts) == 1:
        return parts[0].text
    return PARAGRAPH.join((marks.get(span.field.key.kind, "") if span.is_whole else "") + span.text for span in parts)
