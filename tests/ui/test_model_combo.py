"""The field of the model: a key or the wheel alone chooses nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from longwriter_desktop.models.library import Model
from longwriter_desktop.ui.model_combo import ModelChoice, ModelCombo
from longwriter_desktop.ui.theme import LIGHT

NAMES = ("breeze", "storm")


class Field:
    """A field with two models, and what it has told."""

    def __init__(self, combo: ModelCombo) -> None:
        self.combo = combo
        self.told: list[str] = []
        choices = [ModelChoice(Model(name, name.title(), Path(f"/models/{name}")), "fits", True) for name in NAMES]
        combo.show_choices(choices, "storm")
        combo.choice_made.connect(lambda choice: self.told.append(choice.model.name))
        combo.more_requested.connect(lambda: self.told.append("more"))
        combo.file_requested.connect(lambda: self.told.append("file"))


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[Field]:
    combo = ModelCombo(LIGHT)
    qtbot.addWidget(combo)
    combo.show()
    yield Field(combo)
    combo.hidePopup()


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_End, Qt.Key.Key_G, Qt.Key.Key_Space])
def test_a_key_opens_the_list_and_another_one_chooses_in_it(field: Field, key: Qt.Key) -> None:
    QTest.keyClick(field.combo, key)
    assert field.combo.view().isVisible()
    assert field.told == []
    assert field.combo.currentIndex() == 1
    QTest.keyClick(field.combo.view(), Qt.Key.Key_Up)
    QTest.keyClick(field.combo.view(), Qt.Key.Key_Return)
    assert field.told == ["breeze"]
    assert not field.combo.view().isVisible()


def test_escape_is_left_to_the_window(field: Field) -> None:
    QTest.keyClick(field.combo, Qt.Key.Key_Escape)
    assert not field.combo.view().isVisible()


def test_what_is_no_model_is_chosen_in_the_list_and_leaves_the_model(field: Field) -> None:
    QTest.keyClick(field.combo, Qt.Key.Key_Down)
    QTest.keyClick(field.combo.view(), Qt.Key.Key_Down)
    QTest.keyClick(field.combo.view(), Qt.Key.Key_Return)
    assert field.told == ["more"]
    assert field.combo.choice is not None
    assert field.combo.choice.model.name == "storm"


def wheel(eighths_of_a_degree: int) -> QWheelEvent:
    """A turn of the wheel; above 0: away from the person."""
    at, nothing = QPointF(5, 5), Qt.KeyboardModifier.NoModifier
    turn = QPoint(0, eighths_of_a_degree)
    return QWheelEvent(at, at, QPoint(), turn, Qt.MouseButton.NoButton, nothing, Qt.ScrollPhase.NoScrollPhase, False)


def test_the_wheel_is_for_the_page(field: Field) -> None:
    turned = wheel(120)
    field.combo.setFocus()
    QApplication.sendEvent(field.combo, turned)
    assert not turned.isAccepted()
    assert field.combo.currentIndex() == 1
    assert field.told == []
