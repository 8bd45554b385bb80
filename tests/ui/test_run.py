from dataclasses import replace

import pytest

from longwriter_desktop.agentwrite.events import SectionStarted
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.ui.progress import progress_of
from longwriter_desktop.ui.run import CHANGED, Run
from longwriter_desktop.ui.tally import Tally

TEN = "one two three four five six seven eight nine ten"


def document(*sections: Section, asked: int = 0) -> Document:
    return Document(word_target=asked, sections=sections)


def written(words: int = 10, **more: object) -> Section:
    return replace(Section("Lamps", words, text=TEN, complete=True, basis="x"), **more)  # type: ignore[arg-type] # fields by name


def started(section: Section, number: int = 1, again: bool = False) -> SectionStarted:
    return SectionStarted(section.id, number, 0 if again else section.words, section.word_target, again)


def by_itself(run: Run) -> bool:
    return run.stopped_by_itself


def test_all_that_is_not_finished_and_not_locked_is_left() -> None:
    half, locked = Section("Storms", 100, text=TEN), Section("Keepers", 70, locked=True)
    shown = document(written(), half, locked, Section("Wrecks", 200))
    run = Run(Tally())
    run.begin(shown)
    assert run.words_left(shown) == 90 + 200


def test_of_some_sections_only_those_are_left() -> None:
    first, second = Section("Storms", 100), Section("Wrecks", 200)
    shown = document(first, second)
    run = Run(Tally())
    run.begin(shown, [second.id])
    assert run.words_left(shown) == 200
    run.section_finished(second.id)
    assert run.words_left(shown) == 0


def test_what_is_written_again_counts_whole_until_it_has_begun() -> None:
    first, second = written(10), written(20)
    shown = document(first, second)
    run = Run(Tally())
    run.begin(shown, [first.id, second.id], again=True)
    assert run.words_left(shown) == 30
    run.section_started(started(first, again=True))
    grown = shown.with_section(replace(first, text="one two three", complete=False))
    assert run.words_left(grown) == 7 + 20


def test_only_words_of_the_writer_make_its_speed() -> None:
    first, other = Section("Storms", 100, text=TEN), Section("Wrecks", 100)
    shown = document(first, other)
    run = Run(Tally())
    run.begin(shown)
    run.section_started(started(first))
    run.wrote(1, 100.0)
    typed = shown.with_text(other.id, TEN * 20).with_text(first.id, f"{TEN} {TEN}")
    run.measure(typed, 160.0)
    assert run.pace.words_per_minute(160.0) == pytest.approx(10)


def test_why_it_has_stopped_is_told_with_its_place() -> None:
    first, second = Section("Storms", 100), Section("Wrecks", 100)
    shown = document(first, second)
    run = Run(Tally())
    run.begin(shown)
    run.section_started(started(second, 2))
    assert run.why_stopped(shown) == ""
    run.pausing()
    assert run.why_stopped(shown) == "paused in section 2"
    assert not by_itself(run)
    run.pausing(CHANGED)
    assert run.why_stopped(shown) == "paused in section 2: you changed it"
    assert not by_itself(run)
    run.pausing("battery at 9 %")
    assert by_itself(run)
    run.ended("paused", 5.0)
    assert run.why_stopped(shown.moved(second.id, 0)) == "paused in section 1: battery at 9 %"
    run.ended("failed", 5.0)
    assert run.why_stopped(shown) == "stopped in section 2 by a problem"
    assert run.ended_at == 0
    run.ended("done", 5.0)
    assert run.why_stopped(shown) == ""
    assert run.ended_at == 5.0
    run.begin(shown)
    assert (run.why_stopped(shown), run.ended_at) == ("", 0)


def test_progress_is_held_against_the_plan_and_says_when_that_is_not_what_was_asked() -> None:
    shown = document(written(10), Section("Wrecks", 30), asked=100)
    progress = progress_of(shown, Tally())
    assert (progress.words, progress.aim, progress.asked) == (10, 40, 100)
    assert progress.differs
    assert progress.share == pytest.approx(0.25)
    assert not progress_of(document(written(10), asked=10), Tally()).differs


def test_a_finished_document_is_at_the_end_whatever_its_length() -> None:
    assert progress_of(document(written(13), written(9)), Tally()).share == 1.0
    # More words than asked in one section do not stand for those that another lacks.
    long = Section("Storms", 5, text=TEN)
    assert progress_of(document(long, Section("Wrecks", 5)), Tally()).share == 0.5
    assert progress_of(document(), Tally()).share == 0.0
