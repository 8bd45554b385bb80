"""A page of the settings: rows of a label, a control and one sentence, bound to the settings by their names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from longwriter_desktop.settings import Settings
from longwriter_desktop.ui.settings.fields import ChoiceField, HundredthsField, NumberField
from longwriter_desktop.ui.theme import small_font
from longwriter_desktop.ui.translation import translate

PAGE_LEFT_PX = 4
_LABEL_LINES = 8
"""A label is at least as wide as its text, or as so many lines are high: controls must not squeeze it to letters."""
DEFAULTS: Mapping[str, Any] = {each.name: each.default for each in fields(Settings)}


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the search sees it: its widgets and its words."""

    widgets: tuple[QWidget, ...]
    words: str
    is_title: bool = False


class SettingsPage(QScrollArea):
    """Rows below each other. A subclass adds them; what is changed applies at once."""

    TITLE: ClassVar[str]
    """In English; marked for translation in the context of the subclass."""

    settings_wanted = Signal(object)  # the person has changed settings; a dict of their names and values
    changed = Signal()  # something beside the settings was changed
    told = Signal(str)  # something is to be said at the foot of the dialog

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = self.shown_title()
        self.setObjectName("settingsPage")
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.title)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(PAGE_LEFT_PX, 0, 12, 8)
        self._column.setSpacing(16)
        self._rows: list[Row] = []
        self._shows: dict[str, Callable[[Any], None]] = {}
        self.setWidget(self._inside)

    # -- what a dialog does with a page --------------------------------------------------------------

    @classmethod
    def shown_title(cls) -> str:
        """What the page is called, also before it is made."""
        return translate(cls.__name__, cls.TITLE)

    @property
    def names(self) -> tuple[str, ...]:
        """The settings that the page holds."""
        return tuple(self._shows)

    @property
    def has_changes(self) -> bool:
        """Whether `take_back` does anything."""
        return False

    @property
    def can_be_reset(self) -> bool:
        """Whether `reset` does anything."""
        return True

    def show_settings(self, settings: Settings) -> None:
        """Shows what is in force."""
        for name, show in self._shows.items():
            show(getattr(settings, name))

    def begin(self) -> None:
        """The dialog opens: what is looked up on the disk is looked up, and `take_back` comes back to this."""

    def show_model(self) -> None:
        """Another model is in use now."""

    def take_back(self) -> None:
        """Undoes what was changed since `begin` beside the settings."""

    def reset(self) -> None:
        """As at first; what this page holds beside settings, too."""
        self.settings_wanted.emit({name: DEFAULTS[name] for name in self.names})

    @property
    def half_typed(self) -> object:
        """What was typed here and is not in force yet, for `type_again`; None for nothing."""
        return None

    def type_again(self, typed: object) -> None:
        """Shows what was ``half_typed`` on this page in another window."""

    def seek(self, words: str) -> int:
        """Shows the rows that hold all of ``words``, all rows for ""; returns how many there are."""
        wanted = words.casefold().split()
        title = self.title.casefold()
        wanted = [each for each in wanted if each not in title]
        found, heading, headed = 0, None, False
        for row in self._rows:
            if row.is_title:
                _show(heading, headed)
                heading, headed = row, not wanted
                continue
            shown = all(each in row.words for each in wanted)
            found, headed = found + shown, headed or shown
            _show(row, shown)
        _show(heading, headed)
        return found

    def close_down(self) -> None:
        """Ends what goes on in other threads for the page."""

    @override
    def minimumSizeHint(self) -> QSize:
        """As wide as the widest row: there is no scrolling sideways."""
        width = self._inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(width, super().minimumSizeHint().height())

    # -- rows ----------------------------------------------------------------------------------------

    def add_stretch(self) -> None:
        """Leaves what room there is below the rows."""
        self._column.addStretch(1)

    def add_title(self, text: str) -> None:
        """Begins a group of rows."""
        label = plain_label(text, "strong")
        label.setContentsMargins(0, 8 if self._rows else 0, 0, 0)
        self._column.addWidget(label)
        self._rows.append(Row((label,), text.casefold(), is_title=True))

    def add_text(self, text: str) -> QLabel:
        """A sentence with no control beside it."""
        label = plain_label(text, "muted")
        self.add_wide(label, text)
        return label

    def add_wide(self, widget: QWidget, words: str, stretch: int = 0) -> None:
        """A widget of the whole width; ``words`` are what the search finds it by."""
        self._column.addWidget(widget, stretch)
        self._rows.append(Row((widget,), words.casefold()))

    def add_row(self, label: str, why: str, *controls: QWidget, below: QWidget | None = None) -> None:
        """A label with controls beside it, the first named after the label, and its sentence in the whole width.

        ``below`` stands under all of it.
        """
        row = QWidget()
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        name, sentence = plain_label(label), self._sentence(why)
        name.setBuddy(controls[0])
        metrics = self.fontMetrics()
        name.setMinimumWidth(min(metrics.horizontalAdvance(label), _LABEL_LINES * metrics.lineSpacing()))
        beside = QHBoxLayout()
        beside.setSpacing(8)
        for control in controls:
            beside.addWidget(control)
        if not isinstance(controls[0], QPushButton):
            controls[0].setAccessibleName(label)
        if isinstance(controls[0], NumberField):
            controls[0].setMinimumWidth(ChoiceField().sizeHint().width())  # All fields stand in one column.
        controls[0].setAccessibleDescription(why)
        grid.addWidget(name, 0, 0)
        grid.addLayout(beside, 0, 1)
        grid.addWidget(sentence, 1, 0, 1, 2)
        if below is not None:
            grid.addWidget(below, 2, 0, 1, 2)
        self.add_wide(row, f"{label} {why}")

    def add_check(self, name: str, label: str, why: str) -> QCheckBox:
        """A setting that is on or off."""
        check = QCheckBox(label)
        check.setAccessibleDescription(why)
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(check)
        sentence = self._sentence(why)
        sentence.setContentsMargins(24, 0, 0, 0)
        column.addWidget(sentence)
        self.add_wide(row, f"{label} {why}")
        check.clicked.connect(lambda on: self.settings_wanted.emit({name: on}))
        self._shows[name] = check.setChecked
        return check

    def add_choice(self, name: str, label: str, why: str, choices: Sequence[tuple[str, str]]) -> ChoiceField:
        """A setting with a few values; ``choices`` are what is shown and the value."""
        combo = ChoiceField()
        combo.offer(choices)
        self.add_row(label, why, combo)
        self.bind_combo(name, combo)
        return combo

    def bind_combo(self, name: str, combo: ChoiceField) -> None:
        """The values of a setting are the data of a combo box; one that is not there is shown as nothing chosen."""
        combo.activated.connect(lambda _: self.settings_wanted.emit({name: combo.currentData()}))
        self._shows[name] = lambda value: combo.setCurrentIndex(combo.findData(value))

    def add_number(self, name: str, label: str, why: str, limits: tuple[int, int], suffix: str = "") -> QSpinBox:
        """A setting that is a whole number."""
        field = NumberField()
        field.setRange(*limits)
        field.setSuffix(suffix)
        self.add_row(label, why, field)
        self._bind(name, field, lambda value: value, field.setValue)
        return field

    def add_hundredths(self, name: str, label: str, why: str, limits: tuple[float, float]) -> HundredthsField:
        """A setting that is a number with two places behind the point."""
        field = HundredthsField(*limits)
        self.add_row(label, why, field)
        self._bind(name, field, lambda value: value / 100, field.set_number)
        return field

    def _bind(self, name: str, field: QSpinBox, made: Callable[[int], Any], show: Callable[[Any], None]) -> None:
        def quietly(value: Any) -> None:
            with QSignalBlocker(field):
                show(value)

        field.valueChanged.connect(lambda value: self.settings_wanted.emit({name: made(value)}))
        self._shows[name] = quietly

    def _sentence(self, text: str) -> QLabel:
        label = plain_label(text, "muted")
        label.setFont(small_font(self.font()))
        return label


def plain_label(text: str, role: str = "") -> QLabel:
    """A label that shows its text as it is, on as many lines as it takes."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label


def push_button(text: str, do: Callable[[], object]) -> QPushButton:
    """A button that Enter in a field does not press."""
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _=False: do())
    return button


def _show(row: Row | None, shown: bool) -> None:
    for widget in row.widgets if row is not None else ():
        widget.setVisible(shown)
