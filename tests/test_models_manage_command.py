import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from longwriter_desktop.cli import main
from longwriter_desktop.models.catalogue import load_catalogue
from longwriter_desktop.models.library import Model
from longwriter_desktop.models.manage import last_used, note_used
from longwriter_desktop.models.own_catalogue import add_entry
from longwriter_desktop.models.places import models_folder
from longwriter_desktop.models.speeds import load_speeds
from longwriter_desktop.models_manage_command import duration
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import load_settings
from tests.models.gguf_models import CHATML_TOKENS, chat_model


@pytest.fixture
def paths(longwriter_home: Path) -> AppPaths:
    return AppPaths.of_this_machine({"LONGWRITER_HOME": str(longwriter_home)})


@pytest.fixture(autouse=True)
def _no_other_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home folder with nothing in it."""
    (tmp_path / "home").mkdir()
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    for name in ("HF_HOME", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "OLLAMA_MODELS", "JAN_DATA_FOLDER"):
        monkeypatch.delenv(name, raising=False)


def events(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def sentence(capsys: pytest.CaptureFixture[str]) -> str:
    """The one sentence of a command that failed."""
    told = capsys.readouterr()
    assert told.out == ""
    [line] = told.err.splitlines()
    assert line.startswith("longwriter-desktop: ")
    return line


# -- adding --------------------------------------------------------------------------------------------


def test_a_file_is_added_with_what_it_says_of_itself(
    tmp_path: Path, paths: AppPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    path = chat_model(tmp_path / "Tale-Q4_K_M.gguf", name="Tale Instruct")
    assert main(["models", "add", str(path)]) == 0
    told = capsys.readouterr().out
    for fact in ("Tale Instruct (Q4_K_M)", "llama architecture", "4,096 tokens", "template: in the file", "Added as"):
        assert fact in told
    assert main(["models", "show", "tale-instruct-q4_k_m", "--json"]) == 0
    assert events(capsys)[0]["path"] == str(path)


def test_a_missing_template_is_noticed_and_the_one_that_fits_is_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = chat_model(tmp_path / "a.gguf", template=None, tokens=CHATML_TOKENS)
    assert main(["models", "add", str(path), "--json"]) == 0
    [summary] = events(capsys)
    assert (summary["event"], summary["name"]) == ("summary", "a")
    assert (summary["template"], summary["used_template"]) == ("missing", "chatml")
    assert "no chat template" in summary["template_problem"]
    assert (
        main(["models", "add", str(path), "--template", "llama-3", "--name", "b", "--context", "1024", "--json"]) == 0
    )
    assert events(capsys)[0]["used_template"] == "llama-3"


def test_what_is_no_model_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.gguf").write_text("not a model, though it is called one")
    assert main(["models", "add", str(tmp_path / "a.gguf")]) == 1
    assert "a.gguf" in sentence(capsys)


def test_a_folder_is_added_looked_into_and_taken_off(
    tmp_path: Path, paths: AppPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    chat_model(tmp_path / "mine" / "deep" / "a.gguf")
    (tmp_path / "mine" / "b.gguf").write_text("not a model, though it is called one")
    assert main(["models", "add", str(tmp_path / "mine"), "--json"]) == 0
    [summary] = events(capsys)
    assert {each["title"] for each in summary["found"]} == {"a", "b"}
    assert main(["models", "add", str(tmp_path / "mine")]) == 0
    assert load_settings(paths).model_folders == (str(tmp_path / "mine"),)
    capsys.readouterr()
    assert main(["models", "found"]) == 0
    told = capsys.readouterr().out
    assert "your folder" in told
    assert "is not a GGUF file" in told
    assert main(["models", "remove", str(tmp_path / "mine")]) == 0
    assert load_settings(paths).model_folders == ()
    assert (tmp_path / "mine" / "deep" / "a.gguf").exists()
    capsys.readouterr()
    assert main(["models", "found", "--json"]) == 0
    assert events(capsys) == [{"event": "summary", "found": 0}]


# -- verifying and deleting ----------------------------------------------------------------------------


def test_a_sound_file_is_0_and_a_damaged_one_1(
    tmp_path: Path, starter_model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "verify", "starter", "--json"]) == 0
    *progress, summary = events(capsys)
    assert summary["ok"]
    assert summary["sha256"] == summary["expected"]
    assert progress[-1]["done"] == progress[-1]["total"]
    assert len(progress) <= 101
    damaged = tmp_path / starter_model.name
    content = starter_model.read_bytes()
    damaged.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert main(["models", "verify", str(damaged)]) == 1
    assert "not what was published" in capsys.readouterr().out


def test_a_file_of_the_apps_folder_is_deleted_when_that_is_agreed_to(
    paths: AppPaths, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = chat_model(paths.data / "models" / "a.gguf")
    size = path.stat().st_size
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    assert main(["models", "remove", str(path)]) == 1
    assert "--yes" in sentence(capsys)
    assert path.exists()
    note_used(Model(str(path), "A", path), paths, 1.0)
    assert main(["models", "remove", str(path), "--yes", "--json"]) == 0
    assert events(capsys) == [{"event": "summary", "removed": str(path), "freed_bytes": size}]
    assert not path.exists()
    assert last_used(paths) == {}


def test_an_own_model_is_taken_off_the_list_and_its_file_goes_only_when_said_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = chat_model(tmp_path / "mine" / "a.gguf")
    for arguments, stays in ((["remove", "it"], True), (["remove", "it", "--file", "--yes"], False)):
        assert main(["models", "add", str(path), "--name", "it"]) == 0
        assert main(["models", *arguments]) == 0
        assert path.exists() == stays
        capsys.readouterr()
        assert main(["models", "list", "--json"]) == 0
        assert "it" not in {event.get("name") for event in events(capsys)}


def test_an_own_model_whose_file_has_gone_can_be_taken_off(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = chat_model(tmp_path / "a.gguf")
    assert main(["models", "add", str(path), "--name", "it"]) == 0
    path.unlink()
    assert main(["models", "remove", "it"]) == 0
    assert "off the list" in capsys.readouterr().out


def test_an_own_entry_of_the_hub_goes_only_when_its_file_is_not_here(
    paths: AppPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    path = chat_model(models_folder(paths) / "tale.gguf")
    size = path.stat().st_size
    hub: dict[str, str | int] = {"title": "Tale", "repository": "harbour/tale", "file": "tale.gguf", "size_bytes": size}
    add_entry(paths, "tale", {**hub})
    assert main(["models", "remove", "tale", "--yes"]) == 0
    assert not path.exists()
    assert "tale" in load_catalogue(paths).own_names
    capsys.readouterr()
    assert main(["models", "remove", "tale"]) == 0
    assert capsys.readouterr().out == "tale is off the list.\n"
    assert "tale" not in load_catalogue(paths).own_names


def test_anothers_file_and_what_came_with_the_app_stay(
    tmp_path: Path, starter_model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = chat_model(tmp_path / "theirs" / "a.gguf")
    assert main(["models", "remove", str(path), "--yes"]) == 1
    assert "Nothing was deleted" in sentence(capsys)
    assert path.exists()
    assert main(["models", "remove", "starter", "--yes", "--file"]) == 1
    assert "came with the app" in sentence(capsys)
    assert starter_model.exists()


@pytest.mark.parametrize(("answer", "deleted"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_on_a_terminal_it_is_asked_first(paths: AppPaths, answer: str, deleted: bool) -> None:
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals")
    path = chat_model(paths.data / "models" / "a.gguf")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "longwriter_desktop.cli", "models", "remove", str(path)]
    here = Path(__file__).parents[1]
    with subprocess.Popen(command, stdin=theirs, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd=here) as child:
        os.write(ours, answer.encode())
        said = child.communicate()[1].decode()
    os.close(ours)
    os.close(theirs)
    assert "Delete a," in said
    assert path.exists() != deleted
    assert child.returncode == (0 if deleted else 1)


def test_the_models_folder_moves(tmp_path: Path, paths: AppPaths, capsys: pytest.CaptureFixture[str]) -> None:
    chat_model(paths.data / "models" / "a.gguf")
    assert main(["models", "move", str(tmp_path / "new"), "--json"]) == 0
    *_, summary = events(capsys)
    assert (summary["folder"], summary["files"], summary["left"]) == (str(tmp_path / "new"), 1, [])
    assert main(["models", "move", str(tmp_path / "new" / "inside")]) == 1
    assert "within one another" in sentence(capsys)


# -- trying --------------------------------------------------------------------------------------------


def test_a_model_is_tried_and_its_speed_kept(
    starter_model: Path, paths: AppPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "try", str(starter_model), "--json"]) == 0
    *_, summary = events(capsys)
    assert summary["words"] >= 90
    assert summary["text"]
    assert summary["seconds_for_10000_words"] > summary["seconds"]
    [speed] = load_speeds(paths)
    assert speed.tokens_per_second == summary["tokens_per_second"]
    assert speed.device == summary["device"]
    assert set(last_used(paths)) == {speed.model}


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (89, "89 s"), (90, "2 min"), (3600, "60 min"), (5400, "1 h 30 min"), (9_600, "2 h 40 min")],
)
def test_times_are_rounded_as_estimates_are(seconds: float, words: str) -> None:
    assert duration(seconds) == words
