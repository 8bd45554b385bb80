import re
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.errors import InputProblem
from longwriter_desktop.ui.manuscript import finding
from longwriter_desktop.ui.manuscript.fields import heading_key, text_key
from longwriter_desktop.ui.manuscript.finding import MOST, Place, Query, find, replaced, replaced_at, template

A, B = text_key("a"), text_key("b")
ENDLESS = "(a|aa)+$"
"""A pattern that tries more ways than there is time for, in `HOPELESS`."""
HOPELESS = "a" * 60 + "b"


def found(query: Query, text: str) -> list[str]:
    places = find(query.compiled(), [(A, text)]).by_field[A][1]
    return [text[begin:end] for begin, end in places]


def after(query: Query, instead: str, text: str) -> str:
    """``text`` with every place replaced, as the manuscript would make the changes."""
    pattern = query.compiled()
    result = replaced(pattern, [(A, text)], template(instead, query, pattern))
    for change in result.changes:
        end = change.at + len(change.removed)
        assert text[change.at : end] == change.removed
        text = text[: change.at] + change.inserted + text[end:]
    return text


def test_letters_are_found_whatever_they_mean_in_a_pattern() -> None:
    assert found(Query("a.b (c)"), "A.B (C), aXb c") == ["A.B (C)"]
    assert found(Query("a.b", matches_case=True), "A.B a.b") == ["a.b"]


def test_whole_words_end_where_letters_end_also_beside_chinese() -> None:
    assert found(Query("light", whole_words=True), "light lights, (light) moonlight 灯light塔") == ["light"] * 3
    assert found(Query("灯塔", whole_words=True), "这座灯塔很高") == ["灯塔"]
    assert found(Query("(light)", whole_words=True), "a(light)b") == ["(light)"]
    assert found(Query("l.ght|fog", is_regex=True, whole_words=True), "fog light foggy lights") == ["fog", "light"]


def test_a_pattern_sees_the_ends_of_lines_and_what_stands_around() -> None:
    text = "One two.\n\nThree four."
    assert found(Query(r"^\w+", is_regex=True), text) == ["One", "Three"]
    assert found(Query(r"(?<=Three )\w+", is_regex=True), text) == ["four"]
    assert found(Query(r"\.\n\nT", is_regex=True), text) == [".\n\nT"]
    assert len(found(Query("^", is_regex=True), text)) == 2  # not the empty line between


@pytest.mark.parametrize("text", ["(", "[a", "a**", "(?P<x>", "x{3,1}", "a{2}{3}+++("])
def test_what_is_no_pattern_is_answered_by_one_sentence(text: str) -> None:
    with pytest.raises(InputProblem, match=r"^This is no complete pattern: .+\.$") as problem:
        Query(text, is_regex=True).compiled()
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize(
    ("pattern", "instead", "expected"),
    [
        (r"(\w+) (\w+)", "$2 $1", "b a d c"),
        (r"(\w+) (\w+)", r"\2 \1", "b a d c"),
        (r"(?P<one>\w+) (\w+)", r"${one}-\g<one>-${2}", "a-a-b c-c-d"),
        (r"\w", "<$&>", "<a> <b> <c> <d>"),
        (r"\w", r"\0$0", "aa bb cc dd"),
        (r" ", r"\n\t$$1 \\ \$", "a\n\t$1 \\ $b\n\t$1 \\ $c\n\t$1 \\ $d"),
        (r"(x)?b", "[$1]", "a [] c d"),
        (r"b", "$ 5", "a $ 5 c d"),
    ],
)
def test_a_replacement_names_groups_in_both_ways_of_writing(pattern: str, instead: str, expected: str) -> None:
    assert after(Query(pattern, is_regex=True), instead, "a b c d") == expected


def test_without_a_pattern_a_replacement_is_what_it_is() -> None:
    assert after(Query("b"), r"$1 \1 \n", "a b") == r"a $1 \1 \n"


@pytest.mark.parametrize("instead", ["$3", r"\g<none>", "${two}", r"\7"])
def test_a_group_that_the_pattern_does_not_have_is_told_before_anything_is_replaced(instead: str) -> None:
    query = Query("(a)(b)", is_regex=True)
    with pytest.raises(InputProblem, match="the pattern has 2"):
        template(instead, query, query.compiled())


def test_a_pattern_that_would_try_for_hours_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "SECONDS", 0.1)
    query = Query(ENDLESS, is_regex=True)
    pattern = query.compiled()
    given_up = find(pattern, [(B, "aa"), (A, HOPELESS)])
    assert given_up.problem == finding.TOO_LONG
    assert given_up.by_field[B][1] == ((0, 2),)
    with pytest.raises(InputProblem, match="Nothing was replaced"):
        replaced(pattern, [(A, HOPELESS)], template("x", query, pattern))


@pytest.mark.parametrize("text", ["(?R)", "a(?0)?b", "(?P<x>a(?&x)?)", "(a(?1)?)", "(?P<x>a(?P>x)?)"])
def test_a_pattern_that_contains_itself_is_refused(text: str) -> None:
    with pytest.raises(InputProblem, match="cannot contain itself"):
        Query(text, is_regex=True).compiled()
    Query(text).compiled()  # as letters it is as good as any
    Query(r"\(?R\)", is_regex=True).compiled()


def test_a_search_ends_when_it_is_told_to() -> None:
    stop = threading.Event()
    stop.set()
    assert not find(Query("a").compiled(), [(A, "aaa")], stop).is_all


def test_of_very_many_places_the_first_are_found() -> None:
    result = find(Query("a").compiled(), [(A, "a" * MOST), (B, "ab")])
    assert not result.is_all
    assert sum(len(places) for _, places in result.by_field.values()) == MOST


def test_one_place_is_replaced_only_where_it_still_stands() -> None:
    query = Query(r"(\w)b", is_regex=True)
    pattern = query.compiled()
    by = template("$1!", query, pattern)
    change = replaced_at(pattern, "xx ab", Place(A, 3, 5), by)
    assert change is not None
    assert (change.at, change.removed, change.inserted) == (3, "ab", "a!")
    assert replaced_at(pattern, "xx ax", Place(A, 3, 5), by) is None


texts = st.text(st.sampled_from("ab. \n灯😀"), max_size=60)


@settings(max_examples=80)
@given(texts, texts.filter(bool), texts)
def test_replacing_letters_does_what_python_does(text: str, what: str, instead: str) -> None:
    assert after(Query(what, matches_case=True), instead, text) == text.replace(what, instead)


@settings(max_examples=80)
@given(texts, st.sampled_from(["a+", "(a)|b", r"\w+\s", "[^.]+", "a|b|灯", r"b\n?"]))
def test_patterns_find_what_python_finds(text: str, pattern: str) -> None:
    assert found(Query(pattern, is_regex=True), text) == [each[0] for each in re.finditer(pattern, text)]


@settings(max_examples=60)
@given(texts)
def test_no_query_that_a_person_types_ends_in_anything_but_an_answer(text: str) -> None:
    for query in (Query(text), Query(text, is_regex=True), Query(text, whole_words=True)):
        try:
            pattern = query.compiled()
        except InputProblem:
            continue
        find(pattern, [(A, "ab. 灯")])


def test_a_new_line_that_comes_into_a_heading_is_a_space_there() -> None:
    query = Query(" ", is_regex=True)
    pattern = query.compiled()
    by = template(r"\n", query, pattern)
    heading = heading_key("a")
    result = replaced(pattern, [(heading, "One two"), (A, "three four")], by)
    assert [(change.field, change.inserted) for change in result.changes] == [(A, "\n")]
    one = replaced_at(pattern, "One two", Place(heading, 3, 4), by)
    assert one is not None
    assert one.is_empty
