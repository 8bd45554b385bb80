"""One rule says which model is recommended and which is opened unasked."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.models.catalogue import FOR_TRYING, ModelEntry
from longwriter_desktop.models.choice import best_of
from longwriter_desktop.models.fit import Fit

FAST, SLOW = (200, 400), (20, 40)


@dataclass(frozen=True)
class Candidate:
    entry: ModelEntry
    fit: Fit
    is_here: bool = False


def candidate(
    name: str,
    parameters: int = 8,
    size: int = 5,
    verdict: str = "fits",
    *,
    ready: bool = True,
    pace: tuple[int, int] | None = FAST,
    here: bool = False,
    purpose: str = "for writing",
) -> Candidate:
    entry = ModelEntry(name, name, purpose, parameters=parameters, size_bytes=size)
    return Candidate(entry, Fit(verdict, size, "", pace, is_ready=ready), here)  # type: ignore[arg-type]  # by name


def best(*candidates: Candidate) -> str:
    choice = best_of(candidates)
    return choice.model.entry.name if choice is not None else ""


def test_the_first_that_there_is_memory_for_is_taken() -> None:
    assert best(candidate("large", 8, ready=False), candidate("middle", 4), candidate("small", 1)) == "middle"


def test_of_one_model_a_file_that_is_here_goes_first_and_of_those_the_finest() -> None:
    q4, q5, q8 = candidate("q4", size=4), candidate("q5", size=5, here=True), candidate("q8", size=8, here=True)
    other = candidate("other", 7, size=20, here=True)
    assert best(q4, q5, q8, other) == "q8"
    assert best(q4, candidate("q8", size=8), other) == "q4"


def test_a_file_that_is_finer_but_too_slow_is_not_taken() -> None:
    q8 = candidate("q8", size=8, here=True, pace=SLOW)
    assert best(candidate("q4", size=4, here=True), q8) == "q4"


def test_where_all_are_slow_the_fastest_is_taken() -> None:
    assert best(candidate("large", 8, pace=(5, 10)), candidate("small", 1, pace=SLOW)) == "small"


def test_where_no_memory_is_free_the_least_is_asked_for() -> None:
    large, small = candidate("large", 8, 9, ready=False), candidate("small", 1, 2, ready=False)
    assert best(large, small) == "small"


def test_a_model_for_trying_out_is_the_last_resort() -> None:
    starter = candidate("starter", purpose=FOR_TRYING)
    assert best(starter, candidate("slow", pace=SLOW, ready=False)) == "slow"
    assert best(starter, candidate("huge", verdict="too large")) == "starter"
    assert best(candidate("huge", verdict="too large")) == ""


candidates = st.builds(
    candidate,
    st.text("abc", min_size=1, max_size=3),
    st.integers(1, 3),
    st.integers(1, 9),
    st.sampled_from(["fits", "slow", "too large"]),
    ready=st.booleans(),
    pace=st.sampled_from([None, FAST, SLOW]),
    here=st.booleans(),
    purpose=st.sampled_from(["for writing", FOR_TRYING]),
)


@settings(max_examples=100)
@given(st.lists(candidates, max_size=6))
def test_what_is_taken_fits_and_nothing_of_the_kind_is_here_and_finer(given_ones: list[Candidate]) -> None:
    choice = best_of(given_ones)
    usable = [each for each in given_ones if each.fit.verdict != "too large"]
    assert (choice is None) == (not usable)
    if choice is None:
        return
    taken = choice.model
    assert taken in usable
    assert choice.why.endswith(".")
    if any(each.entry.is_for_writing for each in usable):
        assert taken.entry.is_for_writing
    if any(each.fit.is_ready and each.entry.is_for_writing for each in usable):
        assert taken.fit.is_ready
