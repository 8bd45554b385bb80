"""Settings > Sampling: how freely the model chooses its words."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from longwriter_desktop.agentwrite.engine import Sampling
from longwriter_desktop.settings import Settings
from longwriter_desktop.ui.settings.fields import ChoiceField, HundredthsField, NumberField
from longwriter_desktop.ui.settings.page import SettingsPage
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP

NAMES = ("temperature", "top_p", "top_k")
MOST_TEMPERATURE = 2.0
MOST_TOKENS = 100_000


@dataclass(frozen=True, slots=True)
class Preset:
    """Values that go together; -1 leaves one to the model's makers."""

    name: str
    temperature: float
    top_p: float
    top_k: int

    @property
    def values(self) -> dict[str, float | int]:
        """The settings that it stands for."""
        return {"temperature": self.temperature, "top_p": self.top_p, "top_k": self.top_k}


PRESETS = (
    Preset(QT_TRANSLATE_NOOP("SamplingPage", "As the model's makers recommend"), -1.0, -1.0, -1),
    Preset(QT_TRANSLATE_NOOP("SamplingPage", "Careful: likely words, few surprises"), 0.3, 0.7, 40),
    Preset(QT_TRANSLATE_NOOP("SamplingPage", "Balanced: LongWriter's own values"), 0.5, 0.8, 50),
    Preset(QT_TRANSLATE_NOOP("SamplingPage", "Lively: more variety, more slips"), 0.9, 0.95, 100),
)
_OWN = "own"
_PRESET_LETTERS = 32


class SamplingPage(SettingsPage):
    """``recommended`` gives what the makers of the model in use recommend."""

    def __init__(self, recommended: Callable[[], Sampling], parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = self.tr("Sampling")
        self._recommended = recommended
        self.add_text(
            self.tr(
                "Word by word, the model weighs what could come next, and one of the likely ones is drawn by lot. "
                "Here you say how large the lottery is. Whoever is content leaves it as it is. A document that has a "
                "temperature of its own keeps it."
            )
        )
        self.preset = ChoiceField()
        self.preset.setMinimumContentsLength(_PRESET_LETTERS)
        for each in PRESETS:
            self.preset.addItem(self.tr(each.name), each)
        self.preset.addItem(self.tr("My own values"), _OWN)
        self.preset.activated.connect(self._choose)
        self.add_row(self.tr("Style of writing"), self.tr("Sets the three values below together."), self.preset)
        self._add_values()
        self.add_stretch()

    def _add_values(self) -> None:
        self.temperature = HundredthsField(0, MOST_TEMPERATURE)
        self.add_row(
            self.tr("Temperature"),
            self.tr(
                "Low: nearly always the likeliest word, sober and sometimes monotonous. High: rarer words have a "
                "chance, livelier and sometimes beside the point. 0 leaves nothing to chance."
            ),
            self.temperature,
        )
        self.top_p = HundredthsField(0.05, 1)
        self.add_row(
            self.tr("Share of the likely words (top p)"),
            self.tr("Only the likeliest words that together make up this share can be drawn. 1 leaves none out."),
            self.top_p,
        )
        self.top_k = NumberField()
        self.top_k.setRange(0, MOST_TOKENS)
        self.top_k.setSpecialValueText(self.tr("all"))
        self.add_row(
            self.tr("Number of likely words (top k)"),
            self.tr("No more than so many words can be drawn each time."),
            self.top_k,
        )
        for field in (self.temperature, self.top_p, self.top_k):
            field.valueChanged.connect(lambda _: self._use_own())

    @property
    @override
    def names(self) -> tuple[str, ...]:
        return NAMES

    @override
    def show_settings(self, settings: Settings) -> None:
        chosen, made_for = settings.sampling, self._recommended()
        temperature = made_for.temperature if chosen.temperature is None else chosen.temperature
        top_p = made_for.top_p if chosen.top_p is None else chosen.top_p
        with QSignalBlocker(self.temperature), QSignalBlocker(self.top_p), QSignalBlocker(self.top_k):
            self.temperature.set_number(temperature)
            self.top_p.set_number(top_p)
            self.top_k.setValue(made_for.top_k if chosen.top_k is None else chosen.top_k)
        values = {name: getattr(settings, name) for name in NAMES}
        place = next((at for at, each in enumerate(PRESETS) if each.values == values), len(PRESETS))
        self.preset.setCurrentIndex(place)

    def _choose(self, place: int) -> None:
        preset = self.preset.itemData(place)
        if isinstance(preset, Preset):
            self.settings_wanted.emit(preset.values)
        else:
            self.temperature.setFocus()

    def _use_own(self) -> None:
        """What stands in the fields is the person's own from now on."""
        temperature, top_p = self.temperature.value() / 100, self.top_p.value() / 100
        self.settings_wanted.emit({"temperature": temperature, "top_p": top_p, "top_k": self.top_k.value()})
