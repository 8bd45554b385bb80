"""What the window does about backups: it has them made, shows them, and goes back to one of them."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import LongWriterError
from longwriter_desktop.project.backing_up import BackingUp
from longwriter_desktop.project.backups import Backup, Backups, copy_name, read_backup
from longwriter_desktop.project.earlier import changed_back, put_back
from longwriter_desktop.ui import file_dialogs
from longwriter_desktop.ui.backed_up import BackedUp, moment_words
from longwriter_desktop.ui.manuscript.history import Deed
from longwriter_desktop.ui.menus import Menus
from longwriter_desktop.ui.notice import Notice, NoticeAction
from longwriter_desktop.ui.opening import Opening
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.theme import Theme
from longwriter_desktop.ui.unfinished_work import may_stop

if TYPE_CHECKING:
    from longwriter_desktop.ui.backups_dialog import BackupsDialog

log = logging.getLogger(__name__)

_MANY_WORDS = 50
"""Going back to how the document was opened is asked about where it takes so many words out."""


class BackupsMenu(QObject):
    """Backs up the document of ``session``, and stands behind File > Backups and File > Revert.

    ``commit`` takes over what is still being typed in a field.
    """

    _failed = Signal(str)  # on another thread: something did not work out; the sentence for the person
    _listed = Signal(object)  # on another thread: the backups have been looked up; a list of BackedUp
    _kept = Signal(bool)  # on another thread: the present state is backed up, or could not be
    _copied = Signal(object)  # on another thread: a copy was made; its path

    def __init__(
        self,
        session: Session,
        opening: Opening,
        menus: Menus,
        theme: Theme,
        backups: Backups,
        commit: Callable[[], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._menus = menus
        self._theme = theme
        self._clock = backups.clock
        self._commit = commit
        self._window = window
        self.backups = backups
        self.backing_up = BackingUp(backups, self._not_backed_up)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="backups")
        self._as_opened: tuple[Document, float] | None = None
        self._putting_back: Callable[[bool], None] | None = None
        self.dialog: BackupsDialog | None = None
        menus.backups.triggered.connect(lambda _checked: self.show())
        menus.revert.triggered.connect(self.revert)
        session.document_opened.connect(self._opened)
        session.document_closed.connect(self._closed)
        session.file.saved.connect(self._saved)
        self._failed.connect(lambda sentence: session.noticed.emit(Notice(sentence, "problem")))
        self._listed.connect(self._show)
        self._kept.connect(self._present_kept)
        self._copied.connect(opening.open)
        opening.offers = self.actions_for
        menus.revert.setEnabled(False)

    def close(self) -> None:
        """Backs up what is left to back up and ends the threads."""
        self.backing_up.close()
        self._pool.shutdown(wait=True, cancel_futures=True)

    # -- making them -------------------------------------------------------------------------------

    def _opened(self, document: Document) -> None:
        self._as_opened = document, self._clock()
        self._menus.revert.setEnabled(not self._session.file.read_only)
        self._begin()

    def _begin(self) -> None:
        project = self._session.file.project
        if project is not None and not project.read_only:
            self.backing_up.begin(project)

    def _closed(self) -> None:
        self._as_opened = None
        self._menus.revert.setEnabled(False)
        self.backing_up.end()

    def _saved(self) -> None:
        if self._session.file.project is not self.backing_up.project:
            self._begin()  # the document goes on in another file
        self.backing_up.document_saved()

    def _not_backed_up(self, problem: LongWriterError) -> None:
        """On the backups' thread. While the document itself cannot be saved, that is what counts."""
        if self._session.file.problem is None:
            self._failed.emit(str(problem))

    # -- showing them ------------------------------------------------------------------------------

    def show(self, path: Path | None = None) -> None:
        """Opens the dialog with the backups of the document in hand, or of the one at ``path``, and all others."""
        self._commit()
        file, now, at = self._session.file, self._session.document, self._clock()
        in_hand = file.project if self._session.has_document and path is None else None

        def look_up() -> None:
            rows = []
            if in_hand is not None:
                own = self.backups.of(in_hand.path, in_hand.identity)
                rows.append(BackedUp(_name(now.title, in_hand.path), own, now, not in_hand.read_only))
            elif path is not None:
                own = self.backups.of(path)
                rows.append(BackedUp(_name(own[0].origin.title if own else "", path), own))
            listed = {each.path for row in rows for each in row.backups}
            rows.extend(
                BackedUp(_name(group[0].origin.title, group[0].origin.path), group)
                for group in self.backups.documents()
                if not listed.intersection(each.path for each in group)
            )
            self._listed.emit((rows, at))

        self._work(look_up)

    def _show(self, found: tuple[list[BackedUp], float]) -> None:
        from longwriter_desktop.ui.backups_dialog import BackupsDialog

        rows, at = found
        dialog = BackupsDialog(rows, self._theme.palette, self._work, at, self.backups.are_made, self._window)
        dialog.restore_wanted.connect(self.restore)
        dialog.copy_wanted.connect(self.open_copy)
        dialog.finished.connect(dialog.deleteLater)
        # A document may come that was being opened: what is shown here is of the one before.
        self._session.document_closed.connect(dialog.reject)
        self.dialog = dialog
        dialog.open()

    def _work(self, do: Callable[[], object]) -> None:
        """Does something on another thread. A fault of the app is told: nobody else would hear of it."""

        def work() -> None:
            try:
                do()
            except Exception:
                log.exception("something about backups failed")
                told = self.tr("Something went wrong with backups; this is a fault of the app. Details are in the log.")
                self._failed.emit(told)

        self._pool.submit(work)

    def actions_for(self, path: Path) -> tuple[NoticeAction, ...]:
        """What to offer when the document at ``path`` cannot be opened: its backups, where there are any."""
        found = self.backups.of(path)
        if not found:
            return ()
        when = moment_words(found[0].taken_at, self._clock())
        return (
            NoticeAction(self.tr("Open the backup of {when}").format(when=when), lambda: self._open_newest(found)),
            NoticeAction(self.tr("Backups…"), lambda: self.show(path)),
        )

    @property
    def as_opened(self) -> tuple[Document, float] | None:
        """The document as the person opened it, and when (Unix seconds)."""
        return self._as_opened

    def opened_before(self, as_opened: tuple[Document, float]) -> None:
        """The document in hand was only opened anew by the app; for the person it has been open since then."""
        if self._as_opened is not None:
            self._as_opened = as_opened

    # -- going back --------------------------------------------------------------------------------

    def restore(self, backup: Backup, earlier: Document) -> None:
        """Puts a backup in the place of the document in hand, which is backed up first, as one step to be undone."""
        when = moment_words(backup.taken_at, self._clock())
        told = self.tr("The document is as it was {when}.").format(when=when)
        self._put_back(earlier, self.tr("Restore backup"), told)

    def revert(self) -> None:
        """Goes back to the document as it was opened, which is one step to be undone."""
        if self._as_opened is None:
            return
        self._commit()
        earlier, at = self._as_opened
        if earlier == self._session.document:
            self._session.tell(self.tr("The document is as it was when it was opened; nothing was changed."))
        else:
            when = moment_words(at, self._clock())
            lost = self._session.document.words - earlier.words
            if lost >= _MANY_WORDS and not file_dialogs.ask_about_going_back(self._window, when, earlier.words, lost):
                return
            told = self.tr("The document is as it was opened, {when}.").format(when=when)
            self._put_back(earlier, self.tr("Revert to last opened"), told)

    def _put_back(self, earlier: Document, label: str, told: str) -> None:
        session = self._session
        if not may_stop(session, QApplication.activeModalWidget() or self._window):
            return
        session.pause_and_wait()
        session.file.save_now()
        project = session.file.project

        def put(is_kept: bool) -> None:
            if session.file.project is not project or not session.has_document:
                return
            session.pause_and_wait()
            deed = session.push(_going_back(session.document, earlier, label, self._clock()))
            kept = self.tr("{done} What was written since is kept; Undo brings it back.")
            if not is_kept:
                kept = self.tr(
                    "{done} What was written since is kept. The state before could not be backed up; its texts are "
                    "among the versions."
                )
            session.tell(kept.format(done=told), session.undo_action(deed))

        self._putting_back = put
        self.backing_up.now().add_done_callback(lambda done: self._kept.emit(done.result()))

    def _present_kept(self, is_kept: bool) -> None:
        put, self._putting_back = self._putting_back, None
        if put is not None:
            put(is_kept)

    # -- copies ------------------------------------------------------------------------------------

    def open_copy(self, backup: Backup, document: Document) -> None:
        """Makes a new document of a backup in the documents folder and opens it."""
        self._work(lambda: self._copied_or_failed(backup, document))

    def _open_newest(self, found: tuple[Backup, ...]) -> None:
        """Opens a copy of the newest of these backups that can be read."""

        def make() -> None:
            problem = ""
            for backup in found:
                try:
                    document = read_backup(backup)
                except LongWriterError as error:
                    problem = problem or str(error)
                    continue
                self._copied_or_failed(backup, document)
                return
            self._failed.emit(problem)

        self._work(make)

    def _copied_or_failed(self, backup: Backup, document: Document) -> None:
        """On another thread."""
        try:
            made = self._session.file.create(document, copy_name(backup))
        except LongWriterError as problem:
            self._failed.emit(str(problem))
        else:
            made.close()
            self._copied.emit(made.path)


def _going_back(before: Document, earlier: Document, label: str, at: float) -> Deed:
    """``earlier`` in the place of the document, and the way back; what is written elsewhere meanwhile stays."""
    after = put_back(before, earlier, at)
    size = sum(len(section.text) for each in (before, earlier) for section in each.sections)
    return Deed(
        label,
        lambda current: changed_back(current, before, after, at),
        lambda current: changed_back(current, after, before, at),
        size,
    )


def _name(title: str, path: Path) -> str:
    return title or path.stem
