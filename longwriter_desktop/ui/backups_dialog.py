"""The backups of a document: when each was made, what it says, and what is another text now."""

import contextlib
import logging
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import LongWriterError
from longwriter_desktop.project.backups import Backup, read_backup
from longwriter_desktop.project.differences import Piece, differences, reading_text
from longwriter_desktop.ui.backed_up import BackedUp, moment_words
from longwriter_desktop.ui.calm_fields import CalmComboBox
from longwriter_desktop.ui.fitted_dialog import FittedDialog
from longwriter_desktop.ui.length_words import length_sign
from longwriter_desktop.ui.plain_tip import plain_tip
from longwriter_desktop.ui.theme import Palette, book_family, scaled, small_font
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, shown, translate

log = logging.getLogger(__name__)

AT_ONCE = 20_000
"""Characters that are put into the preview before the window may paint again."""
_PREVIEW_PX = 15
_BACKUP = Qt.ItemDataRole.UserRole + 1
_LEGEND = QT_TRANSLATE_NOOP(
    "BackupsDialog", "Underlined: only in the backup. Struck out: only in the document as it is now."
)
_NONE = QT_TRANSLATE_NOOP(
    "BackupsDialog",
    "There is no backup yet. The app makes one when a document is opened, and every few minutes while it changes.",
)

_TURNED_OFF = QT_TRANSLATE_NOOP("BackupsDialog", "There is no backup. Backups are turned off in Settings > Folders.")

Work = Callable[[Callable[[], object]], object]
"""Does something on another thread."""


def size_words(size: int) -> str:
    """A size in bytes for a person: "48 kB", "1.2 MB"."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"


class BackupsDialog(FittedDialog):
    """A list of backups, and beside it the text of the chosen one with what differs from now."""

    restore_wanted = Signal(object, object)  # this text is to take the place of the present one; Backup, Document
    copy_wanted = Signal(object, object)  # this text is to be opened as a document of its own; Backup, Document
    _read = Signal(int, object, object)  # on the other thread: a backup was read; which wish, Document, its Pieces
    _not_read = Signal(int, str)  # on the other thread: it was not; which wish, why

    def __init__(
        self,
        documents: list[BackedUp],
        palette: Palette,
        work: Work,
        now: float,
        are_made: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """``are_made``: whether the settings have the app make backups."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Backups"))
        self.resize(scaled(940), scaled(620))
        self._documents = documents
        self._palette = palette
        self._work = work
        self._now = now
        self._none = _NONE if are_made else _TURNED_OFF
        self._wish = 0
        self._chosen: Document | None = None
        self._to_show: Iterator[Piece] = iter(())
        self._changes: list[int] = []
        self._filling = QTimer(self)
        self._filling.setInterval(0)
        self._filling.timeout.connect(self._fill)
        self._make_parts()
        self._lay_out()
        self._read.connect(self._show)
        self._not_read.connect(self._say_why_not)
        self.choice.currentIndexChanged.connect(self._show_document)
        self.list.currentItemChanged.connect(lambda _now, _before: self._look())
        self.next_change.clicked.connect(self._go_to_next_change)
        self.restore.clicked.connect(lambda: self._hand_over(self.restore_wanted.emit))
        self.open_copy.clicked.connect(lambda: self._hand_over(self.copy_wanted.emit))
        self._show_document()

    def _make_parts(self) -> None:
        self.choice = CalmComboBox()
        self.choice.setAccessibleName(self.tr("Document"))
        self.choice.addItems([each.name for each in self._documents])
        self.choice.setVisible(len(self._documents) > 1)
        self.list = QTreeWidget()
        self.list.setAccessibleName(self.tr("Backups"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderLabels([self.tr("When"), self.tr("Length"), self.tr("Size")])
        self.list.header().setStretchLastSection(False)
        for column in range(3):
            mode = QHeaderView.ResizeMode.ResizeToContents if column else QHeaderView.ResizeMode.Stretch
            self.list.header().setSectionResizeMode(column, mode)
        self.about = QLabel()
        self.about.setWordWrap(True)
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setFont(small_font(self.font()))
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setUndoRedoEnabled(False)
        self.preview.setTabChangesFocus(True)
        self.preview.setAccessibleName(self.tr("Text of this backup"))
        self.next_change = QPushButton(self.tr("Next change"))
        self.open_copy = QPushButton(self.tr("Open as a copy"))
        self.open_copy.setToolTip(self.tr("Makes a new document of this backup; the present one stays as it is"))
        self.restore = QPushButton(self.tr("Restore"))
        self.restore.setProperty("role", "main")
        self.restore.setToolTip(
            self.tr("Puts this text in place; the present one is backed up first, and Undo brings it back")
        )
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        left, right = QWidget(), QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        column.addWidget(self.choice)
        column.addWidget(self.list, 1)
        column = QVBoxLayout(right)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.about)
        column.addWidget(self.preview, 1)
        splitter = QSplitter()
        splitter.setHandleWidth(1)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setSizes([320, 580])
        splitter.setChildrenCollapsible(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.next_change)
        buttons.addStretch(1)
        for button in (self.close_button, self.open_copy, self.restore):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(splitter, 1)
        layout.addLayout(buttons)

    # -- choosing ------------------------------------------------------------------------------------

    @property
    def document(self) -> BackedUp | None:
        """The document whose backups are listed."""
        at = self.choice.currentIndex()
        return self._documents[at] if 0 <= at < len(self._documents) else None

    @property
    def backup(self) -> Backup | None:
        """The one that is looked at."""
        item = self.list.currentItem()
        return None if item is None else item.data(0, _BACKUP)

    def _show_document(self) -> None:
        document = self.document
        self.list.clear()
        for backup in () if document is None else document.backups:
            sign = length_sign(backup.origin.language)
            cells = [moment_words(backup.taken_at, self._now), f"{backup.words:,} {sign}", size_words(backup.size)]
            item = QTreeWidgetItem(self.list, cells)
            item.setData(0, _BACKUP, backup)
            item.setToolTip(0, plain_tip(str(backup.origin.path)))
        first = self.list.topLevelItem(0)
        if first is None:
            self._look()
        else:
            self.list.setCurrentItem(first)

    def _look(self) -> None:
        """Begins to read the chosen backup; `_show` follows."""
        backup, document = self.backup, self.document
        self._wish += 1
        self._chosen = None
        self._changes = []
        self._filling.stop()
        self.preview.clear()
        for button in (self.restore, self.open_copy, self.next_change):
            button.setEnabled(False)
        self.restore.setVisible(document is not None and document.now is not None)
        self.about.setText(translate("BackupsDialog", self._none) if backup is None else self.tr("Reading…"))
        if backup is not None and document is not None:
            self._work(partial(self._compare, self._wish, backup, document.now))

    def _compare(self, wish: int, backup: Backup, now: Document | None) -> None:
        """On the other thread."""
        told = ""
        try:
            then = read_backup(backup)
            pieces = [Piece("both", reading_text(then))] if now is None else differences(then, now)
        except LongWriterError as problem:
            told = str(problem)
        except Exception:
            log.exception("reading a backup failed")
            told = self.tr("This backup could not be shown; this is a fault of the app. Details are in the log.")
        with contextlib.suppress(RuntimeError):  # The dialog has been closed meanwhile.
            if told:
                self._not_read.emit(wish, told)
            else:
                self._read.emit(wish, then, pieces)

    # -- showing -------------------------------------------------------------------------------------

    def _say_why_not(self, wish: int, why: str) -> None:
        if wish == self._wish:
            self.about.setText(shown(why))

    def _show(self, wish: int, then: Document, pieces: list[Piece]) -> None:
        document, backup = self.document, self.backup
        if wish != self._wish or document is None or backup is None:
            return
        self._chosen = then
        length = f"{then.words:,} {length_sign(then.language)}"
        if document.now is None:
            told = self.tr("{length}. It lay in {path}.").format(length=length, path=backup.origin.path)
        elif any(piece.kind != "both" for piece in pieces):
            told = self.tr("{length}, now {now}. {legend}").format(
                length=length, now=f"{document.now.words:,}", legend=translate("BackupsDialog", _LEGEND)
            )
        else:
            told = self.tr("{length}. The text is the same as now.").format(length=length)
        self.about.setText(told)
        font = QFont(book_family(then.language))
        font.setPixelSize(_PREVIEW_PX)
        self.preview.setFont(font)
        self.open_copy.setEnabled(True)
        is_other = document.now is None or any(piece.kind != "both" for piece in pieces)
        self.restore.setEnabled(document.may_change and is_other)
        self._to_show = _small(pieces)
        self._filling.start()
        self._fill()

    def _fill(self) -> None:
        """Puts the next stretch of text into the preview: a long document must not hold up the window."""
        cursor = QTextCursor(self.preview.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        room = AT_ONCE
        cursor.beginEditBlock()
        for piece in self._to_show:
            if piece.kind != "both":
                self._changes.append(cursor.position())
            cursor.insertText(piece.text, self._look_of(piece))
            room -= len(piece.text)
            if room <= 0:
                break
        else:
            self._filling.stop()
        cursor.endEditBlock()
        self.next_change.setEnabled(bool(self._changes))

    @property
    def is_filled(self) -> bool:
        """Whether the whole text of the chosen backup is in the preview."""
        return self._chosen is not None and not self._filling.isActive()

    def _look_of(self, piece: Piece) -> QTextCharFormat:
        look = QTextCharFormat()
        if piece.kind == "then":
            look.setFontUnderline(True)
            look.setForeground(QColor(self._palette.accent))
            look.setBackground(QColor(self._palette.selected))
        elif piece.kind == "now":
            look.setFontStrikeOut(True)
            look.setForeground(QColor(self._palette.muted))
        return look

    def _go_to_next_change(self) -> None:
        """Puts the caret at the next marked text; after the last one, at the first again."""
        cursor = self.preview.textCursor()
        here = cursor.position()
        if self._changes:
            cursor.setPosition(next((each for each in self._changes if each > here), self._changes[0]))
            self.preview.setTextCursor(cursor)
            self.preview.centerCursor()

    def _hand_over(self, wish: Callable[[Backup, Document], object]) -> None:
        if self._chosen is not None and self.backup is not None:
            wish(self.backup, self._chosen)
            self.accept()


def _small(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces, long ones cut."""
    for piece in pieces:
        for at in range(0, len(piece.text), AT_ONCE):
            yield Piece(piece.kind, piece.text[at : at + AT_ONCE])
