"""The models dialog: the list on the left, what there is to say and do about the chosen one on the right.

It knows rows and nothing of files, network or threads: `models_menu` fills it and does what it asks for.
Others put their widgets into ``details_area`` (below what is said of the chosen model), ``found_area`` (below the
list) and ``foot_area`` (the line at the bottom, left of Close).
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from longwriter_desktop.ui.fitted_dialog import FittedDialog
from longwriter_desktop.ui.models.details_scroll import DetailsScroll
from longwriter_desktop.ui.models.labels import say, wrapped
from longwriter_desktop.ui.models.model_details import ModelDetails
from longwriter_desktop.ui.models.model_list import ModelList
from longwriter_desktop.ui.models.model_rows import ModelRow, Transfer
from longwriter_desktop.ui.theme import Palette, scaled
from longwriter_desktop.ui.translation import shown


class ModelsDialog(FittedDialog):
    """Shows the models; stands beside the window and leaves it free."""

    row_chosen = Signal(object)  # another row is looked at; a ModelRow, or None

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("modelsDialog")
        self.setWindowTitle(self.tr("Models"))
        self.setModal(False)
        self.resize(scaled(980), scaled(640))
        self.setMinimumSize(720, 440)
        self.list = ModelList(palette)
        self.details = ModelDetails(palette)
        self.details_area = QVBoxLayout()
        self.found_area = QVBoxLayout()
        self.foot_area = QHBoxLayout()
        self._looking = self.tr("Looking for models on this computer…")
        self._none = self.tr(
            "No model was found. Add a file, or see what can be downloaded when the catalogue can be read."
        )
        self.message = wrapped(self._looking, "muted")
        self.message.setObjectName("modelsMessage")
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.close)
        self._lay_out()
        self.list.chosen.connect(self._look)
        for wish in self.details.wishes:
            wish.connect(lambda _row: self.say(""))
        self._look(None)

    def _lay_out(self) -> None:
        for area in (self.details_area, self.found_area, self.foot_area):
            area.setSpacing(8)
            area.setContentsMargins(0, 0, 0, 0)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        column.addWidget(self.list, 1)
        column.addWidget(self.message)
        column.addLayout(self.found_area)
        scroll = DetailsScroll(left=12, spacing=16)
        scroll.column.addWidget(self.details)
        scroll.column.addLayout(self.details_area)
        scroll.column.addStretch(1)
        splitter = QSplitter()
        splitter.setHandleWidth(1)
        splitter.addWidget(left)
        splitter.addWidget(scroll)
        splitter.setSizes([420, 520])
        splitter.setChildrenCollapsible(False)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addLayout(self.foot_area, 1)
        foot.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(splitter, 1)
        layout.addLayout(foot)

    # -- showing -------------------------------------------------------------------------------------

    @property
    def row(self) -> ModelRow | None:
        """The model that is looked at."""
        return self.list.row

    def begin_anew(self) -> None:
        """To be called before it is shown again: what was said the last time is over, and the list has the focus."""
        if self.message.text() not in (self._looking, self._none):
            self.say("")
        self.list.setFocus()

    def set_palette(self, palette: Palette) -> None:
        self.list.set_palette(palette)
        self.details.set_palette(palette)

    def show_rows(self, rows: Sequence[ModelRow]) -> None:
        """Shows these models; the one that was looked at stays in hand where it is still there."""
        self.list.show_rows(rows)
        if not rows:
            self.say(self._none)
        elif self.message.text() in (self._looking, self._none):
            self.say("")

    def show_transfers(self, transfers: dict[str, Transfer]) -> None:
        """How far the downloads are, by the keys of their rows."""
        self.list.show_transfers(transfers)
        row = self.row
        self.details.show_transfer(transfers.get(row.key) if row is not None else None)

    def say(self, sentence: str) -> None:
        """A sentence below the list about the list itself; "" takes it away."""
        say(self.message, shown(sentence))
        if sentence and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleEvent(self.message, QAccessible.Event.Alert))

    def choose(self, key: str) -> None:
        """Looks at the model with this key, where it is in the list."""
        self.list.choose(key)

    def _look(self, row: ModelRow | None) -> None:
        self.details.show_row(row, self.list.transfer_of(row.key) if row is not None else None)
        self.row_chosen.emit(row)
