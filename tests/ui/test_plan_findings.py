from dataclasses import replace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.ui import plan_findings
from longwriter_desktop.ui.edited_document import EditedDocument
from longwriter_desktop.ui.plan_findings import PlanFindings

LOOK_AFTER_MS = 60
GOOD = ("The sea: how the tides rise and fall", "The shore: sand, stones and what lives between them")

LONG = tuple(f"word{at} item{at} thing{at} place{at} in what is told of the coast" for at in range(200))
"""Main points that have little in common."""


@pytest.fixture(autouse=True)
def _looks_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_findings, "LOOK_AFTER_MS", LOOK_AFTER_MS)


def document(*points: str, targets: tuple[int, ...] = (), asked: int = 0) -> Document:
    words = targets or (500,) * len(points)
    sections = tuple(
        Section(point, target, id=f"s{number}")
        for number, (point, target) in enumerate(zip(points, words, strict=True))
    )
    return Document(instruction="Write about the coast", sections=sections, word_target=asked or sum(words))


def strip(qtbot: QtBot, shown: Document) -> PlanFindings:
    findings = PlanFindings()
    qtbot.addWidget(findings)
    findings.set_document(shown)
    findings.look()
    return findings


def test_a_good_plan_has_nothing_to_say(qtbot: QtBot) -> None:
    findings = strip(qtbot, document(*GOOD))
    assert findings.findings == ()
    assert findings.isHidden()


def test_an_empty_line_is_told_plainly_and_only_when_nobody_types_in_it(qtbot: QtBot) -> None:
    typing = [True]
    findings = PlanFindings(is_typing=lambda: typing[0])
    qtbot.addWidget(findings)
    findings.set_document(document(*GOOD, ""))
    qtbot.wait(2 * LOOK_AFTER_MS)
    assert findings.isHidden()
    typing[0] = False
    qtbot.waitUntil(lambda: not findings.isHidden())
    assert f"Section {len(GOOD) + 1} has no main point yet." in [each.text for each in findings.findings]


def test_a_finding_is_shown_with_its_repair_and_its_section(qtbot: QtBot) -> None:
    findings = strip(qtbot, document(*GOOD, GOOD[0]))
    assert not findings.isHidden()
    assert "say nearly the same" in findings._text.text()
    with qtbot.waitSignal(findings.section_wished) as section:
        findings._go_there.click()
    assert section.args == ["s0"]
    with qtbot.waitSignal(findings.repair_wished) as repair:
        findings._repair.click()
    assert repair.args == [findings.findings[0]]


def test_several_findings_are_gone_through_one_after_another(qtbot: QtBot) -> None:
    findings = strip(qtbot, document(*GOOD, GOOD[0], asked=4000))
    count = len(findings.findings)
    assert count > 1
    seen = set()
    for number in range(1, count + 1):
        assert findings._place.text() == f"{number} of {count}"
        seen.add(findings._text.text())
        findings._next.click()
    assert len(seen) == count
    assert findings._place.text() == f"1 of {count}"


def test_the_plan_is_looked_at_a_moment_after_it_has_changed_and_not_while_text_comes(qtbot: QtBot) -> None:
    findings = strip(qtbot, document(*GOOD))
    findings.set_document(document(*GOOD).with_text("s0", "Some text."))
    assert not findings._later.isActive()
    findings.set_document(document(*GOOD, GOOD[1]))
    qtbot.waitUntil(lambda: bool(findings.findings))


def test_repairing_keeps_texts_and_can_be_undone(qtbot: QtBot) -> None:
    edited = EditedDocument(lambda: 1.0)
    before = document(*GOOD, GOOD[0], asked=1600).with_text("s0", "The tide came in.")
    edited._document = before
    edited.repair_plan(None)
    assert edited.document.words_planned == 1600
    assert not edited.document.has_section("s2")
    edited.put(edited.document.with_text("s0", "The tide came in. And it went out."))
    edited.undo()
    assert [section.id for section in edited.document.sections] == ["s0", "s1", "s2"]
    assert [section.word_target for section in edited.document.sections] == [500, 500, 500]
    assert edited.document.section("s0").text == "The tide came in. And it went out."
    edited.redo()
    assert edited.document.words_planned == 1600
    assert edited.document.section("s0").text == "The tide came in. And it went out."


def test_repair_stays_where_it_is_from_one_finding_to_the_next(qtbot: QtBot) -> None:
    asked = replace(document(*GOOD, "Wind"), instruction="Write about the coast. Cover tides, sand, and lighthouses.")
    findings = strip(qtbot, asked)
    findings.resize(600, findings.heightForWidth(600))
    findings.show()
    places, shows = set(), set()
    for _ in findings.findings:
        qtbot.wait(20)
        places.add((findings._repair.x(), findings._repair_all.x()))
        shows.add(findings._go_there.isVisible())
        findings._next.click()
    assert shows == {True, False}
    assert len(places) == 1
    assert findings._place.x() + findings._place.contentsMargins().left() == 14


def test_another_instruction_is_a_reason_to_look_again(qtbot: QtBot) -> None:
    findings = strip(qtbot, document(*GOOD))
    asked = replace(document(*GOOD), instruction="Write about the coast. Cover tides, sand, and lighthouses.")
    findings.set_document(asked)
    qtbot.waitUntil(lambda: bool(findings.findings))
    assert "“lighthouses”" in findings._text.text()
    assert findings._go_there.isHidden()
    edited = EditedDocument(lambda: 1.0)
    edited._document = asked
    edited.repair_plan(findings.findings[0])
    findings.set_document(edited.document)
    findings.look()
    assert findings.findings == ()
    assert edited.document.words_planned == 1000


def test_a_long_plan_is_looked_at_while_the_window_does_other_things(qtbot: QtBot) -> None:
    findings = PlanFindings()
    qtbot.addWidget(findings)
    findings.set_document(document(*LONG, LONG[0]))
    turns: list[bool] = []
    meanwhile = QTimer()
    meanwhile.timeout.connect(lambda: turns.append(bool(findings.findings)))
    meanwhile.start(0)
    qtbot.waitUntil(lambda: bool(findings.findings), timeout=20_000)
    began = len(turns)
    assert began > 3
    findings.set_document(document(*GOOD))
    qtbot.waitUntil(lambda: not findings.findings, timeout=20_000)
    meanwhile.stop()


def test_a_plan_that_changes_while_it_is_looked_at_is_looked_at_anew(qtbot: QtBot) -> None:
    findings = PlanFindings()
    qtbot.addWidget(findings)
    findings.set_document(document(*LONG, LONG[0]))
    findings._begin(0)
    assert findings._between.isActive()
    findings.set_document(document(*GOOD))
    assert not findings._between.isActive()
    qtbot.waitUntil(lambda: not findings._later.isActive(), timeout=20_000)
    qtbot.waitUntil(lambda: not findings._between.isActive(), timeout=20_000)
    assert findings.findings == ()


def test_in_a_narrow_pane_every_button_is_whole(qtbot: QtBot) -> None:
    findings = strip(qtbot, document(*GOOD, GOOD[0], targets=(100, 2200, 500), asked=9000))
    findings.show()
    for width in (320, 200, 150):
        findings.resize(width, findings.heightForWidth(width))
        QApplication.processEvents()
        for button in findings.findChildren(QPushButton):
            if button.isVisible():
                assert button.width() >= button.sizeHint().width()
                assert findings.rect().contains(button.geometry()), button.text()


def told_by(edited: EditedDocument) -> list[str]:
    told: list[str] = []
    edited.noticed.connect(lambda notice: told.append(notice.text))
    return told


def test_a_sum_that_does_not_fit_is_answered_in_two_ways_and_costs_no_section(qtbot: QtBot) -> None:
    shown = document(*GOOD, LONG[0], LONG[1], targets=(150, 150, 150, 150), asked=500)
    findings = strip(qtbot, shown)
    assert findings._repair.text() == "Scale the targets to 500"
    assert findings._other_total.text() == "Ask for 600 instead"
    assert not findings._other_total.isHidden()
    with qtbot.waitSignal(findings.total_wished) as total:
        findings._other_total.click()
    assert total.args == [600]
    edited = EditedDocument(lambda: 1.0)
    edited._document = shown
    told = told_by(edited)
    edited.set_target("s1", 200)
    edited.repair_plan(findings.findings[0])
    assert [section.word_target for section in edited.document.sections] == [100, 200, 100, 100]
    assert told == ["The plan was repaired: 3 targets changed."]
    edited.undo()
    assert [section.word_target for section in edited.document.sections] == [150, 200, 150, 150]


def test_the_buttons_of_a_sum_go_with_it(qtbot: QtBot) -> None:
    findings = strip(qtbot, document(*GOOD, GOOD[0], targets=(500, 500, 500), asked=1200))
    assert [finding.kind for finding in findings.findings] == ["duplicate", "total"]
    assert (findings._repair.text(), findings._other_total.isHidden()) == ("Repair", True)
    findings._next.click()
    assert (findings._repair.text(), findings._other_total.isHidden()) == ("Scale the targets to 1,200", False)


def test_another_asked_length_and_a_written_section_are_reasons_to_look_again(qtbot: QtBot) -> None:
    findings = strip(qtbot, document(*GOOD, asked=900))
    assert findings.findings
    findings.set_document(document(*GOOD, asked=1000))
    qtbot.waitUntil(lambda: not findings.findings)
    small = document(*GOOD, targets=(150, 850))
    findings.set_document(small)
    qtbot.waitUntil(lambda: bool(findings.findings))
    findings.set_document(small.with_section(replace(small.section("s0"), text="It is there.", complete=True)))
    qtbot.waitUntil(lambda: not findings.findings)


def test_what_is_too_long_in_a_main_point_becomes_the_direction(qtbot: QtBot) -> None:
    sentences = [f"Room {place} holds the nets, the lamps and the boots of its crew." for place in "ABCDEFGHI"]
    edited = EditedDocument(lambda: 1.0)
    edited._document = document(GOOD[0], " ".join(sentences))
    told = told_by(edited)
    edited.repair_plan(None)
    assert edited.document.section("s1").direction == " ".join(sentences[6:])
    assert told == ["The plan was repaired: 1 main point changed."]
    edited.undo()
    assert edited.document.section("s1").direction == ""
