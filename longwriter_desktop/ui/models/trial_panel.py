"""Trying a model: it writes 100 words before one's eyes; then its speed and the time for a long document are shown."""

import threading
from collections.abc import Callable
from typing import Protocol, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFontMetrics, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from longwriter_desktop.agentwrite.engine import ModelLoading, PromptProgress
from longwriter_desktop.models.expected_speed import LONG_DOCUMENT_WORDS
from longwriter_desktop.models.library import Model
from longwriter_desktop.models.trial import Said, Trial
from longwriter_desktop.ui.flow_layout import FlowLayout
from longwriter_desktop.ui.models.background import Background
from longwriter_desktop.ui.models.labels import set_role, wrapped
from longwriter_desktop.ui.models.model_words import long_time_words
from longwriter_desktop.ui.models.trial_room import TrialRoom
from longwriter_desktop.ui.pace import duration_words
from longwriter_desktop.ui.theme import book_font, scaled, small_font, with_tabular_numbers
from longwriter_desktop.ui.translation import shown

_TEXT_PX, _FIGURE_PX, _BETWEEN_FIGURES_PX = 15, 20, 24
_LINES = 6
_LONG_S = 100
"""Up to here a time that was measured is told in seconds."""


class Trials(TrialRoom, Protocol):
    """What a trial needs of the app; see `trial_run.TrialRun`."""

    def try_model(self, model: Model, said: Callable[[Said], None], stop: threading.Event) -> Trial | None:
        """Tries a model on the calling thread; None when it was stopped before there was anything to measure."""
        ...


class TrialPanel(QWidget):
    """The trial of one model at a time."""

    tried = Signal(object, object)  # a trial has ended by itself and its speed is known; the Model, its Trial
    running_changed = Signal(bool)  # a trial begins or has ended

    def __init__(self, trials: Trials, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trials = trials
        self._model: Model | None = None
        self._trying: Model | None = None
        self._stopped_because = ""
        self._work = Background("trying a model", self)
        self._make_parts()
        self._lay_out()
        self._work.reported.connect(self._show_reports)
        self._work.done.connect(self._show_result)
        self._work.failed.connect(self._say_problem)
        self._work.busy_changed.connect(self._busy_changed)
        self.button.clicked.connect(self._press)
        self.show_model(None)

    def _make_parts(self) -> None:
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        self.doing = wrapped()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("What the model writes"))
        self.text.setFont(book_font(_TEXT_PX))
        self.text.setFixedHeight(QFontMetrics(self.text.font()).lineSpacing() * _LINES + 16)
        self.figures = [QLabel(), QLabel(), QLabel()]
        self._figures = QWidget()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.doing, 1)
        figures = FlowLayout(_BETWEEN_FIGURES_PX, self._figures)
        names = (self.tr("tokens a second now"), self.tr("words a minute now"), self.tr("for 10,000 words"))
        for figure, name in zip(self.figures, names, strict=True):
            figures.addWidget(self._named(figure, name))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self._figures)
        layout.addWidget(self.text)

    def _named(self, figure: QLabel, name: str) -> QWidget:
        """A figure with its name below it."""
        font = with_tabular_numbers(self.font())
        font.setPixelSize(scaled(_FIGURE_PX))
        figure.setFont(font)
        figure.setAccessibleName(name)
        label = QLabel(name)
        label.setProperty("role", "label")
        label.setFont(small_font(self.font()))
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(figure)
        column.addWidget(label)
        return both

    # -- what can be done ------------------------------------------------------------------------------

    @property
    def is_running(self) -> bool:
        return self._work.is_busy

    def show_model(self, model: Model | None) -> None:
        """``model`` is what is looked at now: a trial of another one is stopped and put away."""
        if model is not None and self._model is not None and model.path == self._model.path:
            self._model = model
            return
        self._work.forget()
        self._trying = None
        self._model = model
        self.hide()

    def try_model(self, model: Model) -> None:
        """Begins a trial of ``model``; the panel shows itself."""
        self.show_model(model)
        self.start()

    def start(self) -> None:
        """Begins a trial of the model that is shown, or says why there can be none now."""
        model = self._model
        if model is None or self.is_running:
            return
        self.show()
        self.text.clear()
        self.text.hide()
        self._figures.hide()
        self._show_button()
        if sentence := self._trials.refusal(model):
            self._say(shown(sentence), "warning")
            return
        self._trying = model
        self._stopped_because = ""
        self._say(self.tr("Starting…"), "muted")
        self._trials.make_room(model)
        self._work.start(
            lambda report, stop: self._trials.try_model(model, cast("Callable[[Said], None]", report), stop)
        )

    def stop(self, sentence: str = "") -> None:
        """Stops the trial; ``sentence`` says why."""
        if self.is_running:
            self._stopped_because = sentence or self.tr("Stopped. Nothing was measured.")
            self._work.stop()
            self._say(self._stopped_because, "muted")

    def close_trial(self, wait_s: float = 0.0) -> None:
        """Ends a trial for good, because the window closes; waits so long for the model's process to end."""
        was_running = self.is_running
        self._work.close(wait_s)
        if was_running:
            self._trials.leave()

    def _press(self) -> None:
        if self.is_running:
            self.stop()
        else:
            self.start()

    # -- showing -------------------------------------------------------------------------------------

    def _show_button(self) -> None:
        self.button.setText(self.tr("Stop") if self.is_running else self.tr("Try again"))

    def _busy_changed(self, busy: bool) -> None:
        self._show_button()
        if not busy:
            self._trials.leave()
        self.running_changed.emit(busy)

    def _show_reports(self, reports: list[Said]) -> None:
        if self._stopped_because:
            return
        text = "".join(each for each in reports if isinstance(each, str))
        if text:
            self.text.show()
            cursor = QTextCursor(self.text.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(text if self.text.document().characterCount() > 1 else text.lstrip())
            self.text.verticalScrollBar().setValue(self.text.verticalScrollBar().maximum())
            self._say(self.tr("Writing…"), "muted")
            return
        match reports[-1]:
            case ModelLoading() as loading:
                told = self.tr("Loading the model, {percent} %").format(percent=f"{100 * loading.fraction:.0f}")
                memory = f": {shown(loading.memory)}" if loading.memory else ""
                self._say(f"{told}{memory}", "muted")
            case PromptProgress(read, total) if read < total:
                told = self.tr("Reading {read} of {total} tokens")
                self._say(told.format(read=f"{read:,}", total=f"{total:,}"), "muted")

    def _show_result(self, result: object) -> None:
        model, self._trying = self._trying, None
        if model is None or not isinstance(result, Trial) or self._stopped_because:
            self._say(self._stopped_because or self.tr("Stopped. Nothing was measured."), "muted")
            return
        self.figures[0].setText(f"{result.tokens_per_second:.1f}")
        self.figures[1].setText(f"{result.words_per_minute:,.0f}")
        self.figures[2].setText(_whole_time(result.seconds_for_10000_words))
        self._figures.show()
        done = self.tr("{words} words in {time}. Writing slows down as a text grows; that is counted in.")
        self._say(done.format(words=result.words, time=self._measured_time(result.seconds)), "muted")
        self.tried.emit(model, result)

    def _say_problem(self, sentence: str) -> None:
        self._trying = None
        self._say(shown(sentence), "warning")

    def _measured_time(self, seconds: float) -> str:
        if seconds >= _LONG_S:
            return duration_words(seconds)
        return self.tr("{count} s").format(count=max(1, round(seconds)))

    def _say(self, sentence: str, role: str) -> None:
        if self.doing.text() == sentence and self.doing.property("role") == role:
            return
        self.doing.setText(sentence)
        set_role(self.doing, role)
        if role == "warning":
            QAccessible.updateAccessibility(QAccessibleEvent(self.doing, QAccessible.Event.Alert))


def _whole_time(seconds: float) -> str:
    """In the same words as everywhere else: "about 40 minutes"."""
    words_a_minute = max(1, round(LONG_DOCUMENT_WORDS * 60 / max(seconds, 1.0)))
    return long_time_words((words_a_minute, words_a_minute))
