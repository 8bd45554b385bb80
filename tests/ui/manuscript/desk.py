"""A manuscript on screen with a session's part played beside it, for the tests of this folder."""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.ui.manuscript.manuscript import Manuscript


def section(section_id: str, text: str = "", heading: str = "", main_point: str = "") -> Section:
    return Section(main_point or f"Point {section_id}", 300, heading=heading, text=text, id=section_id)


def document(*sections: Section, title: str = "Title", language: str = "en") -> Document:
    return Document(title=title, language=language, word_target=1000, sections=sections)


@dataclass
class Desk:
    """A manuscript with a session's part played beside it: what is reported goes into ``document``."""

    manuscript: Manuscript
    document: Document
    texts_reported: list[tuple[str, str]] = field(default_factory=list)
    touched: list[str] = field(default_factory=list)
    entered: list[str] = field(default_factory=list)

    def show(self, shown: Document) -> None:
        self.document = shown
        self.manuscript.set_document(shown)

    def hear(self) -> None:
        self.manuscript.text_edited.connect(self._text_edited)
        self.manuscript.texts_edited.connect(self._texts_edited)
        self.manuscript.heading_edited.connect(self._heading_edited)
        self.manuscript.title_edited.connect(self._title_edited)
        self.manuscript.writing_touched.connect(self.touched.append)
        self.manuscript.section_entered.connect(self.entered.append)

    def _text_edited(self, section_id: str, text: str) -> None:
        self.texts_reported.append((section_id, text))
        self.document = self.document.with_text(section_id, text)
        self.manuscript.set_document(self.document)

    def _texts_edited(self, texts: list[tuple[str, str]]) -> None:
        for section_id, text in texts:
            self.texts_reported.append((section_id, text))
            self.document = self.document.with_text(section_id, text)
        self.manuscript.set_document(self.document)

    def _heading_edited(self, section_id: str, heading: str) -> None:
        self.document = self.document.with_section(replace(self.document.section(section_id), heading=heading))
        self.manuscript.set_document(self.document)

    def _title_edited(self, title: str) -> None:
        self.document = replace(self.document, title=title)

    def begin_writing(self, section_id: str) -> None:
        """The writer begins a run with that section."""
        self.manuscript.history.set_writing(True)
        self.manuscript.set_writing(section_id)

    def end_writing(self) -> None:
        self.manuscript.set_writing("")
        self.manuscript.history.set_writing(False)

    def append(self, section_id: str, text: str) -> None:
        """The writer writes, and the session records it."""
        before = self.document.section(section_id).text
        self.document = self.document.with_text(section_id, before + text)
        self.manuscript.append_text(section_id, text)

    def text(self, section_id: str) -> str:
        return self.manuscript.section_text(section_id)

    @property
    def lines(self) -> list[str]:
        """Every line on the page, as Qt has it, without the count."""
        raw = self.manuscript.document().toRawText().split("\u2029")
        return [raw[0], *raw[2:]]

    def place(self, find: str, at: int = 0, length: int = 0) -> None:
        """Puts the cursor ``at`` UTF-16 units behind the beginning of ``find``, and selects ``length``."""
        start = self.manuscript.document().toRawText().encode("utf-16-le").find(find.encode("utf-16-le")) // 2
        assert start >= 0, find
        self.select(start + at, start + at + length)

    def select(self, anchor: int, position: int) -> None:
        cursor = self.manuscript.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self.manuscript.setTextCursor(cursor)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.manuscript.viewport(), key, modifiers)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.manuscript.viewport(), text)

    def undo(self) -> None:
        self.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    def redo(self) -> None:
        self.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
