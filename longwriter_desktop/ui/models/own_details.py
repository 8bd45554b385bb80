"""Below what the models dialog says of a model: its trial, and for a file of the person's own how it is set up."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from longwriter_desktop.models.own_models import described
from longwriter_desktop.ui.models.background import Background
from longwriter_desktop.ui.models.labels import say, wrapped
from longwriter_desktop.ui.models.model_rows import ModelRow
from longwriter_desktop.ui.models.trial_panel import TrialPanel, Trials
from longwriter_desktop.ui.theme import small_font
from longwriter_desktop.ui.translation import shown


class OwnDetails(QWidget):
    """Follows the model that is looked at; see `OwnFiles`."""

    set_up_wanted = Signal(object)  # the person wants to set up a file of their own; its Path

    def __init__(self, trials: Trials, scroll: QScrollArea | None, parent: QWidget | None = None) -> None:
        """``scroll`` is what it lies in, to bring a trial into sight."""
        super().__init__(parent)
        self._row: ModelRow | None = None
        self._scroll = scroll
        self._checking = Background("looking at a chat template", self)
        self.remark = wrapped(role="warning")
        self.set_up = QPushButton()
        self.set_up.setProperty("role", "link")
        self.set_up.setAutoDefault(False)
        self.trial = TrialPanel(trials)
        self.set_up.setFont(small_font(self.set_up.font()))
        links = QHBoxLayout()
        links.addWidget(self.set_up)
        links.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.remark)
        layout.addLayout(links)
        layout.addWidget(self.trial)
        self.set_up.clicked.connect(self._ask_to_set_up)
        self._checking.done.connect(self._checked)
        self.trial.running_changed.connect(self._bring_into_sight)
        self.trial.tried.connect(self._bring_into_sight)
        self.show_row(None)

    def show_row(self, row: ModelRow | None) -> None:
        """What is looked at now; the chat template of a file that is in no catalogue is looked at too."""
        model = row.model if row is not None else None
        self.trial.show_model(model)
        is_same = row is not None and self._row is not None and (row.key, row.path) == (self._row.key, self._row.path)
        self._row = row
        own = row is not None and model is not None and (row.entry is None or row.is_own_entry)
        self.set_up.setVisible(own)
        if is_same and own:
            return
        self._checking.forget()
        self.remark.hide()
        is_own = row is not None and row.is_own_entry
        self.set_up.setText(self.tr("Name, context, template…") if is_own else self.tr("Add to my models…"))
        if row is not None and model is not None and row.entry is None:
            self._checking.start(lambda _report, _stop: described(model.path).template_problem)

    def close_work(self, wait_s: float = 0.0) -> None:
        """Ends whatever goes on, for good; waits so long for a trial's process to end."""
        self._checking.close()
        self.trial.close_trial(wait_s)

    def _checked(self, problem: object) -> None:
        say(self.remark, shown(str(problem)))
        if problem:
            self.set_up.setText(self.tr("Choose a template…"))

    def _ask_to_set_up(self) -> None:
        if self._row is not None and self._row.path is not None:
            self.set_up_wanted.emit(self._row.path)

    def _bring_into_sight(self, *_: object) -> None:
        if self._scroll is not None and not self.trial.isHidden():
            # Only after the layout knows how high it is.
            scroll = self._scroll
            QTimer.singleShot(0, self, lambda: scroll.ensureWidgetVisible(self.trial))
