import random
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.backend.thread_count import ThreadCount, steps

Machine = Callable[[int, float], float]
"""Seconds for a token with so many threads at this time, without noise."""


@dataclass
class Run:
    """Tokens written on a simulated machine: when each began, its number of threads, how long it took."""

    threads: ThreadCount
    machine: Machine
    noise: float = 0.05
    chance: random.Random = field(default_factory=lambda: random.Random(1))
    tokens: list[tuple[float, int, float]] = field(default_factory=list)
    time: float = 0.0

    def write(self, seconds: float) -> "Run":
        self.threads.start()
        end = self.time + seconds
        while self.time < end:
            count = self.threads.count
            took = self.machine(count, self.time) * self.chance.lognormvariate(0, self.noise)
            self.tokens.append((self.time, count, took))
            self.threads.took(took)
            self.time += took
        return self

    def rate(self, begin: float, end: float) -> float:
        inside = [took for began, _count, took in self.tokens if begin <= began < end]
        return len(inside) / sum(inside)

    def share(self, count: int, begin: float, end: float) -> float:
        """Of the time between, what was spent with so many threads."""
        inside = [(each, took) for began, each, took in self.tokens if begin <= began < end]
        return sum(took for each, took in inside if each == count) / sum(took for _each, took in inside)


def of_seconds(*seconds: float) -> Machine:
    """A machine on which nothing changes: a token's seconds with 1, 2, … threads."""
    return lambda count, _time: seconds[count - 1]


QUIET = of_seconds(0.0063, 0.0052)
ONE_CORE_BURNT = of_seconds(0.0063, 0.060)


def test_begins_with_the_most() -> None:
    assert ThreadCount(7).count == 7


def test_stays_at_the_most_when_it_does_not_adapt() -> None:
    run = Run(ThreadCount(2, adapts=False), ONE_CORE_BURNT).write(5)
    assert {count for _began, count, _took in run.tokens} == {2}


def test_one_thread_is_all_that_a_single_core_gets() -> None:
    run = Run(ThreadCount(1), of_seconds(0.01)).write(5)
    assert {count for _began, count, _took in run.tokens} == {1}


def test_looking_for_company_costs_under_one_percent_while_there_is_none() -> None:
    run = Run(ThreadCount(2), QUIET).write(120)
    assert run.rate(0, 120) > 0.99 / 0.0052


def test_looking_costs_under_one_percent_of_a_large_model_with_which_threads_count_double() -> None:
    run = Run(ThreadCount(2), of_seconds(0.5, 0.25)).write(900)
    assert run.rate(0, 900) > 0.99 / 0.25


def test_beside_another_program_from_the_start_it_goes_on_with_fewer_within_a_second() -> None:
    run = Run(ThreadCount(2), ONE_CORE_BURNT).write(20)
    assert run.share(1, 1, 20) > 0.9


def test_follows_company_that_comes_and_goes_within_two_seconds() -> None:
    def changing(count: int, time: float) -> float:
        return (ONE_CORE_BURNT if 10 <= time < 20 or 30 <= time < 40 else QUIET)(count, time)

    run = Run(ThreadCount(2), changing).write(50)
    for began in (10, 30):
        assert run.share(1, began + 2, began + 10) > 0.9
        assert run.rate(began + 2, began + 10) > 0.9 / 0.0063
    for began in (20, 40):
        assert run.share(2, began + 2, began + 10) > 0.97


def test_company_that_leaves_between_two_replies_is_noticed_in_the_second() -> None:
    threads = ThreadCount(2)
    Run(threads, ONE_CORE_BURNT).write(20)
    assert Run(threads, QUIET).write(10).share(2, 1, 10) > 0.97


def test_single_tokens_that_are_held_up_change_nothing() -> None:
    chance = random.Random(5)

    def with_hiccups(count: int, time: float) -> float:
        return QUIET(count, time) * (20 if chance.random() < 0.02 else 1)

    run = Run(ThreadCount(2), with_hiccups).write(60)
    assert run.share(2, 0, 60) > 0.95


def test_does_not_swing_between_numbers_that_are_equally_fast() -> None:
    run = Run(ThreadCount(2), of_seconds(0.006, 0.006)).write(120)
    assert run.rate(0, 120) == pytest.approx(1 / 0.006, rel=0.01)


@pytest.mark.parametrize("free", [1, 3, 4, 8, 15])
def test_on_many_cores_it_comes_down_to_those_that_are_free(free: int) -> None:
    def machine(count: int, _time: float) -> float:
        # From four threads on, the memory is what is waited for.
        return 0.1 / min(count, 4) ** 0.9 if count <= free else 0.6

    run = Run(ThreadCount(16), machine).write(120)
    best = 1 / machine(min(free, 4), 0)
    assert run.rate(60, 120) > 0.75 * best


def test_numbers_that_are_no_times_are_left_out() -> None:
    threads = ThreadCount(2)
    threads.start()
    for _ in range(100):
        threads.took(0.0)
        threads.took(-1.0)
    assert threads.count == 2


@given(st.integers(1, 600))
def test_the_steps_lead_from_the_most_down_to_one(most: int) -> None:
    found = steps(most)
    assert found[0] == most
    assert found[-1] == 1
    assert found == sorted(set(found), reverse=True)
    assert all(after >= before // 2 for before, after in pairwise(found))


@settings(max_examples=40)
@given(one=st.floats(0.002, 0.5), gain=st.floats(0.3, 3.0), noise=st.floats(0, 0.08), seed=st.integers(0, 1_000_000))
def test_on_a_steady_machine_the_better_of_two_numbers_gets_nearly_all_the_time(
    one: float, gain: float, noise: float, seed: int
) -> None:
    seconds = (one, one * gain)
    run = Run(ThreadCount(2), of_seconds(*seconds), noise, random.Random(seed)).write(300 * max(seconds))
    settled = run.time
    run.write(2000 * max(seconds))
    reached = run.rate(settled, run.time) * min(seconds)
    # What the margin of five percent calls equal may stay; trials towards more threads may take five percent.
    assert reached > 0.86


@given(
    most=st.integers(1, 64),
    times=st.lists(st.floats(0, 100, allow_nan=False) | st.just(float("inf")), max_size=400),
    starts=st.sets(st.integers(0, 400)),
)
def test_whatever_the_times_the_number_is_one_of_the_steps(most: int, times: list[float], starts: set[int]) -> None:
    threads = ThreadCount(most)
    for index, seconds in enumerate(times):
        if index in starts:
            threads.start()
        threads.took(seconds)
        assert threads.count in steps(most)
