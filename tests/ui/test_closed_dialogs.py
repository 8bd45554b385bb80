"""Dialogs that are closed are gone, and none is larger than the screen; the file dialog of Qt can be seen."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QColor, QScreen
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from longwriter_desktop.settings import Settings
from longwriter_desktop.ui.about_dialog import AboutDialog
from longwriter_desktop.ui.help_dialogs import KeysDialog
from longwriter_desktop.ui.instruction_dialog import InstructionDialog
from longwriter_desktop.ui.own_outline_dialog import OwnOutlineDialog
from longwriter_desktop.ui.start_page import Wish
from longwriter_desktop.ui.theme import DARK, LIGHT, Palette, contrast
from tests.ui.conftest import Desk
from tests.ui.documents import lighthouses


def closed_at_once(do: Callable[[], object], qtbot: QtBot) -> QDialog:
    """The dialog that ``do`` shows, which is left as soon as it is there."""
    met: list[QDialog] = []

    def leave() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            met.append(dialog)
            dialog.reject()

    timer = QTimer()
    timer.timeout.connect(leave)
    timer.start(1)
    do()
    timer.stop()
    assert met
    return met[0]


def test_a_dialog_that_was_closed_is_not_kept(desk: Desk, qtbot: QtBot) -> None:
    window = desk.window
    ways: Sequence[tuple[Callable[[], object], type[QDialog]]] = (
        (window.menus.about.trigger, AboutDialog),
        (window.menus.shortcuts.trigger, KeysDialog),
        (lambda: window.start_with_own_outline(Wish("A history", None, "en")), OwnOutlineDialog),
    )
    for do, kind in ways:
        dialog = closed_at_once(do, qtbot)
        assert isinstance(dialog, kind)
        qtbot.waitUntil(lambda closed=dialog: not shiboken6.isValid(closed))  # type: ignore[misc] # of this turn
    desk.session.take(desk.file.create(lighthouses(100)))
    dialog = closed_at_once(window.menus.instruction.trigger, qtbot)
    assert isinstance(dialog, InstructionDialog)
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))


def test_no_dialog_is_larger_than_the_screen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    small = QRect(0, 0, 560, 300)
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _: small)
    for dialog in (AboutDialog(), KeysDialog([]), OwnOutlineDialog(), InstructionDialog(lighthouses(100))):
        qtbot.addWidget(dialog)
        dialog.show()
        assert small.contains(dialog.geometry())
        dialog.reject()


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_arrows_of_qts_file_dialog_are_seen_in_both_themes(
    open_window: Callable[[Settings], Desk], palette: Palette, tmp_path: Path, qtbot: QtBot
) -> None:
    desk = open_window(Settings(theme=palette.name))
    dialog = QFileDialog(desk.window, "", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()
    buttons = {each.objectName(): each for each in dialog.findChildren(QToolButton)}
    for what in ("back", "forward", "toParent", "newFolder", "listMode", "detailMode"):
        name = f"{what}Button"
        picture = buttons[name].icon().pixmap(32, 32).toImage()
        colours = [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]
        drawn = [colour for colour in colours if colour.alpha() > 200]
        assert drawn, name
        strongest = max(contrast(QColor(each).name(), palette.ground) for each in drawn)
        assert strongest > 4.5, name
