"""Nothing grows or fades by itself where the person or the system does not want it."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QStyle
from pytestqt.qtbot import QtBot

from longwriter_desktop.ui.motion import ASK_AFTER_MS, Motion, asks_for_less_motion
from longwriter_desktop.ui.theme import Theme

EFFECT = Qt.UIEffect.UI_AnimateCombo


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    before = {effect: QApplication.isEffectEnabled(effect) for effect in (Qt.UIEffect.UI_General, EFFECT)}
    for effect in before:
        QApplication.setEffectEnabled(effect, True)
    made = Theme("light")
    yield made
    made.be_still(False)
    for effect, enabled in before.items():
        QApplication.setEffectEnabled(effect, enabled)


def animates_for_ms(widget: QPushButton) -> int:
    return widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, widget)


def test_with_the_setting_on_nothing_animates_and_with_it_off_all_is_as_it_was(theme: Theme, qtbot: QtBot) -> None:
    button = QPushButton("Write")
    qtbot.addWidget(button)
    button.ensurePolished()
    assert animates_for_ms(button) > 0
    wished = [True]
    motion = Motion(theme, lambda: wished[0], ask=lambda: False)
    assert (theme.is_still, QApplication.isEffectEnabled(EFFECT)) == (True, False)
    button.ensurePolished()
    assert animates_for_ms(button) == 0
    wished[0] = False
    motion.refresh()
    assert (theme.is_still, QApplication.isEffectEnabled(EFFECT)) == (False, True)


def test_what_the_system_asks_for_counts_without_the_setting(theme: Theme, qtbot: QtBot) -> None:
    threads: list[str] = []

    def ask() -> bool:
        threads.append(threading.current_thread().name)
        return True

    Motion(theme, lambda: False, ask=ask, parent=theme)
    qtbot.waitUntil(lambda: theme.is_still, timeout=ASK_AFTER_MS + 5000)
    assert threads == ["motion"]


def test_a_system_that_does_not_answer_changes_nothing(
    theme: Theme, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    Motion(theme, lambda: False, ask=_no_bus, parent=theme)
    qtbot.waitUntil(lambda: "does not say whether things may move: OSError" in caplog.text, timeout=ASK_AFTER_MS + 5000)
    assert not theme.is_still


def _no_bus() -> bool:
    raise OSError("no bus")


@pytest.mark.parametrize(
    ("settings", "asks"),
    [
        ({}, False),
        ({"org.freedesktop.appearance": {"reduced-motion": 1}}, True),
        ({"org.freedesktop.appearance": {"reduced-motion": 0, "contrast": 1}}, False),
        ({"org.gnome.desktop.interface": {"enable-animations": False}}, True),
        ({"org.gnome.desktop.interface": {"enable-animations": True}}, False),
        ({"org.kde.kdeglobals.KDE": {"AnimationDurationFactor": "0"}}, True),
        ({"org.kde.kdeglobals.KDE": {"AnimationDurationFactor": "0.5"}}, False),
    ],
)
def test_the_desktops_keep_it_in_different_places(settings: dict[str, dict[str, object]], asks: bool) -> None:
    assert asks_for_less_motion(settings) is asks


def test_an_answer_that_comes_after_the_window_has_gone_is_dropped(theme: Theme, qtbot: QtBot) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def ask() -> bool:
        asked.set()
        go_on.wait(5)
        return True

    motion = Motion(theme, lambda: False, ask=ask)
    qtbot.waitUntil(asked.is_set, timeout=ASK_AFTER_MS + 5000)
    motion.deleteLater()
    qtbot.wait(20)
    go_on.set()
    qtbot.waitUntil(lambda: all(each.name != "motion" for each in threading.enumerate()), timeout=5000)
    assert not theme.is_still
