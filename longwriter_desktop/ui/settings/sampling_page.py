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

    TITLE = QT_TRANSLATE_NOOP("SamplingPage", "Sampling")

    def __init__(self, recommended: Callable[[], Sampling], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recommended = recommended
        self._in_force: dict[str, float] = {}
        self.add_text(
            self.tr(
                "The model writes word by word: of the words that could come next, it picks one of the "
                "likely ones at random. Here you set how many it picks from, and how boldly. The "
                "recommended values suit most texts. A document with a temperature of its own keeps it."
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
                "Low: nearly always the likeliest word; sober, sometimes monotonous. High: rarer words get "
                "a chance; livelier, sometimes off the point. 0: always the likeliest word."
            ),
            self.temperature,
        )
        self.top_p = HundredthsField(0.05, 1)
        self.add_row(
            self.tr("Share of the likely words (top p)"),
            self.tr(
                "The model picks only among the likeliest words, as many as make up this share of the "
                "probability. 1 leaves none out."
            ),
            self.top_p,
        )
        self.top_k = NumberField()
        self.top_k.setRange(0, MOST_TOKENS)
        self.top_k.setSpecialValueText(self.tr("all"))
        self.add_row(
            self.tr("Number of likely words (top k)"),
            self.tr("The model picks among at most so many words each time."),
            self.top_k,
        )
        self.temperature.valueChanged.connect(lambda hundredths: self._use_own("temperature", hundredths / 100))
        self.top_p.valueChanged.connect(lambda hundredths: self._use_own("top_p", hundredths / 100))
        self.top_k.valueChanged.connect(lambda number: self._use_own("top_k", number))

    @property
    @override
    def names(self) -> tuple[str, ...]:
        return NAMES

    @override
    def show_settings(self, settings: Settings) -> None:
        chosen, made_for = settings.sampling, self._recommended()
        temperature = made_for.temperature if chosen.temperature is None else chosen.temperature
        top_p = made_for.top_p if chosen.top_p is None else chosen.top_p
        top_k = made_for.top_k if chosen.top_k is None else chosen.top_k
        self._in_force = {"temperature": temperature, "top_p": top_p, "top_k": top_k}
        with QSignalBlocker(self.temperature), QSignalBlocker(self.top_p), QSignalBlocker(self.top_k):
            self.temperature.set_number(temperature)
            self.top_p.set_number(top_p)
            self.top_k.setValue(top_k)
        values = {name: getattr(settings, name) for name in NAMES}
        place = next((at for at, each in enumerate(PRESETS) if each.values == values), len(PRESETS))
        self.preset.setCurrentIndex(place)

    def _choose(self, place: int) -> None:
        preset = self.preset.itemData(place)
        if isinstance(preset, Preset):
            self.settings_wanted.emit(preset.values)
        else:
            self.temperature.setFocus()

    def _use_own(self, name: str, number: float) -> None:
        """All three are the person's own from now on. The two others stay as they are, also where a field rounds."""
        self.settings_wanted.emit({**self._in_force, name: number})
