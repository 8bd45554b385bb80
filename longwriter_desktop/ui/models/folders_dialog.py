"""Where models lie: the app's own folder, which can be moved, and other folders in which the app looks for them."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from longwriter_desktop.ui.fitted_dialog import FittedDialog
from longwriter_desktop.ui.models.background import Background
from longwriter_desktop.ui.models.details_scroll import DetailsScroll
from longwriter_desktop.ui.models.folder_move import GO_ON, FolderMove, Mover
from longwriter_desktop.ui.models.labels import wrapped
from longwriter_desktop.ui.plain_tip import plain_tip
from longwriter_desktop.ui.theme import Palette, scaled
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, translate

NONE = QT_TRANSLATE_NOOP("FoldersDialog", "No other folder.")
_LIST_PX = 104


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders as they are: the app's own, and those that the person named."""

    own: Path
    others: tuple[Path, ...] = ()
    broken_off: Path | None = None
    """Where the app's own folder was to go when a move was broken off."""


class FoldersDialog(FittedDialog):
    """Shows the folders, moves the app's own one, and takes others in or out."""

    others_changed = Signal(object)  # a folder was taken in or out; a tuple of Paths
    moved = Signal(object)  # the app's own folder is another one now; a Moved

    def __init__(self, folders: Folders, mover: Mover, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Folders with models"))
        self.resize(scaled(620), scaled(460))
        self._others = folders.others
        self._looking = Background("looking for folders", self)  # A drive that has gone may not answer for long.
        self._looking.done.connect(self._mark_missing)
        self.move_panel = FolderMove(folders.own, mover, palette)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Also look in"))
        self.list.setFixedHeight(scaled(_LIST_PX))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.none = wrapped(translate("FoldersDialog", NONE), "muted")
        self.add = QPushButton(self.tr("Add a folder…"))
        self.remove = QPushButton(self.tr("Take out"))
        self.close_button = QPushButton(self.tr("Close"))
        for button in (self.add, self.remove, self.close_button):
            button.setAutoDefault(False)
        self._lay_out()
        self.add.clicked.connect(self._ask_for_folder)
        self.remove.clicked.connect(self._take_out)
        self.list.itemSelectionChanged.connect(self._show_buttons)
        self.close_button.clicked.connect(self.reject)
        self.move_panel.moved.connect(self.moved)
        self._show_others()
        if folders.broken_off is not None:
            self.move_panel.ask(folders.broken_off, GO_ON)

    def _lay_out(self) -> None:
        scroll = DetailsScroll(left=0, spacing=8)
        layout = scroll.column
        layout.addWidget(wrapped(self.tr("The app's own folder"), "strong"))
        layout.addWidget(self.move_panel)
        own = self.tr("A GGUF file that you put here is in the list of models at once.")
        layout.addWidget(wrapped(own, "muted"))
        layout.addSpacing(4)
        line = QFrame()
        line.setObjectName("hairline")
        line.setFixedHeight(1)
        layout.addWidget(line)
        layout.addSpacing(4)
        layout.addWidget(wrapped(self.tr("Also look in"), "strong"))
        others = self.tr(
            "Models in these folders are offered where they lie. Nothing is copied there or deleted. The Hugging Face "
            "cache and the folders of LM Studio, Ollama and Jan are looked into by themselves."
        )
        layout.addWidget(wrapped(others, "muted"))
        layout.addWidget(self.none)
        layout.addWidget(self.list)
        layout.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.add)
        row.addWidget(self.remove)
        row.addStretch(1)
        row.addWidget(self.close_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 24, 24, 16)
        whole.setSpacing(8)
        whole.addWidget(scroll, 1)
        whole.addLayout(row)

    def add_folder(self, folder: Path) -> None:
        """Looks in ``folder`` too from now on."""
        if folder not in self._others:
            self._set_others((*self._others, folder))

    @override
    def done(self, result: int) -> None:
        # Closing stops a move that goes on: the models stay where they are, and it can be gone on with later.
        self.move_panel.close_move()
        self._looking.close()
        super().done(result)

    def _ask_for_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder with models"), str(Path.home()))
        if name:
            self.add_folder(Path(name))

    def _take_out(self) -> None:
        at = self.list.currentRow()
        if 0 <= at < len(self._others):
            self._set_others(self._others[:at] + self._others[at + 1 :])

    def _set_others(self, others: tuple[Path, ...]) -> None:
        self._others = others
        self._show_others()
        self.others_changed.emit(others)

    def _show_others(self) -> None:
        self.list.clear()
        for folder in self._others:
            item = QListWidgetItem(str(folder))
            item.setToolTip(plain_tip(str(folder)))
            self.list.addItem(item)
        others = self._others
        self._looking.start(lambda _report, _stop: [folder for folder in others if not folder.is_dir()])
        self.list.setVisible(bool(self._others))
        self.none.setVisible(not self._others)
        self._show_buttons()

    def _mark_missing(self, missing: list[Path]) -> None:
        for row, folder in enumerate(self._others):
            if folder in missing:
                self.list.item(row).setText(self.tr("{folder} (not there now)").format(folder=folder))

    def _show_buttons(self) -> None:
        self.remove.setVisible(bool(self._others))
        self.remove.setEnabled(bool(self.list.selectedItems()))
