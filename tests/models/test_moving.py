import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from longwriter_desktop.errors import ModelProblem
from longwriter_desktop.models import moving
from longwriter_desktop.models.catalogue import load_catalogue
from longwriter_desktop.models.library import find_model
from longwriter_desktop.models.moving import Move, Moved, move_folder, unfinished_move
from longwriter_desktop.models.own_models import add_own
from longwriter_desktop.models.places import models_folder
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import Settings, load_settings, save_settings
from tests.models.gguf_models import chat_model


@pytest.fixture
def paths(longwriter_home: Path) -> AppPaths:
    return AppPaths.of_this_machine({"LONGWRITER_HOME": str(longwriter_home)})


@pytest.fixture
def another_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the new folder were on another disk: a file there cannot be a second name of one here."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)


def filled(folder: Path) -> dict[str, bytes]:
    chat_model(folder / "a.gguf")
    chat_model(folder / "owner" / "repository" / "b.gguf")
    chat_model(folder / "c.GGUF")
    return contents(folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


@pytest.mark.parametrize("disk", ["same", "another"])
def test_all_files_are_in_the_new_folder_and_found_there(
    disk: str, paths: AppPaths, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if disk == "another":
        request.getfixturevalue("another_disk")
    old = models_folder(paths)
    before = filled(old)
    heard: list[tuple[str, int, int]] = []
    moved = move_folder(tmp_path / "new" / "place", paths, lambda *at: heard.append(at))
    assert moved == Moved(tmp_path / "new" / "place", 3, sum(map(len, before.values())))
    assert contents(tmp_path / "new" / "place") == before
    assert not old.exists()
    assert models_folder(paths) == tmp_path / "new" / "place"
    assert unfinished_move(paths) is None
    assert heard[-1][1] == heard[-1][2]
    assert [done for _, done, _ in heard] == sorted(done for _, done, _ in heard)
    assert {name for name, _, _ in heard} == {"a.gguf", "b.gguf", "c.GGUF"}


def test_the_persons_models_and_settings_follow(paths: AppPaths, tmp_path: Path) -> None:
    old = models_folder(paths)
    filled(old)
    add_own(old / "a.gguf", paths, name="mine", template="chatml")
    add_own(chat_model(tmp_path / "elsewhere.gguf"), paths, name="other")
    save_settings(paths, Settings(model=str(old / "owner" / "repository" / "b.gguf"), theme="dark"))
    move_folder(tmp_path / "new", paths)
    settings = load_settings(paths)
    assert settings == Settings(
        model=str(tmp_path / "new" / "owner" / "repository" / "b.gguf"),
        theme="dark",
        models_folder=str(tmp_path / "new"),
    )
    mine = find_model("mine", load_catalogue(paths), paths)
    assert mine.path == tmp_path / "new" / "a.gguf"
    assert mine.entry is not None
    assert mine.entry.template == "chatml"
    assert find_model("other", load_catalogue(paths), paths).path == tmp_path / "elsewhere.gguf"


def test_an_empty_folder_moves_too(paths: AppPaths, tmp_path: Path) -> None:
    assert move_folder(tmp_path / "new", paths) == Moved(tmp_path / "new", 0, 0)
    assert models_folder(paths) == tmp_path / "new"


def test_a_link_leads_to_the_same_file_afterwards(paths: AppPaths, tmp_path: Path) -> None:
    real = chat_model(tmp_path / "real.gguf")
    old = models_folder(paths)
    old.mkdir(parents=True)
    (old / "link.gguf").symlink_to(os.path.relpath(real, old))
    move_folder(tmp_path / "deep" / "er" / "new", paths)
    assert (tmp_path / "deep" / "er" / "new" / "link.gguf").resolve() == real


def test_a_link_to_a_model_of_the_folder_leads_to_it_afterwards(paths: AppPaths, tmp_path: Path) -> None:
    old, new = models_folder(paths), tmp_path / "new"
    filled(old)
    (old / "short.gguf").symlink_to("owner/repository/b.gguf")
    shelf = chat_model(tmp_path / "shelf" / "d.gguf")
    (old / "shelf").symlink_to(shelf.parent)
    move_folder(new, paths)
    assert (new / "short.gguf").resolve() == new / "owner" / "repository" / "b.gguf"
    assert (new / "shelf" / "d.gguf").resolve() == shelf
    assert not old.exists()


def test_what_is_no_model_stays(paths: AppPaths, tmp_path: Path) -> None:
    old = models_folder(paths)
    before = filled(old)
    (old / "letters" / "empty").mkdir(parents=True)
    (old / "owner" / "letter.txt").write_text("mine")
    moved = move_folder(tmp_path / "new", paths)
    assert moved is not None
    assert contents(tmp_path / "new") == before
    assert contents(old) == {"owner/letter.txt": b"mine"}
    assert (old / "letters" / "empty").is_dir()
    assert f"stay in “{old}”" in moved.message


@pytest.mark.parametrize("way", ["file", "folder"])
def test_a_way_to_the_old_files_is_not_taken_for_a_copy(way: str, paths: AppPaths, tmp_path: Path) -> None:
    old, new = models_folder(paths), tmp_path / "new"
    before = filled(old)
    new.mkdir()
    if way == "file":
        (new / "a.gguf").symlink_to(old / "a.gguf")
    else:
        (new / "owner").symlink_to(old / "owner")
    with pytest.raises(ModelProblem, match="is another file"):
        move_folder(new, paths)
    assert contents(old) == before
    assert models_folder(paths) == old


def test_a_folder_of_another_program_does_not_become_the_apps(
    paths: AppPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    before = filled(models_folder(paths))
    with pytest.raises(ModelProblem, match="Hugging Face cache"):
        move_folder(tmp_path / "hub" / "mine", paths)
    assert contents(models_folder(paths)) == before


def test_the_models_of_another_program_do_not_move(
    paths: AppPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OLLAMA_MODELS", str(tmp_path / "ollama"))
    before = filled(tmp_path / "ollama")
    save_settings(paths, Settings(models_folder=str(tmp_path / "ollama")))
    with pytest.raises(ModelProblem, match="a folder of Ollama"):
        move_folder(tmp_path / "new", paths)
    assert contents(tmp_path / "ollama") == before


@pytest.mark.usefixtures("another_disk")
def test_a_move_that_is_stopped_leaves_everything_and_can_be_gone_on_with(paths: AppPaths, tmp_path: Path) -> None:
    old = models_folder(paths)
    before = filled(old)
    copied: list[str] = []
    assert move_folder(tmp_path / "new", paths, lambda name, *_: copied.append(name), lambda: bool(copied)) is None
    assert contents(old) == before
    assert models_folder(paths) == old
    assert unfinished_move(paths) is None
    move_folder(tmp_path / "new", paths)
    assert contents(tmp_path / "new") == before


@pytest.mark.usefixtures("another_disk")
def test_a_full_disk_leaves_everything(paths: AppPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = models_folder(paths)
    before = filled(old)

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr(moving, "_put_record", lambda *_: None)  # The record is on the old disk, which is not full.
    with pytest.raises(ModelProblem, match="No space left on device"):
        move_folder(tmp_path / "new", paths)
    assert contents(old) == before
    assert models_folder(paths) == old
    assert contents(tmp_path / "new") == {}


def test_too_little_room_is_said_before_anything_is_copied(
    paths: AppPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = models_folder(paths)
    before = filled(old)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10))
    monkeypatch.setattr(Path, "stat", _other_disk_below(tmp_path / "new"))
    with pytest.raises(ModelProblem, match="not enough room"):
        move_folder(tmp_path / "new", paths)
    assert contents(old) == before
    assert contents(tmp_path / "new") == {}


def _other_disk_below(folder: Path) -> object:
    real = Path.stat

    def stat(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        facts = real(self, follow_symlinks=follow_symlinks)
        if not self.is_relative_to(folder):
            return facts
        values = list(facts)
        values[2] += 1  # st_dev
        return os.stat_result(values)

    return stat


@pytest.mark.usefixtures("another_disk")
def test_a_copy_that_reads_back_otherwise_leaves_everything(
    paths: AppPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = models_folder(paths)
    before = filled(old)
    monkeypatch.setattr(moving, "sha256_of", lambda *_: "0" * 64)
    with pytest.raises(ModelProblem, match="did not read back"):
        move_folder(tmp_path / "new", paths)
    assert contents(old) == before
    assert contents(tmp_path / "new") == {}


def test_another_file_of_that_name_is_not_written_over(paths: AppPaths, tmp_path: Path) -> None:
    old = models_folder(paths)
    before = filled(old)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "a.gguf").write_bytes(b"x" * len(before["a.gguf"]))
    with pytest.raises(ModelProblem, match="is another file"):
        move_folder(tmp_path / "new", paths)
    assert contents(old) == before
    assert (tmp_path / "new" / "a.gguf").read_bytes() == b"x" * len(before["a.gguf"])
    assert models_folder(paths) == old


def test_folders_that_make_no_sense_are_refused(paths: AppPaths, tmp_path: Path) -> None:
    old = models_folder(paths)
    before = filled(old)
    (tmp_path / "file").write_text("x")
    for new, words in (
        (old, "already"),
        (old / "inside", "within one another"),
        (old.parent, "within one another"),
        (tmp_path / "file", "is a file"),
        (tmp_path / "file" / "below", "cannot be used"),
    ):
        with pytest.raises(ModelProblem, match=words):
            move_folder(new, paths)
    assert contents(old) == before
    assert models_folder(paths) == old


@pytest.mark.parametrize("text", ["", "{", "[]", '{"old": 1, "new": "x"}', '{"old": "a", "new": "b"}'])
def test_a_record_that_makes_no_sense_is_none(paths: AppPaths, text: str) -> None:
    paths.data.mkdir(parents=True)
    (paths.data / "models-move.json").write_text(text)
    assert unfinished_move(paths) is None


_CHILD = """
import os, sys, time
from pathlib import Path
from longwriter_desktop.models import file_hash, moving
from longwriter_desktop.paths import AppPaths

def refuse(*_, **__):
    raise OSError("as on another disk")

os.link = refuse
moving.PIECE_BYTES = file_hash.PIECE_BYTES = 4096
paths = AppPaths.of_this_machine()
print("ready", flush=True)
moving.move_folder(Path(sys.argv[1]), paths, lambda *_: time.sleep(0.0002))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_nothing_is_lost_whenever_the_process_is_killed(paths: AppPaths, tmp_path: Path) -> None:
    chance = random.Random(6)
    old, new = models_folder(paths), tmp_path / "new"
    old.mkdir(parents=True)
    for number in range(12):
        (old / f"{number}.gguf").write_bytes(chance.randbytes(60_000))
    before = contents(old)
    kills = 0
    for _ in range(4):
        with subprocess.Popen([sys.executable, "-c", _CHILD, str(new)], stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(chance.uniform(0.0, 0.12))
            child.send_signal(signal.SIGKILL)
        kills += child.returncode == -signal.SIGKILL
        here = models_folder(paths)
        assert contents(here) == before if here == old else before.items() <= contents(new).items()
    assert kills >= 2
    if models_folder(paths) == old:
        assert unfinished_move(paths) in (None, Move(old, new))
        move_folder(new, paths)
    elif unfinished_move(paths) is not None:
        move_folder(new, paths)
    assert contents(new) == before
    assert not old.exists()
    assert unfinished_move(paths) is None
