"""Other ways of writing on the command line: in parallel, stale sections, a direction, a passage."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from longwriter_desktop.cli import main
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Status
from longwriter_desktop.project.store import Project
from tests.test_cli import command, planned_file


def stored(path: Path) -> Document:
    with Project.open(path, read_only=True) as project:
        return project.document


def done(*arguments: object, folder: Path) -> CompletedProcess[str]:
    ended = command(*arguments, folder=folder)
    assert ended.returncode == 0, ended.stderr
    return ended


@pytest.fixture
def _own_signals() -> Iterator[None]:
    """The command line is told to end by SIGTERM; the tests' process is not."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.mark.usefixtures("starter_model", "_own_signals")
def test_in_parallel_then_one_again_with_a_direction_then_what_is_stale_then_a_passage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = planned_file(tmp_path, 30, 30, 30)
    said = done("write", path, "--parallel", "--seed", 1, folder=tmp_path).stderr
    assert "6 % less coherent" in said
    first = stored(path)
    assert set(first.statuses().values()) == {Status.WRITTEN}
    assert all(27 <= section.words <= 33 for section in first.sections)

    said = done(
        "write", path, "--section", 1, "--again", "--direction", "begin with a scene", "--seed", 2, folder=tmp_path
    ).stderr
    again = stored(path)
    assert again.sections[0].direction == again.sections[0].versions[-1].direction == "begin with a scene"
    assert first.sections[0].text in [version.text for version in again.sections[0].versions]
    assert "Sections 2, 3 are stale" in said

    done("write", path, "--stale", "--seed", 3, folder=tmp_path)
    after = stored(path)
    assert after.sections[0] == again.sections[0]
    assert set(after.statuses().values()) == {Status.WRITTEN}
    assert after.sections[1].text != again.sections[1].text
    assert main(["write", str(path), "--stale"]) == 0
    assert "No section is stale" in capsys.readouterr().err

    passage = after.sections[2].text.strip()
    told = done(
        *("rewrite", path, "--section", 3, "--find", passage, "--how", "tone:formal", "--seed", 4, "--json"),
        folder=tmp_path,
    ).stdout
    events = [json.loads(line) for line in told.splitlines()]
    (rewritten,) = (event for event in events if event["event"] == "rewritten")
    assert rewritten["before"] == passage
    assert stored(path).sections[2].text.strip() == rewritten["after"]
    assert passage in [version.text.strip() for version in stored(path).sections[2].versions]


@pytest.mark.usefixtures("_own_signals")
def test_what_does_not_go_together_is_said_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = planned_file(tmp_path, 40)
    before = stored(path)
    for arguments, sentence in (
        (["write", path, "--stale", "--again"], "--stale goes without"),
        (["write", path, "--direction", "shorter"], "--direction goes with"),
        (["write", path, "--section", 1, "--alternatives", 2, "--parallel"], "--alternatives goes without"),
        (["rewrite", path, "--section", 1, "--find", "no such words", "--how", "shorten"], "nowhere in the section"),
        (["rewrite", path, "--section", 9, "--find", "x", "--how", "shorten"], "no section 9"),
        (["rewrite", path, "--section", 1, "--find", "x", "--how", "tone:"], "The tone has no name"),
    ):
        assert main([str(each) for each in arguments]) == 1
        said = capsys.readouterr()
        assert sentence in said.err
        assert said.err.startswith("longwriter-desktop: ")
        assert said.err.count("\n") == 1
        assert said.out == ""
    assert stored(path) == before
