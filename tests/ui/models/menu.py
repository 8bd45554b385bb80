"""A window's models in a test's hands: the menu, its dialog, its questions, and what it has told."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.errors import DownloadProblem
from longwriter_desktop.ui.models.licence_dialog import LicenceDialog
from longwriter_desktop.ui.models.models_dialog import ModelsDialog
from longwriter_desktop.ui.models.models_menu import ModelsMenu
from longwriter_desktop.ui.models.token_dialog import TokenDialog
from longwriter_desktop.ui.notice import Notice
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.theme import Theme
from tests.ui.conftest import show_active
from tests.ui.models.scripted_shelf import STORM, ScriptedShelf, bytes_of

STORM_PATH = Path("/models/storm.gguf")


OFFLINE = DownloadProblem("There is no network. What has come is kept. Connect, then try again.", "offline")


GATED = DownloadProblem("Its makers give it only to who has asked for it.", "gated")


class Menu:
    """A window's models, and what they have told it."""

    def __init__(self, menu: ModelsMenu, shelf: ScriptedShelf, qtbot: QtBot) -> None:
        self.menu, self.shelf, self.qtbot = menu, shelf, qtbot
        self.notices: list[Notice] = []
        self.used: list[str] = []
        self.told: list[tuple[str, str]] = []
        menu.noticed.connect(self.notices.append)
        menu.model_wanted.connect(lambda model: self.used.append(model.name))
        menu.download_told.connect(lambda long, short: self.told.append((long, short)))

    @property
    def dialog(self) -> ModelsDialog:
        assert self.menu.dialog is not None
        return self.menu.dialog

    def open(self, key: str = "") -> ModelsDialog:
        """The dialog, with its rows, looking at one of them."""
        self.menu.show()
        self.qtbot.waitUntil(lambda: bool(self.dialog.list.rows) and self.dialog.row is not None)
        if key:
            assert self.dialog.list.choose(key)
        return self.dialog

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=10_000)

    def question(self, kind: type) -> object:
        self.until(lambda: isinstance(self.menu.question, kind))
        return self.menu.question

    def answer(self, label: str) -> None:
        """Presses that button of the question."""
        box = self.question(QMessageBox)
        assert isinstance(box, QMessageBox)
        next(button for button in box.buttons() if button.text() == label).click()
        self.menu.question = None

    def half_of_storm(self) -> None:
        """Begins to download Storm, and waits until half of it has come."""
        dialog = self.open(STORM.name)
        dialog.details.download.click()
        self.shelf.network.put(bytes_of(STORM, 0.5))
        self.until(lambda: dialog.details.bar.value() == 500)


def menu_in_a_window(session: Session, shelf: ScriptedShelf, qtbot: QtBot) -> Menu:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    show_active(window, qtbot)
    return Menu(ModelsMenu(session, Theme("light"), shelf, window), shelf, qtbot)


def agreeing(models: Menu) -> LicenceDialog:
    dialog = models.question(LicenceDialog)
    assert isinstance(dialog, LicenceDialog)
    return dialog


def asking_for_token(models: Menu) -> TokenDialog:
    dialog = models.question(TokenDialog)
    assert isinstance(dialog, TokenDialog)
    models.menu.question = None
    return dialog
