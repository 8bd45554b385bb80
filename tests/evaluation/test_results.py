from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from longwriter_desktop.errors import InputProblem
from longwriter_desktop.evaluation.results import DIMENSIONS, ResultLog, check_setup, read_lines, results_of
from tests.evaluation.samples import RESULT, judgement, result


def test_lines_come_back_as_they_were(tmp_path: Path) -> None:
    log = ResultLog(tmp_path / "r.jsonl")
    lines = (result(text="第一行\n“第二行”"), judgement(dict.fromkeys(DIMENSIONS, 3)), result(number=2, plan=None))
    for line in lines:
        log.append(line)
    assert read_lines(tmp_path / "r.jsonl") == lines == log.lines == ResultLog(tmp_path / "r.jsonl").lines


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.floats(0, 1))
def test_a_file_that_was_cut_anywhere_goes_on_after_its_last_whole_line(tmp_path: Path, cut: float) -> None:
    path = tmp_path / "r.jsonl"
    path.unlink(missing_ok=True)
    lines = [result(number=number, text="glass " * number) for number in (1, 2, 3)]
    log = ResultLog(path)
    for line in lines:
        log.append(line)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(cut * len(whole))])
    kept = whole[: int(cut * len(whole))].count(b"\n")
    log = ResultLog(path)
    assert list(log.lines) == lines[:kept]
    for line in lines[kept:]:
        log.append(line)
    assert path.read_bytes() == whole


@pytest.mark.parametrize("content", [b"my notes", b"my notes\n", b'{"kind": "other"}\n', b'{"kind":"result","x":1}\n'])
def test_somebody_elses_file_is_left_as_it_was(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputProblem, match="left as it is"):
        ResultLog(path)
    assert path.read_bytes() == content


def test_results_are_kept_in_a_jsonl_file_in_a_folder_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="ends so"):
        ResultLog(tmp_path / "r.md")
    with pytest.raises(InputProblem, match="cannot be kept"):
        ResultLog(tmp_path / "none" / "r.jsonl")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("fields", [{"method": "direct"}, {"model": "N"}, {"layout": "guided"}, {"seed": 2}])
def test_results_of_another_run_are_told_apart(tmp_path: Path, fields: dict[str, object]) -> None:
    log = ResultLog(tmp_path / "r.jsonl")
    log.append(RESULT)
    check_setup(log, RESULT.setup)
    with pytest.raises(InputProblem, match="another name"):
        check_setup(log, result(**fields).setup)


def test_of_two_results_of_one_prompt_the_last_counts() -> None:
    lines = (result(words=1), result(words=2), result(words=3, method="direct"))
    assert [each.words for each in results_of(lines)] == [2, 3]


def test_quality_is_the_papers(tmp_path: Path) -> None:
    assert judgement(dict.fromkeys(DIMENSIONS, 1)).quality == 0
    assert judgement(dict.fromkeys(DIMENSIONS, 5)).quality == 100
    assert judgement(dict(zip(DIMENSIONS, (5, 5, 5, 1, 1, 1), strict=True))).quality == 50
    assert judgement({}).quality is None
