from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.document.provenance import Provenance, TextOrigin
from longwriter_desktop.document.section import Version

FIRST = "The first lights were fires on a beach, tended by fishermen.\n\nA keeper came to live in the tower."
SECOND = "灯塔的历史很长。最早的灯塔是火堆。"


def provenance(*generated: str, edited: tuple[str, ...] = ()) -> Provenance:
    versions = [Version(text, 1.0, "generated") for text in generated] + [
        Version(text, 2.0, "edited") for text in edited
    ]
    return Provenance(versions)


def test_a_line_is_generated_as_long_as_it_stands_in_any_generated_version() -> None:
    known = provenance(FIRST, SECOND)
    for line in ("A keeper came to live in the tower.", " A keeper came to live in the tower. ", SECOND):
        assert known.of(line) is TextOrigin.GENERATED


def test_a_line_that_keeps_much_of_a_generated_one_was_edited() -> None:
    known = provenance(FIRST, SECOND)
    assert known.of("The first lights were fires on a hill, tended by fishermen.") is TextOrigin.EDITED
    assert (
        known.of("The first lights were fires. They burned on a beach, and fishermen kept them.") is TextOrigin.EDITED
    )
    assert known.of("灯塔的历史不长。最早的灯塔是灯。") is TextOrigin.EDITED


def test_all_else_is_the_persons_own_also_what_was_kept_as_edited() -> None:
    mine = "Nobody asked the sea what it thought of all this."
    known = provenance(FIRST, edited=(mine,))
    assert known.of(mine) is TextOrigin.OWN
    assert provenance().of(mine) is TextOrigin.OWN
    assert provenance().is_empty
    assert not known.is_empty


def test_a_line_without_words_is_generated_or_own() -> None:
    assert provenance("---\n\n1822").of("---") is TextOrigin.GENERATED
    assert provenance(FIRST).of("1856") is TextOrigin.OWN


@settings(max_examples=80)
@given(st.lists(st.text(st.sampled_from("ab. 灯\n"), max_size=30), max_size=4))
def test_every_line_of_every_generated_text_is_known_as_such(texts: list[str]) -> None:
    known = provenance(*texts)
    assert all(known.of(line) is TextOrigin.GENERATED for text in texts for line in text.split("\n") if line.strip())
