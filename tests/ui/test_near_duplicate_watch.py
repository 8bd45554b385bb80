from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.ui import near_duplicate_watch
from longwriter_desktop.ui.near_duplicate_watch import NearDuplicateWatch
from longwriter_desktop.ui.outline_model import OutlineModel
from longwriter_desktop.ui.tally import Tally
from tests.agentwrite.samples import ENGLISH

_SOON_MS = 30
_PARAGRAPHS = ENGLISH.strip().split("\n\n")


def document_of(*texts: str) -> Document:
    sections = (Section("Point", 100, text=text, complete=True, id=f"s{at}") for at, text in enumerate(texts, start=1))
    return Document(sections=tuple(sections))


@pytest.fixture(autouse=True)
def _looks_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near_duplicate_watch, "LOOK_AFTER_MS", _SOON_MS)


def test_a_finished_section_that_repeats_another_is_found_a_moment_later(qtbot: QtBot) -> None:
    watch = NearDuplicateWatch()
    with qtbot.waitSignal(watch.found_changed):
        watch.set_document(document_of(*_PARAGRAPHS, _PARAGRAPHS[1]))
    found = watch.of(f"s{len(_PARAGRAPHS) + 1}")
    assert found is not None
    assert found.other_id == "s2"
    assert watch.of("s2") is None


def test_what_was_found_goes_when_the_text_is_changed_or_the_section_is_gone(qtbot: QtBot) -> None:
    watch = NearDuplicateWatch()
    document = document_of(*_PARAGRAPHS[:2], _PARAGRAPHS[1])
    with qtbot.waitSignal(watch.found_changed):
        watch.set_document(document)
    with qtbot.waitSignal(watch.found_changed):
        watch.set_document(document.with_text("s3", _PARAGRAPHS[2]))
    assert watch.of("s3") is None
    with qtbot.waitSignal(watch.found_changed):
        watch.set_document(document)
    with qtbot.waitSignal(watch.found_changed):
        watch.set_document(document.deleted("s2"))
    assert watch.of("s3") is None


def test_a_section_that_is_still_being_written_is_not_looked_at(qtbot: QtBot) -> None:
    watch = NearDuplicateWatch()
    document = document_of(*_PARAGRAPHS[:2], _PARAGRAPHS[1])
    with qtbot.assertNotEmitted(watch.found_changed, wait=10 * _SOON_MS):
        watch.set_document(document.with_section(replace(document.section("s3"), complete=False)))
    with qtbot.waitSignal(watch.found_changed):
        watch.set_document(document)


def test_the_outline_says_which_section_a_row_is_like(qtbot: QtBot) -> None:
    model = OutlineModel(Tally())
    model.set_document(document_of(*_PARAGRAPHS[:2], _PARAGRAPHS[1]))
    qtbot.waitUntil(lambda: bool(model.rows[2].notes))
    assert model.rows[2].status_words == "like section 2"
    assert "like section 2" in model.rows[2].spoken
    tip = str(model.data(model.index(2), Qt.ItemDataRole.ToolTipRole))
    assert "what section 2 says: “A first-order lens burned four hundred gallons" in tip
    assert model.data(model.index(1), Qt.ItemDataRole.ToolTipRole) is None


def test_the_outline_says_that_a_section_ended_early_because_the_model_repeated_itself(qapp: object) -> None:
    model = OutlineModel(Tally())
    section = Section("Point", 300, text=_PARAGRAPHS[0], complete=True, stop_reason="repetition", id="s1")
    model.set_document(Document(sections=(section,)))
    assert model.rows[0].status_words == "kept repeating itself"
    assert "Write it again" in str(model.data(model.index(0), Qt.ItemDataRole.ToolTipRole))
    model.set_document(Document(sections=(replace(section, word_target=60),)))
    assert model.rows[0].status_words == ""
