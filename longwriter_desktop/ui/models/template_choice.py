"""Which chat template a model file is used with: the file's own, or another where that is missing or wrong."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from longwriter_desktop.models.library import Model
from longwriter_desktop.models.own_models import ModelFacts, TemplateChoice, TemplateTrial, template_choices
from longwriter_desktop.ui.models.background import Background
from longwriter_desktop.ui.models.labels import say, set_role, wrapped
from longwriter_desktop.ui.models.trial_room import TrialRoom
from longwriter_desktop.ui.settings.fields import ChoiceField
from longwriter_desktop.ui.theme import book_font, small_font
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, shown, translate

_TEXT_PX = 15
_USED_BY = (
    QT_TRANSLATE_NOOP("Templates", "LongWriter-glm4-9b and other GLM-4 models"),
    QT_TRANSLATE_NOOP("Templates", "Qwen, Yi, SmolLM, Hermes and many others"),
    QT_TRANSLATE_NOOP("Templates", "Llama 3, 3.1 and 3.2 Instruct"),
    QT_TRANSLATE_NOOP("Templates", "Gemma 1 to 3"),
    QT_TRANSLATE_NOOP("Templates", "Phi 3 and 3.5"),
    QT_TRANSLATE_NOOP("Templates", "Vicuna and models without tokens of their own for turns"),
)
"""What `backend.turn_templates` says besides names, for the tools of the translation; a test compares the two."""


class TemplateTrials(TrialRoom, Protocol):
    """What trying a template needs of the app."""

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
        self._stopped_because = ""
        self._work = Background("trying a template", self)
        self.problem = wrapped(role="warning")
        label = QLabel(self.tr("Chat template"))
        label.setProperty("role", "label")
        label.setFont(small_font(self.font()))
        self.choice = ChoiceField()
        self.choice.setAccessibleName(self.tr("Chat template"))
        self.choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.choice.setMinimumContentsLength(12)
        label.setBuddy(self.choice)
        self.button = QPushButton(self.tr("Try it"))
        self.button.setAutoDefault(False)
        self.doing = wrapped(role="muted")
        self.answer = wrapped()
        self.answer.setFont(book_font(_TEXT_PX))
        self.answer.setAccessibleName(self.tr("What the model answers"))
        self.judge = wrapped(role="muted")
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
        say(self.problem, shown(facts.template_problem))
        choices = template_choices(facts)
        self.choice.blockSignals(True)
        self.choice.clear()
        if all(choice.name and not choice.suggested for choice in choices):
            self.choice.addItem(self.tr("Choose a template"), None)
        for choice in choices:
            self.choice.addItem(self._choice_words(choice), choice.name)
        names = [choice.name for choice in choices]
        wanted = chosen or next((choice.name for choice in choices if choice.suggested), None)
        self.choice.setCurrentIndex(self.choice.findData(wanted) if wanted in names else 0)
        self.choice.blockSignals(False)
        self._clear()

    def _choice_words(self, choice: TemplateChoice) -> str:
        title = choice.title if choice.name else self.tr("The one in the file")
        if choice.name and choice.suggested:
            title = self.tr("{title} (fits this model’s tokens)").format(title=title)
        if not choice.used_by:
            return title
        return self.tr("{title}: {models}").format(title=title, models=translate("Templates", choice.used_by))

    def stop(self, sentence: str = "") -> None:
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
            say(label, "")
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
        say(self.doing, self.tr("Loading the model for one sentence…"))
        self._trials.make_room(model)
        self._work.start(
            lambda report, stop: self._trials.try_template(
                facts.path, template, cast("Callable[[str], None]", report), stop
            )
        )

    def _busy_changed(self, busy: bool) -> None:
        self.button.setText(self.tr("Stop") if busy else self.tr("Try it"))
        if not busy:
            self._trials.leave()

    def _show_reports(self, reports: list[str]) -> None:
        say(self.doing, self._question())
        say(self.answer, (self.answer.text() + "".join(reports)).lstrip())

    def _show_answer(self, trial: object) -> None:
        if not isinstance(trial, TemplateTrial):
            say(self.doing, self._stopped_because or self.tr("Stopped."))
            return
        say(self.doing, self._question() if trial.reply else "")
        say(self.answer, trial.reply)
        judge = self.tr(
            "If that is a whole sentence about the sea, the template is right. If it is not, choose another."
        )
        self._judge(shown(trial.problem) or judge, "warning" if trial.problem else "muted")

    def _question(self) -> str:
        return self.tr("Asked for one sentence about the sea, it answers:")

    def _say_problem(self, sentence: str) -> None:
        say(self.doing, "")
        self._judge(shown(sentence), "warning")

    def _judge(self, sentence: str, role: str) -> None:
        set_role(self.judge, role)
        say(self.judge, sentence)
        QAccessible.updateAccessibility(QAccessibleEvent(self.judge, QAccessible.Event.Alert))
