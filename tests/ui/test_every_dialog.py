"""Goes through every menu and opens what opens: each dialog of the app says what its parts are, and Esc leaves it."""

import importlib
import itertools
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAction, QDesktopServices, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from longwriter_desktop import ui
from longwriter_desktop.document.section import Version
from longwriter_desktop.ui import fitted_dialog
from longwriter_desktop.ui.accessible_roles import install_roles
from longwriter_desktop.ui.fitted_dialog import FittedDialog
from longwriter_desktop.ui.models.before_download import BeforeDownload
from longwriter_desktop.ui.models.licence_dialog import LicenceDialog
from longwriter_desktop.ui.models.shelf import Shelf
from longwriter_desktop.ui.models.token_dialog import TokenDialog
from longwriter_desktop.ui.own_outline_dialog import OwnOutlineDialog
from longwriter_desktop.ui.theme import LIGHT
from tests.ui.conftest import NOON, Desk
from tests.ui.models.scripted_shelf import BREEZE, STORM, ScriptedShelf, here, to_download
from tests.ui.reading_ahead import outlined
from tests.ui.test_accessibility import lint

NOT_A_CONTROL = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window}
LEAVES = (
    "quit",
    "close",
    "new",
    "full_screen",
    "write",
    "pause",
    "plan",
    "write_parallel",
    "write_stale",
    "alternatives",
)
"""Actions that put the document away or begin to write: they open no dialog of their own."""
SHARED = (FittedDialog, BeforeDownload)
"""What several dialogs have in common; never shown by itself."""
SMALL_SCREEN = QRect(8, 32, 944, 500)
"""What a screen of 1920 by 1080 pixels has for a dialog at 200 %: less a title bar, and a margin."""


@pytest.fixture
def shelf() -> Shelf:
    return ScriptedShelf(rows=[here(BREEZE, Path("/models/breeze.gguf")), to_download(STORM)])


@pytest.fixture(autouse=True)
def _on_this_computer_alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A screen reader listens; the system's own file dialogs and programs stay closed."""
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: "")
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: True)
    install_roles()
    monkeypatch.setattr(fitted_dialog, "room_for", lambda _window: SMALL_SCREEN)
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def without_a_role(window: QWidget) -> list[str]:
    """What Tab reaches and a screen reader would call nothing at all, or could not name."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or not widget.isEnabled():
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        is_inside = widget.objectName() == "qt_spinbox_lineedit" or isinstance(widget, QScrollArea)
        nameless = not interface.text(QAccessible.Text.Name).strip()
        roleless = interface.role() in NOT_A_CONTROL
        if not is_inside and widget.focusProxy() is None and (roleless or nameless):
            found.append(spoken(widget))
    return found


def cut_labels(window: QWidget) -> list[str]:
    """Labels that are not as wide or as high as their text."""
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible() and is_cut(label)]


def is_cut(label: QLabel) -> bool:
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + 1
    return label.sizeHint().width() > label.width() + 1


def beyond_a_small_screen(dialog: QDialog) -> list[str]:
    """What of a dialog is not reached on a small screen: all of it, or its buttons that do not scroll."""
    least = dialog.minimumSizeHint()
    if not (SMALL_SCREEN.contains(dialog.geometry()) and least.boundedTo(SMALL_SCREEN.size()) == least):
        return [f"is at {dialog.geometry().getRect()}, and at least {least.toTuple()}"]
    return [
        spoken(button)
        for button in dialog.findChildren(QAbstractButton)
        if button.isVisible() and button.window() is dialog and not is_scrolled(button)
        if not dialog.rect().contains(QRect(button.mapTo(dialog, QPoint(0, 0)), button.size()))
    ]


def is_scrolled(widget: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QAbstractScrollArea):
        above = above.parentWidget()
    return above is not None


def spoken(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return f"{type(widget).__name__} {interface.text(QAccessible.Text.Name)}"


def place(widget: QWidget, window: QWidget) -> QRect:
    """Where a widget is seen; one that has been scrolled out of sight counts as at the edge behind which it is."""
    found = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    above = widget.parentWidget()
    while above is not None and above is not window:
        if isinstance(above, QScrollArea):
            seen = QRect(above.viewport().mapTo(window, QPoint(0, 0)), above.viewport().size())
            found.moveTop(max(seen.top(), min(found.top(), seen.bottom())))
            found.setBottom(min(found.bottom(), seen.bottom()))
        above = above.parentWidget()
    return found


def steps_back(window: QWidget) -> list[str]:
    """Where Tab goes up or to the left although there is more to the right or below: against the order of reading."""
    chain: list[QWidget] = []
    at = window.nextInFocusChain()
    while at is not None and at is not window and at not in chain:
        chain.append(at)
        at = at.nextInFocusChain()
    stops = [
        each
        for each in chain
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        if each.objectName() != "qt_spinbox_lineedit"
        and each.focusProxy() is None
        and not isinstance(each, QScrollArea)
    ]
    places = [place(each, window) for each in stops]
    return [
        f"{spoken(one)} -> {spoken(other)}"
        for (one, here), (other, there) in itertools.pairwise(zip(stops, places, strict=True))
        if (there.bottom() < here.top() and there.left() < here.right())
        or (there.right() < here.left() and there.top() < here.bottom())
    ]


def changed_by_wheel(window: QWidget) -> list[str]:
    """Fields without the focus whose value is another one when the wheel has turned over them."""
    return [spoken(each) for each in window.findChildren(QComboBox) if each.isVisible() and turns(each)] + [
        spoken(each) for each in window.findChildren(QAbstractSpinBox) if each.isVisible() and turns(each)
    ]


def turns(field: QComboBox | QAbstractSpinBox) -> bool:
    field.clearFocus()
    before = shown_in(field)
    for angle in (-120, 120):
        middle = QPointF(field.rect().center())
        wheel = QWheelEvent(
            *(middle, field.mapToGlobal(middle), QPoint(0, 0), QPoint(0, angle)),
            *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False),
        )
        QApplication.sendEvent(field, wheel)
        if shown_in(field) != before or field.hasFocus():
            return True
    return False


def shown_in(field: QComboBox | QAbstractSpinBox) -> str:
    return field.currentText() if isinstance(field, QComboBox) else field.text()


def pages(dialog: QDialog) -> Iterator[int]:
    """Turns every page of a dialog to the front, one after another; where it has none, that is 0."""
    stacks = dialog.findChildren(QStackedWidget)
    for page in range(max((stack.count() for stack in stacks), default=1)):
        for stack in stacks:
            stack.setCurrentIndex(min(page, stack.count() - 1))
        QTest.qWait(1)
        yield page
    for stack in stacks:
        stack.setCurrentIndex(0)


@dataclass
class Visit:
    """What was met, and what was wrong with it."""

    met: set[type[QDialog]] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    _looking: list[QDialog] = field(default_factory=list)

    def look(self, dialog: QDialog) -> None:
        """Looks at a dialog, opens what its buttons with … open, and leaves it with Esc."""
        kind = type(dialog)
        is_new = kind not in self.met
        self.met.add(kind)
        if is_new:
            for page in pages(dialog):
                self.wrong += [f"{kind.__name__} {page}: no name: {each}" for each in lint(dialog)]
                self.wrong += [f"{kind.__name__} {page}: no role: {each}" for each in without_a_role(dialog)]
                self.wrong += [f"{kind.__name__} {page}: cut: {each}" for each in cut_labels(dialog)]
                self.wrong += [
                    f"{kind.__name__} {page}: not in sight: {each}" for each in beyond_a_small_screen(dialog)
                ]
                self.wrong += [f"{kind.__name__} {page}: Tab goes back: {each}" for each in steps_back(dialog)]
                self.wrong += [f"{kind.__name__} {page}: the wheel changes {each}" for each in changed_by_wheel(dialog)]
            if not dialog.windowTitle().strip():
                self.wrong.append(f"{kind.__name__}: the window has no title")
            for button in dialog.findChildren(QAbstractButton):
                if button.text().rstrip().endswith("…") and button.isVisible() and button.isEnabled():
                    self.what_opens(button.click)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        if dialog.isVisible():
            self.wrong.append(f"{kind.__name__}: Esc does not leave it")
            dialog.reject()

    def what_opens(self, do: Callable[[], object]) -> None:
        """Does it, and looks at each dialog that opens; a modal one holds up ``do`` until it has been left."""

        def look_at_all() -> None:
            for each in reversed(dialogs()):
                if each not in self._looking and shiboken6.isValid(each):  # It may have been left meanwhile.
                    self._looking.append(each)
                    self.look(each)
                    self._looking.remove(each)

        timer = QTimer()
        timer.timeout.connect(look_at_all)
        timer.start(10)
        do()
        for _ in range(4):
            QTest.qWait(5)
        timer.stop()
        look_at_all()


def dialogs() -> list[QDialog]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]


def every_dialog() -> set[type[QDialog]]:
    """Every dialog that the package defines, wherever it is."""
    for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        importlib.import_module(module.name)
    found: set[type[QDialog]] = set()
    waiting = [QDialog]
    while waiting:
        for each in waiting.pop().__subclasses__():
            waiting.append(each)
            if each.__module__.startswith(ui.__name__):
                found.add(each)
    return found


def with_much_in_it(desk: Desk) -> None:
    """A document with texts, versions and a deleted section, so that nothing has a reason not to open."""
    outlined(desk.session)
    first, *_, last = desk.session.document.sections
    versions = tuple(Version(f"Text {number} of it. It is short.", NOON, "edited") for number in range(3))
    desk.session.put(desk.session.document.with_section(replace(first, text="The sea.", versions=versions)))
    desk.session.delete_sections([last.id])
    desk.window.workspace.outline.list.choose_section(first.id)


def actions_of(desk: Desk) -> list[QAction]:
    """The window's actions that may open a dialog; those last that may also change the document."""
    found = [
        action for name, action in vars(desk.window.menus).items() if isinstance(action, QAction) and name not in LEAVES
    ]
    return sorted(found, key=lambda action: not action.text().endswith("…"))


def made_by_hand() -> tuple[QDialog, ...]:
    """Dialogs that open in the course of something else, such as a download."""
    token = TokenDialog(STORM, LIGHT, keyring="KWallet", refusal="The hub does not know this token.")
    return (LicenceDialog(STORM, LIGHT), token, OwnOutlineDialog())


def test_every_dialog_names_its_parts_and_can_be_left_with_the_keyboard(desk: Desk, qtbot: QtBot) -> None:
    with_much_in_it(desk)
    visit = Visit()
    for action in actions_of(desk):
        if action.isEnabled():
            visit.what_opens(action.trigger)
    for dialog in made_by_hand():
        qtbot.addWidget(dialog)
        visit.what_opens(dialog.show)
    assert not visit.wrong, "\n".join(visit.wrong)
    left_out = every_dialog() - visit.met - set(SHARED)
    assert not left_out, f"no menu opens {left_out}: make one in made_by_hand"


def test_the_wheel_changes_no_field_of_the_window_that_has_no_focus(desk: Desk) -> None:
    assert changed_by_wheel(desk.window) == []
    with_much_in_it(desk)
    assert changed_by_wheel(desk.window) == []
