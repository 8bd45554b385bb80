import json
from pathlib import Path

import pytest

from longwriter_desktop.errors import InputProblem
from longwriter_desktop.evaluation.quality import QualityEvent, judge_all
from longwriter_desktop.evaluation.results import DIMENSIONS, Judgement, Result, ResultLog
from tests.agentwrite.fake_model import FakeModel
from tests.evaluation.samples import RESULT, result

GOOD = json.dumps({"Analysis": "Good.", **dict.fromkeys(DIMENSIONS, 4)})
RESULTS = [result(number=1, text="Glass."), result(number=2, text=" \n"), result(number=3, text="Panes.")]


def judgements(results: list[Result], model: FakeModel, path: Path, judge: str = "J") -> list[Judgement]:
    events: list[QualityEvent] = list(judge_all(results, judge, model, ResultLog(path)))
    return [event for event in events if isinstance(event, Judgement)]


def test_an_empty_text_is_not_judged_and_an_unreadable_reply_is_not_guessed(tmp_path: Path) -> None:
    model = FakeModel(lambda prompt, _sampling: GOOD if "Panes." in prompt.messages[0].content else "Fine.")
    found = judgements(RESULTS, model, tmp_path / "q.jsonl")
    assert [(each.number, each.quality, each.tries) for each in found] == [(1, None, 5), (2, None, 0), (3, 75.0, 1)]
    assert found[2].setup == RESULT.setup


def test_judging_goes_on_behind_what_is_judged(tmp_path: Path) -> None:
    model = FakeModel(lambda _prompt, _sampling: GOOD)
    path = tmp_path / "q.jsonl"
    assert len(judgements(RESULTS[:1], model, path)) == 1
    assert [each.number for each in judgements(RESULTS, model, path)] == [2, 3]
    assert judgements([result(method="direct")], model, path)[0].method == "direct"
    assert judgements(RESULTS, model, path) == []


def test_another_judge_and_a_file_of_results_are_refused(tmp_path: Path) -> None:
    model = FakeModel(lambda _prompt, _sampling: GOOD)
    judgements(RESULTS[:1], model, tmp_path / "q.jsonl")
    with pytest.raises(InputProblem, match="scores of J; this judge is K"):
        judgements(RESULTS, model, tmp_path / "q.jsonl", "K")
    ResultLog(tmp_path / "r.jsonl").append(RESULT)
    with pytest.raises(InputProblem, match="holds results"):
        judgements(RESULTS, model, tmp_path / "r.jsonl")
