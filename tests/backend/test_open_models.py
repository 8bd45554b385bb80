import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from longwriter_desktop.backend.open_models import OpenModel, OpenModels, remark

GB = 1_000_000_000


@pytest.fixture
def sleeper() -> "Iterator[subprocess.Popen[bytes]]":
    """A process that stands for another app's worker."""
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        yield process
        process.kill()


@pytest.fixture
def models(tmp_path: Path) -> OpenModels:
    return OpenModels(tmp_path / "open-models")


def entry(process: "subprocess.Popen[bytes]", name: str = "LongWriter-8B") -> OpenModel:
    return OpenModel(process.pid, psutil.Process(process.pid).create_time(), 1, name, 7 * GB, "1:2", 5 * GB)


def test_a_model_that_another_process_has_open_is_listed_until_it_is_removed(
    models: OpenModels, sleeper: "subprocess.Popen[bytes]"
) -> None:
    models.add(entry(sleeper))
    assert models.elsewhere() == (entry(sleeper),)
    models.remove(sleeper.pid)
    assert models.elsewhere() == ()


def test_ones_own_models_are_not_elsewhere(models: OpenModels, sleeper: "subprocess.Popen[bytes]") -> None:
    models.add(replace(entry(sleeper), app=os.getpid()))
    assert models.elsewhere() == ()
    assert OpenModels(models._folder)._file(sleeper.pid).exists()


def test_the_file_is_private_and_holds_the_name_and_the_size(
    models: OpenModels, tmp_path: Path, sleeper: "subprocess.Popen[bytes]"
) -> None:
    models.add(entry(sleeper))
    [file] = (tmp_path / "open-models").iterdir()
    assert sys.platform == "win32" or file.stat().st_mode & 0o077 == 0
    assert set(json.loads(file.read_text())) == {
        "worker", "started", "app", "name", "needs_bytes", "file", "shared_bytes",
    }  # fmt: skip


def test_what_a_dead_process_left_behind_is_ignored_and_removed(
    models: OpenModels, tmp_path: Path, sleeper: "subprocess.Popen[bytes]"
) -> None:
    models.add(entry(sleeper))
    sleeper.kill()
    sleeper.wait()
    assert models.elsewhere() == ()
    assert list((tmp_path / "open-models").iterdir()) == []


def test_a_number_that_another_process_has_now_is_not_taken_for_the_worker(
    models: OpenModels, sleeper: "subprocess.Popen[bytes]"
) -> None:
    models.add(replace(entry(sleeper), started=entry(sleeper).started - 3600))
    assert models.elsewhere() == ()


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"worker": -1}', b"[1, 2]"])
def test_a_damaged_file_is_removed(models: OpenModels, tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / "open-models"
    folder.mkdir()
    (folder / "77.json").write_bytes(content)
    assert models.elsewhere() == ()
    assert not (folder / "77.json").exists()


def test_a_folder_that_cannot_be_written_costs_nothing_but_the_list(
    tmp_path: Path, sleeper: "subprocess.Popen[bytes]"
) -> None:
    (tmp_path / "open-models").write_text("a file where the folder should be")
    models = OpenModels(tmp_path / "open-models")
    models.add(entry(sleeper))
    models.remove(sleeper.pid)
    assert models.elsewhere() == ()


def test_an_entry_describes_a_living_process_and_its_file(tmp_path: Path, sleeper: "subprocess.Popen[bytes]") -> None:
    path = tmp_path / "a.gguf"
    path.write_bytes(bytes(1000))
    made = OpenModel.of(sleeper.pid, "a", path, 5000, on_device=False)
    assert (made.app, made.needs_bytes, made.shared_bytes) == (os.getpid(), 5000, 1000)
    assert made.started == psutil.Process(sleeper.pid).create_time()
    assert OpenModel.of(sleeper.pid, "a", path, 5000, on_device=True).shared_bytes == 0


def test_the_person_is_told_which_model_and_what_both_need(sleeper: "subprocess.Popen[bytes]") -> None:
    other = entry(sleeper)
    own = replace(other, name="Small", needs_bytes=2 * GB, file="1:9")
    assert remark(other, own, 3 * GB).startswith(
        "The model LongWriter-8B is open already, in another window or on the command line, and needs 7.0 GB of "
        "memory. Both together need 9.0 GB; 3.0 GB are free now."
    )
    # The weights of one file are in memory once.
    assert "Both together need 9.0 GB" in remark(other, other, 3 * GB)
