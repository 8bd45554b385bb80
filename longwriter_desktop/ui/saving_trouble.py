"""The strip that stays until something is mended: text that cannot be saved, reading only, text to be recovered."""

import contextlib
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from typing_extensions import override

from longwriter_desktop.errors import ProjectProblem
from longwriter_desktop.project.recovery import KeptText
from longwriter_desktop.ui.notice import Notice, NoticeAction
from longwriter_desktop.ui.notice_strip import NoticeStrip
from longwriter_desktop.ui.opening import Opening
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.theme import Palette
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, shown, translate

ANOTHER_PLACE = QT_TRANSLATE_NOOP("SavingTrouble", "Save in another place…")


class StandingStrip(NoticeStrip):
    """A strip that goes when what it says is no longer so, and not before."""

    def __init__(self, palette: Palette) -> None:
        super().__init__(palette)
        self._close.hide()
        self._shown: Notice | None = None

    def show_state(self, notice: Notice | None) -> None:
        """Shows ``notice``, or nothing; the same notice twice is told once."""
        if notice is None:
            self._shown = None
            super().dismiss()
        elif self._shown is None or (notice.text, notice.kind) != (self._shown.text, self._shown.kind):
            self._shown = notice
            self.show_notice(notice)
            self._timer.stop()

    @override
    def dismiss(self) -> None:
        """It stays: pressing one of its buttons may not have mended anything."""


class SavingTrouble(QObject):
    """Keeps the strip in step with the session, and does what its buttons say.

    ``ask_place`` asks for a new file, ``ask_discard`` whether a kept text may go.
    """

    noticed = Signal(object)  # what became of something that was tried; a Notice
    _gone = Signal()  # on the opening thread; a text is kept no longer
    _found = Signal(object)  # on the looking thread; the list of texts that are kept

    def __init__(
        self,
        session: Session,
        strip: StandingStrip,
        opening: Opening,
        ask_place: Callable[[], Path | None],
        ask_discard: Callable[[str], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._strip = strip
        self._opening = opening
        self._ask_place = ask_place
        self._ask_discard = ask_discard
        self._kept: list[KeptText] = []
        self._gone.connect(self.look_for_kept_text)
        self._found.connect(self._show_found)
        session.file.trouble_changed.connect(self.refresh)
        session.document_opened.connect(lambda _: self.refresh())
        session.document_closed.connect(self.look_for_kept_text)

    def look_for_kept_text(self) -> None:
        """Looks whether there is text that could not be saved; also after each document that is closed."""
        self._kept = []
        self.refresh()
        if self._session.file.recovery.has_files:
            # A daemon that only reads: the files that the texts belong to may lie on a disk that does not answer.
            threading.Thread(target=self._look, name="looking for kept text", daemon=True).start()

    def _look(self) -> None:
        kept = self._session.file.recovery.entries()
        with contextlib.suppress(RuntimeError):  # the window has gone meanwhile
            self._found.emit(kept)

    def _show_found(self, kept: list[KeptText]) -> None:
        self._kept = kept
        self.refresh()

    def refresh(self) -> None:
        """Shows what is so now."""
        self._strip.show_state(self._state())

    def _state(self) -> Notice | None:
        file = self._session.file
        if not self._session.has_document:
            return self._recovery_notice()
        if file.trouble:
            again = NoticeAction(self.tr("Try again"), file.try_again)
            elsewhere = NoticeAction(translate("SavingTrouble", ANOTHER_PLACE), self.save_in_another_place)
            return Notice(file.trouble, "problem", (again, elsewhere))
        path = self._session.path
        if file.read_only and path is not None:
            return Notice(
                self.tr("This document is open for reading only: nothing in it can be changed."),
                "info",
                (
                    NoticeAction(self.tr("Open for writing"), lambda: self._opening.open(path)),
                    NoticeAction(self.tr("Open a copy"), lambda: self._opening.open_copy(path)),
                ),
            )
        return None

    def _recovery_notice(self) -> Notice | None:
        if not self._kept:
            return None
        entry, others = self._kept[0], len(self._kept) - 1
        told = self.tr("Text of “{title}” that could not be saved is kept.")
        if others == 1:
            told = self.tr("Text of “{title}” that could not be saved is kept. There is 1 more.")
        elif others:
            told = self.tr("Text of “{title}” that could not be saved is kept. There are {count} more.")
        return Notice(
            told.format(title=entry.title, count=others),
            "problem",
            (
                NoticeAction(self.tr("Recover"), lambda: self.recover(entry)),
                NoticeAction(self.tr("Discard…"), lambda: self.discard(entry)),
            ),
        )

    # -- what the buttons do -----------------------------------------------------------------------

    def save_in_another_place(self) -> bool:
        """Asks where, and goes on with the document there; False when that was not done."""
        path = self._ask_place()
        if path is None:
            return False
        try:
            self._session.move_to(path)
        except ProjectProblem as problem:
            self.noticed.emit(Notice(str(problem), "problem"))
            return False
        self.noticed.emit(Notice(self.tr("The document goes on in {path}.").format(path=path)))
        return True

    def recover(self, entry: KeptText) -> None:
        """Puts a kept text back and opens its document, whose disk may be the one that did not answer."""

        def put_back() -> Path:
            try:
                path = self._session.file.recovery.put_back(entry)
            except ProjectProblem as problem:
                told = self.tr("{problem} The text stays kept.")
                raise ProjectProblem(told.format(problem=shown(str(problem)))) from problem
            self._gone.emit()
            return path

        self._opening.open_made(entry.document_path or entry.file, put_back)

    def discard(self, entry: KeptText) -> None:
        """Takes a kept text away, when the person says so once more."""
        if self._ask_discard(entry.title):
            self._session.file.recovery.discard(entry)
            self.look_for_kept_text()
