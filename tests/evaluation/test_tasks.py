import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.errors import InputProblem
from longwriter_desktop.evaluation.tasks import Task, only, read_tasks, sample


def file_of(folder: Path, *lines: object) -> Path:
    path = folder / "prompts.jsonl"
    text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text(text, encoding="utf-8")
    return path


def test_prompts_are_read_with_their_bucket_and_language(tmp_path: Path) -> None:
    path = file_of(
        tmp_path,
        {"prompt": "Write 499 words on glass", "type": "Popular Science", "length": 499},
        "",
        {"prompt": "写一篇500字的文章\u2028谈玻璃", "length": 500},
        {"prompt": "Write a book on 窗户 glass", "length": 30_000, "more": "fields"},
    )
    tasks = read_tasks(path)
    assert [task.number for task in tasks] == [1, 2, 3]
    assert [task.bucket for task in tasks] == ["0-500", "500-2k", "20k+"]
    assert [task.language for task in tasks] == ["en", "zh", "en"]
    assert tasks[1].prompt == "写一篇500字的文章\u2028谈玻璃"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no json", "line 2"),
        ({"prompt": "Write"}, "length"),
        ({"prompt": "Write", "length": "long"}, "int"),
        ({"prompt": "Write", "length": 0}, "below 1"),
        ({"prompt": " \n", "length": 100}, "no words"),
        ('{"prompt": "Wri', "line 2"),
    ],
)
def test_a_line_that_is_no_prompt_is_named(tmp_path: Path, line: object, said: str) -> None:
    path = file_of(tmp_path, {"prompt": "Write", "length": 1}, line)
    with pytest.raises(InputProblem, match=said):
        read_tasks(path)


def test_a_file_without_prompts_and_none_at_all_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="no prompts"):
        read_tasks(file_of(tmp_path, "", "\n"))
    with pytest.raises(InputProblem, match="cannot be read"):
        read_tasks(tmp_path / "none.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b'{"prompt": "caf\xe9", "length": 1}')
    with pytest.raises(InputProblem, match="UTF-8"):
        read_tasks(tmp_path / "latin.jsonl")


TASKS = st.lists(
    st.tuples(st.sampled_from([100, 600, 2500, 5000, 25_000]), st.booleans()), min_size=1, max_size=60
).map(
    lambda rows: [
        Task(number, "写一篇文章" if chinese else "Write an article", "", length)
        for number, (length, chinese) in enumerate(rows, start=1)
    ]
)


@given(tasks=TASKS, count=st.integers(1, 70))
def test_a_sample_has_every_cell_before_any_twice_and_grows_by_one(tasks: list[Task], count: int) -> None:
    chosen = sample(tasks, count, "length")
    assert len(chosen) == min(count, len(tasks))
    assert list(chosen) == sorted(set(chosen), key=lambda task: task.number)
    cells = {(task.bucket, task.language) for task in tasks}
    assert len({(task.bucket, task.language) for task in chosen}) == min(count, len(cells))
    assert set(chosen) <= set(sample(tasks, count + 1, "length"))


def test_the_rulers_sample_goes_by_length() -> None:
    tasks = [Task(number, "Write", "", length) for number, length in enumerate([1000, 1500, 1500, 1999], start=1)]
    assert {task.length for task in sample(tasks, 3, "ruler")} == {1000, 1500, 1999}


def test_numbers_choose_prompts_in_the_files_order() -> None:
    tasks = [Task(number, "Write", "", 100) for number in (1, 2, 3)]
    assert [task.number for task in only(tasks, [3, 1])] == [1, 3]
    for wrong in (0, 4):
        with pytest.raises(InputProblem, match="the file has 3"):
            only(tasks, [wrong])
    with pytest.raises(InputProblem, match="at least 1"):
        sample(tasks, 0, "length")
