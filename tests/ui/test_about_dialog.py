import re
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from longwriter_desktop import __version__
from longwriter_desktop.ui.about_dialog import AboutDialog
from longwriter_desktop.ui.about_parts import LIBRARIES, Part, made_of
from longwriter_desktop.ui.theme import Theme

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


@pytest.fixture(scope="module")
def parts() -> dict[str, Part]:
    return {part.name.lower().replace("_", "-"): part for part in made_of()}


def test_the_list_names_what_pyproject_asks_for() -> None:
    table = tomllib.loads(PYPROJECT.read_text("utf-8"))
    asked = {re.split(r"[^\w.\-]", each, maxsplit=1)[0].lower() for each in table["project"]["dependencies"]}
    assert {name.lower() for name in LIBRARIES} == asked


def test_every_part_has_a_licence_and_its_text(parts: dict[str, Part]) -> None:
    assert len(parts) > len(LIBRARIES)
    assert [name for name, part in parts.items() if not part.licence or len(part.text) < 300] == []
    assert "Permission is hereby granted" in parts["llama.cpp"].text
    assert "SIL OPEN FONT LICENSE" in parts["literata"].text
    assert "Apache License" in parts["longwriter desktop"].text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in parts["pyside6-essentials"].text
    assert "GNU GENERAL PUBLIC LICENSE" in parts["qt"].text
    assert parts["smollm2-135m-instruct"].licence == "Apache-2.0"


def test_what_the_libraries_need_is_found_through_them(parts: dict[str, Part]) -> None:
    assert {"markupsafe", "lxml", "shiboken6"} <= set(parts)
    assert "pytest" not in parts


def test_a_licence_that_cannot_be_read_has_no_text(tmp_path: Path) -> None:
    assert Part("x", "1", "MIT", (tmp_path / "missing",)).text == ""


def test_the_dialog_shows_the_licence_of_the_part_in_hand(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    assert "Apache License" in dialog.licence.toPlainText()
    row = next(at for at in range(dialog.parts.count()) if "Literata" in dialog.parts.item(at).text())
    dialog.parts.setFocus()
    dialog.parts.setCurrentRow(row - 1)
    QTest.keyClick(dialog.parts, Qt.Key.Key_Down)
    assert "SIL OPEN FONT LICENSE" in dialog.licence.toPlainText()


def test_each_part_of_the_list_stands_by_itself(qtbot: QtBot) -> None:
    Theme("light")
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    first, second = (dialog.parts.visualItemRect(dialog.parts.item(row)) for row in (0, 1))
    padding = 2 * 6  # as the style has it
    assert first.height() >= 2 * dialog.fontMetrics().lineSpacing() + padding
    assert second.top() > first.bottom()


def test_the_versions_can_be_copied_and_llama_cpp_tells_its_own(qtbot: QtBot) -> None:
    dialog = AboutDialog(lambda: "b9999")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "llama.cpp b9999" in dialog.versions.text())
    assert f"LongWriter Desktop {__version__}" in dialog.versions.text()
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == dialog.versions.text()


def test_closing_at_once_does_not_wait_for_llama_cpp(qtbot: QtBot) -> None:
    dialog = AboutDialog(lambda: "late")
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    qtbot.wait(50)
    QCoreApplication.processEvents()
    assert "late" not in dialog.versions.text()
