import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from longwriter_desktop import cli
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.backups import Backups, read_backup
from longwriter_desktop.project.store import Project
from tests.test_cli import command, failed

NOON = 1_700_000_000.0
PLAN = "Paragraph 1 - Main Point: The kings - Word Count: 200 words\n"


@pytest.fixture
def rome(tmp_path: Path) -> Path:
    path = tmp_path / "rome.longwriter"
    Project.create(path, Document(title="Rome", sections=(Section("Kings", 200, text="Seven kings ruled."),))).close()
    return path


@pytest.fixture
def backed_up(rome: Path) -> Path:
    """Rome, with a backup of how it was and one of what became of it, a second later."""
    moments = iter((NOON, NOON, NOON + 1, NOON + 1))
    backups = Backups(AppPaths.of_this_machine().data / "backups", clock=lambda: next(moments))
    with Project.open(rome) as project:
        backups.make(project)
        project.save(replace(project.document, sections=()))
        project.save(Document(title="Rome", sections=(Section("Kings", 200),)))
        backups.make(project)
    return rome


def listed(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[dict[str, object]]:
    capsys.readouterr()
    assert cli.main(["backups", "list", *map(str, arguments), "--json"]) == 0
    summary = json.loads(capsys.readouterr().out.splitlines()[-1])
    found: list[dict[str, object]] = summary["backups"]
    return found


def test_a_command_that_changes_a_document_backs_it_up_before_and_after(
    rome: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Project.open(rome, read_only=True).document
    plan = tmp_path / "plan.txt"
    plan.write_text(PLAN)
    assert cli.main(["outline", str(rome), "--load", str(plan)]) == 0
    rows = listed(capsys, rome)
    assert [row["number"] for row in rows] == [1, 2]
    assert {row["of"] for row in rows} == {str(rome)}
    backups = Backups(AppPaths.of_this_machine().data / "backups").of(rome)
    after = Project.open(rome, read_only=True).document
    assert after != before
    assert [read_backup(each) for each in backups] == [after, before]


def test_a_command_that_only_reads_makes_no_backup(rome: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["outline", str(rome)]) == 0
    assert listed(capsys, rome) == []


def test_the_list_is_for_a_person_too(backed_up: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert cli.main(["backups", "list", str(backed_up)]) == 0
    told = capsys.readouterr()
    lines = [line for line in told.err.splitlines() if " words  " in line]
    assert len(lines) == 2
    assert lines[1].startswith("  2  20")
    assert "3 words" in lines[1]
    assert "2 backups." in told.out + told.err
    assert cli.main(["backups", "list"]) == 0
    assert str(backed_up) in capsys.readouterr().err


def test_a_backup_becomes_a_new_document_and_the_old_one_stays(
    backed_up: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = backed_up.read_bytes()
    copy = tmp_path / "copy.longwriter"
    assert cli.main(["backups", "restore", str(backed_up), "--backup", "2", "-o", str(copy)]) == 0
    assert Project.open(copy).document.sections[0].text == "Seven kings ruled."
    assert backed_up.read_bytes() == before
    capsys.readouterr()
    assert cli.main(["backups", "restore", str(backed_up), "--backup", "2", "-o", str(copy)]) == 1
    assert "there is a file of that name already" in capsys.readouterr().err


def test_a_backup_is_chosen_by_its_time(backed_up: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert cli.main(["backups", "list", str(backed_up)]) == 0
    oldest = next(line for line in capsys.readouterr().err.splitlines() if line.startswith("  2  "))
    when = oldest.removeprefix("  2  ").split("  ")[0]
    copy = tmp_path / "copy.longwriter"
    assert cli.main(["backups", "restore", str(backed_up), "--backup", when, "-o", str(copy)]) == 0
    assert copy.exists()


@pytest.mark.parametrize("lost", ["removed", "damaged", "replaced"])
def test_a_document_that_is_lost_or_damaged_is_had_back(backed_up: Path, tmp_path: Path, lost: str) -> None:
    if lost == "removed":
        backed_up.unlink()
    else:
        content = backed_up.read_bytes()
        backed_up.write_bytes(b"something else" if lost == "replaced" else content[:4096] + b"\0" * len(content))
    copy = tmp_path / "copy.longwriter"
    assert cli.main(["backups", "restore", str(backed_up), "--backup", "2", "-o", str(copy)]) == 0
    assert Project.open(copy).document.sections[0].text == "Seven kings ruled."


def test_a_document_that_was_moved_has_its_backups_still(
    backed_up: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    moved = tmp_path / "elsewhere.longwriter"
    backed_up.rename(moved)
    assert len(listed(capsys, moved)) == 2
    capsys.readouterr()
    cli.main(["backups", "list", str(moved)])
    assert f"of {backed_up}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["restore", "FILE", "--backup", "9", "-o", "c.longwriter"], "There is no backup '9'"),
        (["restore", "FILE", "--backup", "0", "-o", "c.longwriter"], "There is no backup '0'"),
        (["restore", "FILE", "--backup", "1999", "-o", "c.longwriter"], "There is no backup '1999'"),
        (["restore", "FILE", "--backup", "", "-o", "c.longwriter"], "There is no backup ''"),
        (["restore", "FILE", "--backup", "1", "-o", "c.docx"], "choose a name that ends in .longwriter"),
        (
            ["restore", "none.longwriter", "--backup", "1", "-o", "c.longwriter"],
            "There is no backup of none.longwriter",
        ),
        (["delete", "FILE", "--backup", "17"], "There is no backup '17'"),
        (["delete", "none.longwriter", "--backup", "all"], "There is no backup of none.longwriter"),
    ],
)
def test_a_wrong_choice_is_one_sentence_and_changes_nothing(
    backed_up: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    capsys.readouterr()
    assert cli.main(["backups", *(str(backed_up) if each == "FILE" else each for each in arguments)]) == 1
    assert said in capsys.readouterr().err
    assert len(listed(capsys, backed_up)) == 2


def test_backups_are_deleted_one_or_all(backed_up: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["backups", "delete", str(backed_up), "--backup", "1"]) == 0
    assert [row["words"] for row in listed(capsys, backed_up)] == [3]
    assert cli.main(["backups", "delete", str(backed_up), "--backup", "all"]) == 0
    assert listed(capsys, backed_up) == []
    assert list((AppPaths.of_this_machine().data / "backups").iterdir()) == []


def test_a_document_is_changed_also_where_no_backup_can_be_made(
    rome: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = AppPaths.of_this_machine().data
    data.mkdir(parents=True)
    (data / "backups").write_text("a file where the folder should be")
    plan = tmp_path / "plan.txt"
    plan.write_text(PLAN)
    assert cli.main(["outline", str(rome), "--load", str(plan)]) == 0
    assert capsys.readouterr().err.count("No backup of") == 1
    assert Project.open(rome, read_only=True).document.sections[0].main_point == "The kings"


def test_a_damaged_document_names_the_command_that_lists_its_backups(backed_up: Path, tmp_path: Path) -> None:
    connection = sqlite3.connect(backed_up)
    connection.execute("CREATE TABLE more (text TEXT)")
    connection.execute("INSERT INTO more VALUES (zeroblob(40000))")
    connection.commit()
    connection.close()
    content = backed_up.read_bytes()
    backed_up.write_bytes(content[:4096] + b"\0" * (len(content) - 4096))
    assert "`longwriter-desktop backups list FILE`" in failed(command("export", backed_up, "a.md", folder=tmp_path))
