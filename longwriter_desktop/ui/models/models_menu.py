"""What the window does about models: it shows them, downloads, verifies and deletes them, and has one used."""

import contextlib
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from longwriter_desktop.errors import DownloadProblem, LicenceNotAccepted, LongWriterError, ModelProblem
from longwriter_desktop.models.catalogue import ModelEntry
from longwriter_desktop.models.library import Model
from longwriter_desktop.models.manage import Removal, Verified, is_same_file, reveal
from longwriter_desktop.ui.menus import Menus
from longwriter_desktop.ui.models.background import Background, Errands
from longwriter_desktop.ui.models.download_watch import DownloadWatch
from longwriter_desktop.ui.models.model_rows import ModelRow, Transfer
from longwriter_desktop.ui.models.shelf import Shelf, Unfinished
from longwriter_desktop.ui.notice import Notice, NoticeAction
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.start_page import StartPage
from longwriter_desktop.ui.status_bar import StatusBar
from longwriter_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from longwriter_desktop.ui.models.licence_dialog import LicenceDialog
    from longwriter_desktop.ui.models.models_dialog import ModelsDialog
    from longwriter_desktop.ui.models.token_dialog import TokenDialog

log = logging.getLogger(__name__)

_NEEDS_TOKEN = frozenset({"gated", "token"})
"""The kinds of DownloadProblem that a token may help against."""
_SECONDS_TO_END = 1.0
"""How long closing waits for something short. A keyring that the person is to unlock may take as long as they do."""


class ModelsMenu(QObject):
    """Stands behind Model > Models, the models dialog and the downloads, which go on without it."""

    dialog_made = Signal(
        object
    )  # the dialog is there for the first time, for others to add their parts; a ModelsDialog
    models_changed = Signal(object)  # the models were looked up anew; a list of ModelRow
    model_wanted = Signal(object)  # the person wants to write with this one from now on; a Model
    trial_wanted = Signal(object)  # the person wants to try this one; a ModelRow
    download_told = Signal(str, str)  # what the status bar says of the downloads, at length and in short; "": nothing
    noticed = Signal(object)  # something to tell in the window; a Notice
    _did = Signal(object, object)  # on another thread: something is done; what to do then, and its result
    _not_done = Signal(str)  # on another thread: it could not be done; the sentence for the person

    def __init__(self, session: Session, theme: Theme, shelf: Shelf, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._theme = theme
        self._shelf = shelf
        self._window = window
        self._closed = False
        self._rows: list[ModelRow] | None = None
        self._tells_unfinished = True
        self._checking: tuple[str, Transfer] | None = None
        self._verdicts: dict[str, Verified] = {}
        self.dialog: ModelsDialog | None = None
        self.question: QMessageBox | LicenceDialog | TokenDialog | None = None
        self.downloads = DownloadWatch(shelf, self)
        self._looking = Background("looking for models", self)
        self._beginning = Background("unfinished downloads", self)
        self._checker = Background("verifying a model", self)
        self._errands = Errands("models")
        self._connect()

    def _connect(self) -> None:
        self.downloads.changed.connect(self._show_transfers)
        self.downloads.finished.connect(self._downloaded)
        self.downloads.failed.connect(self._download_failed)
        self._looking.done.connect(self._found)
        self._looking.failed.connect(self._say)
        self._beginning.done.connect(self._offer_unfinished)
        self._checker.reported.connect(self._checked_so_far)
        self._checker.done.connect(self._checked)
        self._checker.failed.connect(self._check_failed)
        self._did.connect(lambda then, result: None if self._closed else then(result))
        self._not_done.connect(self._say_and_look)
        self._session.model_changed.connect(lambda _model: self._show_rows())
        self._theme.palette_changed.connect(self._palette_changed)

    def connect_to(self, menus: Menus, start_page: StartPage, status: StatusBar) -> None:
        """The places in the window from which the dialog is opened, and where the downloads are told of."""
        menus.models.triggered.connect(lambda _checked: self.show())
        start_page.models_requested.connect(self.show)
        status.download_pressed.connect(lambda: self.show(self._key_of_download()))
        self.download_told.connect(status.show_download)

    def _key_of_download(self) -> str:
        current = self.downloads.current
        return current[0].name if current is not None else ""

    # -- the dialog ----------------------------------------------------------------------------------

    def show(self, key: str = "") -> None:
        """Opens the dialog, or brings it to the front; ``key`` is of the row to look at."""
        if self.dialog is None:
            self.dialog = self._make_dialog()
            self._show_rows()
            self.dialog_made.emit(self.dialog)
        self.refresh()
        if not self.dialog.isVisible():
            self.dialog.begin_anew()
        elif not self.dialog.isActiveWindow():
            self.dialog.raise_()
        self.dialog.show()
        self.dialog.activateWindow()
        if key:
            self.dialog.choose(key)

    def _show_beneath(self, entry: ModelEntry) -> None:
        """Has the dialog look at a model about which a question is to be asked."""
        if self.dialog is None or not self.dialog.isVisible():
            self.show(entry.name)
        else:
            self.dialog.choose(entry.name)

    def _make_dialog(self) -> "ModelsDialog":
        from longwriter_desktop.ui.models.models_dialog import ModelsDialog

        dialog = ModelsDialog(self._theme.palette, self._window)
        details = dialog.details
        details.download_wanted.connect(self.download)
        details.pause_wanted.connect(lambda row: self.downloads.pause(row.key))
        details.cancel_wanted.connect(self.cancel)
        details.use_wanted.connect(self.use)
        details.try_wanted.connect(self.trial_wanted)
        details.verify_wanted.connect(self.verify)
        details.reveal_wanted.connect(self.reveal)
        details.remove_wanted.connect(self.remove)
        return dialog

    def refresh(self) -> None:
        """Looks at the disk again; `models_changed` follows."""
        self._looking.start(lambda _report, _stop: self._shelf.look())

    def look_up(self, key: str) -> None:
        """The same, because there is a new model with this key; the dialog looks at it as soon as it is in the list."""
        if self.dialog is not None:
            self.dialog.list.await_row(key)
        self.refresh()

    @property
    def rows(self) -> list[ModelRow]:
        """The models as they were found last."""
        return list(self._rows or ())

    def _found(self, rows: object) -> None:
        self._rows = rows if isinstance(rows, list) else []
        here = {row.key for row in self._rows if row.path is not None}
        # A file that comes to the place of a deleted one is another, of which nothing has been found out.
        self._verdicts = {key: verified for key, verified in self._verdicts.items() if key in here}
        self._show_rows()
        self.models_changed.emit(self.rows)

    def _show_rows(self) -> None:
        if self.dialog is not None and self._rows is not None:
            self.dialog.show_rows([self._as_it_is_now(row) for row in self._rows])
            self._show_transfers()

    def _as_it_is_now(self, row: ModelRow) -> ModelRow:
        """A row with what is known only here: whether it is in use, and what verifying it has found."""
        model = self._session.model
        in_use = model is not None and row.path is not None and model.path == row.path
        verified = self._verdicts.get(row.key)
        if verified is None or row.path is None:
            return replace(row, in_use=in_use)
        if verified.ok:
            return replace(row, in_use=in_use, remark=verified.message)
        return replace(row, in_use=in_use, problem=verified.message)

    def _show_transfers(self) -> None:
        transfers = self.downloads.transfers
        if self._checking is not None:
            key, transfer = self._checking
            transfers[key] = transfer
        if self.dialog is not None:
            self.dialog.show_transfers(transfers)
        self.download_told.emit(*self._status_words())

    def _status_words(self) -> tuple[str, str]:
        """What the status bar says of the download that goes on, at length and in short."""
        current = self.downloads.current
        if current is None:
            return "", ""
        entry, transfer = current
        how_far = transfer.words
        if transfer.stage == "downloading":
            share = self.tr("{percent} %").format(percent=f"{100 * transfer.share:.0f}")
            how_far = " · ".join(part for part in (share, transfer.time_left) if part)
        long = self.tr("Downloading {title}: {how_far}").format(title=entry.title, how_far=how_far)
        return long, self.tr("Download {how_far}").format(how_far=how_far)

    def _say(self, sentence: str) -> None:
        """Where the person looks: in the dialog while it is open, else in the window."""
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.say(sentence)
        else:
            self.noticed.emit(Notice(sentence, "problem"))

    def _palette_changed(self) -> None:
        if self.dialog is not None:
            self.dialog.set_palette(self._theme.palette)

    # -- downloading ---------------------------------------------------------------------------------

    def begin(self, *, tell: bool = True) -> None:
        """Looks for downloads that an earlier start of the app has left unfinished, and offers to go on.

        ``tell``: with a notice in the window, where nothing more important is told.
        """
        self._tells_unfinished = tell
        self._beginning.start(lambda _report, _stop: self._shelf.unfinished())

    def _offer_unfinished(self, found: object) -> None:
        left = [each for each in found if isinstance(each, Unfinished)] if isinstance(found, list) else []
        left = [each for each in left if each.entry.name not in self.downloads.transfers]
        for each in left:
            self.downloads.show_paused(each.entry.name, each.done_bytes, each.total_bytes)
        if left and self._tells_unfinished:
            newest = left[-1]
            amount = Transfer("paused", newest.done_bytes, newest.total_bytes).has_come
            told = self.tr("The download of {title} is not finished ({amount}).")
            go_on = NoticeAction(self.tr("Go on with it"), lambda: self._go_on(newest.entry))
            models = NoticeAction(self.tr("Models…"), self.show)
            self.noticed.emit(Notice(told.format(title=newest.entry.title, amount=amount), "offer", (go_on, models)))

    def _go_on(self, entry: ModelEntry) -> None:
        self.downloads.start(entry)
        self.show(entry.name)

    def download(self, row: ModelRow) -> None:
        """Begins or goes on with a download; first the licence is agreed to where that is asked for."""
        if row.entry is None:
            return
        if row.must_agree and row.key not in self.downloads.transfers:
            self._ask_to_agree(row.entry)
        else:
            self.downloads.start(row.entry)

    def cancel(self, row: ModelRow) -> None:
        """Stops a download, after asking what becomes of what has come; or stops verifying."""
        transfer = self.downloads.transfers.get(row.key)
        if self._checking is not None and self._checking[0] == row.key:
            self._checker.forget()
            self._checking = None
            self._show_transfers()
        elif transfer is not None and row.entry is not None and self.dialog is not None:
            entry = row.entry
            if not transfer.done_bytes:
                self.downloads.cancel(entry)
                return
            from longwriter_desktop.ui.models.questions import ask_about_cancelling

            self.question = ask_about_cancelling(
                self.dialog,
                row.title,
                transfer,
                keep=lambda: self.downloads.pause(entry.name),
                delete=lambda: self.downloads.cancel(entry),
            )

    def _downloaded(self, entry: ModelEntry, path: Path) -> None:
        model = Model(entry.name, entry.title, path, entry)
        self._verdicts.pop(entry.name, None)
        self.refresh()
        ready = self.tr("{title} is on this computer now, whole and verified.").format(title=entry.title)
        use = NoticeAction(self.tr("Use this model"), lambda: self.model_wanted.emit(model))
        in_use = self._session.model is None
        if in_use:
            self.model_wanted.emit(model)
            told = self.tr("{title} is on this computer now, whole and verified. It is the model in use.")
            ready = told.format(title=entry.title)
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.say(ready)
        self.noticed.emit(Notice(ready, actions=() if in_use else (use,)))

    def _download_failed(self, entry: ModelEntry, problem: LongWriterError) -> None:
        is_shown = self.dialog is not None and self.dialog.isVisible()
        if is_shown and isinstance(problem, DownloadProblem) and problem.kind in _NEEDS_TOKEN:
            self._ask_for_token(entry, str(problem))
        elif isinstance(problem, LicenceNotAccepted):
            self.downloads.withdraw(entry.name)
            self._ask_to_agree(entry)
        elif not is_shown:
            show = NoticeAction(self.tr("Models…"), lambda: self.show(entry.name))
            self.noticed.emit(Notice(str(problem), "problem", actions=(show,)))

    def _ask_to_agree(self, entry: ModelEntry) -> None:
        from longwriter_desktop.ui.models.licence_dialog import LicenceDialog

        self._show_beneath(entry)
        dialog = LicenceDialog(entry, self._theme.palette, self.dialog)
        dialog.finished.connect(dialog.deleteLater)
        dialog.accepted.connect(lambda: self._agreed(entry))
        self.question = dialog
        dialog.open()

    def _agreed(self, entry: ModelEntry) -> None:
        def agreed(_result: object) -> None:
            self.downloads.start(entry)
            self.refresh()  # Others may come under the same licence.

        self._do(lambda: self._shelf.accept(entry), agreed)

    def _ask_for_token(self, entry: ModelEntry, refusal: str) -> None:
        self._do(self._shelf.keyring_name, lambda keyring: self._show_token_dialog(entry, str(keyring), refusal))

    def _show_token_dialog(self, entry: ModelEntry, keyring: str, refusal: str) -> None:
        from longwriter_desktop.ui.models.token_dialog import TokenDialog

        self._show_beneath(entry)
        dialog = TokenDialog(entry, self._theme.palette, keyring=keyring, refusal=refusal, parent=self.dialog)
        dialog.finished.connect(dialog.deleteLater)
        dialog.accepted.connect(lambda: self._token_given(entry, dialog.token, keep=dialog.is_to_be_kept))
        self.question = dialog
        dialog.open()

    def _token_given(self, entry: ModelEntry, token: str, *, keep: bool) -> None:
        self.downloads.start(entry, token)
        if keep:
            self._do(lambda: self._shelf.keep_token(token), lambda _result: None)

    # -- files that are here -------------------------------------------------------------------------

    def use(self, row: ModelRow) -> None:
        """Has the window write with this model from now on."""
        if row.model is not None:
            self.model_wanted.emit(row.model)

    def reveal(self, row: ModelRow) -> None:
        """Shows the folder of its file in the system's file browser."""
        if row.path is not None:
            folder = reveal(row.path)
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
                told = self.tr("This system names no program that shows folders. The file is in {folder}.")
                self._say(told.format(folder=folder))

    def verify(self, row: ModelRow) -> None:
        """Reads the whole file and compares it with what is known of it."""
        model = row.model
        if model is None:
            return
        self._verdicts.pop(row.key, None)
        self._checking = row.key, Transfer("checking", 0, row.size_bytes)
        self._checker.start(
            lambda report, stop: (
                row.key,
                self._shelf.verify(model, lambda done, whole: report((row.key, done, whole)), stop.is_set),
            )
        )
        self._show_rows()

    def _checked_so_far(self, reports: list[tuple[str, int, int]]) -> None:
        key, done, whole = reports[-1]
        if self._checking is not None and self._checking[0] == key:
            self._checking = key, Transfer("checking", done, whole)
            self._show_transfers()

    def _checked(self, result: object) -> None:
        self._checking = None
        match result:
            case (str(key), Verified() as verified):
                self._verdicts[key] = verified
        self._show_rows()

    def _check_failed(self, sentence: str) -> None:
        self._checking = None
        self._show_transfers()
        self._say(sentence)

    def remove(self, row: ModelRow) -> None:
        """Deletes the file of a model after asking; an entry of the person's own can be taken off the list instead."""
        told = self.tr("{title} is the model in use. Choose another one first; nothing was deleted.")
        told, in_use = told.format(title=row.title), self._session.model
        if self._as_it_is_now(row).in_use:
            self._say(told)
            return

        def planned() -> Removal | None:
            if in_use is not None and row.path is not None and is_same_file(in_use.path, row.path):
                raise ModelProblem(told)  # It was opened by another name that the file has.
            return self._shelf.removal(row)

        self._do(planned, lambda removal: self._ask_about_removing(row, removal))

    def _ask_about_removing(self, row: ModelRow, planned: object) -> None:
        removal = planned if isinstance(planned, Removal) else None
        if removal is not None and removal.refused and not row.is_own_entry:
            self._say(removal.refused)
            return
        if self.dialog is not None:
            from longwriter_desktop.ui.models.questions import ask_about_removing

            self.question = ask_about_removing(
                self.dialog,
                row,
                None if removal is None or removal.refused else removal,
                delete=lambda: self._do(
                    lambda: self._shelf.remove(row, outside=removal is not None and bool(removal.asks)), self._gone
                ),
                take_off=lambda: self._do(lambda: self._shelf.take_off(row), self._gone),
            )

    def _gone(self, sentence: object) -> None:
        self.refresh()
        self._say(str(sentence))

    def _do(self, work: Callable[[], object], then: Callable[[object], None]) -> None:
        """Does something short on another thread, and ``then`` on this one with its result."""

        def do() -> None:
            result, problem = None, ""
            try:
                result = work()
            except LongWriterError as error:
                problem = str(error)
            except Exception:
                log.exception("something about models failed")
                problem = self.tr(
                    "Something went wrong; this is a fault of the app. No file was changed. Try it again."
                )
            with contextlib.suppress(RuntimeError):  # Qt has been taken down already.
                if problem:
                    self._not_done.emit(problem)
                else:
                    self._did.emit(then, result)

        self._errands.do(do)

    def _say_and_look(self, sentence: str) -> None:
        if not self._closed:
            self.refresh()
            self._say(sentence)

    # -- ending --------------------------------------------------------------------------------------

    def may_close(self) -> bool:
        """Whether the window may be closed: nothing is being downloaded, or the person goes on with it later."""
        current = self.downloads.current
        if current is None:
            return True
        from longwriter_desktop.ui.models.questions import ask_about_quitting

        return ask_about_quitting(self._window, current[0].title, current[1])

    def close(self) -> None:
        """Ends all threads; what has come of a download is kept."""
        self._closed = True
        for background in (self._looking, self._beginning, self._checker):
            background.close(1.0)
        self._errands.close(_SECONDS_TO_END)
        self.downloads.close()
        if self.dialog is not None:
            self.dialog.close()
