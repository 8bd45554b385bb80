"""A manuscript on screen."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.manuscript.manuscript import Manuscript
from longwriter_desktop.ui.theme import LIGHT, load_fonts
from tests.ui.manuscript.desk import Desk, document, section


@pytest.fixture
def desk_with(qtbot: QtBot) -> Callable[[Document], Desk]:
    """Makes a manuscript of 760 by 600 pixels that shows a document."""
    load_fonts()

    def make(shown: Document) -> Desk:
        manuscript = Manuscript(LIGHT)
        qtbot.addWidget(manuscript)
        manuscript.resize(760, 600)
        with qtbot.waitExposed(manuscript):
            manuscript.show()
        desk = Desk(manuscript, shown)
        desk.show(shown)
        desk.hear()
        manuscript.setFocus()
        return desk

    return make


@pytest.fixture
def desk(desk_with: Callable[[Document], Desk]) -> Desk:
    """Three sections, the middle one with a heading."""
    beta = section("b", "Beta.", heading="Second")
    return desk_with(document(section("a", "Alpha one.\n\nAlpha two."), beta, section("c", "Gamma.")))
