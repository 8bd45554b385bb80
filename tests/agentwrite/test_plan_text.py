from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.plan_text import format_plan, parse_plan
from longwriter_desktop.document.outline import Step

_POINTS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)
_SENTENCES = st.lists(_POINTS, min_size=2, max_size=6).map(" ".join)


@given(st.lists(st.tuples(_SENTENCES, st.integers(1, 20_000)), min_size=1, max_size=12), st.sampled_from(["en", "zh"]))
def test_what_is_printed_can_be_read_back(lines: list[tuple[str, int]], language: str) -> None:
    steps = tuple(Step(number, point, words) for number, (point, words) in enumerate(lines, start=1))
    assert parse_plan(format_plan(steps, "zh" if language == "zh" else "en")) == steps


def test_the_lines_are_those_of_agentwrite() -> None:
    step = Step(3, "Argand's lamp, told through Cordouan", 900)
    assert format_plan((step,), "en") == (
        "Paragraph 3 - Main Point: Argand's lamp, told through Cordouan - Word Count: 900 words"
    )
    assert format_plan((Step(1, "灯塔", 400),), "zh") == "段落1 - 要点：灯塔 - 字数：400字"


def test_lines_are_read_in_the_forms_that_people_and_models_write() -> None:
    text = """Here is the plan:
Paragraph 1 - Main Point: The founding of Rome, 753 BC - Word Count: 200 words

**Paragraph 2** - Main Point: The Republic - Word Count: 1,200 words.
段落3 - 要点：气候变化 - 字数：400字
4. The fall (about 300 words)
- Legacy - 150 words
## Coda
第五段：结尾
"""
    assert [(step.number, step.main_point, step.words) for step in parse_plan(text)] == [
        (1, "The founding of Rome, 753 BC", 200),
        (2, "The Republic", 1200),
        (3, "气候变化", 400),
        (4, "The fall", 300),
        (5, "Legacy", 150),
        (6, "Coda", 0),
        (7, "结尾", 0),
    ]


def test_plain_lines_are_steps_when_no_line_is_marked() -> None:
    assert [(step.main_point, step.words) for step in parse_plan("The sea\nThe shore - 100 words\n")] == [
        ("The sea", 0),
        ("The shore", 100),
    ]


@given(st.text())
def test_any_text_is_read_without_an_error_and_numbered_from_1(text: str) -> None:
    steps = parse_plan(text)
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    assert all(step.main_point.strip() and step.words >= 0 for step in steps)
