import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.targets import share_words
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Section
from longwriter_desktop.evaluation.plan_validity import plan_coverage, plan_faults

POINTS = ("How glass is made", "The windows of cathedrals", "Bottles and their makers", "What lenses changed")


def steps(*targets: int) -> list[Step]:
    return [Step(number, point, words) for number, (point, words) in enumerate(zip(POINTS, targets, strict=False), 1)]


@given(st.integers(800, 3900))
def test_a_plan_that_keeps_to_the_rules_is_valid(total: int) -> None:
    assert plan_faults(steps(*share_words(total, [1.0] * 4)), total) == ()


@pytest.mark.parametrize(
    ("plan", "asked", "fault"),
    [
        ([], 400, "no line"),
        (steps(200, 199), 399, "not from 200 to 1,000 in step 2"),
        (steps(1001, 500), 1501, "step 1"),
        (steps(500, 490), 1001, "add up to 990 words and not to 1,001"),
        (
            [Step(1, POINTS[0], 300), Step(2, "glass, how it is made", 300)],
            600,
            "nearly the same main point in 1 and 2",
        ),
        ([Step(1, " - ", 400)], 400, "no main point in step 1"),
    ],
)
def test_each_fault_is_named(plan: list[Step], asked: int, fault: str) -> None:
    (found,) = plan_faults(plan, asked)
    assert fault in found


def test_a_step_may_be_short_only_where_the_whole_is() -> None:
    assert plan_faults(steps(150), 150) == ()
    assert plan_faults(steps(75, 75), 150)


def test_a_sum_within_one_percent_is_good_enough() -> None:
    assert plan_faults(steps(500, 505), 1000) == ()
    assert plan_faults(steps(500, 511), 1000)


def test_coverage_is_told_from_main_points_and_headings() -> None:
    asked = "Write about glass, covering windows, lenses and recycling."
    found = plan_coverage(asked, steps(300, 300), [Section("", 300, heading="On lenses")])
    assert found.named == ("windows", "lenses", "recycling")
    assert found.missed == ("recycling",)
    assert plan_coverage("Write about glass.", steps(300)).named == ()
