"""What killed processes leave behind, made by processes that are really killed."""

import os
import re
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.export.registry import export
from longwriter_desktop.leftovers import clear_leftovers, remove_leftovers, temporary_folder, temporary_name
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.safe_write import replace_file

_KILLED = """
import os, sys
from pathlib import Path
from longwriter_desktop import safe_write
from longwriter_desktop.export import replace
from longwriter_desktop.leftovers import temporary_folder

os.umask(0)
def stop(*_):
    print("ready", flush=True)
    sys.stdin.read()
os.fsync = stop
if sys.argv[1] == "settings":
    safe_write.replace_file(Path(sys.argv[2]), b"secret")
elif sys.argv[1] == "export":
    replace.put_file(Path(sys.argv[2]), b"secret")
else:
    with temporary_folder() as folder:
        (Path(folder) / "copy").write_bytes(b"secret")
        stop()
"""
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")


def _killed_over(what: str, target: Path, environ: dict[str, str] | None = None) -> int:
    """Has a process write to ``target`` and kills it before it has finished; returns its number."""
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED, what, str(target)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | (environ or {}),
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.kill()
    return process.pid


def _modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()}


@posix
def test_what_a_killed_process_left_in_the_apps_folders_is_private_and_goes_at_the_next_start() -> None:
    paths = AppPaths.of_this_machine()
    replace_file(paths.data / "deep" / "kept.json", b"kept")
    _killed_over("settings", paths.data / "deep" / "recent.json")
    left = sorted((paths.data / "deep").iterdir())
    assert len(left) == 2
    assert _modes(paths.data / "deep") == {0o600}
    clear_leftovers(paths)
    assert [each.name for each in (paths.data / "deep").iterdir()] == ["kept.json"]


@posix
def test_a_temporary_folder_of_a_killed_process_is_private_and_goes_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _killed_over("folder", tmp_path, {"TMPDIR": str(tmp_path)})
    assert _modes(tmp_path) == {0o700}
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-m", "longwriter_desktop.cli", "models"],
        env=os.environ | {"TMPDIR": str(tmp_path)},
        capture_output=True,
        check=True,
    )
    assert done.stdout
    assert not list(tmp_path.iterdir())


@posix
def test_what_a_killed_export_left_is_private_and_goes_with_the_next_export_once_nobody_can_be_writing_it(
    tmp_path: Path,
) -> None:
    target = tmp_path / "essay.md"
    essay = Document("Essay", sections=(Section("point", 200, text="Text."),))
    _killed_over("export", target)
    (left,) = tmp_path.iterdir()
    assert _modes(tmp_path) == {0o600}
    export(essay, target)
    assert set(tmp_path.iterdir()) == {left, target}
    os.utime(left, (time.time() - 120,) * 2)
    export(essay, target)
    assert list(tmp_path.iterdir()) == [target]


@posix
def test_an_exported_file_has_the_usual_permissions_in_the_end(tmp_path: Path) -> None:
    essay = Document("Essay", sections=(Section("point", 200, text="Text."),))
    usual = tmp_path / "usual"
    usual.touch()
    export(essay, tmp_path / "new.md")
    assert _modes(tmp_path) == {stat.S_IMODE(usual.stat().st_mode)}


def test_what_a_living_process_is_writing_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    names = (temporary_name("settings.toml"), ".vimrc", ".a-b.tmp", "longwriter-notes", ".essay-1-x.docx")
    for name in names:
        (tmp_path / name).write_text("kept")
    remove_leftovers(list(tmp_path.iterdir()))
    assert {each.name for each in tmp_path.iterdir()} == set(names)


@posix
def test_a_process_that_got_the_number_of_a_dead_one_does_not_keep_its_files(tmp_path: Path) -> None:
    left = tmp_path / temporary_name("settings.toml")
    left.write_text("secret")
    os.utime(left, (1_000_000_000,) * 2)  # Long before this process was started.
    remove_leftovers([left])
    assert not left.exists()


@posix
def test_a_link_that_lies_in_wait_among_the_temporary_files_leads_to_no_loss(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "letter").write_text("kept")
    link = tmp_path / "longwriter-999999999-abc"
    link.symlink_to(precious)
    remove_leftovers([link])
    assert not link.is_symlink()
    assert (precious / "letter").read_text() == "kept"


def test_temporary_folders_and_files_are_named_after_their_process() -> None:
    with temporary_folder() as folder:
        assert re.search(rf"-{os.getpid()}-", Path(folder).name)
