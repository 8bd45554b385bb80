"""How fast models write on this computer, as measured: data/speeds.json, one line a model and device."""

import json
import logging
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from longwriter_desktop.paths import AppPaths
from longwriter_desktop.safe_write import replace_file

_log = logging.getLogger(__name__)
_MOST = 200
_MOST_A_SECOND = 1e6


@dataclass(frozen=True, slots=True)
class Speed:
    """What one measurement found. ``model`` is a name of the catalogue or the path of a file."""

    model: str
    tokens_per_second: float
    """Of a text that begins: with a long one before it, each token takes longer."""
    words_per_minute: float
    prompt_tokens_per_second: float
    """Of reading a prompt; 0.0 when it was not measured."""
    device: str
    """As the engine names it: "CPU, 4 threads"."""
    measured_at: float
    """Unix seconds."""
    title: str = ""
    """What a person calls the model."""
    file_bytes: int = 0
    """Of the model's file: what is read once for each token. 0 says nothing about other models."""
    layers: int = 0

    @property
    def is_of_processor(self) -> bool:
        """Whether the processor alone computed."""
        return self.device.startswith("CPU")


def speeds_path(paths: AppPaths) -> Path:
    """The file that keeps them."""
    return paths.data / "speeds.json"


def load_speeds(paths: AppPaths) -> tuple[Speed, ...]:
    """What was measured here, the newest first. What cannot be read counts as not measured."""
    try:
        rows = json.loads(speeds_path(paths).read_bytes())["speeds"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return ()
    found = [speed for row in rows if (speed := _speed(row)) is not None] if isinstance(rows, list) else []
    return tuple(sorted(found, key=lambda speed: -speed.measured_at))


def record_speed(paths: AppPaths, speed: Speed) -> None:
    """Keeps a measurement in the place of earlier ones of the same model on the same device.

    That the file cannot be written is logged, and is no reason to stop anybody's work.
    """
    others = [each for each in load_speeds(paths) if (each.model, each.device) != (speed.model, speed.device)]
    if _speed(asdict(speed)) is None:
        _log.warning("a speed was not kept: it is not one")
        return
    _write(paths, [speed, *others])


def forget_speeds(paths: AppPaths, model: str) -> None:
    """Forgets what was measured with a model, as when its file is gone."""
    speeds = load_speeds(paths)
    left = [each for each in speeds if each.model != model]
    if len(left) < len(speeds):
        _write(paths, left)


def _write(paths: AppPaths, speeds: Sequence[Speed]) -> None:
    rows = [asdict(each) for each in speeds[:_MOST]]
    try:
        replace_file(speeds_path(paths), json.dumps({"speeds": rows}, indent=1).encode("ascii"))
    except OSError as error:
        _log.warning("the speed that was measured was not saved: %s", error.strerror)


def _speed(row: object) -> Speed | None:
    """The speed in one row of the file, or None for a row that is none."""
    match row:
        case {
            "model": str(model),
            "tokens_per_second": float() | int() as tokens,
            "words_per_minute": float() | int() as words,
            "prompt_tokens_per_second": float() | int() as prompt,
            "device": str(device),
            "measured_at": float() | int() as at,
            "title": str(title),
            "file_bytes": int(size),
            "layers": int(layers),
        } if model and size >= 0 and layers >= 0:
            if not all(math.isfinite(each) and each >= 0 for each in (tokens, words, prompt, at)):
                return None
            if not 0 < tokens <= _MOST_A_SECOND:
                return None
            return Speed(model, float(tokens), float(words), float(prompt), device, float(at), title, size, layers)
        case _:
            return None
