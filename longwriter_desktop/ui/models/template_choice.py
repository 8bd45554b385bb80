"""Which chat template a model file is used with: the file's own, or another where that is missing or wrong."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from longwriter_desktop.models.library import Model
from longwriter_desktop.models.own_models import ModelFacts, TemplateTrial, template_choices
from longwriter_desktop.ui.models.background import Background
from longwriter_desktop.ui.theme import book_font, small_font

QUESTION = "Asked for one sentence about the sea, it answers:"
NONE_YET = "Choose a template"
_SUGGESTED = "{title} (fits this model’s tokens)"
_TRY, _STOP = "Try it", "Stop"
_LOADING = "Loading the model for one sentence…"
_STOPPED = "Stopped."
_JUDGE = "If that is a whole sentence about the sea, the template is right. If it is not, choose another."
_TEXT_PX = 15


class TemplateTrials(Protocol):
    """What trying a template needs of the app."""

    def refusal(self, model: Model) -> str:
        """The sentence why nothing can be tried now, or ""."""
        ...

    def make_room(self, model: Model) -> None:
        """Called before a trial."""
        ...

    def leave(self) -> None:
        """Called when a trial has ended, however it did."""
        ...

    def try_template(
        self, path: Path, template: str, said: Callable[[str], None], stop: threading.Event
    ) -> TemplateTrial | None:
        """The answer to one question, on the calling thread; ``template`` "" is the file's own. None when stopped."""
        ...


class TemplatePanel(QWidget):
    """Says what is the matter with a file's template, offers others, and tries the one chosen."""

    changed = Signal(str)  # another template is chosen; its name, "" for the file's own

    def __init__(self, trials: TemplateTrials, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trials = trials
        self._facts: ModelFacts | None = None
        self._stopped_because = _STOPPED
        self._work = Background("trying a template", self)
        self.problem = _wrapped("warning")
        label = QLabel("Chat template")
        label.setProperty("role", "label")
        label.setFont(small_font(self.font()))
        self.choice = QComboBox()
        self.choice.setAccessibleName("Chat template")
        self.choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.choice.setMinimumContentsLength(12)
        label.setBuddy(self.choice)
        self.button = QPushButton(_TRY)
        self.button.setAutoDefault(False)
        self.doing = _wrapped("muted")
        self.answer = _wrapped("")
        self.answer.setFont(book_font(_TEXT_PX))
        self.answer.setAccessibleName("What the model answers")
        self.judge = _wrapped("muted")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choice, 1)
        row.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.problem)
        layout.addWidget(label)
        layout.addLayout(row)
        for part in (self.doing, self.answer, self.judge):
            layout.addWidget(part)
        self.choice.currentIndexChanged.connect(self._choose)
        self.button.clicked.connect(self._press)
        self._work.reported.connect(self._show_reports)
        self._work.done.connect(self._show_answer)
        self._work.failed.connect(self._say_problem)
        self._work.busy_changed.connect(self._busy_changed)
        self._clear()

    @property
    def template(self) -> str:
        """The name of the template chosen, "" for the file's own."""
        return cast("str | None", self.choice.currentData()) or ""

    @property
    def is_settled(self) -> bool:
        """Whether there is a template to use the file with."""
        return self.choice.currentData() is not None

    def show_facts(self, facts: ModelFacts, chosen: str = "") -> None:
        """Offers the templates for a file; ``chosen`` is the name of one that the person took before."""
        self._work.forget()
        self._facts = facts
        _say(self.problem, facts.template_problem)
        choices = template_choices(facts)
        self.choice.blockSignals(True)
        self.choice.clear()
        if all(choice.name and not choice.suggested for choice in choices):
            self.choice.addItem(NONE_YET, None)
        for choice in choices:
            title = _SUGGESTED.format(title=choice.title) if choice.name and choice.suggested else choice.title
            self.choice.addItem(f"{title}: {choice.used_by}" if choice.used_by else title, choice.name)
        names = [choice.name for choice in choices]
        wanted = chosen or next((choice.name for choice in choices if choice.suggested), None)
        self.choice.setCurrentIndex(self.choice.findData(wanted) if wanted in names else 0)
        self.choice.blockSignals(False)
        self._clear()

    def stop(self, sentence: str = _STOPPED) -> None:
        """Stops a trial that goes on; ``sentence`` says why."""
        if self._work.is_busy:
            self._stopped_because = sentence
            self._work.stop()

    def close_trial(self, wait_s: float = 0.0) -> None:
        """Ends a trial for good, because the window closes."""
        was_busy = self._work.is_busy
        self._work.close(wait_s)
        if was_busy:
            self._trials.leave()

    def _clear(self) -> None:
        for label in (self.doing, self.answer, self.judge):
            _say(label, "")
        self.button.setEnabled(self.is_settled)

    def _choose(self) -> None:
        self._work.forget()
        self._clear()
        self.changed.emit(self.template)

    def _press(self) -> None:
        if self._work.is_busy:
            self.stop()
            return
        facts, template = self._facts, self.template
        if facts is None:
            return
        self._clear()
        model = Model(str(facts.path), facts.title, facts.path, header=facts.header)
        if sentence := self._trials.refusal(model):
            self._say_problem(sentence)
            return
        _say(self.doing, _LOADING)
        self._trials.make_room(model)
        self._work.start(
            lambda report, stop: self._trials.try_template(
                facts.path, template, cast("Callable[[str], None]", report), stop
            )
        )

    def _busy_changed(self, busy: bool) -> None:
        self.button.setText(_STOP if busy else _TRY)
        if not busy:
            self._trials.leave()

    def _show_reports(self, reports: list[str]) -> None:
        _say(self.doing, QUESTION)
        _say(self.answer, (self.answer.text() + "".join(reports)).lstrip())

    def _show_answer(self, trial: object) -> None:
        if not isinstance(trial, TemplateTrial):
            _say(self.doing, self._stopped_because)
            return
        _say(self.doing, QUESTION if trial.reply else "")
        _say(self.answer, trial.reply)
        self._judge(trial.problem or _JUDGE, "warning" if trial.problem else "muted")

    def _say_problem(self, sentence: str) -> None:
        _say(self.doing, "")
        self._judge(sentence, "warning")

    def _judge(self, sentence: str, role: str) -> None:
        self.judge.setProperty("role", role)
        self.judge.style().unpolish(self.judge)
        self.judge.style().polish(self.judge)
        _say(self.judge, sentence)
        QAccessible.updateAccessibility(QAccessibleEvent(self.judge, QAccessible.Event.Alert))


def _wrapped(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    return label


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
