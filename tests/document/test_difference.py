from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.document.difference import differing_span

texts = st.text("ab\n😀", max_size=30)


@given(texts, texts)
def test_the_spans_put_in_each_others_place_make_one_text_of_the_other(old: str, new: str) -> None:
    begin, old_end, new_end = differing_span(old, new)
    assert old[:begin] + new[begin:new_end] + old[old_end:] == new
    assert begin <= old_end <= len(old)
    assert begin <= new_end <= len(new)


@given(texts, texts, texts)
def test_a_text_put_in_is_all_that_differs(before: str, inserted: str, after: str) -> None:
    begin, old_end, new_end = differing_span(before + after, before + inserted + after)
    assert old_end == begin
    assert new_end - begin == len(inserted)


def test_equal_texts_differ_nowhere() -> None:
    assert differing_span("same", "same") == (4, 4, 4)
