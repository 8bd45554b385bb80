from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest

from longwriter_desktop.agentwrite.engine import EngineEvent, Prompt, Sampling
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Section
from longwriter_desktop.errors import BackendCrashed, InputProblem
from longwriter_desktop.evaluation.methods import Bench, Written
from longwriter_desktop.evaluation.results import Result, ResultLog, Setup, read_lines
from longwriter_desktop.evaluation.run import Progress, RunEvent, measured, run
from longwriter_desktop.evaluation.tasks import Task
from tests.agentwrite.fake_model import FakeModel, prose
from tests.agentwrite.prompt_templates import templates
from tests.evaluation.samples import task

SETUP = Setup("length", "direct", "fake", "", 1)


class Failing(FakeModel):
    """A model whose process ends at its third reply."""

    def generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[EngineEvent]:
        if len(self.calls) == 2:
            raise BackendCrashed("It ended.")
        return super().generate(prompt, sampling)


def model() -> FakeModel:
    return FakeModel(lambda _prompt, _sampling: prose(1, 90))


def going(tasks: Sequence[Task], engine: FakeModel, path: Path, setup: Setup = SETUP) -> Iterator[RunEvent]:
    bench = Bench(engine, templates, Sampling(seed=1), "paper")
    clock = count(0.0, 1.5)
    return run(tasks, "direct", setup, bench, ResultLog(path), lambda: next(clock))


TASKS = [task(100 * number, number) for number in range(1, 5)]


def test_each_result_is_on_the_disk_when_it_is_told(tmp_path: Path) -> None:
    told = []
    for event in going(TASKS, model(), tmp_path / "r.jsonl"):
        if isinstance(event, Result):
            told.append(event)
            assert read_lines(tmp_path / "r.jsonl") == tuple(told)
        else:
            assert isinstance(event, Progress)
            assert (event.place, event.total, event.number) == (len(told) + 1, 4, len(told) + 1)
    assert [each.number for each in told] == [1, 2, 3, 4]
    assert [each.words for each in told] == [90] * 4
    assert told[1].length_score == pytest.approx(100 * (1 - (200 / 90 - 1) / 2), abs=0.01)
    assert all(each.seconds == 1.5 and each.tokens_written > 0 for each in told)
    assert told[0].plan is None


def test_a_run_goes_on_behind_what_is_done(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    with pytest.raises(BackendCrashed):
        list(going(TASKS, Failing(lambda _prompt, _sampling: prose(1, 90)), path))
    assert len(read_lines(path)) == 2
    engine = model()
    finished = [event for event in going(TASKS, engine, path) if isinstance(event, Result)]
    assert [each.number for each in finished] == [3, 4]
    assert len(engine.calls) == 2
    assert list(going(TASKS, engine, path)) == []


def test_a_prompt_that_is_broken_off_is_written_anew(tmp_path: Path) -> None:
    events = going(TASKS, model(), tmp_path / "r.jsonl")
    for event in events:
        if isinstance(event, Progress) and event.number == 2:
            break
    del events
    assert [line.number for line in read_lines(tmp_path / "r.jsonl")] == [1]


def test_another_setup_or_other_prompts_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    list(going(TASKS[:1], model(), path))
    before = path.read_bytes()
    with pytest.raises(InputProblem, match="seed 2"):
        list(going(TASKS, model(), path, Setup("length", "direct", "fake", "", 2)))
    with pytest.raises(InputProblem, match="another prompt 1"):
        list(going([task(100, 1, "Write about iron")], model(), path))
    assert path.read_bytes() == before


def test_what_is_counted_in_a_text() -> None:
    engine = model()
    text = "one two three four five six seven eight " * 3
    sections = (Section("a", 20, text=text, stop_reason="target"), Section("b", 30, text="窗户 and glass"))
    written = Written("# T", sections, (), None, "ended")
    found = measured(task(100), SETUP, written, engine.usage, 2.0)
    assert found.words == 24 + 4
    assert [(each.target, each.words, each.stop) for each in found.sections] == [(20, 24, "target"), (30, 4, "")]
    assert 0.4 < found.repeated < 0.8
    assert found.plan is not None
    assert not found.plan.valid
    assert (found.plan.topics, found.plan.missed) == (0, ())
    assert (found.bucket, found.language, found.stop, found.text) == ("0-500", "en", "ended", "# T")


def test_topics_that_the_prompt_names_and_the_plan_misses_are_counted() -> None:
    asked = task(400, 1, "Write a 400-word article on glass, covering windows, bottles and mirrors.")
    steps = (Step(1, "Windows and how they are cut", 200), Step(2, "Bottles: from sand to shelf", 200))
    found = measured(asked, SETUP, Written("", (), steps), model().usage, 2.0)
    assert found.plan is not None
    assert (found.plan.topics, found.plan.missed) == (3, ("mirrors",))
