import errno
import os
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from longwriter_desktop.errors import ExportProblem
from longwriter_desktop.export.options import ExportOptions
from longwriter_desktop.export.registry import FORMATS, check_target, export, format_of
from tests.export.reading import document

REPORT = document(("One", "text " * 2000), title="Title")


class SharingViolation(PermissionError):
    """What Windows raises for a file that another program has open."""

    winerror = 32


def refused(path: Path) -> str:
    """The sentence with which an export to ``path`` is refused."""
    with pytest.raises(ExportProblem) as caught:
        export(REPORT, path)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


@contextmanager
def unchanged(folder: Path) -> Iterator[None]:
    """Checks that everything in ``folder`` is afterwards what it was, and nothing new."""

    def look() -> dict[str, tuple[bytes, int]]:
        files = (path for path in folder.iterdir() if path.is_file())
        return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}

    before = look()
    yield
    assert look() == before


def test_the_suffix_decides_the_format(tmp_path: Path) -> None:
    export(REPORT, tmp_path / "a.docx")
    export(REPORT, tmp_path / "b.MD")
    assert zipfile.is_zipfile(tmp_path / "a.docx")
    assert (tmp_path / "b.MD").read_text("utf-8").startswith("# Title\n\n## One\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "b.MD"]


def test_each_format_knows_its_suffix_and_name() -> None:
    assert list(FORMATS) == [".docx", ".md", ".json"]
    assert all(format_of(Path(f"x{suffix}")) is each and each.suffix == suffix for suffix, each in FORMATS.items())


@pytest.mark.parametrize(("name", "what"), [("a.pdf", ".pdf"), ("docx", "no suffix"), ("a.docx.", ""), (".docx", "")])
def test_an_unknown_suffix_is_refused_with_the_known_ones(tmp_path: Path, name: str, what: str) -> None:
    with unchanged(tmp_path):
        sentence = refused(tmp_path / name)
    assert what in sentence
    assert ".docx (Word document)" in sentence
    assert ".md (Markdown)" in sentence


def test_a_file_that_was_there_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    path.chmod(0o640)
    export(REPORT, path)
    assert path.read_text("utf-8").startswith("# Title")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_can_be_read_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    export(REPORT, tmp_path / "a.md")
    assert (tmp_path / "a.md").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "a.md").symlink_to(tmp_path / "elsewhere" / "b.md")
    export(REPORT, tmp_path / "a.md")
    assert (tmp_path / "a.md").is_symlink()
    assert (tmp_path / "elsewhere" / "b.md").read_text("utf-8").startswith("# Title")


def test_a_name_of_the_greatest_length_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / f"{'字' * 84}.md"
    export(REPORT, path)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert path.read_text("utf-8").startswith("# Title")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with unchanged(tmp_path):
        assert f"no folder “{tmp_path / 'missing'}”" in refused(tmp_path / "missing" / "a.docx")


def test_a_folder_is_no_target(tmp_path: Path) -> None:
    (tmp_path / "a.docx").mkdir()
    with unchanged(tmp_path):
        assert "is a folder" in refused(tmp_path / "a.docx")
    assert list((tmp_path / "a.docx").iterdir()) == []


def test_a_file_in_place_of_the_folder_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "There is no folder" in refused(tmp_path / "file" / "a.md")


def test_a_pipe_is_no_target(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    assert "no ordinary file" in refused(tmp_path / "a.md")
    assert stat.S_ISFIFO((tmp_path / "a.md").stat().st_mode)


@pytest.mark.parametrize("name", ["a\0b.md", "x" * 300 + ".md"])
def test_an_impossible_name_is_refused(tmp_path: Path, name: str) -> None:
    with unchanged(tmp_path):
        assert "choose" in refused(tmp_path / name)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs Linux's /proc, where no file can be made")
def test_a_folder_that_cannot_be_written_is_refused() -> None:
    assert "nothing was exported" in refused(Path("/proc/self/a.md"))


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full"),
        (PermissionError(errno.EACCES, "Permission denied"), "cannot be written to"),
        (OSError(errno.EROFS, "Read-only file system"), "cannot be written to"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
    ],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, says: str, step: str, there: bool
) -> None:
    path = tmp_path / "a.docx"
    if there:
        path.write_text("old")

    def fail(*arguments: object) -> None:
        raise error

    monkeypatch.setattr(os if step == "fsync" else Path, step, fail)
    with unchanged(tmp_path):
        sentence = refused(path)
    assert says in sentence
    assert ("the file that was there is unchanged" if there else "nothing was exported") in sentence


def test_a_file_that_is_open_in_another_program_on_windows_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.docx"
    path.write_text("old")

    def fail(*arguments: object) -> None:
        raise SharingViolation(errno.EACCES, "The process cannot access the file")

    monkeypatch.setattr(Path, "replace", fail)
    with unchanged(tmp_path):
        assert "open in another program" in refused(path)


def test_a_disk_that_takes_no_more_leaves_what_was_there(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="Windows has no limit on the size of files")
    path = tmp_path / "a.md"
    path.write_text("old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with unchanged(tmp_path):
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))  # a real write that fails in its middle
        try:
            sentence = refused(path)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "the file that was there is unchanged" in sentence


def test_an_interruption_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.docx"
    path.write_text("old")

    def interrupt(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with unchanged(tmp_path), pytest.raises(KeyboardInterrupt):
        export(REPORT, path)


def test_the_author_comes_from_the_options(tmp_path: Path) -> None:
    export(REPORT, tmp_path / "a.docx", options=ExportOptions(author="Ada", region="US"))
    with zipfile.ZipFile(tmp_path / "a.docx") as archive:
        assert b"Ada" in archive.read("docProps/core.xml")


def test_a_target_can_be_asked_about_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("old")
    (tmp_path / "folder.docx").mkdir()
    with unchanged(tmp_path):
        check_target(tmp_path / "a.md")
        check_target(tmp_path / "new.docx")
        for name in ("a.pdf", "folder.docx", "missing/a.md", "a\0b.md"):
            with pytest.raises(ExportProblem):
                check_target(tmp_path / name)
