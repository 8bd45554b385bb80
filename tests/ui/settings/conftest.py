"""A window with its settings open, whose computer is looked over by a script."""

from collections.abc import Mapping
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from longwriter_desktop.paths import AppPaths
from longwriter_desktop.ui.settings.page import SettingsPage
from longwriter_desktop.ui.settings.settings_dialog import SettingsDialog
from tests.ui.conftest import Desk

_Page = TypeVar("_Page", bound=SettingsPage)

FINDINGS: Mapping[str, Any] = {
    "backend": {
        "devices": [
            {"name": "CUDA0", "description": "RTX 4070", "memory_free_bytes": 7_900_000_000},
        ]
    },
    "memory": {"total_bytes": 16_000_000_000, "available_bytes": 9_300_000_000},
    "graphics": [
        {"maker": "NVIDIA", "name": "RTX 4070", "built_for": True},
        {"maker": "AMD", "name": "Radeon", "built_for": False},
    ],
    "problems": [],
    "plan": {
        "context_tokens": 8192,
        "kv_type": "q8_0",
        "devices": {"CUDA0": 20},
        "layers": 32,
        "needs_bytes": 7_100_000_000,
        "free_bytes": 9_300_000_000,
        "remarks": ["The context is shorter than was wished."],
    },
}


@pytest.fixture(autouse=True)
def _scripted_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    def examine(_paths: AppPaths) -> Mapping[str, Any]:
        return FINDINGS

    monkeypatch.setattr("longwriter_desktop.doctor.examine", examine)


def opened(desk: Desk) -> SettingsDialog:
    """The settings, opened by their key."""
    QTest.keyClick(desk.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = desk.window.preferences.dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def page_of(dialog: SettingsDialog, kind: type[_Page]) -> _Page:
    """The page of a kind, in hand."""
    for row in range(dialog.list.count()):
        if dialog.list.item(row).text() == kind.shown_title():
            dialog.list.setCurrentRow(row)
    assert isinstance(dialog.page, kind)
    return dialog.page


@pytest.fixture
def dialog(desk: Desk, qtbot: QtBot) -> SettingsDialog:
    """The settings of a window in the light theme, opened by their key."""
    return opened(desk)
