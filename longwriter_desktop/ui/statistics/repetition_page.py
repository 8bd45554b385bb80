"""How much of a document says the same again, and which sections say nearly what another one says."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from longwriter_desktop.agentwrite.figures import Repetition
from longwriter_desktop.agentwrite.near_duplicates import NearDuplicate
from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.length_words import length_sign
from longwriter_desktop.ui.statistics.table import FiguresTable
from longwriter_desktop.ui.theme import book_family, scaled, small_font
from longwriter_desktop.ui.translation import in_a_row

_WORDS = (4, 1)
_TEXT_PX = 14
_BEGINNING = 48


@dataclass(frozen=True, slots=True)
class _Row:
    found: NearDuplicate
    number: int
    other_number: int


class RepetitionPage(QWidget):
    """Shows what was found in a document that has been looked through."""

    section_wanted = Signal(str)  # the text of a section is to be shown; its id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[_Row, ...] = ()
        self._looking = self.tr("Looking through the text…")
        self.share = QLabel(self._looking)
        self.share.setWordWrap(True)
        columns = (
            self.tr("Section"),
            self.tr("What it is about"),
            self.tr("Repeats section"),
            self.tr("Repeated"),
            self.tr("Begins with"),
        )
        self.table = FiguresTable(columns, _WORDS, self.tr("Sections that repeat others"))
        self.text = self._preview(self.tr("The repeated text"))
        self.other = self._preview(self.tr("What it repeats"))
        self.go = QPushButton(self.tr("Go to the section"))
        self.go_other = QPushButton(self.tr("Go to the other section"))
        for button in (self.go, self.go_other):
            button.setAutoDefault(False)
        self.go.clicked.connect(lambda: self._wish(other=False))
        self.go_other.clicked.connect(lambda: self._wish(other=True))
        self.table.row_entered.connect(lambda _: self._show_row())
        self.table.row_chosen.connect(lambda _: self._wish(other=False))
        self._texts = QWidget()
        texts = QGridLayout(self._texts)
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setHorizontalSpacing(12)
        for at, (name, text, button) in enumerate(
            ((self.tr("Repeated"), self.text, self.go), (self.tr("Stood before"), self.other, self.go_other))
        ):
            label = QLabel(name)
            label.setProperty("role", "label")
            label.setFont(small_font(self.font()))
            texts.addWidget(label, 0, at)
            texts.addWidget(text, 1, at)
            texts.addWidget(button, 2, at, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.share)
        column.addWidget(self.table, 1)
        column.addWidget(self._texts, 1)
        column.addStretch(0)
        self._show_row()

    @staticmethod
    def _preview(name: str) -> QPlainTextEdit:
        text = QPlainTextEdit()
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(name)
        return text

    def show_looking(self) -> None:
        """The text is being looked through."""
        if not self._rows:
            self.share.setText(self._looking)

    def show_repetition(self, document: Document, found: Repetition) -> None:
        """Shows what was found in ``document``."""
        place = {section.id: number for number, section in enumerate(document.sections, start=1)}
        self._rows = tuple(
            _Row(each, place[each.section_id], place[each.other_id])
            for each in found.duplicates
            if each.section_id in place and each.other_id in place
        )
        self.share.setText(self._share_words(found.share))
        font = QFont(book_family(document.language))
        font.setPixelSize(scaled(_TEXT_PX))
        for text in (self.text, self.other):
            text.setFont(font)
        unit = length_sign(document.language)
        self.table.rows.set_rows(
            [
                (
                    str(each.number),
                    _about(document, each.found.section_id),
                    str(each.other_number),
                    f"{each.found.words:,} {unit}",
                    _beginning(each.found.passages[0].text),
                )
                for each in self._rows
            ]
        )
        if self._rows and not self.table.currentIndex().isValid():
            self.table.set_current(0)
        self._show_row()

    def _share_words(self, share: float) -> str:
        measured = self.tr(
            "{percent} % of the sequences of eight words (in Chinese, of twelve characters) stood in the text before."
        ).format(percent=f"{100 * share:.1f}")
        nothing = self.tr("No section says in nearly the same words what another one says.")
        return measured if self._rows else in_a_row((measured, nothing))

    @property
    def _row(self) -> _Row | None:
        at = self.table.currentIndex().row()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def _show_row(self) -> None:
        row = self._row
        for part in (self.table, self._texts):
            part.setVisible(bool(self._rows))  # Empty boxes would look as if something had failed.
        for button in (self.go, self.go_other):
            button.setEnabled(row is not None)
        if row is None:
            self.text.clear()
            self.other.clear()
            return
        go = self.tr("Go to section {number}")
        self.go.setText(go.format(number=row.number))
        self.go_other.setText(go.format(number=row.other_number))
        self.text.setPlainText("\n\n".join(passage.text for passage in row.found.passages))
        self.other.setPlainText("\n\n".join(passage.resembles for passage in row.found.passages))

    def _wish(self, *, other: bool) -> None:
        row = self._row
        if row is not None:
            self.section_wanted.emit(row.found.other_id if other else row.found.section_id)


def _about(document: Document, section_id: str) -> str:
    section = document.section(section_id)
    return " ".join((section.heading or section.main_point).split())


def _beginning(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _BEGINNING else f"{text[:_BEGINNING].rstrip()}…"
