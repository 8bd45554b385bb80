"""Statistics as CSV: a table that any spreadsheet opens."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from longwriter_desktop.agentwrite.figures import Figures
from longwriter_desktop.project.writing_days import Day

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula, and would compute it (OWASP, "CSV Injection")."""


def sections_csv(figures: Figures) -> bytes:
    """A row for each section, with a heading row; scores and differences are empty where nothing can be judged."""
    rows = [
        [
            each.number,
            _text(each.heading),
            _text(each.main_point),
            each.asked,
            each.delivered,
            "" if each.difference is None else round(100 * each.difference, 1),
            "" if each.score is None else round(each.score, 1),
            each.status.value,
            "yes" if each.is_locked else "no",
        ]
        for each in figures.sections
    ]
    head = (
        "section",
        "heading",
        "main point",
        "asked",
        "delivered",
        "difference %",
        "length score",
        "status",
        "locked",
    )
    return _csv([head, *rows])


def days_csv(days: Mapping[date, Day]) -> bytes:
    """A row for each day on which something was written, oldest first, with a heading row."""
    rows = [
        [on.isoformat(), days[on].typed, days[on].generated, round(days[on].seconds / 60, 1)] for on in sorted(days)
    ]
    return _csv([("day", "typed", "generated", "minutes"), *rows])


def _text(text: str) -> str:
    text = " ".join(text.split())
    return f"'{text}" if text.startswith(_FORMULA) else text


def _csv(rows: Iterable[Sequence[object]]) -> bytes:
    """With a byte order mark, without which Excel takes Chinese for something else."""
    made = io.StringIO(newline="")
    csv.writer(made, lineterminator="\r\n").writerows(rows)
    return made.getvalue().encode("utf-8-sig", "replace")
