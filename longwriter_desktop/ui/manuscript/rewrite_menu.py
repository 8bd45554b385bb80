"""The ways to rewrite what is selected, as a menu."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu

from longwriter_desktop.agentwrite.rewrite import Wish

WAYS = (
    ("&Shorten", Wish("shorten")),
    ("&Expand", Wish("expand")),
    ("Say it &differently", Wish("rephrase")),
)
TONES = (("&Formal", "formal"), ("F&riendly", "friendly"), ("&Plain", "plain"), ("&Vivid", "vivid"))
"""Named as in the prompts, which describe them."""


def rewrite_menu(parent: QMenu, choose: Callable[[Wish], object]) -> QMenu:
    """Shorten, expand and so on; ``choose`` is told which. The person's own words are asked for elsewhere."""
    menu = QMenu("Re&write", parent)
    for text, wish in WAYS:
        menu.addAction(text).triggered.connect(lambda _=False, chosen=wish: choose(chosen))
    tones = menu.addMenu("Another &tone")
    for text, tone in TONES:
        tones.addAction(text).triggered.connect(lambda _=False, chosen=tone: choose(Wish("tone", chosen)))
    menu.addSeparator()
    menu.addAction("As &I ask…").triggered.connect(lambda: choose(Wish("own")))
    return menu
