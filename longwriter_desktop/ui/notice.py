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

    "problem" stays until it is dismissed or the next thing is done, and so does "offer", which is about no trouble;
    "info" goes by itself after a while.
    """

    text: str
    kind: Literal["info", "offer", "problem"] = "info"
    actions: tuple[NoticeAction, ...] = ()
