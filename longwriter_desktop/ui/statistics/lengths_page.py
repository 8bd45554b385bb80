"""Asked against delivered: the document in a few figures, its sections as a plot and as a table."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from longwriter_desktop.agentwrite.figures import Figures, SectionFigures
from longwriter_desktop.document.counting import count_with_punctuation
from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.length_words import length_sign
from longwriter_desktop.ui.outline_rows import shown_status
from longwriter_desktop.ui.statistics.bar_plot import Bar, BarPlot, Legend
from longwriter_desktop.ui.statistics.figure_line import FigureLine
from longwriter_desktop.ui.statistics.table import FiguresTable
from longwriter_desktop.ui.tally import Tally
from longwriter_desktop.ui.theme import Palette
from longwriter_desktop.ui.translation import translate

_WORDS = (1, 6)


class LengthsPage(QWidget):
    """Shows the figures of a document. Plot and table go together: the current section is the same in both."""

    section_wanted = Signal(str)  # a section was clicked in the plot or chosen in the table; its id

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections: tuple[SectionFigures, ...] = ()
        self.line = FigureLine(
            (
                self.tr("delivered of asked"),
                self.tr("length score of the document"),
                self.tr("mean score of the sections"),
                self.tr("sections within 10 % of their target"),
            )
        )
        self.other_count = QLabel()
        self.other_count.setTextFormat(Qt.TextFormat.PlainText)
        self.other_count.setWordWrap(True)
        self.other_count.setProperty("role", "muted")
        self._with_punctuation = Tally(count_with_punctuation)
        legend = Legend((self.tr("delivered"),), self.tr("asked"))
        self.plot = BarPlot(palette, self.tr("Words delivered and asked for, section by section"), legend)
        columns = (
            self.tr("No."),
            self.tr("Section"),
            self.tr("Asked"),
            self.tr("Delivered"),
            self.tr("Difference"),
            self.tr("Length score"),
            self.tr("Status"),
        )
        self.table = FiguresTable(columns, _WORDS, self.tr("Sections"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.line)
        column.addWidget(self.other_count)
        column.addWidget(self.plot, 2)
        column.addWidget(self.table, 3)
        self.plot.current_changed.connect(self.table.set_current)
        self.table.row_entered.connect(self.plot.set_current)
        self.plot.bar_chosen.connect(self._wish)
        self.table.row_chosen.connect(self._wish)

    def set_palette(self, palette: Palette) -> None:
        self.plot.set_palette(palette)

    def show_figures(self, figures: Figures) -> None:
        """Shows the figures of another document, or of the same one later."""
        current = self._sections[self.plot.current].section_id if self._sections and self.plot.current >= 0 else ""
        self._sections = figures.sections
        unit = length_sign(figures.language)
        self.line.show_values(
            f"{figures.delivered:,} / {figures.asked:,} {unit}",
            _score(figures.score),
            _score(figures.section_score),
            self.tr("{near} of {count}").format(near=figures.near, count=len(figures.done)),
        )
        self.plot.set_bars(
            [
                Bar(str(each.number), (each.delivered,), _spoken(each, unit), each.asked or None)
                for each in self._sections
            ]
        )
        self.table.rows.set_rows([_row(each) for each in self._sections])
        self.show_section(current)

    def show_other_count(self, document: Document) -> None:
        """For a Chinese document: how its characters are counted here, and what a word processor says."""
        self.other_count.setVisible(document.language == "zh")
        if document.language == "zh":
            told = self.tr(
                "Chinese characters and Latin words are counted here, without punctuation and figures. A word "
                "processor counts these, too, and says {count} for the same text."
            )
            self.other_count.setText(told.format(count=f"{self._with_punctuation.total(document):,}"))

    def show_section(self, section_id: str) -> None:
        """Makes the bar and the row of a section the current ones, where it is shown."""
        place = next((at for at, each in enumerate(self._sections) if each.section_id == section_id), None)
        if place is not None:
            self.plot.set_current(place)
            self.table.set_current(place)

    def _wish(self, place: int) -> None:
        if 0 <= place < len(self._sections):
            self.section_wanted.emit(self._sections[place].section_id)


def _score(score: float | None) -> str:
    return "–" if score is None else f"{score:.0f}"


def difference_words(section: SectionFigures) -> str:
    """By how much a finished section is longer or shorter than asked: "+12 %", "−8 %"; "" before it is finished."""
    if section.difference is None:
        return ""
    percent = round(100 * section.difference)
    signed = f"{'−' if percent < 0 else '+' if percent else ''}{abs(percent)}"
    return translate("LengthsPage", "{percent} %").format(percent=signed)


def _status(section: SectionFigures) -> str:
    status = shown_status(section.status)
    return translate("LengthsPage", "{status}, locked").format(status=status) if section.is_locked else status


def _spoken(section: SectionFigures, unit: str) -> str:
    asked = f" / {section.asked:,}" if section.asked else ""
    told = translate("LengthsPage", "Section {number}: {words} {unit}")
    if section.score is not None:
        told = translate("LengthsPage", "Section {number}: {words} {unit}, score {score}")
    words, score = f"{section.delivered:,}{asked}", _score(section.score)
    return told.format(number=section.number, words=words, unit=unit, score=score)


def _row(section: SectionFigures) -> tuple[str, ...]:
    return (
        str(section.number),
        section.title,
        f"{section.asked:,}" if section.asked else "–",
        f"{section.delivered:,}",
        difference_words(section),
        "" if section.score is None else _score(section.score),
        _status(section),
    )
