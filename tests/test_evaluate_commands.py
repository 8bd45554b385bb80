import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from longwriter_desktop import cli, evaluate_commands
from longwriter_desktop.agentwrite.engine import Prompt, Sampling
from longwriter_desktop.evaluate_commands import EvaluationBar
from longwriter_desktop.evaluation.results import DIMENSIONS, Result, ResultLog, read_lines
from longwriter_desktop.evaluation.run import Progress
from tests.agentwrite.fake_model import FakeModel, prose
from tests.evaluation.samples import RESULT, judgement, result

JUDGED = json.dumps({"Analysis": "Good.", **dict.fromkeys(DIMENSIONS, 4)})


def speak(prompt: Prompt, sampling: Sampling) -> str:
    if "six dimensions" in prompt.messages[0].content:
        return JUDGED
    return (
        f" Glass {sampling.seed}: {prose(sampling.seed, 8)}" if sampling.max_tokens < 100 else prose(sampling.seed, 260)
    )


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> FakeModel:
    """Stands in for the model that the commands open."""
    fake = FakeModel(speak)

    @contextmanager
    def opened(*_arguments: object, **_keywords: object) -> Iterator[FakeModel]:
        yield fake

    monkeypatch.setattr(evaluate_commands, "opened", opened)
    return fake


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    path = tmp_path / "prompts.jsonl"
    tasks = [{"prompt": f"Write a {length}-word text on glass", "length": length} for length in (300, 250, 700)]
    path.write_text("\n".join(json.dumps(task) for task in tasks), encoding="utf-8")
    return path


def evaluate(*arguments: object) -> int:
    return cli.main(["evaluate", *map(str, arguments)])


@pytest.mark.usefixtures("model", "starter_model")
def test_a_run_leaves_results_a_report_and_plots(
    prompts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "r.jsonl"
    assert evaluate("length", "--prompts", prompts, "-o", out, "--model", "starter", "--json") == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["event"] for event in events] == ["evaluated"] * 3 + ["summary"]
    assert events[-1]["prompts"] == 3
    assert events[-1]["length_score"] > 90
    assert events[-1]["report"] == [str(tmp_path / f"r{suffix}") for suffix in (".md", ".png", ".svg")]
    assert "## Length score S_l" in (tmp_path / "r.md").read_text(encoding="utf-8")
    assert "(r.png)" in (tmp_path / "r.md").read_text(encoding="utf-8")
    lines = read_lines(out)
    assert [(line.number, line.layout, line.seed) for line in lines] == [
        (1, "guided", 1),
        (2, "guided", 1),
        (3, "guided", 1),
    ]


@pytest.mark.usefixtures("starter_model")
def test_a_second_run_does_what_is_missing_and_files_stand_side_by_side(
    prompts: Path, tmp_path: Path, model: FakeModel, capsys: pytest.CaptureFixture[str]
) -> None:
    direct = ("length", "--prompts", prompts, "-o", tmp_path / "d.jsonl", "--model", "starter", "--method", "direct")
    assert evaluate(*direct, "--only", "2") == 0
    assert evaluate(*direct, "--sample", 3) == 0
    assert len(model.calls) == 3
    assert [line.number for line in read_lines(tmp_path / "d.jsonl")] == [2, 1, 3]
    ruler = ("ruler", "--prompts", prompts, "-o", tmp_path / "r.jsonl", "--model", "starter", "--method", "plain")
    assert evaluate(*ruler) == 0
    assert evaluate("quality", tmp_path / "d.jsonl", "--judge", "starter") == 0
    files = [tmp_path / name for name in ("d.jsonl", "r.jsonl", "d-quality.jsonl")]
    assert evaluate("report", *files, "-o", tmp_path / "all.md") == 0
    text = (tmp_path / "all.md").read_text(encoding="utf-8")
    assert "| direct, SmolLM2 135M (starter) |" in text
    assert "| plain, SmolLM2 135M (starter) |" in text
    assert "## Ruler" in text
    assert "| 75.0 | 3 | 0 | 0 |" in text
    assert (tmp_path / "all.svg").exists()
    assert "S_q 75" in capsys.readouterr().err


@pytest.mark.usefixtures("model", "starter_model")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--method", "direct", "--layout", "paper"], "--layout goes with"),
        (["--only", "4"], "the file has 3"),
        (["--sample", "0"], "at least 1"),
        (["--seed", "-1"], "--seed must be"),
        (["--model", "nope"], "no model"),
    ],
)
def test_what_cannot_be_run_is_said_before_anything_is_made(
    prompts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert evaluate("length", "--prompts", prompts, "-o", tmp_path / "r.jsonl", *arguments) == 1
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [prompts]


@pytest.mark.usefixtures("model", "starter_model")
def test_results_of_another_method_are_left_alone(
    prompts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = ("length", "--prompts", prompts, "-o", tmp_path / "r.jsonl", "--model", "starter", "--only", "1")
    assert evaluate(*run, "--method", "direct") == 0
    before = (tmp_path / "r.jsonl").read_bytes()
    assert evaluate(*run) == 1
    assert "Choose another name" in capsys.readouterr().err
    assert (tmp_path / "r.jsonl").read_bytes() == before
    assert evaluate("quality", tmp_path / "r.jsonl", "--judge", "starter", "-o", tmp_path / "r.jsonl") == 1


@pytest.mark.usefixtures("starter_model")
def test_ctrl_c_keeps_what_is_finished(
    prompts: Path, tmp_path: Path, model: FakeModel, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(prompt: Prompt, sampling: Sampling) -> str:
        if len(model.calls) > 1:
            raise KeyboardInterrupt
        return speak(prompt, sampling)

    model.speak = interrupted
    out = tmp_path / "r.jsonl"
    assert evaluate("length", "--prompts", prompts, "-o", out, "--model", "starter", "--method", "direct") == 130
    assert "the same command goes on" in capsys.readouterr().err
    assert len(read_lines(out)) == 1
    assert (tmp_path / "r.md").exists()


def test_without_matplotlib_the_report_says_how_to_get_the_plot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(evaluate_commands, "can_plot", lambda: False)
    results = tmp_path / "r.jsonl"
    ResultLog(results).append(RESULT)
    assert evaluate("report", results, "-o", tmp_path / "r.md") == 0
    assert "matplotlib is not installed" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.jsonl", "r.md"]


def test_a_report_is_never_put_over_results(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = tmp_path / "r.jsonl"
    ResultLog(results).append(RESULT)
    before = results.read_bytes()
    assert evaluate("report", results, "-o", results) == 1
    assert ".md" in capsys.readouterr().err
    assert results.read_bytes() == before
    (tmp_path / "empty.jsonl").touch()
    assert evaluate("report", tmp_path / "empty.jsonl", "-o", tmp_path / "e.md") == 1
    assert evaluate("report", tmp_path / "none.jsonl", "-o", tmp_path / "e.md") == 1


@pytest.mark.parametrize("arguments", [["length"], ["quality", "r.jsonl"], ["length", "--only", "x"], []])
def test_wrong_usage_exits_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        evaluate(*arguments)
    assert ended.value.code == 2


def test_a_person_reads_a_line_for_each_prompt() -> None:
    err = io.StringIO()
    bar = EvaluationBar(err)
    stopped = result(number=2, stop="the context was full")
    halves: list[Progress | Result] = [Progress(1, 2, 1, "planning"), RESULT, stopped]
    for event in halves:
        bar.event(event)
    bar.event(judgement(dict.fromkeys(DIMENSIONS, 5), share_read=0.25))
    bar.event(judgement({}))
    bar.finish({"length_score": 99.0, "report": ["r.md"]})
    assert err.getvalue().splitlines() == [
        "Prompt 1: 400 of 400 words, S_l 100.0, 60 s",
        "Prompt 2: 400 of 400 words, S_l 100.0, 60 s, the context was full",
        "Prompt 1: S_q 100, by its beginning, middle and end (25%)",
        "Prompt 1: not judgeable",
        "S_l 99.0",
        "The report is in r.md.",
    ]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_a_bar_shows_what_goes_on() -> None:
    err = Terminal()
    bar = EvaluationBar(err)
    bar.event(Progress(2, 16, 7, "section 3 of 12"))
    bar.event(RESULT)
    bar.finish({"report": []})
    assert "prompt 7, section 3 of 12" in err.getvalue()
    assert "1/16" in err.getvalue()


def test_the_starter_runs_and_judges_for_real(
    tmp_path: Path, starter_model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prompts, out = tmp_path / "p.jsonl", tmp_path / "r.jsonl"
    prompts.write_text(json.dumps({"prompt": "Write a 60-word note on glass.", "length": 60}), encoding="utf-8")
    assert evaluate("length", "--prompts", prompts, "-o", out, "--model", starter_model) == 0
    (found,) = read_lines(out)
    assert isinstance(found, Result)
    assert found.length_score > 80
    assert found.tokens_written > 50
    assert found.seconds > found.seconds_writing > 0
    assert evaluate("quality", out, "--judge", starter_model, "--json") == 0
    summary = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert summary["judged"] + summary["not_judgeable"] == 1
