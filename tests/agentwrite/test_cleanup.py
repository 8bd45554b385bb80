import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.cleanup import CleanUp, ending_to_cut


def cleaned(text: str, *, heading: str = "", main_point: str = "", before: str = "", size: int = 3) -> str:
    clean_up = CleanUp(heading, main_point, before)
    shown = "".join(clean_up.feed(text[start : start + size]) for start in range(0, len(text), size))
    return shown + clean_up.finish()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("The sea rose.", "The sea rose."),
        ("Paragraph 3: The sea rose.", "The sea rose."),
        ("**Paragraph 3** - Main Point: The sea rose.", "The sea rose."),
        ("段落三：海水上涨了。", "海水上涨了。"),
        ("Here is the next paragraph:\n\nThe sea rose.", "The sea rose."),
        ("Sure! Here is the text:\nThe sea rose.", "The sea rose."),
        ("好的，以下是正文：\n海水上涨了。", "海水上涨了。"),
        ("The sea rose. (200 words)\n", "The sea rose."),
        ("The sea rose.\n\nWord Count: 200 words", "The sea rose."),
        ("The sea rose.\n\n\n\n\nIt fell.", "The sea rose.\n\nIt fell."),
        ("The sea rose.\nIt fell.\n", "The sea rose.\nIt fell."),
        ("---\nThe sea rose.", "The sea rose."),
        ("The sea rose.\n\n It fell.", "The sea rose.\n\nIt fell."),
        ("- The sea\n  - rose", None),
        ("Paragraph structure matters to writers.", "Paragraph structure matters to writers."),
        ("Here is where the sea rose, and nobody knew why it had come so far.", None),
        ("The plan: to leave at dawn, before the tide turned and took the boats.", None),
    ],
)
def test_labels_and_remarks_go_and_text_stays(written: str, shown: str | None) -> None:
    for size in (1, 3, 200):
        assert cleaned(written, size=size) == (written if shown is None else shown)


def test_the_sections_own_heading_is_not_written_twice() -> None:
    assert cleaned("## The Rising Sea\n\nIt came at night.", heading="The rising sea") == "It came at night."
    assert cleaned("**The Rising Sea**\n\nIt came at night.", heading="The rising sea") == "It came at night."
    assert cleaned("The rising sea\nIt came at night.", heading="The rising sea") == "It came at night."


def test_a_long_main_point_is_not_written_again_as_a_heading_or_a_line() -> None:
    point = "The best time to plant: early spring or late summer, depending on where you live and how much sun there is"
    for mark in ("### ", "", "**"):
        written = f"{mark}{point}{mark.strip('# ')}\n\nSow in March."
        assert cleaned(written, heading="The best time to plant", main_point=point) == "Sow in March."


def test_a_first_line_that_is_like_the_heading_but_text_stays() -> None:
    text = "The rising sea took the lower town in a single night."
    assert cleaned(text, heading="The rising sea") == text


def test_a_line_of_the_prompt_that_comes_back_is_no_text() -> None:
    prompt = (
        "Instruction:\nWrite about the sea at night.\n\nWrite only this part, as finished text in plain paragraphs."
    )
    for size in (1, 7, 500):
        clean_up = CleanUp("", "", "", (prompt,))
        last = "Write only this part, as finished text in plain paragraphs."
        written = f"Write about the sea at night.\n\nThe sea rose.\n{last}"
        shown = "".join(clean_up.feed(written[start : start + size]) for start in range(0, len(written), size))
        assert shown + clean_up.finish() == "The sea rose."


def test_going_on_in_mid_sentence_nothing_is_held_back_or_judged() -> None:
    clean_up = CleanUp("", "", "He said that paragraph")
    assert clean_up.feed(" 3: was") == " 3: was"


@given(
    st.lists(st.sampled_from(["word", "sea", "rose", "and", "so", "it"]), min_size=1, max_size=60), st.integers(1, 40)
)
def test_plain_prose_passes_unchanged_however_it_is_cut(words: list[str], size: int) -> None:
    text = " ".join(words)
    assert cleaned(text, size=size) == text


@given(st.text(), st.integers(1, 9))
def test_any_text_is_cleaned_the_same_however_it_is_cut(text: str, size: int) -> None:
    assert cleaned(text, size=size) == cleaned(text, size=10_000)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The sea rose.\n\nI hope this helps!", "The sea rose."),
        ("The sea rose.\n\nLet me know if you want more.\n", "The sea rose."),
        ("The sea rose. (Word count: 212)", "The sea rose."),
        ("The sea rose.\n\nNote: written as asked.\n\n---", "The sea rose."),
        ("The sea rose.  \n", "The sea rose."),
        ("I hope this finds you well", "I hope this finds you well"),
    ],
)
def test_remarks_at_the_end_of_a_section_are_cut(text: str, kept: str) -> None:
    assert text[: len(text) - ending_to_cut(text)] == kept
