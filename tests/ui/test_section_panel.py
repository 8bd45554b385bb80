from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Version
from longwriter_desktop.ui.section_panel import SectionPanel
from longwriter_desktop.ui.tally import Tally
from longwriter_desktop.ui.theme import LIGHT
from longwriter_desktop.ui.version_browser import origin_words, version_words, versions_of
from tests.ui.conftest import NOON, show_active
from tests.ui.documents import lighthouses, written

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot: QtBot) -> SectionPanel:
    made = SectionPanel(LIGHT, Tally(), lambda: NOON)
    qtbot.addWidget(made)
    made.resize(272, 640)
    show_active(made, qtbot)
    return made


def test_it_shows_the_section_in_hand(panel: SectionPanel) -> None:
    panel.show_section(written(lighthouses(3, 400), "s1", "One two three."), "s1")
    assert panel.title.text() == "Section 1"
    assert panel.heading.text() == "Point 1"
    assert panel.main_point.toPlainText() == "Point 1: what it is about"
    assert panel.target.value() == 3
    assert panel.score.text() == "100"
    assert panel.versions.label.text().startswith("1 of 1")


def test_without_a_section_it_says_what_it_is_for(panel: SectionPanel) -> None:
    panel.show_section(lighthouses(100), "")
    assert not panel.main_point.isVisible()
    assert not panel.lock.isVisible()
    texts = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert any(text.startswith("Choose a section") for text in texts)
    panel.show_planning(True)
    texts = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert any(text.startswith("The plan is being made") for text in texts)


def test_what_is_typed_goes_out_when_the_field_is_left(panel: SectionPanel, qtbot: QtBot) -> None:
    panel.show_section(lighthouses(100, 200), "s2")
    panel.direction.setFocus()
    QTest.keyClicks(panel.direction, "Begin with the scene.")
    with qtbot.waitSignal(panel.direction_edited) as edited:
        panel.heading.setFocus()
    assert edited.args == ["s2", "Begin with the scene."]


def test_enter_takes_the_main_point(panel: SectionPanel, qtbot: QtBot) -> None:
    panel.show_section(lighthouses(100), "s1")
    panel.main_point.setFocus()
    panel.main_point.selectAll()
    QTest.keyClicks(panel.main_point, "Storms")
    with qtbot.waitSignal(panel.main_point_edited) as edited:
        QTest.keyClick(panel.main_point, Qt.Key.Key_Return)
    assert edited.args == ["s1", "Storms"]


def test_a_half_typed_field_goes_to_its_own_section_when_another_is_chosen(panel: SectionPanel, qtbot: QtBot) -> None:
    document = lighthouses(100, 200)
    panel.show_section(document, "s1")
    panel.main_point.setPlainText("Half typed")
    with qtbot.waitSignal(panel.main_point_edited) as edited:
        panel.show_section(document, "s2")
    assert edited.args == ["s1", "Half typed"]
    assert panel.main_point.toPlainText() == "Point 2: what it is about"


def test_text_that_arrives_does_not_disturb_what_is_being_typed(panel: SectionPanel) -> None:
    document = lighthouses(100)
    panel.show_section(document, "s1", writing={"s1"})
    panel.direction.setFocus()
    QTest.keyClicks(panel.direction, "Begin wi")
    for count in range(5):
        panel.show_section(document.with_text("s1", "word " * count), "s1", writing="s1")
    assert panel.direction.toPlainText() == "Begin wi"
    assert panel.direction.hasFocus()


def test_versions_are_looked_through_and_taken(panel: SectionPanel, qtbot: QtBot) -> None:
    document = written(written(lighthouses(100), "s1", "Old text."), "s1", "New text.")
    section = document.section("s1")
    both = (Version("Old text.", NOON - 600, "generated", temperature=0.7), Version("New text.", NOON, "edited"))
    document = document.with_section(replace(section, versions=both))
    panel.show_section(document, "s1")
    assert panel.versions.label.text().startswith("2 of 2")
    assert not panel.versions.use.isVisible()
    assert not panel.versions.newer.isEnabled()
    QTest.mouseClick(panel.versions.older, LEFT)
    assert panel.versions.label.text().startswith("1 of 2")
    assert panel.versions.label.text().endswith("temperature 0.7")
    assert panel.versions.preview.toPlainText() == "Old text."
    with qtbot.waitSignal(panel.version_wanted) as wanted:
        QTest.mouseClick(panel.versions.use, LEFT)
    assert wanted.args == ["s1", both[0]]


def test_the_offer_of_another_target_moves_nothing(panel: SectionPanel, qtbot: QtBot) -> None:
    panel.show_section(written(lighthouses(200), "s1", "word " * 204), "s1")
    qtbot.wait(20)
    before = panel.versions.mapTo(panel, QPoint(0, 0))
    QTest.keyClicks(panel.direction, "shorter")
    assert panel.offer.isVisible()
    qtbot.wait(20)
    assert panel.versions.mapTo(panel, QPoint(0, 0)) == before


def test_of_a_locked_section_it_is_told_what_the_lock_does(panel: SectionPanel) -> None:
    document = lighthouses(200)
    panel.show_section(document, "s1")
    assert not panel.locked.isVisible()
    panel.show_section(document.with_section(replace(document.section("s1"), locked=True)), "s1")
    assert panel.locked.isVisible()
    assert "You can still type in it." in panel.locked.text()
    assert panel.heading.isEnabled()


def test_a_direction_that_asks_for_another_length_offers_another_target(panel: SectionPanel) -> None:
    document = written(lighthouses(200), "s1", "word " * 204)
    panel.show_section(document, "s1")
    assert not panel.offer.isVisible()
    panel.direction.setFocus()
    QTest.keyClicks(panel.direction, "shorter, with an example")
    assert panel.offer.isVisible()
    assert panel.offer.button.text() == "Target 200 → 130"
    targets: list[tuple[str, int]] = []
    panel.target_edited.connect(lambda section_id, words: targets.append((section_id, words)))
    QTest.mouseClick(panel.offer.button, LEFT)
    assert targets == [("s1", 130)]
    section = replace(document.section("s1"), word_target=130, direction="shorter, with an example")
    panel.show_section(document.with_section(section), "s1")
    assert not panel.offer.isVisible()
    assert panel.target.hasFocus()


def test_a_text_that_is_no_version_yet_counts_as_the_newest(panel: SectionPanel) -> None:
    document = written(lighthouses(100), "s1", "Generated.").with_text("s1", "Generated, then edited.")
    assert [each.origin for each in versions_of(document.section("s1"))] == ["generated", "edited"]


def test_a_version_tells_when_and_how() -> None:
    assert version_words(Version("", NOON, "edited"), NOON).endswith("· edited")
    assert version_words(Version("", NOON, "generated", temperature=0.5), NOON).endswith("· temperature 0.5")
    assert version_words(Version("", NOON - 86_400 * 3, "edited"), NOON)[0] == "1"


def test_write_again_is_off_for_an_empty_and_for_a_locked_section(panel: SectionPanel, qtbot: QtBot) -> None:
    document = written(lighthouses(100, 100), "s1", "Text.")
    panel.show_section(document, "s2")
    assert not panel.versions.again.isEnabled()
    panel.show_section(document, "s1")
    with qtbot.waitSignal(panel.write_again_wished) as wished:
        QTest.mouseClick(panel.versions.again, LEFT)
    assert wished.args == ["s1"]
    panel.show_section(document.with_section(replace(document.section("s1"), locked=True)), "s1")
    assert not panel.versions.again.isEnabled()
    assert panel.lock.accessibleName() == "Unlock section"


def test_a_text_that_is_still_being_written_is_called_unfinished(panel: SectionPanel) -> None:
    panel.show_section(lighthouses(100).with_text("s1", "Half a"), "s1")
    assert panel.versions.label.text() == "1 of 1 · not finished"


def summarised(summary: str) -> Document:
    document = written(lighthouses(100, 100), "s1", "Text.")
    return document.with_section(replace(document.section("s1"), summary=summary, summary_of="f"))


def test_a_summary_is_one_line_that_opens_for_editing(panel: SectionPanel, qtbot: QtBot) -> None:
    panel.show_section(summarised(""), "s1")
    assert not panel.summary.isVisible()
    panel.show_section(summarised("The lamp is lit."), "s1")
    assert panel.summary.toggle.isVisible()
    assert not panel.summary.field.isVisible()
    QTest.mouseClick(panel.summary.toggle, LEFT)
    assert panel.summary.field.isVisible()
    assert panel.summary.field.toPlainText() == "The lamp is lit."
    panel.summary.field.setFocus()
    panel.summary.field.selectAll()
    QTest.keyClicks(panel.summary.field, "My own words.")
    with qtbot.waitSignal(panel.summary_edited) as edited:
        QTest.keyClick(panel.summary.field, Qt.Key.Key_Return)
    assert edited.args == ["s1", "My own words."]


def test_a_summary_that_arrives_while_another_field_is_typed_in_disturbs_nothing(panel: SectionPanel) -> None:
    panel.show_section(summarised(""), "s1")
    panel.direction.setFocus()
    QTest.keyClicks(panel.direction, "Begin wi")
    panel.show_section(summarised("The lamp is lit."), "s1")
    assert panel.direction.toPlainText() == "Begin wi"
    assert panel.summary.isVisible()


def versioned() -> Document:
    document = written(lighthouses(100, 100), "s1", "In place.")
    section = document.section("s1")
    versions = (Version("Older.", NOON - 600, "edited"), *section.versions)
    return document.with_section(replace(section, versions=versions))


def test_compare_hands_over_the_version_that_is_looked_at(panel: SectionPanel, qtbot: QtBot) -> None:
    panel.show_section(versioned(), "s1")
    with qtbot.waitSignal(panel.comparison_wished) as wished:
        QTest.mouseClick(panel.versions.compare, LEFT)
    assert wished.args == ["s1", None]
    QTest.mouseClick(panel.versions.older, LEFT)
    with qtbot.waitSignal(panel.comparison_wished) as wished:
        QTest.mouseClick(panel.versions.compare, LEFT)
    assert wished.args == ["s1", versioned().section("s1").versions[0]]
    panel.show_section(versioned(), "s2")
    assert not panel.versions.compare.isEnabled()


def test_alternatives_are_read_while_they_are_written(panel: SectionPanel) -> None:
    document = versioned()
    panel.show_section(document, "s1")
    panel.show_alternatives("s2", {1: "Of another section"})
    assert panel.versions.label.text().startswith("2 of 2")
    panel.show_alternatives("s1", {1: "The first", 2: "A second"})
    assert panel.versions.label.text() == "Alternative 1 · being written · 2"
    assert panel.versions.preview.toPlainText() == "The first"
    assert not panel.versions.use.isVisible()
    QTest.mouseClick(panel.versions.newer, LEFT)
    panel.show_alternatives("s1", {1: "The first grows", 2: "A second one, too"})
    assert panel.versions.label.text() == "Alternative 2 · being written · 4"
    assert panel.versions.preview.toPlainText() == "A second one, too"
    QTest.mouseClick(panel.versions.older, LEFT)
    QTest.mouseClick(panel.versions.older, LEFT)
    assert panel.versions.label.text().startswith("2 of 2")
    panel.show_alternatives("s1", {})
    assert not panel.versions.newer.isEnabled()


def test_a_version_says_in_full_how_it_came_about() -> None:
    version = Version("", NOON, "generated", "Qwen", 7, 0.5, "Shorter,\nplease")
    assert origin_words(version) == "Direction: Shorter, please. Written by Qwen, temperature 0.5, seed 7."
    assert origin_words(Version("", NOON, "edited")) == "Edited by hand."
    assert version_words(Version("", NOON - 86_400 * 400, "edited"), NOON).split(" ")[2] == "2022"


def test_its_buttons_fit_into_the_narrowest_panel(panel: SectionPanel, qtbot: QtBot) -> None:
    panel.setFixedWidth(220)
    panel.show_section(versioned(), "s1")
    QTest.mouseClick(panel.versions.older, LEFT)
    for button in (panel.versions.again, panel.versions.alternatives, panel.versions.compare, panel.versions.use):
        assert button.isVisible()
        assert button.width() >= button.minimumSizeHint().width()
        assert button.mapTo(panel, button.rect().bottomRight()).x() <= 220


def test_what_is_shown_a_little_otherwise_than_it_is_stored_is_no_change(panel: SectionPanel) -> None:
    document = written(lighthouses(100), "s1", "Text.")
    section = replace(document.section("s1"), main_point="Two  spaces", heading="Intro ", direction="Brief,\u00a0or\n")
    heard: list[object] = []
    for signal in (panel.main_point_edited, panel.heading_edited, panel.direction_edited, panel.target_edited):
        signal.connect(lambda *told: heard.append(told))
    panel.show_section(document.with_section(replace(section, word_target=150_000)), "s1")
    panel.commit()
    assert heard == []
    panel.direction.setPlainText("Brief")
    panel.commit()
    assert heard == [("s1", "Brief")]


def test_an_older_version_can_be_read_while_the_text_is_written_anew(panel: SectionPanel) -> None:
    document = versioned()
    panel.show_section(document, "s1")
    QTest.mouseClick(panel.versions.older, LEFT)
    writing = document.with_section(replace(document.section("s1"), text="Another beg", complete=False))
    panel.show_section(writing, "s1", writing={"s1"})
    assert panel.versions.preview.toPlainText() == "Older."
    assert panel.versions.preview.isVisible()
    used = document.with_section(replace(document.section("s1"), text="Older."))
    panel.show_section(used, "s1")
    assert not panel.versions.preview.isVisible()
    assert panel.versions.label.text().startswith("1 of 2")


def test_who_reads_an_alternative_goes_on_reading_when_one_is_done(panel: SectionPanel) -> None:
    document = versioned()
    panel.show_section(document, "s1")
    panel.show_alternatives("s1", {1: "The first", 2: "A second"})
    QTest.mouseClick(panel.versions.newer, LEFT)

    def done(text: str, document: Document) -> Document:
        section = document.section("s1")
        kept = Version(text, NOON, "generated", temperature=0.7)
        return document.with_section(replace(section, versions=(*section.versions, kept)))

    document = done("The first is done.", document)
    panel.show_section(document, "s1")
    assert panel.versions.preview.toPlainText() == "A second"
    panel.show_alternatives("s1", {2: "A second grows"})
    assert panel.versions.preview.toPlainText() == "A second grows"
    panel.show_section(done("A second grows and is done.", document), "s1")
    panel.show_alternatives("s1", {})
    assert panel.versions.preview.toPlainText() == "A second grows and is done."
    assert panel.versions.label.text().startswith("4 of 4")
    assert panel.versions.use.isVisible()


def test_a_text_with_spaces_that_do_not_break_grows_without_being_put_in_anew(panel: SectionPanel) -> None:
    panel.show_section(versioned(), "s1")
    panel.show_alternatives("s1", {1: "Un\u00a0mot"})
    taken_out: list[int] = []
    panel.versions.preview.document().contentsChange.connect(lambda _at, removed, _added: taken_out.append(removed))
    panel.show_alternatives("s1", {1: "Un\u00a0mot et"})
    assert not any(taken_out)
    assert panel.versions.preview.toPlainText() == "Un mot et"


def test_versions_of_a_section_that_was_emptied_are_not_said_to_stand_in_it(panel: SectionPanel) -> None:
    panel.show_section(versioned().with_text("s1", ""), "s1")
    assert panel.versions.label.text() == "2 versions, none in place"
    QTest.mouseClick(panel.versions.older, LEFT)
    assert panel.versions.preview.toPlainText() == "In place."
    panel.show_alternatives("s1", {1: "The first"})
    assert panel.versions.label.text().startswith("Alternative 1")
    assert not panel.versions.newer.isEnabled()
