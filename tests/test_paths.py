import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from longwriter_desktop.paths import AppPaths, catalogue_path, resource_path


def folders(paths: AppPaths) -> list[Path]:
    return [getattr(paths, each.name) for each in fields(paths)]


def test_longwriter_home_moves_all_folders_and_makes_none(tmp_path: Path) -> None:
    home = tmp_path / "home"
    paths = AppPaths.of_this_machine({"LONGWRITER_HOME": str(home)})
    assert all(folder.is_relative_to(home) for folder in folders(paths))
    assert len(set(folders(paths))) == 5
    assert not home.exists()


def test_a_home_given_from_here_does_not_move_with_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    paths = AppPaths.of_this_machine({"LONGWRITER_HOME": "home"})
    monkeypatch.chdir("/")
    assert paths.data == tmp_path / "home" / "data"


def test_a_tilde_in_the_home_is_the_persons_own() -> None:
    paths = AppPaths.of_this_machine({"LONGWRITER_HOME": "~/longwriter"})
    assert paths.data == Path.home() / "longwriter" / "data"


@pytest.mark.parametrize("environ", [{}, {"LONGWRITER_HOME": ""}])
def test_without_it_the_system_decides(environ: dict[str, str]) -> None:
    found = folders(AppPaths.of_this_machine(environ))
    assert all(folder.is_absolute() for folder in found)
    assert any("longwriter-desktop" in folder.parts for folder in found)


def test_what_ships_with_the_app_is_found() -> None:
    assert "starter" in tomllib.loads(catalogue_path().read_text(encoding="utf-8"))["models"]
    assert resource_path("prompts").is_dir()
