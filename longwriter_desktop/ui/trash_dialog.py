"""The trash of a document: deleted sections with their text, to be brought back or deleted for good."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.ui.edited_document import EditedDocument
from longwriter_desktop.ui.fitted_dialog import FittedDialog
from longwriter_desktop.ui.length_words import length_sign
from longwriter_desktop.ui.theme import book_family, book_font, scaled, small_font
from longwriter_desktop.ui.translation import translate

_PREVIEW_PX = 14
_LINE_CHARACTERS = 80
_SECTION = Qt.ItemDataRole.UserRole + 1


class TrashDialog(FittedDialog):
    """Shows the trash as it stands, newest first; ``place`` gives the index that a section is brought back to."""

    def __init__(self, edited: EditedDocument, place: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Deleted sections"))
        self.resize(scaled(760), scaled(480))
        self._edited = edited
        self._place = place
        self._shown: tuple[Section, ...] | None = None
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Deleted sections"))
        self.list.setWordWrap(True)
        self.list.currentItemChanged.connect(lambda *_: self._show_text())
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Text of the deleted section"))
        font = book_font(_PREVIEW_PX)
        font.setFamily(book_family(edited.document.language))
        self.text.setFont(font)
        self.about = QLabel()
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setProperty("role", "muted")
        self.about.setFont(small_font(self.font()))
        self.bring_back = QPushButton(self.tr("Bring back"))
        self.bring_back.setProperty("role", "main")
        self.bring_back.clicked.connect(self._bring_back)
        self.delete = QPushButton(self.tr("Delete for good"))
        self.delete.clicked.connect(self._delete)
        self._lay_out()
        edited.document_changed.connect(self._show)
        self._show(edited.document)

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(self.text)
        split.setSizes([300, 420])
        done = QPushButton(self.tr("Close"))
        done.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.about, 1)
        row.addWidget(self.delete)
        row.addWidget(self.bring_back)
        row.addWidget(done)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(split, 1)
        layout.addLayout(row)

    @property
    def chosen(self) -> Section | None:
        """The section that the person looks at."""
        rows = self.list.selectedItems()
        section = rows[0].data(_SECTION) if rows else None
        return section if isinstance(section, Section) else None

    def _show(self, document: Document) -> None:
        if document.trash is self._shown:
            return
        self._shown = document.trash
        row = self.list.currentRow()
        self.list.clear()
        for section in reversed(document.trash):
            item = QListWidgetItem(_line(section, document.language))
            item.setData(_SECTION, section)
            self.list.addItem(item)
        self.list.setCurrentRow(max(0, min(row, self.list.count() - 1)))
        self._show_text()

    def _show_text(self) -> None:
        section = self.chosen
        for button in (self.bring_back, self.delete):
            button.setEnabled(section is not None)
        if section is None:
            self.about.setText(self.tr("No section is in the trash."))
            self.text.clear()
            return
        versions = len(section.versions)
        several = self.tr("{count} versions").format(count=versions)
        kept = {0: self.tr("no versions"), 1: self.tr("1 version")}.get(versions, several)
        length = f"{section.words:,} {length_sign(self._edited.document.language)}"
        self.about.setText(self.tr("{length}, {versions}").format(length=length, versions=kept))
        self.text.setPlainText(section.text or section.main_point)

    def _bring_back(self) -> None:
        if self.chosen is not None:
            self._edited.restore_section(self.chosen, self._place())
            self._close_when_empty()

    def _delete(self) -> None:
        if self.chosen is not None:
            self._edited.empty_trash([self.chosen])
            self._close_when_empty()

    def _close_when_empty(self) -> None:
        """After the last deed that there was to do; an undo that puts a section in again is done in the window."""
        if not self._edited.document.trash:
            self.accept()


def _line(section: Section, language: str) -> str:
    """What a section was about, in one line of the list."""
    about = " ".join((section.heading or section.main_point or section.text).split())
    about = about if len(about) <= _LINE_CHARACTERS else f"{about[:_LINE_CHARACTERS]}…"
    about = about or translate("TrashDialog", "Without a main point")
    return f"{about}\n{section.words:,} {length_sign(language)}"
