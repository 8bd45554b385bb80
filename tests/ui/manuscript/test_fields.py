from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.ui.manuscript.fields import (
    TITLE,
    characters_in,
    clean,
    difference,
    fitted,
    heading_key,
    text_key,
    utf16_length,
)

TEXTS = st.text(alphabet=st.sampled_from("ab \n.é\u0301\u00a0😀中\u2028"), max_size=30)


@given(TEXTS, TEXTS)
def test_a_difference_makes_the_new_text_out_of_the_old_one(old: str, new: str) -> None:
    change = difference(TITLE, old, new)
    end = change.at + len(change.removed)
    assert old[change.at : end] == change.removed
    assert old[: change.at] + change.inserted + old[end:] == new


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_a_difference_is_no_longer_than_what_was_replaced(before: str, old: str, new: str, after: str) -> None:
    change = difference(TITLE, before + old + after, before + new + after)
    assert len(change.removed) <= len(old)
    assert len(change.inserted) <= len(new)


@given(st.text())
def test_characters_and_utf16_units_are_counted_into_each_other(text: str) -> None:
    text = clean(text)
    for at in range(len(text) + 1):
        assert characters_in(text, utf16_length(text[:at])) == at


def test_half_of_a_surrogate_pair_counts_as_none() -> None:
    assert characters_in("a😀b", 2) == 1


def test_foreign_line_ends_become_one_kind_and_nothing_else_changes() -> None:
    assert clean("a\r\nb\rc\u2029d\u2028e\u00a0f\tg\x0bh") == "a\nb\nc\nd\u2028e\u00a0f\tg\x0bh"


def test_what_qt_cannot_hold_is_replaced_one_for_one() -> None:
    assert clean("\ufeffa\ud800b\ufdd0c") == "\u2060a\ufffdb\ufffdc"


def test_a_heading_takes_only_one_line() -> None:
    assert fitted("One\n\ntwo\u2028three", heading_key("a")) == "One two three"
    assert fitted("One\n\ntwo", text_key("a")) == "One\n\ntwo"
