import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.plan_text import format_plan, format_step, missing_numbers, parse_plan, read_plan
from longwriter_desktop.document.outline import Step

_POINTS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)
_SENTENCES = st.lists(_POINTS, min_size=2, max_size=6).map(" ".join)


@given(st.lists(st.tuples(_SENTENCES, st.integers(1, 20_000)), min_size=1, max_size=12), st.sampled_from(["en", "zh"]))
def test_what_is_printed_can_be_read_back(lines: list[tuple[str, int]], language: str) -> None:
    steps = tuple(Step(number, point, words) for number, (point, words) in enumerate(lines, start=1))
    assert parse_plan(format_plan(steps, "zh" if language == "zh" else "en")) == steps


@given(st.lists(st.tuples(st.text(), st.integers(0, 999_999)), min_size=1, max_size=8), st.sampled_from(["en", "zh"]))
def test_any_main_point_comes_back_as_it_is(lines: list[tuple[str, int]], language: str) -> None:
    points = [" ".join(point.split()) or "x" for point, _ in lines]
    steps = tuple(Step(number, point, lines[number - 1][1]) for number, point in enumerate(points, start=1))
    assert parse_plan(format_plan(steps, "zh" if language == "zh" else "en")) == steps


@pytest.mark.parametrize(
    "point", ["1. A list - 100 words", "Main Point: b - Word Count: 5 words", "| a | b |", "Total: 9"]
)
def test_a_main_point_may_look_like_a_plan(point: str) -> None:
    assert parse_plan(format_step(Step(1, point, 300), "en")) == (Step(1, point, 300),)


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


_ATTRIBUTES = """Paragraph 1:
- Main Point: The founding of Rome
- Word Count: 400 words

Paragraph 2:
- Main Point: The republic
- Word Count: about 300 words
"""
_HEADINGS = """# The Hive
## Introduction (300 words)
- what bees are
- why they matter
## The year in the hive
"""
_CHAPTERS = """## Part one
1. The kings
2. The republic - 300 words
## Part two
3. The emperors
"""
_NESTED = """1. **Introduction** (200 words)
   - what it is
   - why it matters
2. Body (400 words)
   a remark
2.1 First detail
3. End

Total: 600 words
"""
_TABLE = """Here is the plan:
| # | Main point | Words |
|---|---|---|
| 1 | The kings | 300 |
| 2 | The republic | 1,200 |
| 3 | The emperors | about 400 words |
"""
_CHINESE = """段落1 - 要点：气候变化 - 字数：400字
第二段：影响（约300字）
三、对策，约三百字
（四）展望
第十二章 结尾 500-600字
总字数：2000字
"""
_LABELS = """**Step 1:** Do this. [Word Count: 300 words]
Step 2. Do that (Word count: approximately 400 words)
Section III: The third
"""


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (_ATTRIBUTES, [(1, "The founding of Rome", 400), (2, "The republic", 300)]),
        (
            _HEADINGS,
            [(None, "Introduction: what bees are; why they matter", 300), (None, "The year in the hive", 0)],
        ),
        (_CHAPTERS, [(1, "The kings", 0), (2, "The republic", 300), (3, "The emperors", 0)]),
        (
            _NESTED,
            [(1, "Introduction: what it is; why it matters", 200), (2, "Body: First detail", 400), (3, "End", 0)],
        ),
        (_TABLE, [(1, "The kings", 300), (2, "The republic", 1200), (3, "The emperors", 400)]),
        (
            _CHINESE,
            [(1, "气候变化", 400), (2, "影响", 300), (3, "对策", 300), (4, "展望", 0), (12, "结尾", 600)],
        ),
        (_LABELS, [(1, "Do this", 300), (2, "Do that", 400), (3, "The third", 0)]),
        ("- The sea\n- The shore (~150 words)\n", [(None, "The sea", 0), (None, "The shore", 150)]),
        ("# T\n## A\n### one\n### two\n## B\n### three\n", [(None, "one", 0), (None, "two", 0), (None, "three", 0)]),
        (
            "1. Total eclipse of the sun\n2. At 10:30, 500 words\n",
            [(1, "Total eclipse of the sun", 0), (2, "At 10:30", 500)],
        ),
        (
            "- 第一次世界大战的起因\n- 第二次世界大战，四百字",
            [(None, "第一次世界大战的起因", 0), (None, "第二次世界大战", 400)],
        ),
    ],
)
def test_each_form_gives_its_steps_and_the_numbers_that_stood_there(
    text: str, lines: list[tuple[int | None, str, int]]
) -> None:
    read = read_plan(text)
    assert [
        (number, step.main_point, step.words) for number, step in zip(read.numbers, read.steps, strict=True)
    ] == lines


def test_gaps_in_the_numbering_are_found() -> None:
    assert missing_numbers(read_plan("1. a b c\n2. d e f\n5. g h i").numbers) == (3, 4)
    assert missing_numbers(read_plan("- a\n- b").numbers) == ()


@given(
    st.lists(
        st.sampled_from(
            [*_ATTRIBUTES.splitlines(), *_NESTED.splitlines(), *_TABLE.splitlines(), *_HEADINGS.splitlines()]
        )
    )
)
def test_mixed_up_forms_are_read_without_an_error(rows: list[str]) -> None:
    read = read_plan("\n".join(rows))
    assert len(read.numbers) == len(read.steps)
    assert all(step.main_point.strip() and step.words >= 0 for step in read.steps)
