from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.document.basis import basis_of, is_same_basis, sketch
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section

LONG = " ".join(f"word{number}" for number in range(600))
CHINESE = "".join(chr(0x4E00 + number % 900) for number in range(2000))

words = st.lists(st.sampled_from(["a", "b", "c", "灯", "塔", "1822"]), max_size=6)


def basis(text: str, point: str = "point", target: int = 200) -> str:
    return basis_of(point, target, sketch(text))


@pytest.mark.parametrize(
    "now",
    [
        LONG.replace("word7 ", "Word7, "),
        LONG.replace("word300 word301", "one or two words more word300"),
        f"{LONG} A short sentence stands at the end of it.",
        LONG.replace(" word400 ", "\n\nword400 "),
    ],
    ids=["signs", "several", "added", "divided"],
)
def test_a_few_words_above_make_no_difference(now: str) -> None:
    assert is_same_basis(basis(LONG), basis(now))


def test_a_name_replaced_everywhere_makes_no_difference_and_another_paragraph_does() -> None:
    story = " ".join(f"Anna saw word{number} and Anna went on." for number in range(100))
    assert is_same_basis(basis(story), basis(story.replace("Anna", "Maria")))
    assert not is_same_basis(basis(story), basis(story + " " + " ".join(f"other{number}" for number in range(40))))
    assert is_same_basis(basis(CHINESE), basis(CHINESE.replace(CHINESE[5:9], "灯塔之光")))
    assert not is_same_basis(basis(CHINESE), basis(CHINESE[:1200]))


def test_of_a_short_text_every_word_counts() -> None:
    assert not is_same_basis(basis("The lamp was lit."), basis("The lamp was not lit."))
    assert is_same_basis(basis("The lamp was lit."), basis("The  lamp,\n\nwas lit!"))


def test_the_plan_line_counts_exactly_but_for_space() -> None:
    assert not is_same_basis(basis(LONG), basis(LONG, point="points"))
    assert not is_same_basis(basis(LONG), basis(LONG, target=201))
    assert is_same_basis(basis(LONG, point="the lamps "), basis(LONG, point="the\nlamps"))


@given(st.lists(words, max_size=5), st.lists(words, max_size=5))
def test_below_the_same_words_it_is_the_same_however_they_are_divided(
    one: list[list[str]], other: list[list[str]]
) -> None:
    def above(texts: list[list[str]]) -> str:
        return basis_of("point", 200, sum(sketch(" ".join(each)) for each in texts))

    same = sorted(chain.from_iterable(one)) == sorted(chain.from_iterable(other))
    assert is_same_basis(above(one), above(other)) == same


@given(st.text(max_size=300), st.integers(1, 20_000))
def test_any_text_has_a_basis_which_is_its_own_and_short(text: str, target: int) -> None:
    made = basis(text, target=target)
    assert is_same_basis(made, made)
    assert len(made) < 170
    assert made.isascii()


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_stands_in_a_damaged_file_is_no_basis_and_no_error(one: str, other: str) -> None:
    assert is_same_basis(one, other) == (one == other)
    assert not is_same_basis(f"{basis(LONG)[:40]}{one}", basis(LONG))


def test_a_section_is_stale_when_more_than_a_few_words_above_it_are_others() -> None:
    first = Section("first", 600, text=LONG, complete=True, id="a")
    last = Section("last", 200, text="Last.", complete=True, id="b")
    document = Document(sections=(first, last))
    document = document.with_section(replace(last, basis=document.basis("b")))
    assert document.with_text("a", LONG.replace("word9 ", "lamp ")).stale_sections() == []
    assert document.with_text("a", LONG[: len(LONG) // 2]).stale_sections() == ["b"]
