"""What the person chose for the app: settings.toml in the settings folder.

The file may be edited by hand. A setting that cannot be used falls back to its default and is
mentioned in ``Settings.warnings``; a setting that this version does not know stays in the file.
"""

import contextlib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

import tomli_w

from longwriter_desktop.paths import AppPaths
from longwriter_desktop.safe_write import replace_file

Theme = Literal["system", "light", "dark"]
PaperSize = Literal["auto", "a4", "letter"]
FocusDims = Literal["paragraph", "sentence", "nothing"]
KvCache = Literal["auto", "f16", "q8_0"]
Repack = Literal["auto", "on", "off"]
InterfaceLanguage = Literal["system", "en", "zh"]


@dataclass(frozen=True, slots=True)
class SamplingChoice:
    """What the person chose of the sampling; None leaves it to the model's makers."""

    temperature: float | None = None
    top_p: float | None = None
    top_k: int | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """The app's settings."""

    model: str = ""
    """A name from the catalogue or the path of a GGUF file; "" lets the app choose."""
    temperature: float = -1.0
    """How freely the model chooses its words; -1, here and in the next two: as the model's makers recommend."""
    top_p: float = -1.0
    """The next token is one of the likeliest that together have this probability."""
    top_k: int = -1
    """The next token is one of so many of the likeliest; 0: of all."""
    device: str = "auto"
    """What the model runs on: "auto", "cpu", or the name of a device as `doctor` lists it."""
    gpu_layers: int = -1
    """How many of the model's layers the graphics processor holds; -1: as many as fit."""
    kv_type: KvCache = "auto"
    """Of the model's memory of the text: "f16" is the fastest, "q8_0" takes about half."""
    repack: Repack = "auto"
    """Whether the weights are laid out anew for the processor, which makes some write faster and read slower."""
    writing_threads: int = 0
    """The most; fewer are used while other programs compute. 0: by the number of cores. `doctor --tune` measures."""
    reading_threads: int = 0
    """As `writing_threads`, while the model reads a prompt."""
    models_folder: str = ""
    """Where the app looks for GGUF files first, and where its own are kept; "" is `models` in its data folder."""
    model_folders: tuple[str, ...] = ()
    """Other folders of the person's in which models are looked for; nothing is written there."""
    state_cache_gigabytes: float = 4.0
    """The most that the cache folder may hold of what the model has read; 0 keeps nothing there."""
    backup_gigabytes: float = 1.0
    """The most that the backups of all documents take; the newest of each is kept all the same. 0 makes none."""
    backup_minutes: int = 10
    """How long after a backup a document that changes gets the next one; 0: only on opening and closing."""
    warm_while_idle: bool = True
    """Whether the model reads what it will need next while nothing is being written."""
    warm_battery_percent: int = 40
    """On battery, nothing is read ahead below this charge."""
    keep_awake: bool = True
    """Whether the computer stays awake while the model plans or writes."""
    pause_battery_percent: int = 10
    """On battery, writing pauses below this charge; 0: never."""
    notify_at_end: bool = True
    """Whether the system shows a note when writing has ended while another window is in front."""
    theme: Theme = "system"
    reduce_motion: bool = False
    """Whether nothing grows or fades by itself; where the system asks for that, nothing does in any case."""
    language: InterfaceLanguage = "system"
    """Of the interface: English or Simplified Chinese; "system" follows the system's languages."""
    manuscript_font_family: str = ""
    """"" is the one that ships with the app."""
    manuscript_font_size: int = 17
    """In pixels."""
    line_height: float = 1.65
    """Of the manuscript, as a multiple of the font's size."""
    measure: int = 72
    """Width of the manuscript's text in letters of average English; Chinese follows in proportion."""
    check_spelling: bool = True
    """Whether misspelt words are marked in the manuscript."""
    spelling_language: str = ""
    """A dictionary by the name of its files, such as "en_GB"; "" is one for the document's language."""
    show_origins: bool = False
    """Whether marks in the manuscript's margin tell generated, edited and own text apart."""
    focus_dims: FocusDims = "paragraph"
    """What stays clear in focus mode; all else steps back."""
    typewriter: bool = True
    """Whether in focus mode the line in hand stays in the middle of the window."""
    paper_size: PaperSize = "auto"
    """Of exported documents; "auto" follows the system's locale."""
    daily_word_goal: int = 0
    """Words a day that the person means to write; 0: no goal."""
    goal_counts_generated: bool = False
    """Whether the goal of the day counts what the model writes, too."""
    keys: tuple[tuple[str, str], ...] = ()
    """Keys that the person gave to actions: pairs of an action's name in `ui.menus` and keys such as "Ctrl+G; F4", or
    "" for none. In the file it is a table."""
    show_outline: bool = True
    show_section_panel: bool = True
    window_geometry: str = ""
    """What QWidget.saveGeometry gave, in base64."""
    splitter_sizes: tuple[int, ...] = ()
    """Widths of the window's panels from left to right, in pixels."""
    warnings: tuple[str, ...] = field(default=(), compare=False)
    """What could not be used in the file, a sentence each. Not saved."""

    @property
    def sampling(self) -> SamplingChoice:
        """What the person chose of the sampling."""
        return SamplingChoice(
            temperature=self.temperature if self.temperature >= 0 else None,
            top_p=self.top_p if self.top_p >= 0 else None,
            top_k=self.top_k if self.top_k >= 0 else None,
        )


_NO_TOML = (ValueError, RecursionError)
"""What reading a file that is no TOML raises: TOMLDecodeError and UnicodeDecodeError are ValueErrors."""
_Check = Callable[[Any], bool]


def _between(least: float, most: float) -> _Check:
    return lambda value: least <= value <= most


def _left_or_between(least: float, most: float) -> _Check:
    """Between two numbers, or -1 for what the model's makers recommend."""
    return lambda value: value == -1 or least <= value <= most


def _one_of(*allowed: str) -> _Check:
    return lambda value: value in allowed


_MOST_PANELS, _WIDEST_PX = 16, 100_000
_MOST_FOLDERS = 64
_LISTS_OF_TEXTS = frozenset({"model_folders"})
"""The other lists are of whole numbers."""
_TABLES = frozenset({"keys"})
"""Tables of texts, held as pairs."""
_OR_OF_THE_MODEL = ", or -1 for what the model's makers recommend"

_LIMITS: dict[str, tuple[_Check, str]] = {
    "temperature": (_left_or_between(0, 2), f"a number from 0 to 2{_OR_OF_THE_MODEL}"),
    "top_p": (_left_or_between(0, 1), f"a number from 0 to 1{_OR_OF_THE_MODEL}"),
    "top_k": (_left_or_between(0, 100_000), f"a whole number from 0 to 100000{_OR_OF_THE_MODEL}"),
    "gpu_layers": (_between(-1, 10_000), "a whole number from -1 to 10000"),
    "kv_type": (_one_of("auto", "f16", "q8_0"), '"auto", "f16" or "q8_0"'),
    "repack": (_one_of("auto", "on", "off"), '"auto", "on" or "off"'),
    "writing_threads": (_between(0, 512), "a whole number from 0 to 512"),
    "reading_threads": (_between(0, 512), "a whole number from 0 to 512"),
    "state_cache_gigabytes": (_between(0, 10_000), "a number from 0 to 10000"),
    "backup_gigabytes": (_between(0, 10_000), "a number from 0 to 10000"),
    "backup_minutes": (_between(0, 10_000), "a whole number from 0 to 10000"),
    "warm_battery_percent": (_between(0, 100), "a whole number from 0 to 100"),
    "pause_battery_percent": (_between(0, 100), "a whole number from 0 to 100"),
    "language": (_one_of("system", "en", "zh"), '"system", "en" or "zh"'),
    "theme": (_one_of("system", "light", "dark"), '"system", "light" or "dark"'),
    "manuscript_font_size": (_between(6, 96), "a whole number from 6 to 96"),
    "line_height": (_between(1, 4), "a number from 1 to 4"),
    "measure": (_between(30, 200), "a whole number from 30 to 200"),
    "focus_dims": (_one_of("paragraph", "sentence", "nothing"), '"paragraph", "sentence" or "nothing"'),
    "paper_size": (_one_of("auto", "a4", "letter"), '"auto", "a4" or "letter"'),
    "daily_word_goal": (_between(0, 100_000), "a whole number from 0 to 100000"),
    "splitter_sizes": (
        lambda value: len(value) <= _MOST_PANELS and all(0 <= each <= _WIDEST_PX for each in value),
        "a list of widths in pixels",
    ),
    "keys": (lambda _value: True, 'a table of keys such as find = "Ctrl+F"'),
    "models_folder": (lambda value: "\0" not in value, "the path of a folder"),
    "model_folders": (
        lambda value: len(value) <= _MOST_FOLDERS and all(value) and not any("\0" in each for each in value),
        'a list of folders such as ["/data/models"]',
    ),
}
_KINDS: dict[type, str] = {
    str: "a text in quotes",
    float: "a number",
    int: "a whole number",
    bool: "true or false",
    tuple: "a list of whole numbers",
}


def settings_path(paths: AppPaths) -> Path:
    return paths.settings / "settings.toml"


def load_settings(paths: AppPaths) -> Settings:
    """The settings in force. Raises nothing: whatever cannot be used is a default and a warning."""
    path = settings_path(paths)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Settings()
    except (OSError, *_NO_TOML) as error:
        return Settings(warnings=(f"{path} cannot be read ({error}); the default settings are used.",))
    known: dict[str, Any] = {}
    warnings: list[str] = []
    for name, default in _defaults().items():
        if name not in table:
            continue
        value, wanted = _usable(name, table[name], default)
        if wanted:
            warnings.append(f"{path}: {name} should be {wanted}; the default, {default!r}, is used.")
        else:
            known[name] = value
    return Settings(**known, warnings=tuple(warnings))


def save_settings(paths: AppPaths, settings: Settings) -> None:
    """Writes settings.toml whole or not at all; defaults are left out, unknown settings stay.

    A file that is no TOML is first put aside as ``settings.toml.damaged``. Raises OSError.
    """
    save_changes(paths, {name: getattr(settings, name) for name in _defaults()})


def save_changes(paths: AppPaths, changes: Mapping[str, Any]) -> None:
    """As `save_settings`, of the settings named in ``changes`` alone; all others stay as the file has them.

    So a window does not take back what another one, or the person in an editor, has put there since.
    """
    path, defaults = settings_path(paths), _defaults()
    table = _kept(path)
    for name, value in changes.items():
        if value == defaults[name]:
            table.pop(name, None)
        elif name in _TABLES:
            table[name] = dict(value)
        else:
            table[name] = list(value) if isinstance(value, tuple) else value
    replace_file(path, tomli_w.dumps(table).encode("utf-8", "replace"))


def _defaults() -> dict[str, Any]:
    return {each.name: each.default for each in fields(Settings) if each.name != "warnings"}


def _usable(name: str, value: object, default: object) -> tuple[object, str]:
    """The value as the setting needs it and "", or anything and what it should have been."""
    kind = type(default)
    if kind is float and type(value) is int:
        with contextlib.suppress(OverflowError):
            value = float(value)
    if name in _TABLES:
        value = _pairs(value)
    of = str if name in _LISTS_OF_TEXTS else int
    if kind is tuple and isinstance(value, list) and all(type(item) is of for item in value):
        value = tuple(value)
    if type(value) is not kind:  # bool is an int to isinstance
        return value, _LIMITS[name][1] if name in _LIMITS else _KINDS[kind]
    if name in _LIMITS and not _LIMITS[name][0](value):
        return value, _LIMITS[name][1]
    return value, ""


def _pairs(value: object) -> object:
    """A table of texts as pairs in the order of their names; anything else is no tuple afterwards."""
    if isinstance(value, dict) and all(type(each) is str for each in value.values()):
        return tuple(sorted(value.items()))
    return None


def _kept(path: Path) -> dict[str, Any]:
    """What the file holds now; {} when it is not there or no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except _NO_TOML:
        with contextlib.suppress(OSError):
            path.replace(path.with_name(f"{path.name}.damaged"))
        return {}
