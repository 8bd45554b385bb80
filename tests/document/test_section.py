from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.document.section import Section, text_fingerprint

any_text = st.text(st.characters(exclude_categories=()), max_size=60)  # lone surrogates included


@given(any_text, any_text)
def test_a_fingerprint_tells_texts_apart_but_for_space_at_their_ends(one: str, other: str) -> None:
    assert (text_fingerprint(one) == text_fingerprint(other)) == (one.strip() == other.strip())


@given(any_text)
def test_a_summary_made_from_the_present_text_is_not_made_again(text: str) -> None:
    section = Section("The lamp", 100, text=text)
    assert section.lacks_summary == bool(text.strip())
    assert not Section("", 0, text=text, summary="In short.", summary_of=text_fingerprint(text)).lacks_summary
    assert not Section("", 0, text=text, summary="The person's own.").lacks_summary


def test_a_summary_of_another_text_is_made_again() -> None:
    assert Section("", 0, text="New.", summary="In short.", summary_of=text_fingerprint("Old.")).lacks_summary
