"""What the strip says of a document comes when it is opened, all of it, and goes with it."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document, DocumentSettings
from longwriter_desktop.document.outline import Step
from longwriter_desktop.models.catalogue import load_catalogue
from longwriter_desktop.models.library import find_model
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.lock import DocumentLocks
from longwriter_desktop.project.store import Project
from longwriter_desktop.ui.notice import Notice
from longwriter_desktop.ui.starting import document_for
from tests.ui.conftest import Desk
from tests.ui.documents import lighthouses
from tests.ui.reading_ahead import outlined

STEPS = (Step(1, "Storms", 60), Step(2, "Lamps", 60), Step(3, "Keepers", 60))


def test_an_offer_about_the_document_goes_with_it_and_others_stay(desk: Desk) -> None:
    window = desk.window
    outlined(desk.session)
    desk.session.noticed.emit(Notice("1 section is stale.", "offer"))
    window.menus.close.trigger()
    assert window.notice.text == ""
    outlined(desk.session)
    window.models.noticed.emit(Notice("A download is not finished.", "offer"))
    window.menus.close.trigger()
    assert window.notice.text == "A download is not finished."


def test_what_is_to_be_known_of_the_file_and_of_its_model_is_told_together(
    desk: Desk, paths: AppPaths, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.longwriter"
    Project.create(path, replace(lighthouses(100), settings=DocumentSettings(model="/models/gone.gguf"))).close()
    DocumentLocks(paths).take(path, "window")._lock = None  # as a window that was killed leaves it
    parts = replace(desk.window._parts, model_at=lambda gguf: find_model(str(gguf), load_catalogue(paths), paths))
    monkeypatch.setattr(desk.window, "_parts", parts)
    desk.window.open(path)
    qtbot.waitUntil(lambda: desk.session.has_document, timeout=10_000)
    assert "did not close this document properly" in desk.window.notice.text
    assert "Until then it is written with the model shown below." in desk.window.notice.text
    desk.window.menus.close.trigger()
    assert desk.window.notice.text == ""


def opened(desk: Desk, document: Document, path: Path, qtbot: QtBot) -> str:
    """What the strip says of a document that is opened."""
    Project.create(path, document).close()
    desk.window.open(path)
    qtbot.waitUntil(lambda: desk.session.path == path)
    return desk.window.notice.text


def half_written(*texts: tuple[str, bool]) -> Document:
    """A document of three sections, of which the first ones have these texts, complete or not."""
    document = document_for("A history of lighthouses", 180, "en", STEPS)
    for section, (text, complete) in zip(document.sections, texts, strict=False):
        document = document.with_section(replace(section, text=text, complete=complete))
    return document


def test_a_document_that_was_left_while_it_was_written_says_where_writing_goes_on(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    amid = half_written(("Storms.", True), ("Lamps were", False))
    told = opened(desk, amid, tmp_path / "amid.longwriter", qtbot)
    assert told == "Section 2 of 3 is not finished; “Go on” writes on from its last word."
    assert desk.window.workspace.manuscript.current_section() == desk.session.document.sections[1].id
    between = half_written(("Storms.", True), ("Lamps were lit.", True))
    told = opened(desk, between, tmp_path / "between.longwriter", qtbot)
    assert told == "Section 3 of 3 is not written yet; “Go on” writes on there."
    assert desk.window.workspace.manuscript.current_section() == desk.session.document.sections[2].id


def test_a_document_with_nothing_written_or_nothing_left_says_nothing(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    assert opened(desk, half_written(), tmp_path / "plan.longwriter", qtbot) == ""
    whole = half_written(("Storms.", True), ("Lamps.", True), ("Keepers.", True))
    assert opened(desk, whole, tmp_path / "whole.longwriter", qtbot) == ""


def test_what_is_left_is_not_told_where_nothing_can_be_written_nor_of_the_guide(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "amid.longwriter"
    Project.create(path, half_written(("Storms.", True))).close()
    desk.window.opening.open_for_reading(path)
    qtbot.waitUntil(lambda: desk.session.path == path)
    assert desk.window.notice.text == ""
    desk.window.menus.guide.trigger()
    assert desk.session.path != path
    assert desk.window.notice.text == ""
