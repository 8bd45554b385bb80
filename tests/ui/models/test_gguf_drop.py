from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.ui.models.gguf_drop import GgufDrop, model_file_in


def dragged(*addresses: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(address) for address in addresses])
    return data


def drop_on(widget: QWidget, data: QMimeData) -> bool:
    """Drags ``data`` over a widget and lets it go; whether it was taken."""
    where, action = QPoint(5, 5), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(where, action, data, buttons, keys)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    drop = QDropEvent(QPointF(where), action, data, buttons, keys)
    QApplication.sendEvent(widget, drop)
    return drop.isAccepted()


@pytest.mark.parametrize(
    ("addresses", "found"),
    [
        (["file:///models/a.gguf"], Path("/models/a.gguf")),
        (["file:///models/A%20b.GGUF"], Path("/models/A b.GGUF")),
        (["file:///notes.txt", "file:///models/a.gguf"], Path("/models/a.gguf")),
        (["file:///notes.txt"], None),
        (["https://example.org/a.gguf"], None),
        ([], None),
    ],
)
def test_only_a_gguf_file_of_this_computer_is_a_model(addresses: list[str], found: Path | None) -> None:
    assert model_file_in(dragged(*addresses)) == found


def test_text_that_is_dragged_is_no_model() -> None:
    data = QMimeData()
    data.setText("/models/a.gguf")
    assert model_file_in(data) is None


def test_a_model_is_taken_also_over_a_text_field_and_text_still_goes_into_the_field(qtbot: QtBot) -> None:
    window = QWidget()
    field = QPlainTextEdit()
    QVBoxLayout(window).addWidget(field)
    qtbot.addWidget(window)
    window.show()
    drop = GgufDrop(window)
    for widget in (window, field.viewport()):
        with qtbot.waitSignal(drop.dropped) as dropped:
            assert drop_on(widget, dragged("file:///models/a.gguf"))
        assert dropped.args == [Path("/models/a.gguf")]
    assert field.toPlainText() == ""
    text = QMimeData()
    text.setText("a lamp")
    with qtbot.assertNotEmitted(drop.dropped, wait=20):
        assert drop_on(field.viewport(), text)
    assert "a lamp" in field.toPlainText()
    assert not drop_on(window, dragged("file:///notes.txt"))
