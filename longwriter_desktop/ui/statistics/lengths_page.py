"""Asked against delivered: the document in a few figures, its sections as a plot and as a table."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from longwriter_desktop.agentwrite.figures import Figures, SectionFigures
from longwriter_desktop.document.length_unit import sign_of
from longwriter_desktop.ui.statistics.bar_plot import Bar, BarPlot, Legend
from longwriter_desktop.ui.statistics.figure_line import FigureLine
from longwriter_desktop.ui.statistics.table import FiguresTable
from longwriter_desktop.ui.theme import Palette

COLUMNS = ("No.", "Section", "Asked", "Delivered", "Difference", "Length score", "Status")
_WORDS = (1, 6)
NAMES = ("delivered of asked", "length score of the document", "mean score of the sections", "sections within a tenth")


class LengthsPage(QWidget):
    """Shows the figures of a document. Plot and table go together: the current section is the same in both."""

    section_wanted = Signal(str)  # a section was clicked in the plot or chosen in the table; its id

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections: tuple[SectionFigures, ...] = ()
        self.line = FigureLine(NAMES)
        self.plot = BarPlot(
            palette, "Words delivered and asked for, section by section", Legend(("delivered",), "asked")
        )
        self.table = FiguresTable(COLUMNS, _WORDS, "Sections")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.line)
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
        self._sections = figures.sections
        unit = sign_of(figures.language)
        self.line.show_values(
            f"{figures.delivered:,} / {figures.asked:,} {unit}",
            _score(figures.score),
            _score(figures.section_score),
            f"{figures.near} of {len(figures.done)} written",
        )
        self.plot.set_bars(
            [
                Bar(str(each.number), (each.delivered,), _spoken(each, unit), each.asked or None)
                for each in self._sections
            ]
        )
        self.table.rows.set_rows([_row(each) for each in self._sections])

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
    return f"{'−' if percent < 0 else '+' if percent else ''}{abs(percent)} %"


def _status(section: SectionFigures) -> str:
    return f"{section.status.value}, locked" if section.is_locked else section.status.value


def _spoken(section: SectionFigures, unit: str) -> str:
    asked = f" / {section.asked:,}" if section.asked else ""
    score = "" if section.score is None else f", score {section.score:.0f}"
    return f"Section {section.number}: {section.delivered:,}{asked} {unit}{score}"


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
