"""`longwriter-desktop salvage`, and what the other commands say of a damaged document."""

import json
from pathlib import Path

import pytest

from longwriter_desktop.cli import main
from longwriter_desktop.project.store import Project
from tests.project.test_salvage import BOOK

PAGE = 4096


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    path = tmp_path / "book.longwriter"
    Project.create(path, BOOK).close()
    content = bytearray(path.read_bytes())
    content[9 * PAGE : 10 * PAGE] = bytes(PAGE)
    path.write_bytes(content)
    return path


def test_a_command_says_how_to_salvage_a_damaged_document(damaged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(damaged), str(damaged.with_suffix(".md"))]) == 1
    said = capsys.readouterr().err
    assert "could not be opened" in said
    assert "longwriter-desktop salvage FILE -o COPY.longwriter" in said
    assert not damaged.with_suffix(".md").exists()


def test_what_can_be_read_becomes_a_new_document(damaged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = damaged.read_bytes()
    copy = damaged.with_name("copy.longwriter")
    assert main(["salvage", str(damaged), "-o", str(copy), "--json"]) == 0
    said = capsys.readouterr()
    events = [json.loads(line) for line in said.out.splitlines()]
    assert "sections could be read" in said.err
    assert events[-1]["event"] == "summary"
    with Project.open(copy) as project:
        assert project.repairs == ()
        assert len(project.document.sections) == len(BOOK.sections)
    assert damaged.read_bytes() == before


def test_a_copy_never_overwrites_a_file_and_is_a_document(damaged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["salvage", str(damaged), "-o", str(damaged)]) == 1
    assert "a file of that name already" in capsys.readouterr().err
    assert main(["salvage", str(damaged), "-o", str(damaged.with_suffix(".txt"))]) == 1
    assert "ends in .longwriter" in capsys.readouterr().err


def test_of_a_file_without_sections_nothing_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "diary.txt"
    path.write_text("Dear diary, " * 500)
    assert main(["salvage", str(path), "-o", str(tmp_path / "copy.longwriter")]) == 1
    assert capsys.readouterr().err.count("longwriter-desktop") == 1
    assert not (tmp_path / "copy.longwriter").exists()
