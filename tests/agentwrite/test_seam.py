"""What a model goes on with is joined to the text as a reader would expect it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.seam import Seam


@pytest.mark.parametrize(
    ("text", "continuation", "joined"),
    [
        ("The sea", " was calm.", "The sea was calm."),
        ("The sea ", " was calm.", "The sea was calm."),
        ("It was calm. ", "\n\nThen it rose.", "It was calm. \n\nThen it rose."),
        ("It was calm.\n\n", "\n\nThen it rose.", "It was calm.\n\nThen it rose."),
        ("It was calm.\n\n", " Then it rose.", "It was calm.\n\nThen it rose."),
        ("", " Then", " Then"),
    ],
)
@pytest.mark.parametrize("step", [1, 100])
def test_space_is_there_once_and_a_new_paragraph_stays_one(
    text: str, continuation: str, joined: str, step: int
) -> None:
    seam = Seam(text)
    pieces = [continuation[place : place + step] for place in range(0, len(continuation), step)]
    assert text + "".join(map(seam.fit, pieces)) == joined


@given(st.text(alphabet="a \t\n", max_size=8), st.text(alphabet="a \t\n", max_size=8))
def test_nothing_but_space_is_taken_away(text: str, continuation: str) -> None:
    seam = Seam(text)
    joined = seam.prefix + seam.fit(continuation)
    assert "".join(joined.split()) == "".join((text + continuation).split())
