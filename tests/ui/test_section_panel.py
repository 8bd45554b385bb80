from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
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
    assert [each.origin for each in versions_of(document.section("s1"), NOON)] == ["generated", "edited"]


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
