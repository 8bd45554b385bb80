from dataclasses import replace

from longwriter_desktop.agentwrite.figures import figures, repetition
from longwriter_desktop.agentwrite.loop_guard import repeated_share
from longwriter_desktop.agentwrite.near_duplicates import near_duplicates
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Status
from tests.agentwrite.samples import ENGLISH

_PARAGRAPHS = ENGLISH.strip().split("\n\n")


def words(count: int) -> str:
    return " ".join(["word"] * count)


def document() -> Document:
    sections = (
        Section("The first", 100, heading="One", text=words(95), complete=True, id="a"),
        Section("The second\n of them", 100, text=words(150), complete=True, id="b"),
        Section("The third", 100, text=words(30), id="c"),
        Section("The fourth", 100, locked=True, id="d"),
    )
    return Document(word_target=500, sections=sections)


def test_each_section_stands_with_what_was_asked_and_delivered() -> None:
    found = figures(document(), lambda section: section.words)
    assert [(each.asked, each.delivered) for each in found.sections] == [(100, 95), (100, 150), (100, 30), (100, 0)]
    assert [each.title for each in found.sections] == ["One", "The second of them", "The third", "The fourth"]
    assert [each.status for each in found.sections][2:] == [Status.PARTIAL, Status.PLANNED]
    assert found.sections[3].is_locked
    assert (found.asked, found.delivered) == (500, 275)


def test_only_finished_sections_are_judged() -> None:
    first, second, third, fourth = figures(document(), lambda section: section.words).sections
    assert first.score == document().section("a").length_score
    assert second.difference == 0.5
    assert third.score is fourth.score is None
    assert third.difference is None
    assert figures(document(), lambda section: section.words, writing="b").sections[1].score is None
    unasked = replace(document().section("a"), word_target=0)
    assert figures(document().with_section(unasked), lambda section: section.words).sections[0].score is None


def test_the_document_is_summed_up() -> None:
    found = figures(document(), lambda section: section.words)
    assert found.near == 1
    assert len(found.done) == 2
    first, second = (each.score for each in found.done)
    assert first is not None
    assert second is not None
    assert found.section_score == (first + second) / 2
    assert found.score is None
    assert figures(Document(), lambda section: section.words).section_score is None
    assert figures(Document(), lambda section: section.words).score is None


def test_a_document_is_judged_when_all_of_it_is_written() -> None:
    whole = replace(document(), sections=document().sections[:2])
    assert figures(whole, lambda section: section.words).score == whole.length_score


def test_repetition_is_told_by_its_share_and_by_the_sections() -> None:
    once = Document(sections=tuple(Section("p", 100, text=text, id=str(at)) for at, text in enumerate(_PARAGRAPHS)))
    twice = once.inserted(99, Section("again", 100, text=_PARAGRAPHS[0], id="again"))
    assert repetition(once).share < 0.01
    assert repetition(twice).share == repeated_share("\n".join(each.text for each in twice.sections), 12)
    assert repetition(twice).duplicates == near_duplicates(twice)
    assert repetition(once).duplicates == ()
    assert repetition(twice).share > 0.1
    assert [(each.section_id, each.other_id) for each in repetition(twice).duplicates] == [("again", "0")]
