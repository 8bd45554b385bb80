"""Words a day, time at work, and how far the goal of the day is."""

import itertools
from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from longwriter_desktop.project.writing_days import Day
from longwriter_desktop.ui.calm_fields import CalmSpinBox
from longwriter_desktop.ui.day_words import day_words
from longwriter_desktop.ui.statistics.bar_plot import Bar, BarPlot, Legend
from longwriter_desktop.ui.statistics.figure_line import FigureLine
from longwriter_desktop.ui.statistics.goal import Goal
from longwriter_desktop.ui.statistics.table import FiguresTable
from longwriter_desktop.ui.status_bar import ThinBar
from longwriter_desktop.ui.theme import Palette, with_tabular_numbers
from longwriter_desktop.ui.translation import translate

DAYS_SHOWN = 30
MOST_WORDS = 100_000


class DaysPage(QWidget):
    """Shows the days up to today; the goal is set here."""

    goal_changed = Signal(object)  # the person has set another goal; a Goal

    def __init__(self, palette: Palette, goal: Goal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: list[date] = []
        self._listed: list[date] = []
        self.line = FigureLine(
            (
                self.tr("typed today"),
                self.tr("generated today"),
                self.tr("at work today"),
                self.tr("since this document was opened"),
            )
        )
        legend = Legend((self.tr("typed"), self.tr("generated")), line=self.tr("goal"))
        self.plot = BarPlot(palette, self.tr("Words of each day"), legend, self)
        columns = (self.tr("Day"), self.tr("Typed"), self.tr("Generated"), self.tr("Both"), self.tr("At work"))
        self.table = FiguresTable(columns, (0,), self.tr("Days"))
        self.words = CalmSpinBox()
        self.words.setRange(0, MOST_WORDS)
        self.words.setSingleStep(50)
        self.words.setSpecialValueText(self.tr("no goal"))
        self.words.setGroupSeparatorShown(True)
        self.words.setAccessibleName(self.tr("Goal of the day, in words"))
        self.words.setMinimumWidth(100)
        self.words.setFont(with_tabular_numbers(self.font()))
        self.words.setKeyboardTracking(False)
        # The stylesheet cannot pad the field inside a spin box.
        self.words.lineEdit().setTextMargins(6, 0, 0, 0)
        self.counts_generated = QCheckBox(self.tr("Count what the model writes, too"))
        self.words.setValue(goal.words)
        self.counts_generated.setChecked(goal.counts_generated)
        self.bar = ThinBar(palette)
        self.bar.setAccessibleName(self.tr("Goal reached"))
        keeps_place = self.bar.sizePolicy()
        keeps_place.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(keeps_place)
        self.reached = QLabel()
        self.reached.setFont(with_tabular_numbers(self.font()))
        self._lay_out()
        self.words.valueChanged.connect(lambda _: self.goal_changed.emit(self.goal))
        self.counts_generated.toggled.connect(lambda _: self.goal_changed.emit(self.goal))
        self.plot.current_changed.connect(self._enter_day)

    def _lay_out(self) -> None:
        label = QLabel(self.tr("Goal of the day"))
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
        for before, after in itertools.pairwise((self.words, self.counts_generated, self.plot, self.table)):
            QWidget.setTabOrder(before, after)

    def set_palette(self, palette: Palette) -> None:
        self.plot.set_palette(palette)
        self.bar.set_palette(palette)

    @property
    def goal(self) -> Goal:
        return Goal(self.words.value(), self.counts_generated.isChecked())

    def use_goal(self, goal: Goal) -> None:
        """Shows a goal that was set elsewhere."""
        with QSignalBlocker(self.words), QSignalBlocker(self.counts_generated):
            self.words.setValue(goal.words)
            self.counts_generated.setChecked(goal.counts_generated)

    def show_days(self, days: Mapping[date, Day], today: date, session: Day) -> None:
        """Shows the days before ``today``, that day itself, and what was done since the document was opened."""
        goal, day = self.goal, days.get(today, Day())
        since = self.tr("{words} words in {time}")
        self.line.show_values(
            f"{day.typed:,}",
            f"{day.generated:,}",
            time_words(day.seconds),
            since.format(words=f"{session.words:,}", time=time_words(session.seconds)),
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
    if minutes < 60:
        return translate("DaysPage", "{minutes} min").format(minutes=minutes)
    return translate("DaysPage", "{hours} h {minutes} min").format(hours=minutes // 60, minutes=f"{minutes % 60:02}")


def _bar(on: date, day: Day) -> Bar:
    spoken = translate("DaysPage", "{day}: {typed} typed, {generated} generated, {time}").format(
        day=day_words(on), typed=f"{day.typed:,}", generated=f"{day.generated:,}", time=time_words(day.seconds)
    )
    return Bar(day_words(on), (float(day.typed), float(day.generated)), spoken)


def _row(on: date, day: Day) -> tuple[str, ...]:
    name = day_words(on, year=True, weekday=True)
    return name, f"{day.typed:,}", f"{day.generated:,}", f"{day.words:,}", time_words(day.seconds)
