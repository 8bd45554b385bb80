"""The labels of the models dialogs: long sentences in a role that the theme colours, names of fields, links."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from longwriter_desktop.ui.theme import Palette, small_font


def wrapped(text: str = "", role: str = "") -> QLabel:
    """A label for sentences of any length, which can be copied. What it is given is never taken for HTML."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)  # Names of files and models are other people's.
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    return label


def with_links(html: str) -> QLabel:
    """A label for a text with links that open in the browser; ``html`` is made of escaped text, see `link`."""
    label = QLabel(html)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    label.setOpenExternalLinks(True)
    label.setWordWrap(True)
    return label


def link(address: str, text: str, palette: Palette) -> str:
    """``text`` as HTML that leads to ``address``; as plain text where that is no address of a safe connection."""
    if not address.startswith("https://"):
        return escape(text)
    return f'<a href="{escape(address)}" style="color:{palette.accent}">{escape(text)}</a>'


def say(label: QLabel, text: str) -> None:
    """Shows a text, or hides the label where there is none."""
    label.setText(text)
    label.setVisible(bool(text))


def set_role(label: QLabel, role: str) -> None:
    """Has the theme colour a label otherwise from now on: "muted", "accent", "warning"."""
    if label.property("role") == role:
        return
    label.setProperty("role", role)
    label.style().unpolish(label)
    label.style().polish(label)


def labelled(name: str, field: QWidget | QHBoxLayout) -> QVBoxLayout:
    """A field with its name above it."""
    label = QLabel(name)
    label.setProperty("role", "label")
    label.setFont(small_font(label.font()))
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(label)
    if isinstance(field, QWidget):
        label.setBuddy(field)
        column.addWidget(field)
    else:
        column.addLayout(field)
    return column
