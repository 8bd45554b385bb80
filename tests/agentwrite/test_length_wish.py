"""A direction that asks for another length, and the word target that goes with it."""

import pytest

from longwriter_desktop.agentwrite.length_wish import target_for_direction
from longwriter_desktop.document.section import Section, Version


def written(words: int, target: int = 200, *versions: Version) -> Section:
    return Section("Storms", target, text="word " * words, complete=True, versions=versions)


@pytest.mark.parametrize(
    ("direction", "target"),
    [
        ("shorter, with an example", 130),
        ("Please shorten it.", 130),
        ("短一些，举一个例子", 130),
        ("缩短", 130),
        ("A bit longer", 310),
        ("in more detail", 310),
        ("写得更详细，加长", 310),
        ("use shorter sentences", None),
        ("not longer", None),
        ("it need not be longer", None),
        ("用更短的句子", None),
        ("不要更长", None),
        ("shorter, but with a longer example", None),
        ("begin with a scene", None),
        ("", None),
    ],
)
def test_the_direction_tells_which_target_goes_with_it(direction: str, target: int | None) -> None:
    assert target_for_direction(written(204), direction) == target


def test_nothing_is_offered_where_the_target_is_another_already() -> None:
    assert target_for_direction(written(204, 130), "shorter") is None
    assert target_for_direction(written(204, 320), "longer") is None


def test_nothing_is_offered_without_a_text_or_a_target() -> None:
    assert target_for_direction(written(0), "shorter") is None
    assert target_for_direction(written(204, 0), "shorter") is None


def test_a_text_that_has_become_shorter_is_not_to_be_shortened_again() -> None:
    before = Version("word " * 204, 1.0, "generated")
    after = Version("word " * 128, 2.0, "generated", direction="shorter")
    assert target_for_direction(written(128, 130, before, after), "shorter") is None
    still_long = Version("word " * 196, 2.0, "generated", direction="shorter")
    assert target_for_direction(written(196, 200, before, still_long), "shorter") == 130
