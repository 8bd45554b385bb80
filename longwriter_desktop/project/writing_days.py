"""How much was written on each day, and for how long: writing-days.json in the app's data folder.

Numbers alone, for all documents together: no titles, no places, no text.
"""

import contextlib
import json
import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from longwriter_desktop.paths import AppPaths
from longwriter_desktop.safe_write import replace_file

_log = logging.getLogger(__name__)
_MOST = 1_000_000_000
"""No number of words or seconds of a day is larger: a file with one is damaged."""


@dataclass(frozen=True, slots=True)
class Day:
    """Words that the person typed, words that the model wrote, and seconds at work."""

    typed: int = 0
    generated: int = 0
    seconds: float = 0.0

    @property
    def words(self) -> int:
        return self.typed + self.generated

    def __add__(self, other: "Day") -> "Day":
        """Both together. Words taken back leave no day with fewer than none."""
        return Day(
            max(0, self.typed + other.typed),
            max(0, self.generated + other.generated),
            max(0.0, self.seconds + other.seconds),
        )

    def __bool__(self) -> bool:
        return bool(self.typed or self.generated or self.seconds)


class WritingDays:
    """The days on which something was written. Nothing here raises: a file that cannot be written costs the numbers.

    Several windows may add to the same day, so what is saved is added to what the file holds by then.
    """

    def __init__(self, paths: AppPaths) -> None:
        self._file = paths.data / "writing-days.json"

    def load(self) -> dict[date, Day]:
        """All days of the file; what is no day in it is left out."""
        try:
            table = json.loads(self._file.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        rows = table.get("days") if isinstance(table, dict) else None
        if not isinstance(rows, dict):
            return {}
        found = ((_date(name), _day(row)) for name, row in rows.items())
        return {on: day for on, day in found if on is not None and day}

    def add(self, more: Mapping[date, Day]) -> bool:
        """Adds to the days of the file; False when it could not be written, and nothing was added.

        A file that holds something else is first put aside as ``writing-days.json.damaged``.
        """
        self._put_aside_damaged()
        days = self.load()
        for on, day in more.items():
            days[on] = days.get(on, Day()) + day
        rows = {
            on.isoformat(): {
                "typed": days[on].typed,
                "generated": days[on].generated,
                "seconds": round(days[on].seconds, 1),
            }
            for on in sorted(days)
            if days[on]
        }
        try:
            replace_file(self._file, json.dumps({"days": rows}, indent=1).encode("ascii"))
        except OSError as error:
            _log.warning("the words of the day were not saved: %s", error)
            return False
        return True

    def _put_aside_damaged(self) -> None:
        try:
            is_whole = isinstance(json.loads(self._file.read_bytes()).get("days"), dict)
        except OSError:
            return
        except (ValueError, AttributeError, RecursionError):
            is_whole = False
        if not is_whole:
            with contextlib.suppress(OSError):
                self._file.replace(self._file.with_name(f"{self._file.name}.damaged"))


def _date(name: str) -> date | None:
    with contextlib.suppress(ValueError):
        return date.fromisoformat(name)
    return None


def _day(row: object) -> Day:
    match row:
        case {"typed": int(typed), "generated": int(generated), "seconds": float() | int() as seconds} if (
            0 <= typed <= _MOST and 0 <= generated <= _MOST and math.isfinite(seconds) and 0 <= seconds <= _MOST
        ):
            return Day(int(typed), int(generated), float(seconds))
        case _:
            return Day()
