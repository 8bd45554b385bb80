import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.loop_guard import SHARE_CHINESE_GRAM, LoopGuard, find_loop, repeated_share, sequences
from tests.agentwrite.fake_model import prose
from tests.agentwrite.samples import CHINESE, CODE, ENGLISH, POEM, RECIPE, TABLE

_FINE = ENGLISH.partition("\n\n")[0] + " "
_NAMES = ("Ashton", "Brigham", "Corrie", "Dunmore", "Eskdale", "Farrow", "17", "204", "1911", "Gaskell")


def tokens(text: str) -> float:
    """What a text costs in tokens, roughly: a Chinese character one, four others one."""
    chinese = len(re.findall("[\u4e00-\u9fff]", text))
    return chinese + (len(text) - chinese) / 4


def found_while_growing(text: str, start: int = 0, before: str = "", step: int = 80) -> tuple[int, int] | None:
    """Where a repetition began and how much of the text there was when it was found."""
    guard = LoopGuard(start, sequences(before))
    for end in range(step, len(text) + step, step):
        place = guard.look(text[:end])
        if place is not None:
            return place, min(end, len(text))
    return None


# -- what is no loop -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", [ENGLISH, CHINESE, POEM, RECIPE, TABLE, CODE], ids="english chinese poem recipe table code".split()
)
def test_what_repeats_nothing_or_repeats_by_its_nature_is_no_loop(text: str) -> None:
    assert find_loop(text) is None
    assert found_while_growing(text) is None


def test_texts_about_the_same_things_are_no_loops_of_each_other() -> None:
    assert found_while_growing(POEM, before=ENGLISH) is None
    paragraphs = ENGLISH.split("\n\n")
    assert found_while_growing("\n\n".join(paragraphs[2:]), before="\n\n".join(paragraphs[:2])) is None


def test_a_table_line_is_no_loop() -> None:
    assert find_loop("| a | b |\n" + "|" + "-" * 60 + "|\n") is None


def test_a_short_list_and_a_phrase_said_three_times_are_no_loop() -> None:
    assert find_loop("- one thing\n- another thing\n- a third thing\n- and so on\n") is None
    assert find_loop(_FINE + "Slowly, slowly, slowly, as slow as slow could be, the light came round.") is None


@given(st.lists(st.sampled_from(range(10)), unique=True, min_size=1), st.integers(20, 300))
def test_prose_in_any_order_and_pieces_is_no_loop(order: list[int], step: int) -> None:
    paragraphs = [*ENGLISH.strip().split("\n\n"), *CHINESE.strip().split("\n\n")]
    assert found_while_growing("\n\n".join(paragraphs[place] for place in order), step=step) is None


# -- what is one -----------------------------------------------------------------------------------


def english_unit(words: int, at: int) -> Callable[[int], str]:
    """A stretch of ``words`` words; each round the tenth of them, or the one in the middle, is another name."""
    unit = prose(at, words, sentence=max(2, words // 2)).split()
    changed = range(words // 2, words, 10) if words > 3 else ()

    def round_of(number: int) -> str:
        names = {place: _NAMES[(number * 3 + place) % len(_NAMES)] for place in changed}
        return " ".join(names.get(place, word) for place, word in enumerate(unit)) + " "

    return round_of


def chinese_unit(characters: int, at: int) -> Callable[[int], str]:
    text = re.sub("[^\u4e00-\u9fff]", "", CHINESE) * 2
    unit = text[at : at + characters]
    names = ("张三", "李四", "王五", "赵六", "孙七", "周八")
    return lambda number: unit[: characters // 2] + names[number % 6] + unit[characters // 2 :] + "。"


@settings(deadline=None)
@given(st.integers(0, 4), st.integers(1, 60), st.integers(0, 10_000), st.sampled_from([" ", "\n", "\n\n", "\n- "]))
def test_english_that_is_said_again_with_other_names_is_found_within_200_tokens(
    paragraph: int, words: int, seed: int, joint: str
) -> None:
    before = ENGLISH.split("\n\n")[paragraph].strip() + joint
    unit = english_unit(words, seed)
    first = unit(0).strip() + joint
    text = before + first + joint.join(unit(number).strip() for number in range(1, 2 + 400 // words))
    found = found_while_growing(text)
    assert found is not None
    place, end = found
    again = len(before) + len(first)
    assert tokens(text[again:end]) <= 200
    assert len(before) - 60 <= place <= again + 40


@settings(deadline=None)
@given(st.integers(0, 4), st.integers(6, 60), st.integers(0, 500))
def test_chinese_that_is_said_again_with_other_names_is_found_within_200_tokens(
    paragraph: int, characters: int, at: int
) -> None:
    before = CHINESE.split("\n\n")[paragraph]
    unit = chinese_unit(characters, at)
    text = before + "".join(unit(number) for number in range(2 + 400 // characters))
    found = found_while_growing(text)
    assert found is not None
    place, end = found
    again = len(before) + len(unit(0))
    assert tokens(text[again:end]) <= 200
    assert place <= again + 20


@pytest.mark.parametrize(
    "loop",
    [
        "and then the sea came in, " * 30,
        "The lamp was lit at dusk.\nThe boat came in at dawn.\n" * 12,
        "".join(f"Step {number}: Stir the pot and wait.\n" for number in range(1, 40)),
        " – ".join(f"The Tower of {name}" for name in (*_NAMES, "Malta", "Moab", "King David", "Solomon", "Shem") * 3),
        "".join(f"- It is important to {verb} well.\n" for verb in "eat sleep drink walk sit rest talk".split() * 4),
        "ha " * 100,
        "!" * 300,
        "，" * 200,
        " " * 300,
        "海浪拍打着岸边的岩石，" * 20,
        "| North Rock | 1801 | flashing | yes |\n" * 30,
        "```\n" + "print(lamp.name, lamp.height)\nlamp.light().put_out()\n" * 30,
    ],
    ids=range(12),
)  # fmt: skip  # One loop a line is easier to read.
def test_loops_of_all_kinds_are_found_within_200_tokens_and_cut_back_to_their_beginning(loop: str) -> None:
    found = found_while_growing(_FINE + "\n" + loop)
    assert found is not None
    place, end = found
    assert tokens(loop[: end - len(_FINE)]) <= 230  # the first round and 200 tokens
    assert abs(place - len(_FINE)) <= 70


def test_a_paragraph_written_again_is_a_loop() -> None:
    first = prose(1, 120)
    place = find_loop(first + "\n\n" + first)
    assert place is not None
    assert abs(place - len(first)) < 40


def test_text_of_an_earlier_section_is_a_loop() -> None:
    earlier = prose(3, 150)
    assert find_loop(earlier[:700], 0, sequences(earlier)) == 0


def test_a_look_after_the_text_was_cut_back_sees_the_text_as_it_is() -> None:
    guard = LoopGuard()
    assert guard.look(_FINE + "the end of it, " * 20) is not None
    assert guard.look(_FINE) is None
    assert guard.look(_FINE + ENGLISH.split("\n\n")[1]) is None


# -- always ----------------------------------------------------------------------------------------


def test_what_the_person_typed_is_never_cut() -> None:
    own = "ha " * 60
    place = find_loop(own + "ha " * 10, len(own))
    assert place is not None
    assert place >= len(own)
    assert find_loop(own + ENGLISH, len(own)) is None


@given(st.text(), st.integers(0, 100), st.integers(1, 30))
def test_any_text_is_judged_and_a_place_lies_in_it(text: str, start: int, step: int) -> None:
    start = min(start, len(text))
    found = found_while_growing(text, start, step=step)
    assert found is None or start <= found[0] <= len(text)


@given(st.text("ab 1\n|`。水", max_size=400), st.integers(1, 50))
def test_a_loop_is_found_or_not_however_the_text_grows(text: str, step: int) -> None:
    assert (found_while_growing(text + " ", step=step) is None) == (find_loop(text + " ") is None)


def test_the_repeated_share_is_that_of_eight_word_sequences() -> None:
    assert repeated_share(_FINE) == 0.0
    assert repeated_share("") == 0.0
    assert repeated_share("one two three four " * 20) > 0.9


def test_the_repeated_share_of_chinese_goes_by_as_many_characters_as_asked() -> None:
    name_twice = "上海国潮品牌行业增长很快，今年上海国潮品牌行业又变了。"
    assert repeated_share(name_twice) > 0
    assert repeated_share(name_twice, SHARE_CHINESE_GRAM) == 0
    assert repeated_share("桑园路技术改造项目的成功召开。" * 2, SHARE_CHINESE_GRAM) > 0


def test_letters_without_an_end_are_no_words() -> None:
    text = "The lamp was lit at dusk. The keeper went forwardforwarddedupetodayforwardforwarddedupetodaytoday"
    assert find_loop(text) == text.index("forwardforward")
    longest = "Rindfleischetikettierungsüberwachung and https://example.org/a/very/long/address-that-goes-on-and-on"
    assert find_loop(longest) is None
