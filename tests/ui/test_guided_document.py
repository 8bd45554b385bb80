from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from longwriter_desktop.agentwrite.plan_check import findings_in_slices
from longwriter_desktop.document.counting import chinese_share
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Status
from longwriter_desktop.settings import Settings
from longwriter_desktop.ui.guided_document import ENTRIES, KEYS, guided_document
from tests.ui.conftest import NOON, Desk

WORDS = {name: f"<{name}>" for name in (*KEYS, *(f"{each}_entry" for each in ENTRIES))}


@pytest.fixture(params=["en", "zh"])
def guide(request: pytest.FixtureRequest) -> Document:
    return guided_document(request.param, WORDS, NOON)


def test_it_shows_every_state_that_a_section_can_have(guide: Document) -> None:
    statuses = list(guide.statuses().values())
    assert statuses.count(Status.STALE) == 1
    assert statuses.count(Status.PARTIAL) == 1
    assert statuses.count(Status.PLANNED) == 1
    assert statuses.count(Status.WRITTEN) == 4
    assert [section.locked for section in guide.sections].count(True) == 1
    assert [len(section.versions) for section in guide.sections].count(2) == 1
    assert sum(bool(section.heading) for section in guide.sections) == 2


def test_it_names_every_key_and_place_that_it_is_given(guide: Document) -> None:
    text = "\n".join(section.text for section in guide.sections)
    assert all(word in text for word in WORDS.values())
    assert "{" not in text


def test_it_is_as_long_as_it_was_asked_to_be(guide: Document) -> None:
    assert guide.words_planned == guide.word_target
    for section in guide.sections:
        if section.complete:
            assert section.length_score > 90


def test_the_versions_are_told_from_the_text_in_place(guide: Document) -> None:
    section = next(each for each in guide.sections if len(each.versions) == 2)
    before, now = section.versions
    assert now.text == section.text
    assert before.text != now.text
    assert before.created_at < now.created_at < NOON


def test_both_languages_have_the_same_sections() -> None:
    english, chinese = (guided_document(language, WORDS, NOON) for language in ("en", "zh"))
    assert chinese_share(english.instruction) == 0
    assert chinese_share(chinese.sections[0].text) > 0.9
    assert [each.locked for each in english.sections] == [each.locked for each in chinese.sections]
    assert list(english.statuses().values()) == list(chinese.statuses().values())
    assert guided_document("fr", WORDS, NOON).title == english.title


def test_the_menu_opens_it_at_its_beginning_with_the_keys_of_this_window(desk: Desk) -> None:
    desk.window.menus.guide.trigger()
    document = desk.session.document
    assert document.title == "First steps"
    assert desk.session.path is not None
    assert desk.session.path.parent == desk.paths.documents
    text = "\n".join(section.text for section in document.sections)
    assert "Ctrl+D" in text  # Write > Compare versions
    assert "Write > Instruction (Ctrl+I)" in text
    assert "Write > Rewrite stale sections" in text
    assert desk.window.workspace.current_section == document.sections[0].id
    assert len(desk.window.workspace.outline.list.outline.chapters()) == 2


def test_the_start_page_leads_to_it_and_a_second_one_is_a_new_document(desk: Desk) -> None:
    QTest.mouseClick(desk.window.start_page.guide, Qt.MouseButton.LeftButton)
    first = desk.session.path
    desk.window.menus.guide.trigger()
    assert first is not None
    assert desk.session.path not in (None, first)
    assert first.is_file()


def test_where_no_document_can_be_made_the_person_is_told(desk: Desk, tmp_path: Path) -> None:
    desk.paths.documents.parent.mkdir(parents=True, exist_ok=True)
    desk.paths.documents.write_text("a file in the way", "utf-8")
    desk.window.menus.guide.trigger()
    assert not desk.session.has_document
    assert str(desk.paths.documents) in desk.window.notice.text


def test_the_plan_check_finds_nothing_in_it(guide: Document) -> None:
    assert [finding for finding in findings_in_slices(guide) if finding is not None] == []


def test_an_entry_without_a_key_is_named_by_its_place(open_window: Callable[[Settings], Desk]) -> None:
    desk = open_window(Settings(theme="light", keys=(("lock_sections", ""), ("compare", ""))))
    desk.window.menus.guide.trigger()
    text = "\n".join(section.text for section in desk.session.document.sections)
    assert "Section > Lock" in text
    assert "Write > Compare versions of this section" in text
