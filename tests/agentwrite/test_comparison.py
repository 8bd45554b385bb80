"""Two texts of a section in rows, and what becomes of them when rows are mixed."""

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.comparison import Comparison, compared

ONE = "The lamp was lit at dusk. The keeper slept little. Nobody came.\n\nIn winter the sea froze. Then it thawed."
OTHER = "The lamp was lit at dawn. The keeper slept little.\n\nIn winter the sea froze. A ship came at last."


def sides(comparison: Comparison) -> list[tuple[str, str]]:
    return [(row.present_text, row.other_text) for row in comparison.rows]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_sentences_that_are_the_same_or_alike_stand_side_by_side() -> None:
    comparison = compared(ONE, OTHER)
    assert sides(comparison) == [
        ("The lamp was lit at dusk.", "The lamp was lit at dawn."),
        ("The keeper slept little.", "The keeper slept little."),
        ("Nobody came.", ""),
        ("In winter the sea froze.", "In winter the sea froze."),
        ("Then it thawed.", "A ship came at last."),
    ]
    assert comparison.changes == (0, 2, 4)


def test_rows_are_taken_one_by_one() -> None:
    comparison = compared(ONE, OTHER)
    assert comparison.mixed([0]) == ONE.replace("dusk", "dawn")
    assert comparison.mixed([4]) == ONE.replace("Then it thawed.", "A ship came at last.")
    assert comparison.mixed(comparison.changes) == OTHER


def test_a_paragraph_break_stays_where_the_sentence_before_it_goes() -> None:
    comparison = compared(ONE, OTHER)
    assert comparison.mixed([2]) == ONE.replace(" Nobody came.", "")


def test_texts_with_nothing_in_common_are_compared_sentence_by_sentence_in_their_paragraphs() -> None:
    comparison = compared("One storm. Much rain.\n\nA calm.", "Paper burns.\n\nInk dries slowly.\n\nGlue holds.")
    assert sides(comparison) == [
        ("One storm.", "Paper burns."),
        ("Much rain.", ""),
        ("A calm.", "Ink dries slowly."),
        ("", "Glue holds."),
    ]
    assert comparison.mixed([2]) == "One storm. Much rain.\n\nInk dries slowly."
    assert comparison.mixed([3]) == "One storm. Much rain.\n\nA calm.\n\nGlue holds."


def test_one_sentence_of_a_replaced_passage_can_be_taken() -> None:
    comparison = compared("One storm. Much rain. A calm.", "Paper burns. Ink dries slowly. Glue holds.")
    assert comparison.mixed([1]) == "One storm. Ink dries slowly. A calm."


def test_a_table_is_taken_whole() -> None:
    table = "| name | year |\n| --- | --- |\n| Pharos | 280 |"
    comparison = compared("One storm. Much rain.", table)
    assert ("One storm.", table) in sides(comparison)


def test_a_sentence_put_behind_the_last_one_does_not_run_into_it() -> None:
    assert compared("A calm.", "A calm.\n\nThen wind.").mixed([1]) == "A calm.\n\nThen wind."
    assert compared("A calm.\n", "Before it. A calm.").mixed([0]) == "Before it. A calm."
    comparison = compared("Then wind.", "A ship sailed on.")
    assert comparison.mixed([]) == "Then wind."


def test_chinese_sentences_are_set_side_by_side() -> None:
    comparison = compared("灯塔在夜里亮着。守塔人睡得很少。", "灯塔在黎明亮着。守塔人睡得很少。船来了。")
    assert sides(comparison) == [
        ("灯塔在夜里亮着。", "灯塔在黎明亮着。"),
        ("守塔人睡得很少。", "守塔人睡得很少。"),
        ("", "船来了。"),
    ]
    assert comparison.mixed([2]) == "灯塔在夜里亮着。守塔人睡得很少。船来了。"


def test_an_empty_text_can_be_compared() -> None:
    assert compared("", "").rows == ()
    assert compared("  ", "").mixed([]) == "  "
    assert compared("", "All new. And more.").mixed([0]) == "All new."
    assert compared("", "All new. And more.").mixed([0, 1]) == "All new. And more."
    assert compared("All gone.", "").mixed([0]) == ""


def test_a_list_keeps_its_lines() -> None:
    one = "- first thing\n- second thing\n- third thing"
    comparison = compared(one, "- first thing\n- another second thing\n- third thing")
    assert comparison.mixed(comparison.changes) == "- first thing\n- another second thing\n- third thing"


texts = st.lists(
    st.sampled_from(
        [
            *(
                "The lamp was lit.",
                "The lamp burned low.",
                "Nobody came.",
                "“Who?” he asked.",
                "灯塔亮着。",
                "船来了！",
            ),
            *(" ", "\n\n", "\n", "# Heading", "- item", "| a | b |", "```\ncode. More\n```", "e.g.", "\t", "é", "𝄞."),
        ]
    ),
    max_size=14,
).map(" ".join)


@given(texts, texts)
@hypothesis_settings(max_examples=100)
def test_nothing_is_lost_on_either_side(present: str, other: str) -> None:
    comparison = compared(present, other)
    assert comparison.mixed([]) == present
    assert comparison.mixed(comparison.changes) == (other if comparison.changes else present)
    assert squeezed("".join(each.present_text for each in comparison.rows)) == squeezed(present)
    assert squeezed("".join(each.other_text for each in comparison.rows)) == squeezed(other)


@given(texts, texts, st.sets(st.integers(0, 30)))
@hypothesis_settings(max_examples=100)
def test_a_mixed_text_is_the_chosen_rows_in_their_order(present: str, other: str, taken: set[int]) -> None:
    comparison = compared(present, other)
    groups = {row.group for at, row in enumerate(comparison.rows) if at in taken}
    wanted = [
        row.other_text if row.group in groups and not row.is_same else row.present_text for row in comparison.rows
    ]
    assert squeezed(comparison.mixed(taken)) == squeezed("".join(wanted))


REFRAIN = "It doesn't matter who you are, or whether you're happy."


def test_a_sentence_that_one_text_is_not_cut_at_stands_in_one_row() -> None:
    one = f"All depends upon vitamins. {REFRAIN} So it is."
    comparison = compared(one, one.replace("vitamins", "vitamin C"))
    assert sides(comparison)[0] == (f"All depends upon vitamins. {REFRAIN}", f"All depends upon vitamin C. {REFRAIN}")
    assert len(comparison.changes) == 1


def test_a_sentence_that_was_made_two_stands_in_one_row() -> None:
    one = "Nothing that was written is thrown away: a section that is written again keeps its former text."
    other = "Nothing that was written is thrown away. A section that is written anew keeps its old text."
    assert sides(compared(one, other)) == [(one, other)]


def test_what_was_moved_is_taken_from_both_places_at_once() -> None:
    one, other = f"{REFRAIN} The sea froze. Then it thawed.", f"The sea froze. Then it thawed. {REFRAIN}"
    comparison = compared(one, other)
    assert sides(comparison)[0] == (REFRAIN, "")
    assert comparison.mixed([0]) == comparison.mixed([2]) == other
    nearly = compared(one, other.replace("happy", "content"))
    assert nearly.mixed([2]) == other.replace("happy", "content")


def test_sentences_that_have_nothing_to_do_with_each_other_are_taken_alone() -> None:
    groups = [row.group for row in compared(ONE, OTHER).rows]
    assert len(set(groups)) == len(groups)


_ATOMS = (
    *("The lamp was lit.", "The keeper read NASA.", "Nobody came by at night.", "All was up to your-SELF.", "Why?"),
    *("灯塔亮着。", "船来了！", "“Who is there?”", "- first thing\n", "See p. 5 for it.", "Dr. Smith sat down."),
)
shuffled = st.lists(st.tuples(st.sampled_from(_ATOMS), st.sampled_from((" ", "\n", "\n\n"))), max_size=12).map(
    lambda pairs: "".join(atom + gap for atom, gap in pairs)
)


@given(shuffled, shuffled, st.sets(st.integers(0, 12)))
@hypothesis_settings(max_examples=100)
def test_no_sentence_stands_more_often_than_in_the_larger_of_the_two(present: str, other: str, taken: set[int]) -> None:
    mixed = compared(present, other).mixed(taken)
    for atom in _ATOMS:
        most = max(present.count(atom), other.count(atom))
        least = min(present.count(atom), other.count(atom))
        assert least <= mixed.count(atom) <= most, atom
