"""A model as the dialog shows it: one row of the list, and what is said about it beside the list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Literal

from longwriter_desktop.models.catalogue import ModelEntry
from longwriter_desktop.models.fit import speed_words
from longwriter_desktop.models.library import Model
from longwriter_desktop.ui.length_words import shown_size
from longwriter_desktop.ui.models.model_words import place_words, reason_words, verdict_words
from longwriter_desktop.ui.pace import duration_words
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, shown, translate

Stage = Literal["waiting", "asking", "downloading", "verifying", "paused", "failed", "checking"]
RUNNING: tuple[Stage, ...] = ("waiting", "asking", "downloading", "verifying", "checking")
"""The stages in which something goes on by itself."""
_STAGE_WORDS: dict[Stage, str] = {
    "waiting": QT_TRANSLATE_NOOP("Transfer", "waits for the download before it"),
    "asking": QT_TRANSLATE_NOOP("Transfer", "connecting"),
    "downloading": QT_TRANSLATE_NOOP("Transfer", "connecting"),
    "verifying": QT_TRANSLATE_NOOP("Transfer", "checking the file"),
    "paused": QT_TRANSLATE_NOOP("Transfer", "paused"),
    "failed": QT_TRANSLATE_NOOP("Transfer", "stopped"),
    "checking": QT_TRANSLATE_NOOP("Transfer", "checking the file"),
}


class Group(Enum):
    """The parts of the list, in order; the value is the heading in English."""

    HERE = QT_TRANSLATE_NOOP("Group", "On this computer")
    FOUND = QT_TRANSLATE_NOOP("Group", "In other programs")
    TO_DOWNLOAD = QT_TRANSLATE_NOOP("Group", "Can be downloaded")
    OTHER_SIZES = QT_TRANSLATE_NOOP("Group", "The same models in other sizes")

    @property
    def heading(self) -> str:
        """The heading as it is shown."""
        return translate("Group", self.value)


class FitColour(Enum):
    """How a verdict is marked."""

    FITS = "accent"
    SLOW = "warning"
    TOO_LARGE = "muted"
    UNKNOWN = "line"


@dataclass(frozen=True, slots=True)
class Transfer:
    """How far a download is; sizes in bytes, 0 while not known. ``problem`` is the sentence why it stopped.

    "checking" is no download: a file that is here is being verified.
    """

    stage: Stage
    done_bytes: int = 0
    total_bytes: int = 0
    bytes_per_second: float = 0.0
    seconds_left: float | None = None
    problem: str = ""

    @property
    def is_running(self) -> bool:
        return self.stage in RUNNING

    @property
    def share(self) -> float:
        """How much is here, 0.0 to 1.0."""
        return min(1.0, self.done_bytes / self.total_bytes) if self.total_bytes else 0.0

    @property
    def words(self) -> str:
        """As the list says it: "2.1 / 4.9 GB · 11 MB/s · 4 min left", "paused · 2.1 / 4.9 GB"."""
        amount = progress_words(self.done_bytes, self.total_bytes)
        if self.stage != "downloading" or not self.done_bytes:
            stage = translate("Transfer", _STAGE_WORDS[self.stage])
            return " · ".join(part for part in (stage, amount if self.done_bytes else "") if part)
        speed = f"{shown_size(round(self.bytes_per_second))}/s" if self.bytes_per_second else ""
        return " · ".join(part for part in (amount, speed, self.time_left) if part)

    @property
    def time_left(self) -> str:
        """Such as "4 min left"; "" while that is not known."""
        if self.seconds_left is None:
            return ""
        return translate("Transfer", "{time} left").format(time=duration_words(self.seconds_left))

    @property
    def has_come(self) -> str:
        """How much is here, in the middle of a sentence: "2.1 of 4.9 GB"."""
        done, _, whole = progress_words(self.done_bytes, self.total_bytes).partition(" / ")
        return translate("Transfer", "{done} of {whole}").format(done=done, whole=whole) if whole else done


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model. ``key`` finds it again: the name in the catalogue, or the path of a file that is in none.

    Sizes and memory in bytes; 0 and "" mean: not known. ``verdict`` is "fits", "slow", "too large" or "".
    """

    key: str
    title: str
    group: Group
    size_bytes: int = 0
    entry: ModelEntry | None = None
    model: Model | None = None
    """What is opened to write with it, where its file is here."""
    must_agree: bool = False
    """The person has to agree to its licence before it is downloaded."""
    good_for: str = ""
    """What it is good for, a sentence."""
    place: str = ""
    """Which program has it, for a file that was found: "LM Studio"."""
    verdict: str = ""
    reason: str = ""
    needs_bytes: int = 0
    context_tokens: int = 0
    """The context that ``needs_bytes`` is for."""
    words_a_minute: tuple[int, int] | None = None
    speed_source: str = ""
    recommended: str = ""
    """The reason why just this one is recommended; "" for all others."""
    in_use: bool = False
    last_used: float | None = None
    """Unix time in seconds."""
    is_own_entry: bool = False
    """The person has added it to the catalogue."""
    may_remove: bool = False
    problem: str = ""
    """Why a file that is here cannot be used."""
    remark: str = ""
    """What was found out about it just now."""
    file: Path | None = None
    """Where its file is, also where that cannot be used."""

    @property
    def path(self) -> Path | None:
        """Where its file is on this computer."""
        return self.model.path if self.model is not None else self.file

    @property
    def name_of_all_sizes(self) -> str:
        """Its title without the quantization: "LongWriter 8B" of "LongWriter 8B (Q4_K_M)"."""
        quantization = self.entry.quantization if self.entry is not None else ""
        return self.title.removesuffix(f"({quantization})").strip()

    @property
    def colour(self) -> FitColour:
        colours = {"fits": FitColour.FITS, "slow": FitColour.SLOW, "too large": FitColour.TOO_LARGE}
        return FitColour.SLOW if self.problem else colours.get(self.verdict, FitColour.UNKNOWN)

    @property
    def why(self) -> str:
        """The reason of its verdict, as it is shown."""
        return reason_words(self.reason, self.words_a_minute, self.speed_source)

    @property
    def fit_words(self) -> str:
        """In the list, under the title: "fits · 60 to 130 words a minute". More is said beside the list."""
        if self.problem:
            return translate("ModelRow", "cannot be used")
        pace = shown(speed_words(self.words_a_minute)) if self.words_a_minute is not None else ""
        parts = (verdict_words(self.verdict), pace, place_words(self.place))
        return " · ".join(part for part in parts if part)


def with_other_sizes(rows: Sequence[ModelRow]) -> list[ModelRow]:
    """``rows`` with one file of each model left among what can be downloaded, and the others set apart.

    That one is the recommended file, or else the first. Seven files of one model would hide all the others.
    """
    kept: dict[str, str] = {}
    for row in rows:
        if row.group is Group.TO_DOWNLOAD:
            kept[row.name_of_all_sizes] = row.key if row.recommended else kept.get(row.name_of_all_sizes, row.key)
    return [
        replace(row, group=Group.OTHER_SIZES)
        if row.group is Group.TO_DOWNLOAD and kept[row.name_of_all_sizes] != row.key
        else row
        for row in rows
    ]


def progress_words(done: int, total: int) -> str:
    """Delivered and asked, in the unit of the whole: "2.1 / 4.9 GB"."""
    if not total:
        return shown_size(done)
    whole = shown_size(total)
    if total >= 1e9:
        return f"{done / 1e9:.1f} / {whole}"
    return f"{done / 1e6:.0f} / {whole}" if total >= 1e6 else f"{done / 1e3:.0f} / {whole}"


def grouped(rows: Sequence[ModelRow]) -> list[Group | ModelRow]:
    """The lines of the list: each group's heading and its rows, in the order given; empty groups are left out."""
    lines: list[Group | ModelRow] = []
    for group in Group:
        members = [row for row in rows if row.group is group]
        if members:
            lines += [group, *members]
    return lines
