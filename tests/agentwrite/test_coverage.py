import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.coverage import best_line, coverage, is_closing, with_topic

ASKED = "Write an article about solar power, covering its history, the disadvantages, grid connection and farms."


def test_what_no_line_takes_up_is_missed() -> None:
    lines = ["Origins: the first cells of 1954", "Drawbacks: what happens at night", "Grids: how a roof is connected"]
    found = coverage(ASKED, lines)
    assert found.named == ("history", "disadvantages", "grid connection", "farms")
    assert found.missed == ("farms",)
    assert found.share == 0.75


def test_without_named_topics_there_is_no_share() -> None:
    assert coverage("Write about the sea.", ["The sea: waves"]).share is None


@pytest.mark.parametrize(
    ("topic", "line"),
    [
        ("applications", "How it is applied in hospitals"),
        ("the economy", "Economic growth and what it costs"),
        ("environmental impact", "The environment: what it suffers"),
        ("purpose", "Why it was made: the goals of its makers"),
        ("words of gratitude to parents", "Thanking mother and father: grateful for parents like you"),
        ("teaching objectives", "What pupils will learn: the objectives of the lesson"),
        ("benefits", "What speaks for it: the advantages in daily life"),
    ],
)
def test_another_form_or_another_word_for_a_topic_takes_it_up(topic: str, line: str) -> None:
    assert coverage(f"Write an article covering {topic} and zebras.", [line]).missed == ("zebras",)


@pytest.mark.parametrize(
    ("topic", "line"),
    [
        ("教学目标", "本课的目的：学生要学会什么"),
        ("市场现状", "今天的市场：现状与数字"),
        ("会议对于员工的意义", "意义：会议怎样激励每一位员工"),
        ("优势", "好处：省钱又省力"),
    ],
)
def test_chinese_topics_are_found_in_other_words_too(topic: str, line: str) -> None:
    assert coverage(f"请写一篇文章，内容包括{topic}、长颈鹿。", [line]).missed == ("长颈鹿",)


def test_a_word_that_many_topics_share_does_not_take_them_up() -> None:
    asked = "Write a lesson plan covering teaching aims, teaching tools, teaching steps and teaching games."
    assert coverage(asked, ["Teaching aims: what pupils will know"]).missed == (
        "teaching tools",
        "teaching steps",
        "teaching games",
    )


def test_topics_in_another_language_than_the_plan_are_left_out() -> None:
    asked = "请用英文写一篇关于茶的文章，内容包括历史、种类和茶文化。"
    assert coverage(asked, ["The history of tea"]).named == ()
    assert coverage(asked, ["茶的历史"]).missed == ("种类", "茶文化")


def test_a_topic_in_a_text_that_is_written_is_not_missed() -> None:
    assert (
        coverage(ASKED, ["Origins and drawbacks", "Grid connections"], ["Many a FARM lives by its roof."]).missed == ()
    )


def test_a_topic_is_put_with_the_line_that_is_nearest() -> None:
    lines = ["The grid: cables and meters", "History: first cells"]
    assert best_line("connection to the grid", lines) == 0
    assert best_line("zebras", lines) is None
    assert with_topic("History: first cells.", "zebras") == "History: first cells; zebras"
    assert with_topic("历史：最早的电池。", "斑马") == "历史：最早的电池；斑马"
    assert is_closing("In conclusion: what is left")
    assert not is_closing("How the shops of a small town shut for good: the baker draws a conclusion")


_TOPICS = st.lists(
    st.sampled_from("harbour tides granite lanterns orchards fishing weather ships".split()),
    min_size=2,
    max_size=6,
    unique=True,
)


@given(_TOPICS, st.data())
def test_exactly_the_topics_without_a_line_are_missed(topics: list[str], data: st.DataObject) -> None:
    taken = data.draw(st.lists(st.sampled_from(topics), unique=True, min_size=1))
    asked = f"Write an article about the coast, covering {', '.join(topics[:-1])} and {topics[-1]}."
    lines = [f"Then: more of the {topic} and all else" for topic in taken]
    assert set(coverage(asked, lines).missed) == set(topics) - set(taken)
    missed = coverage(asked, lines).missed
    mended = [*lines[:-1], with_topic(lines[-1], ", ".join(missed))]
    assert coverage(asked, mended).missed == ()


@given(st.text(max_size=200), st.lists(st.text(max_size=80), max_size=5))
def test_any_instruction_and_any_lines_are_compared(instruction: str, lines: list[str]) -> None:
    found = coverage(instruction, lines)
    assert set(found.missed) <= set(found.named)
