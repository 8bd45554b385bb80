import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.targets import with_targets
from longwriter_desktop.document.outline import Step
from longwriter_desktop.errors import InputProblem
from longwriter_desktop.ui.starting import document_for


@given(st.lists(st.integers(0, 900), min_size=1, max_size=12), st.integers(0, 20_000))
def test_every_line_gets_a_target_and_given_ones_stay(words: list[int], asked: int) -> None:
    steps = tuple(Step(number, f"Point {number}", each) for number, each in enumerate(words, start=1))
    made = with_targets(steps, asked)
    assert all(step.words > 0 for step in made)
    assert all(new.words == old.words for new, old in zip(made, steps, strict=True) if old.words)


@given(st.integers(1, 12), st.integers(3000, 20_000))
def test_lines_without_a_count_share_the_asked_length(lines: int, asked: int) -> None:
    steps = tuple(Step(number, "Point", 0) for number in range(1, lines + 1))
    assert sum(step.words for step in with_targets(steps, asked)) == pytest.approx(asked, abs=lines)


def test_an_outline_alone_becomes_the_instruction_in_its_language() -> None:
    english = document_for("", None, "auto", (Step(1, "Storms", 300), Step(2, "Lamps", 200)))
    assert english.instruction == "Write a text along this outline: Storms; Lamps"
    assert english.title == "Storms"
    chinese = document_for(" ", None, "auto", (Step(1, "北京的历史与文化", 300),))
    assert chinese.language == "zh"
    assert "北京的历史与文化" in chinese.instruction


def test_nothing_at_all_is_refused() -> None:
    with pytest.raises(InputProblem):
        document_for(" ", None, "auto")
