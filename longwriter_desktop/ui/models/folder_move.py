"""Moving the app's folder of models: where to, how far it is, and what became of it."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from longwriter_desktop.models.moving import Moved, OnMove, Stop
from longwriter_desktop.ui.models.background import Background
from longwriter_desktop.ui.models.labels import say, set_role, wrapped
from longwriter_desktop.ui.status_bar import ThinBar
from longwriter_desktop.ui.theme import Palette, with_tabular_numbers
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, shown, translate

ASK = QT_TRANSLATE_NOOP(
    "FolderMove", "Move the models to {folder}? Each file is copied and compared before it is removed here."
)
GO_ON = QT_TRANSLATE_NOOP("FolderMove", "A move to {folder} was broken off; nothing is lost. Go on with it?")


class Mover(Protocol):
    """What moving needs of the app; all but `move` is called on the main thread."""

    def refusal(self) -> str:
        """The sentence why nothing can be moved now, or ""."""
        ...

    def make_room(self) -> None:
        """Called before a move."""
        ...

    def leave(self) -> None:
        """Called when a move has ended, however it did."""
        ...

    def move(self, new: Path, on_progress: OnMove, stop: Stop) -> Moved | None:
        """See models.moving.move_folder."""
        ...


class FolderMove(QWidget):
    """The folder's path with a button to move it; the question, the progress and the outcome come below."""

    moved = Signal(object)  # everything is in the new folder; a Moved

    def __init__(self, folder: Path, mover: Mover, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._target = folder
        self._mover = mover
        self._work = Background("moving models", self)
        self.path = wrapped()
        self.choose = QPushButton(self.tr("Move…"))
        self.said = wrapped()
        self.said.setFont(with_tabular_numbers(self.font()))
        self.bar = ThinBar(palette)
        self.bar.setAccessibleName(self.tr("Progress of the move"))
        self.confirm = QPushButton(self.tr("Move"))
        self.confirm.setProperty("role", "main")
        self.cancel = QPushButton(self.tr("Cancel"))
        for button in (self.choose, self.confirm, self.cancel):
            button.setAutoDefault(False)
        self._lay_out()
        self.choose.clicked.connect(self._ask_where)
        self.confirm.clicked.connect(self._begin)
        self.cancel.clicked.connect(self._cancel)
        self._work.reported.connect(self._show_progress)
        self._work.done.connect(self._ended)
        self._work.failed.connect(self._failed)
        self._work.busy_changed.connect(lambda busy: None if busy else self._mover.leave())
        self.path.setText(str(folder))
        self._show_state("")

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.path, 1)
        top.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.confirm)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self.said)
        layout.addWidget(self.bar)
        layout.addLayout(buttons)

    def set_palette(self, palette: Palette) -> None:
        self.bar.set_palette(palette)

    @property
    def is_moving(self) -> bool:
        return self._work.is_busy

    def ask(self, target: Path, question: str = ASK) -> None:
        """Asks whether the models are to go to ``target``; says why not where they cannot."""
        if sentence := self._mover.refusal():
            self._show_state(sentence, "warning")
            return
        self._target = target
        self._show_state(translate("FolderMove", question).format(folder=target), asking=True)

    def close_move(self, wait_s: float = 0.0) -> None:
        """Stops a move that goes on, and says nothing more; waits so long for it to have ended."""
        was_moving = self.is_moving
        self._work.close(wait_s)
        if was_moving:
            self._mover.leave()

    def _ask_where(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Move the models to"), str(self._folder.parent))
        if name:
            self.ask(Path(name))

    def _begin(self) -> None:
        new, mover = self._target, self._mover
        mover.make_room()
        self._work.start(
            lambda report, stop: mover.move(new, lambda name, done, whole: report((name, done, whole)), stop.is_set)
        )
        self._show_state(self.tr("Moving…"))

    def stop(self) -> None:
        """Stops a move that goes on; the models stay where they are."""
        if self.is_moving:
            self._work.stop()
            self.cancel.setEnabled(False)
            self.said.setText(self.tr("Stopping…"))

    def _cancel(self) -> None:
        if self.is_moving:
            self.stop()
        else:
            self._show_state("")

    def _show_progress(self, reports: list[tuple[str, int, int]]) -> None:
        if not self.cancel.isEnabled():
            return
        name, done, whole = reports[-1]
        share = done / whole if whole else 0.0
        self.bar.set_share(share)
        self.said.setText(self.tr("Moving {name} · {percent} %").format(name=name, percent=f"{100 * share:.0f}"))

    def _ended(self, moved: object) -> None:
        if not isinstance(moved, Moved):
            self._show_state(self.tr("Stopped: the models are where they were."))
            return
        self._folder = moved.folder
        self.path.setText(str(self._folder))
        none = self.tr("The folder is “{folder}” now. There was nothing to move.").format(folder=moved.folder)
        self._show_state(shown(moved.message) if moved.files else none)
        self.moved.emit(moved)

    def _failed(self, sentence: str) -> None:
        self._show_state(shown(sentence), "warning")

    def _show_state(self, sentence: str, role: str = "muted", *, asking: bool = False) -> None:
        say(self.said, sentence)
        set_role(self.said, role)
        self.choose.setEnabled(not asking and not self.is_moving)
        self.confirm.setVisible(asking)
        self.cancel.setVisible(asking or self.is_moving)
        self.cancel.setEnabled(True)
        self.bar.setVisible(self.is_moving)
        if self.is_moving:
            self.bar.set_share(0.0)
