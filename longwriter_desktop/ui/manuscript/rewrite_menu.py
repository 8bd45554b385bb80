"""The ways to rewrite what is selected, as a menu."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu

from longwriter_desktop.agentwrite.rewrite_events import Wish
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, translate

WAYS = (
    (QT_TRANSLATE_NOOP("RewriteMenu", "&Shorten"), Wish("shorten")),
    (QT_TRANSLATE_NOOP("RewriteMenu", "&Expand"), Wish("expand")),
    (QT_TRANSLATE_NOOP("RewriteMenu", "Say it &differently"), Wish("rephrase")),
)
TONES = (
    (QT_TRANSLATE_NOOP("RewriteMenu", "&Formal"), "formal"),
    (QT_TRANSLATE_NOOP("RewriteMenu", "F&riendly"), "friendly"),
    (QT_TRANSLATE_NOOP("RewriteMenu", "&Plain"), "plain"),
    (QT_TRANSLATE_NOOP("RewriteMenu", "&Vivid"), "vivid"),
)
"""Named as in the prompts, which describe them."""


def rewrite_menu(parent: QMenu, choose: Callable[[Wish], object]) -> QMenu:
    """Shorten, expand and so on; ``choose`` is told which. The person's own words are asked for elsewhere."""
    menu = QMenu(translate("RewriteMenu", "Re&write"), parent)
    for text, wish in WAYS:
        menu.addAction(translate("RewriteMenu", text)).triggered.connect(lambda _=False, chosen=wish: choose(chosen))
    tones = menu.addMenu(translate("RewriteMenu", "Another &tone"))
    for text, tone in TONES:
        action = tones.addAction(translate("RewriteMenu", text))
        action.triggered.connect(lambda _=False, chosen=tone: choose(Wish("tone", chosen)))
    menu.addSeparator()
    menu.addAction(translate("RewriteMenu", "As &I ask…")).triggered.connect(lambda: choose(Wish("own")))
    return menu
