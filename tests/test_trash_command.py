import json
from pathlib import Path

import pytest

from longwriter_desktop.cli import main
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.lock import DocumentLocks
from longwriter_desktop.project.store import Project


@pytest.fixture
def file(tmp_path: Path, longwriter_home: Path) -> Path:
    """A document of which "Lamps" and then "Keepers" were deleted."""
    lamps = Section("Lamps", 100, text="Oil.", versions=(Version("Gas.", 1.0, "generated"),), id="lamps")
    sections = (Section("Storms", 100, text="Wind.", id="storms"), lamps, Section("Keepers", 100, id="keepers"))
    path = tmp_path / "lighthouses.longwriter"
    Project.create(path, Document("T", "Write", sections=sections).deleted("lamps").deleted("keepers")).close()
    return path


def stored(path: Path) -> Document:
    with Project.open(path, read_only=True) as project:
        return project.document


def test_deleted_sections_are_listed_the_newest_first(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = file.read_bytes()
    assert main(["trash", str(file)]) == 0
    assert capsys.readouterr().out.splitlines() == ["1. Keepers (words: 0)", "2. Lamps (words: 1, versions: 1)"]
    assert main(["trash", str(file), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["event"] for line in lines] == ["deleted", "deleted", "summary"]
    assert (lines[1]["text"], lines[2]["deleted"]) == ("Oil.", 2)
    assert file.read_bytes() == before


def test_a_section_comes_back_with_its_text_and_versions(file: Path) -> None:
    assert main(["trash", str(file), "--restore", "2"]) == 0
    document = stored(file)
    assert [each.main_point for each in document.sections] == ["Storms", "Lamps"]
    assert document.section("lamps").versions[0].text == "Gas."
    assert [each.main_point for each in document.trash] == ["Keepers"]


def test_one_is_brought_back_and_another_deleted_for_good_at_once(file: Path) -> None:
    assert main(["trash", str(file), "--restore", "1", "--delete", "2"]) == 0
    document = stored(file)
    assert [each.main_point for each in document.sections] == ["Storms", "Keepers"]
    assert document.trash == ()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--restore", "3"], "no section 3 in the trash, which has the sections 1 to 2"),
        (["--delete", "0"], "no section 0"),
        (["--restore", "1", "--delete", "1"], "named twice"),
    ],
)
def test_a_number_that_cannot_be_meant_changes_nothing(
    file: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = file.read_bytes()
    assert main(["trash", str(file), *options]) == 1
    assert said in capsys.readouterr().err
    assert file.read_bytes() == before


def test_an_empty_trash_says_so(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["trash", str(file), "--delete", "1", "--delete", "2"])
    capsys.readouterr()
    assert main(["trash", str(file)]) == 0
    assert capsys.readouterr().err.strip() == "No section is in the trash."
    assert main(["trash", str(file), "--restore", "1"]) == 1
    assert "which is empty" in capsys.readouterr().err


def test_what_a_window_has_open_is_listed_but_not_changed(file: Path) -> None:
    lock = DocumentLocks(AppPaths.of_this_machine()).take(file, "window")
    try:
        assert main(["trash", str(file)]) == 0
        assert main(["trash", str(file), "--restore", "1"]) == 1
    finally:
        lock.release()
    assert len(stored(file).trash) == 2
