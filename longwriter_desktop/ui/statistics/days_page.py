"""Words a day, time at work, and how far the goal of the day is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from longwriter_desktop.project.writing_days import Day
from longwriter_desktop.ui.statistics.bar_plot import Bar, BarPlot, Legend
from longwriter_desktop.ui.statistics.figure_line import FigureLine
from longwriter_desktop.ui.statistics.table import FiguresTable
from longwriter_desktop.ui.status_bar import ThinBar
from longwriter_desktop.ui.theme import Palette, with_tabular_numbers

COLUMNS = ("Day", "Typed", "Generated", "Both", "At work")
DAYS_SHOWN = 30
MOST_WORDS = 100_000
NAMES = ("typed today", "generated today", "at work today", "since this document was opened")
NO_GOAL = "no goal"


@dataclass(frozen=True, slots=True)
class Goal:
    """Words a day, 0 for none; ``counts_generated`` when those of the model count as well."""

    words: int = 0
    counts_generated: bool = False

    def reached(self, day: Day) -> int:
        """How many words of ``day`` count."""
        return day.words if self.counts_generated else day.typed


class DaysPage(QWidget):
    """Shows the days up to today; the goal is set here."""

    goal_changed = Signal(object)  # the person has set another goal; a Goal

    def __init__(self, palette: Palette, goal: Goal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: list[date] = []
        self._listed: list[date] = []
        self.line = FigureLine(NAMES)
        self.plot = BarPlot(palette, "Words of each day", Legend(("typed", "generated"), line="goal"), self)
        self.table = FiguresTable(COLUMNS, (0,), "Days")
        self.words = QSpinBox()
        self.words.setRange(0, MOST_WORDS)
        self.words.setSingleStep(50)
        self.words.setSpecialValueText(NO_GOAL)
        self.words.setGroupSeparatorShown(True)
        self.words.setAccessibleName("Goal of the day, in words")
        self.words.setMinimumWidth(100)
        self.words.setFont(with_tabular_numbers(self.font()))
        self.words.setKeyboardTracking(False)
        self.counts_generated = QCheckBox("Count what the model writes, too")
        self.words.setValue(goal.words)
        self.counts_generated.setChecked(goal.counts_generated)
        self.bar = ThinBar(palette)
        self.bar.setAccessibleName("Goal reached")
        self.reached = QLabel()
        self.reached.setFont(with_tabular_numbers(self.font()))
        self._lay_out()
        self.words.valueChanged.connect(lambda _: self.goal_changed.emit(self.goal))
        self.counts_generated.toggled.connect(lambda _: self.goal_changed.emit(self.goal))
        self.plot.current_changed.connect(self._enter_day)

    def _lay_out(self) -> None:
        label = QLabel("Goal of the day")
        label.setBuddy(self.words)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.words)
        row.addWidget(self.counts_generated)
        row.addSpacing(16)
        row.addWidget(self.bar, 1)
        row.addWidget(self.reached)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.line)
        column.addLayout(row)
        column.addWidget(self.plot, 2)
        column.addWidget(self.table, 3)

    def set_palette(self, palette: Palette) -> None:
        self.plot.set_palette(palette)
        self.bar.set_palette(palette)

    @property
    def goal(self) -> Goal:
        return Goal(self.words.value(), self.counts_generated.isChecked())

    def show_days(self, days: Mapping[date, Day], today: date, session: Day) -> None:
        """Shows the days before ``today``, that day itself, and what was done since the document was opened."""
        goal, day = self.goal, days.get(today, Day())
        self.line.show_values(
            f"{day.typed:,}",
            f"{day.generated:,}",
            time_words(day.seconds),
            f"{session.words:,} words in {time_words(session.seconds)}",
        )
        self._shown = [today - timedelta(days=back) for back in range(DAYS_SHOWN - 1, -1, -1)]
        self._listed = [on for on in sorted(days, reverse=True) if on <= today]
        bars = [_bar(on, days.get(on, Day())) for on in self._shown]
        self.plot.set_bars(bars, float(goal.words) if goal.words else None)
        self.table.rows.set_rows([_row(on, days[on]) for on in self._listed])
        self.bar.setVisible(goal.words > 0)
        self.bar.set_share(goal.reached(day) / goal.words if goal.words else 0)
        self.reached.setText(f"{goal.reached(day):,} / {goal.words:,}" if goal.words else "")

    def _enter_day(self, place: int) -> None:
        """The day of the current bar is the current row, where something was written on it."""
        if 0 <= place < len(self._shown) and self._shown[place] in self._listed:
            self.table.set_current(self._listed.index(self._shown[place]))


def time_words(seconds: float) -> str:
    """A time for a person: "0 min", "45 min", "1 h 05 min"."""
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


def _day_name(on: date) -> str:
    return f"{on.day} {on:%b}"


def _bar(on: date, day: Day) -> Bar:
    spoken = f"{_day_name(on)}: {day.typed:,} typed, {day.generated:,} generated, {time_words(day.seconds)}"
    return Bar(_day_name(on), (float(day.typed), float(day.generated)), spoken)


def _row(on: date, day: Day) -> tuple[str, ...]:
    name = f"{on:%a} {on.day} {on:%b %Y}"
    return name, f"{day.typed:,}", f"{day.generated:,}", f"{day.words:,}", time_words(day.seconds)
