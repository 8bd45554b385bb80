"""The real shelf, on files of a test's own."""

import hashlib
from pathlib import Path

import pytest

from longwriter_desktop.errors import ModelProblem
from longwriter_desktop.models.catalogue import load_catalogue
from longwriter_desktop.models.download_record import DownloadRecord, downloads_folder, keep_record
from longwriter_desktop.models.licences import accept
from longwriter_desktop.models.manage import note_used
from longwriter_desktop.models.own_catalogue import add_entry
from longwriter_desktop.models.places import models_folder
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import Settings, save_settings
from longwriter_desktop.ui.models.model_rows import Group, ModelRow
from longwriter_desktop.ui.models.shelf import AppShelf
from tests.ui.models.small_files import small_model


@pytest.fixture(autouse=True)
def _nobody_elses_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No model of the person who runs the tests is seen."""
    home = tmp_path / "person"
    for name in ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "HF_HOME"):
        monkeypatch.setenv(name, str(home))
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "OLLAMA_MODELS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def shelf(paths: AppPaths) -> AppShelf:
    return AppShelf(paths)


def row_of(shelf: AppShelf, key: str) -> ModelRow:
    return next(row for row in shelf.look() if row.key == key)


def test_every_model_of_the_catalogue_is_a_row_and_one_at_most_is_recommended(shelf: AppShelf) -> None:
    rows = shelf.look()
    names = {entry.name for entry in load_catalogue(shelf.paths).entries}
    assert names <= {row.key for row in rows}
    assert sum(bool(row.recommended) for row in rows) <= 1
    assert all(row.verdict in ("fits", "slow", "too large") for row in rows if not row.problem)
    names_to_download = [row.name_of_all_sizes for row in rows if row.group is Group.TO_DOWNLOAD]
    assert len(names_to_download) == len(set(names_to_download))


def test_a_file_in_the_models_folder_is_on_this_computer_with_its_last_use(shelf: AppShelf) -> None:
    path = small_model(models_folder(shelf.paths) / "own.gguf", name="Harbour")
    row = row_of(shelf, str(path))
    assert (row.group, row.may_remove, row.problem, row.last_used) == (Group.HERE, True, "", None)
    assert row.model is not None
    note_used(row.model, shelf.paths, at=1_700_000_000.0)
    assert row_of(shelf, str(path)).last_used == 1_700_000_000.0


def test_a_model_that_is_split_is_as_large_as_all_its_files(shelf: AppShelf) -> None:
    folder = models_folder(shelf.paths)
    first, second = (small_model(folder / f"harbour-0000{part}-of-00002.gguf", name="Harbour") for part in (1, 2))
    size = first.stat().st_size + second.stat().st_size
    add_entry(shelf.paths, "harbour", {"title": "Harbour", "path": str(first)})
    row = row_of(shelf, "harbour")
    assert row.path == first
    assert row.size_bytes == size


def test_a_file_of_lm_studio_belongs_to_it_and_is_not_the_apps_to_delete(shelf: AppShelf, tmp_path: Path) -> None:
    path = small_model(tmp_path / "person" / ".lmstudio" / "models" / "harbour" / "pilot" / "pilot.gguf")
    row = row_of(shelf, str(path))
    assert (row.group, row.place, row.may_remove) == (Group.FOUND, "LM Studio", False)
    assert row.model is not None


def test_the_persons_other_folders_are_left_alone(shelf: AppShelf, tmp_path: Path) -> None:
    path = small_model(tmp_path / "disk" / "pilot.gguf")
    save_settings(shelf.paths, Settings(model_folders=(str(tmp_path / "disk"),)))
    row = row_of(shelf, str(path))
    assert (row.group, row.place, row.may_remove) == (Group.HERE, "your folder", False)


def test_a_damaged_file_says_what_is_wrong_and_offers_no_model(shelf: AppShelf) -> None:
    path = small_model(models_folder(shelf.paths) / "cut.gguf")
    path.write_bytes(path.read_bytes()[:-100])
    row = row_of(shelf, str(path))
    assert row.problem
    assert row.model is None
    shelf.remove(row, outside=False)
    assert not path.exists()


def test_an_entry_of_ones_own_whose_file_has_gone_stays_in_the_list_and_can_be_taken_off(
    shelf: AppShelf, tmp_path: Path
) -> None:
    path = small_model(tmp_path / "mine.gguf")
    add_entry(shelf.paths, "mine", {"title": "Mine", "path": str(path)})
    assert row_of(shelf, "mine").is_own_entry
    path.unlink()
    row = row_of(shelf, "mine")
    assert str(path) in row.problem
    assert row.group is Group.HERE
    assert "off the list" in shelf.take_off(row)
    assert "mine" not in {each.key for each in shelf.look()}


def test_deleting_frees_the_space_and_takes_ones_own_entry_along(shelf: AppShelf) -> None:
    path = small_model(models_folder(shelf.paths) / "own.gguf")
    add_entry(shelf.paths, "mine", {"title": "Mine", "path": str(path)})
    row = row_of(shelf, "mine")
    planned = shelf.removal(row)
    assert planned is not None
    assert planned.asks == ""
    assert shelf.remove(row, outside=False).startswith("Mine is deleted. ")
    assert not path.exists()
    assert "mine" not in {each.key for each in shelf.look()}


def test_a_file_elsewhere_is_not_deleted_unless_that_was_agreed_to(shelf: AppShelf, tmp_path: Path) -> None:
    path = small_model(tmp_path / "mine.gguf")
    add_entry(shelf.paths, "mine", {"title": "Mine", "path": str(path)})
    row = row_of(shelf, "mine")
    with pytest.raises(ModelProblem):
        shelf.remove(row, outside=False)
    assert path.exists()
    shelf.remove(row, outside=True)
    assert not path.exists()


def test_verifying_reads_all_of_the_file(shelf: AppShelf) -> None:
    path = small_model(models_folder(shelf.paths) / "own.gguf")
    row = row_of(shelf, str(path))
    assert row.model is not None
    seen: list[tuple[int, int]] = []
    verified = shelf.verify(row.model, lambda done, whole: seen.append((done, whole)), lambda: False)
    assert verified is not None
    assert verified.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert seen[-1] == (path.stat().st_size, path.stat().st_size)


def test_a_download_that_was_begun_is_offered_with_what_has_come(shelf: AppShelf, tmp_path: Path) -> None:
    entry = next(entry for entry in load_catalogue(shelf.paths).entries if entry.repository)
    part = tmp_path / "part"
    part.write_bytes(bytes(100))
    keep_record(
        DownloadRecord(entry.name, entry.title, entry.repository, entry.file, str(part), 1_000, 0.0),
        downloads_folder(shelf.paths),
    )
    assert [(each.entry, each.done_bytes, each.total_bytes) for each in shelf.unfinished()] == [(entry, 100, 1_000)]


def test_a_licence_is_asked_for_until_it_was_agreed_to(shelf: AppShelf) -> None:
    asked = [row for row in shelf.look() if row.entry is not None and row.entry.licence_accept and row.path is None]
    assert asked
    row = asked[0]
    assert row.must_agree
    assert row.entry is not None
    accept(row.entry, shelf.paths)
    assert not row_of(shelf, row.key).must_agree


def test_an_own_entry_that_the_hub_has_a_file_for_outlives_its_file(shelf: AppShelf) -> None:
    path = small_model(models_folder(shelf.paths) / "tale.gguf")
    size = path.stat().st_size
    hub: dict[str, str | int] = {"title": "Tale", "repository": "harbour/tale", "file": "tale.gguf", "size_bytes": size}
    add_entry(shelf.paths, "tale", {**hub})
    row = row_of(shelf, "tale")
    assert row.path == path
    assert "deleted" in shelf.remove(row, outside=False)
    row = row_of(shelf, "tale")
    assert (row.group, row.path) == (Group.TO_DOWNLOAD, None)
    assert shelf.take_off(row) == "Tale is off the list."
