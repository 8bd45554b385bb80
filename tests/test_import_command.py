from pathlib import Path

import pytest

from longwriter_desktop.cli import main
from longwriter_desktop.document.document import Document, DocumentSettings
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.project.store import Project

VERSIONS = (Version("Earlier.", 1.25, "generated", "a model", 7, 0.5, "shorter"),)
DOCUMENT = Document(
    "灯塔",
    "Write",
    "zh",
    300,
    (Section("Storms", 100, heading="H", text="Wind \ud83d.", complete=True, versions=VERSIONS, id="a"),),
    trash=(Section("Lamps", 100, text="Oil.", id="b"),),
    settings=DocumentSettings("a model", 0.3, 5),
)


@pytest.fixture
def file(tmp_path: Path, longwriter_home: Path) -> Path:
    path = tmp_path / "one.longwriter"
    Project.create(path, DOCUMENT).close()
    return path


def test_a_document_leaves_as_json_and_comes_back_the_same(file: Path, tmp_path: Path) -> None:
    exported, imported = tmp_path / "one.json", tmp_path / "two.longwriter"
    assert main(["export", str(file), str(exported), "--format", "json"]) == 0
    assert main(["import", str(exported), "-o", str(imported)]) == 0
    with Project.open(imported, read_only=True) as project:
        assert project.document == DOCUMENT


def test_the_suffix_alone_names_the_format(file: Path, tmp_path: Path) -> None:
    assert main(["export", str(file), str(tmp_path / "one.json")]) == 0
    assert '"format": "longwriter-document"' in (tmp_path / "one.json").read_text("utf-8")


def test_what_cannot_be_imported_makes_no_file(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "two.longwriter"
    assert main(["import", str(file), "-o", str(target)]) == 1
    assert "cannot be read as a document" in capsys.readouterr().err
    assert main(["import", str(tmp_path / "none.json"), "-o", str(target)]) == 1
    assert main(["import", str(file), "-o", str(tmp_path / "two.txt")]) == 1
    assert not target.exists()
    assert not (tmp_path / "two.txt").exists()


def test_a_document_that_is_there_is_not_imported_over(file: Path, tmp_path: Path) -> None:
    exported, before = tmp_path / "one.json", file.read_bytes()
    main(["export", str(file), str(exported)])
    assert main(["import", str(exported), "-o", str(file)]) == 1
    assert file.read_bytes() == before


def test_json_under_another_suffix_is_not_exported(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(file), str(tmp_path / "one.docx"), "--format", "json"]) == 1
    assert "ends in .json" in capsys.readouterr().err
    assert not (tmp_path / "one.docx").exists()
