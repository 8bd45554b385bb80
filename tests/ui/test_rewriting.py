"""Rewriting what is selected, alternatives of a section, stale sections: through the window, with real clicks."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.rewrite_events import Wish
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Status
from longwriter_desktop.ui.manuscript.manuscript import Manuscript
from longwriter_desktop.ui.session import ALTERNATIVES
from longwriter_desktop.ui.writing import Activity
from tests.agentwrite.fake_model import prose
from tests.ui.conftest import Desk
from tests.ui.scripted_engine import text_reply

LEFT = Qt.MouseButton.LeftButton
STEPS = (Step(1, "Storms", 40), Step(2, "Lamps", 40), Step(3, "Keepers", 40))
PASSAGE = "The keeper climbed the long stair every evening before dusk and lit the lamp."
TEXT = f"It was late in the year. {PASSAGE} Then he slept."
SHORTER = "Each dusk the keeper lit the lamp."


@pytest.fixture
def written(desk: Desk) -> Desk:
    """A document of three sections, the first of them written."""
    desk.session.new_document_with_outline("A history of lighthouses", None, "en", STEPS)
    desk.session.set_text(section(desk, 1), TEXT)
    document = desk.session.document
    done = replace(document.section(section(desk, 1)), complete=True)
    desk.session.put(document.with_section(done), outdated=True)
    return desk


def section(desk: Desk, number: int) -> str:
    return desk.session.document.sections[number - 1].id


def select(desk: Desk, words: str) -> Manuscript:
    manuscript = desk.window.workspace.manuscript
    cursor = QTextCursor(manuscript.document())
    start = manuscript.toPlainText().index(words)
    cursor.setPosition(start)
    cursor.setPosition(start + len(words), QTextCursor.MoveMode.KeepAnchor)
    manuscript.setTextCursor(cursor)
    return manuscript


def entry(menu: QMenu, *names: str) -> QAction:
    """The entry of a menu, or of the menus inside it."""
    action = next(each for each in menu.actions() if each.text().replace("&", "") == names[0])
    inner = action.menu()
    return entry(inner, *names[1:]) if len(names) > 1 and isinstance(inner, QMenu) else action


def choose(desk: Desk, words: str, *names: str) -> None:
    entry(select(desk, words).context_menu(), "Rewrite", *names).trigger()


def idle(desk: Desk) -> Callable[[], bool]:
    return lambda: desk.session.activity is Activity.IDLE


def test_a_selection_is_shortened_and_taken_and_undone(written: Desk, qtbot: QtBot) -> None:
    written.engine.replies.append(text_reply(SHORTER))
    choose(written, PASSAGE, "Shorten")
    panel = written.window.workspace.rewriting
    assert panel.isVisible()
    assert panel.old.toPlainText() == PASSAGE
    qtbot.waitUntil(panel.take.isEnabled)
    assert panel.new.toPlainText() == SHORTER
    assert written.session.document.sections[0].text == TEXT
    assert PASSAGE in written.engine.prompts[-1].messages[-1].content
    QTest.mouseClick(panel.take, LEFT)
    taken = TEXT.replace(PASSAGE, SHORTER)
    changed = written.session.document.sections[0]
    assert changed.text == taken
    assert changed.complete
    assert [version.text for version in changed.versions] == [TEXT, taken]
    assert taken in written.window.workspace.manuscript.toPlainText()
    assert not panel.isVisible()
    QTest.keyClick(written.window.workspace.manuscript, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert written.session.document.sections[0].text == TEXT


def test_the_ways_are_buttons_in_the_panel(written: Desk, qtbot: QtBot) -> None:
    written.engine.replies += [text_reply(SHORTER), text_reply(SHORTER)]
    choose(written, PASSAGE, "As I ask…")
    panel = written.window.workspace.rewriting
    assert [button.text() for button in panel.ways] == ["Shorten", "Expand", "Say it differently", "Tone"]
    QTest.mouseClick(panel.ways[0], LEFT)
    assert panel.wish.text() == "shorten"
    assert not panel.ways[1].isEnabled()
    qtbot.waitUntil(panel.take.isEnabled, timeout=8000)
    assert panel.new.toPlainText() == SHORTER
    entry(panel.ways[3].menu(), "Vivid").trigger()
    assert panel.wish.text() == "tone: vivid"
    qtbot.waitUntil(panel.take.isEnabled, timeout=8000)


def test_a_part_of_a_sentence_for_which_no_other_fits_is_offered_as_a_whole_sentence(
    written: Desk, qtbot: QtBot
) -> None:
    written.engine.answer = lambda _prompt: " went up to the light at last, as he did every day."
    choose(written, "climbed the long stair", "Say it differently")
    panel = written.window.workspace.rewriting
    qtbot.waitUntil(panel.take.isEnabled)
    assert panel.old.toPlainText() == PASSAGE
    assert panel.old_label.text().startswith("The whole sentence")
    assert panel.new.toPlainText() == "The keeper went up to the light at last, as he did every day."
    QTest.mouseClick(panel.take, LEFT)
    assert written.session.document.sections[0].text == TEXT.replace(PASSAGE, panel.new.toPlainText())


def test_lengths_of_a_chinese_passage_are_characters(written: Desk, qtbot: QtBot) -> None:
    session = written.session
    session.put(replace(session.document, language="zh").with_text(section(written, 1), "守塔人点灯。"), outdated=True)
    written.engine.replies.append(text_reply("看塔的人把灯点亮。"))
    choose(written, "守塔人点灯。", "Expand")
    panel = written.window.workspace.rewriting
    qtbot.waitUntil(panel.take.isEnabled)
    assert panel.old_label.text() == "As it stands · 5 字"
    assert panel.new_label.text() == "New · 8 字"


def test_try_again_asks_once_more_and_the_persons_own_words_are_asked_for(written: Desk, qtbot: QtBot) -> None:
    choose(written, PASSAGE, "As I ask…")
    panel = written.window.workspace.rewriting
    assert written.session.activity is Activity.IDLE
    assert not panel.again.isEnabled()
    written.engine.replies += [text_reply(PASSAGE.replace("lit", "lights")), text_reply(SHORTER)]
    QTest.keyClicks(panel.wish, "put it into the present")
    QTest.keyClick(panel.wish, Qt.Key.Key_Return)
    qtbot.waitUntil(panel.take.isEnabled)
    assert "put it into the present" in written.engine.prompts[-1].messages[-1].content
    QTest.mouseClick(panel.again, LEFT)
    qtbot.waitUntil(lambda: panel.take.isEnabled() and panel.new.toPlainText() == SHORTER)
    assert len(written.engine.prompts) == 2


def test_a_tone_stands_in_the_line_and_can_be_changed(written: Desk, qtbot: QtBot) -> None:
    written.engine.replies += [text_reply(PASSAGE.replace("lit", "lights"))]
    choose(written, PASSAGE, "Another tone", "Formal")
    panel = written.window.workspace.rewriting
    assert panel.wish.text() == "tone: formal"
    qtbot.waitUntil(panel.take.isEnabled)
    asked: list[Wish] = []
    panel.rewrite_wished.connect(lambda _passage, wish: asked.append(wish))
    written.engine.hold()
    panel.wish.setText("Shorten")
    QTest.mouseClick(panel.again, LEFT)
    assert asked == [Wish("shorten")]
    QTest.mouseClick(panel.cancel, LEFT)
    qtbot.waitUntil(idle(written))
    assert written.session.document.sections[0].text == TEXT


def test_cancel_stops_the_model_and_changes_nothing(written: Desk, qtbot: QtBot) -> None:
    before = written.session.document
    written.engine.hold()
    choose(written, PASSAGE, "Expand")
    qtbot.waitUntil(lambda: written.session.activity is Activity.REWRITING)
    assert written.window.status.button.text() == "Stop"
    panel = written.window.workspace.rewriting
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    qtbot.waitUntil(idle(written))
    assert not panel.isVisible()
    assert written.session.document == before


def test_a_passage_that_was_changed_meanwhile_is_left_alone(written: Desk, qtbot: QtBot) -> None:
    written.engine.replies.append(text_reply(SHORTER))
    choose(written, PASSAGE, "Shorten")
    panel = written.window.workspace.rewriting
    qtbot.waitUntil(panel.take.isEnabled)
    written.session.put(written.session.document.with_text(section(written, 1), "All is new."), outdated=True)
    QTest.mouseClick(panel.take, LEFT)
    assert written.session.document.sections[0].text == "All is new."
    assert "no longer stands" in written.window.notice.text
    assert panel.isVisible()
    assert panel.new.toPlainText() == SHORTER


def test_an_answer_of_no_use_can_only_be_tried_again(written: Desk, qtbot: QtBot) -> None:
    written.engine.replies.append(text_reply(""))
    choose(written, PASSAGE, "Say it differently")
    panel = written.window.workspace.rewriting
    qtbot.waitUntil(lambda: "no passage of use" in panel.new.placeholderText() and panel.again.isEnabled())
    assert not panel.take.isEnabled()


def test_a_tone_without_a_name_is_asked_for_and_costs_nothing(written: Desk, qtbot: QtBot) -> None:
    choose(written, PASSAGE, "As I ask…")
    panel = written.window.workspace.rewriting
    QTest.keyClicks(panel.wish, "tone:")
    QTest.keyClick(panel.wish, Qt.Key.Key_Return)
    assert "tone has no name" in panel.new.placeholderText()
    assert written.session.activity is Activity.IDLE
    written.engine.replies.append(text_reply(SHORTER))
    QTest.keyClicks(panel.wish, " formal")
    QTest.keyClick(panel.wish, Qt.Key.Key_Return)
    qtbot.waitUntil(panel.take.isEnabled)


def test_only_text_of_one_section_can_be_rewritten_and_no_locked_one(written: Desk) -> None:
    menu = select(written, f"{TEXT}").context_menu()
    assert entry(menu, "Rewrite").isEnabled()
    written.session.set_title("Lighthouses")
    written.session.put(written.session.document, outdated=True)
    assert not entry(select(written, "Lighthouses").context_menu(), "Rewrite").isEnabled()
    manuscript = written.window.workspace.manuscript
    manuscript.selectAll()
    written.session.set_text(section(written, 2), "Something here too.")
    written.session.put(written.session.document, outdated=True)
    manuscript.selectAll()
    assert not entry(manuscript.context_menu(), "Rewrite").isEnabled()
    written.session.toggle_lock(section(written, 1))
    choose(written, PASSAGE, "Shorten")
    assert written.session.activity is Activity.IDLE
    assert "locked" in written.window.notice.text


def test_the_alternatives_of_a_section_appear_among_its_versions(written: Desk, qtbot: QtBot) -> None:
    window = written.window
    window.workspace.outline.list.choose_section(section(written, 2))
    replies = [prose(number, 40) for number in range(ALTERNATIVES)]
    written.engine.replies += [text_reply(reply) for reply in replies]
    QTest.mouseClick(window.workspace.section.versions.alternatives, LEFT)
    assert written.session.activity is Activity.TRYING
    qtbot.waitUntil(idle(written), timeout=10_000)
    second = written.session.document.sections[1]
    assert [version.text for version in second.versions] == replies
    assert second.complete
    assert second.text == second.versions[0].text
    assert second.text in window.workspace.manuscript.toPlainText()
    assert f"of {ALTERNATIVES}" in window.workspace.section.versions.label.text()


def stale(document: Document) -> list[str]:
    return [section_id for section_id, status in document.statuses().items() if status is Status.STALE]


def test_stale_sections_are_written_anew_and_no_others(written: Desk, qtbot: QtBot) -> None:
    session, menus = written.session, written.window.menus
    session.write()
    qtbot.waitUntil(lambda: session.document.sections[2].complete and idle(written)(), timeout=10_000)
    session.set_text(section(written, 1), TEXT + " He dreamt of the sea.")
    before = session.document
    assert stale(before) == [section(written, 2), section(written, 3)]
    menus.write_stale.trigger()
    qtbot.waitUntil(lambda: not stale(session.document) and idle(written)(), timeout=10_000)
    after = session.document
    assert after.sections[0] == before.sections[0]
    for number in (1, 2):
        assert after.sections[number].text != before.sections[number].text
        assert before.sections[number].text in [version.text for version in after.sections[number].versions]
    menus.write_stale.trigger()
    assert idle(written)()
    assert "No section is stale" in written.window.notice.text


def test_stale_sections_that_a_pause_has_left_out_are_offered_at_the_end(written: Desk, qtbot: QtBot) -> None:
    session, window = written.session, written.window
    session.write()
    qtbot.waitUntil(lambda: session.document.sections[2].complete and idle(written)(), timeout=10_000)
    assert window.notice.text.startswith("Done:")
    assert "stale" not in window.notice.text
    session.set_text(section(written, 1), TEXT + " He dreamt of the sea.")
    assert stale(session.document) == [section(written, 2), section(written, 3)]
    written.engine.delay_s = 0.05
    window.menus.write_stale.trigger()
    qtbot.waitUntil(lambda: bool(session.run.tokens), timeout=5000)
    session.pause()
    qtbot.waitUntil(idle(written), timeout=5000)
    written.engine.delay_s = 0.0
    session.write()
    qtbot.waitUntil(lambda: idle(written)() and "stale" in window.notice.text, timeout=10_000)
    assert window.notice.text.endswith("1 section is stale: something above it has changed.")
    (rewrite,) = [button for button in window.notice.findChildren(QPushButton) if button.text() == "Rewrite it"]
    rewrite.click()
    qtbot.waitUntil(lambda: not stale(session.document) and idle(written)(), timeout=10_000)
    assert "stale" not in window.notice.text


def test_the_menu_rewrites_a_selection_and_says_so_where_there_is_none(written: Desk, qtbot: QtBot) -> None:
    menus, panel = written.window.menus, written.window.workspace.rewriting
    manuscript = written.window.workspace.manuscript
    manuscript.moveCursor(QTextCursor.MoveOperation.Start)
    menus.rewrite_selection.trigger()
    assert not panel.isVisible()
    assert "select words of one section" in written.window.notice.text
    names = [action.text().replace("&", "") for action in menus.rewrite_menu.actions() if action.text()]
    assert names == ["Shorten", "Expand", "Say it differently", "Another tone", "As I ask…"]
    written.engine.replies.append(text_reply(SHORTER))
    select(written, PASSAGE)
    entry(menus.rewrite_menu, "Shorten").trigger()
    qtbot.waitUntil(panel.take.isEnabled)
    assert panel.old.toPlainText() == PASSAGE


def test_the_words_that_differ_are_underlined_in_both_texts(written: Desk, qtbot: QtBot) -> None:
    written.engine.replies.append(
        text_reply("The keeper climbed the long stair every morning before dawn and lit the lamp.")
    )
    choose(written, PASSAGE, "Say it differently")
    panel = written.window.workspace.rewriting
    qtbot.waitUntil(panel.take.isEnabled)
    old = [mark.cursor.selectedText() for mark in panel.old.extraSelections()]
    new = [mark.cursor.selectedText() for mark in panel.new.extraSelections()]
    assert (old, new) == (["evening", "dusk"], ["morning", "dawn"])


def test_a_passage_that_is_being_rewritten_stays_in_sight_when_another_is_chosen(written: Desk, qtbot: QtBot) -> None:
    written.engine.hold()
    choose(written, PASSAGE, "Expand")
    qtbot.waitUntil(lambda: written.session.activity is Activity.REWRITING)
    panel = written.window.workspace.rewriting
    choose(written, "Then he slept.", "Shorten")
    assert panel.old.toPlainText() == PASSAGE
    assert written.session.activity is Activity.REWRITING
    assert "nothing else was begun" in written.window.notice.text
    QTest.mouseClick(panel.cancel, LEFT)
    qtbot.waitUntil(idle(written))


def test_what_was_said_of_one_passage_is_gone_when_another_is_marked(written: Desk, qtbot: QtBot) -> None:
    written.engine.replies.append(text_reply(""))
    choose(written, PASSAGE, "Say it differently")
    panel = written.window.workspace.rewriting
    qtbot.waitUntil(lambda: "no passage of use" in panel.new.placeholderText() and panel.again.isEnabled())
    choose(written, "Then he slept.", "As I ask…")
    assert panel.new.placeholderText() == ""
