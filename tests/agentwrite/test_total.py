from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.total import with_total
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section


def document(*targets: int, locked: tuple[int, ...] = (), finished: tuple[int, ...] = ()) -> Document:
    sections = tuple(
        Section(
            f"Point {number}",
            target,
            id=f"s{number}",
            locked=number in locked,
            text="Some words." if number in finished else "",
            complete=number in finished,
        )
        for number, target in enumerate(targets, start=1)
    )
    return Document(word_target=sum(targets), sections=sections)


def targets(made: Document) -> list[int]:
    return [section.word_target for section in made.sections]


def test_the_targets_follow_the_total_in_proportion() -> None:
    after = with_total(document(200, 400, 400), 2000)
    assert targets(after) == [400, 800, 800]
    assert after.word_target == 2000


def test_what_can_stay_between_200_and_1000_words_does() -> None:
    assert targets(with_total(document(100, 900, 1000), 1000)) == [200, 380, 420]
    assert targets(with_total(document(200, 210, 190, 200), 400)) == [100, 110, 90, 100]


def test_a_total_that_the_plan_has_already_moves_no_target() -> None:
    made = replace(document(333, 222, 111), word_target=500)
    assert with_total(made, 666) == replace(made, word_target=666)


def test_locked_and_finished_sections_keep_their_targets() -> None:
    after = with_total(document(500, 500, 500, 500, locked=(1,), finished=(2,)), 2600)
    assert targets(after) == [500, 500, 800, 800]


def test_finished_sections_follow_where_the_others_cannot_take_up_the_change() -> None:
    assert targets(with_total(document(500, 500, 500, finished=(1, 2)), 3000)) == [1000, 1000, 1000]
    assert targets(with_total(document(500, 500, 500, locked=(1,), finished=(2,)), 900)) == [500, 200, 200]


def test_where_nothing_can_change_only_the_asked_length_does() -> None:
    made = document(500, 500, locked=(1, 2))
    assert with_total(made, 4000) == replace(made, word_target=4000)
    assert with_total(Document(), 700) == Document(word_target=700)


@settings(max_examples=80)
@given(
    st.lists(st.tuples(st.integers(0, 1500), st.booleans(), st.booleans()), max_size=8),
    st.integers(1, 20_000),
)
def test_what_may_change_adds_up_to_the_total_and_locks_hold(made_of: list[tuple[int, bool, bool]], total: int) -> None:
    made = Document(
        sections=tuple(
            Section("p", target, locked=locked, complete=finished, text="x" if finished else "", id=str(at))
            for at, (target, locked, finished) in enumerate(made_of)
        )
    )
    after = with_total(made, total)
    assert after.word_target == total
    for old, new in zip(made.sections, after.sections, strict=True):
        assert replace(new, word_target=old.word_target) == old
        assert not old.locked or new.word_target == old.word_target
    if targets(after) != targets(made):
        assert after.words_planned == total
