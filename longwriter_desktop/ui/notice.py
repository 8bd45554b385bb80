"""What the window tells the person without asking: a sentence, and perhaps what can be done about it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class NoticeAction:
    """A button beside a notice. ``label`` is a verb."""

    label: str
    do: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the strip at the bottom of the window.

    "problem" stays until it is dismissed or the next thing is done; "info" goes by itself after a while.
    """

    text: str
    kind: Literal["info", "problem"] = "info"
    actions: tuple[NoticeAction, ...] = ()
