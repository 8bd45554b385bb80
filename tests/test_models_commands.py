"""`models list`, `show` and `recommend`: what a person reads, and what a program reads."""

import json
import shutil
from pathlib import Path

import pytest

from longwriter_desktop.cli import main
from longwriter_desktop.models import machine as machine_module
from longwriter_desktop.models.catalogue import own_catalogue_path
from longwriter_desktop.models.fit import Machine
from longwriter_desktop.models.speeds import Speed, record_speed
from longwriter_desktop.paths import AppPaths

GB = 10**9
LAPTOP = Machine(total_ram_bytes=16 * GB, available_ram_bytes=11 * GB, cores=4, free_disk_bytes=50 * GB)


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppPaths:
    monkeypatch.setenv("LONGWRITER_HOME", str(tmp_path))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    monkeypatch.setattr(machine_module, "graphics_here", tuple)
    monkeypatch.setattr(Machine, "of_this", lambda *_: LAPTOP)
    return AppPaths.of_this_machine()


def events(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


def test_models_alone_lists_them(paths: AppPaths, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models"]) == 0
    alone = capsys.readouterr().out
    assert main(["models", "list"]) == 0
    assert capsys.readouterr().out == alone
    assert "longwriter-8b-q4_k_m" in alone
    assert "* recommended: longwriter-8b-q4_k_m" in alone


@pytest.mark.parametrize("arguments", [["--json"], ["list", "--json"], ["--json", "list"]])
def test_the_list_for_programs_marks_the_recommended_model(
    paths: AppPaths, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(["models", *arguments]) == 0
    *models, summary = events(capsys.readouterr().out)
    assert [each["name"] for each in models if each["recommended"]] == ["longwriter-8b-q4_k_m"]
    assert summary == {
        "event": "summary",
        "models": len(models),
        "here": sum(bool(each["here"]) for each in models),
        "recommended": "longwriter-8b-q4_k_m",
    }
    for each in models:
        assert each["event"] == "model"
        assert each["fit"] in {"fits", "slow", "too large"}
        assert each["needs_bytes"]
        assert each["good_for"]


def test_a_model_is_shown_also_to_programs(paths: AppPaths, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "show", "Qwen3-4B-Q4_K_M"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("Qwen3 4B Instruct 2507 (Q4_K_M)\n")
    assert "3605803b982cb64aead44f6c1b2ae36e3acdb41d8e46c8a94c6533bc4c67e597" in text
    assert main(["models", "show", "qwen3-4b-q4_k_m", "--json"]) == 0
    [shown] = events(capsys.readouterr().out)
    memory = shown["memory_bytes"]
    assert isinstance(memory, dict)
    assert memory["32768"] == shown["needs_bytes"]


def test_a_file_that_is_in_no_catalogue_is_shown_by_what_it_says_itself(
    paths: AppPaths, capsys: pytest.CaptureFixture[str], starter_model: Path, tmp_path: Path
) -> None:
    own = tmp_path / "my own.gguf"
    shutil.copyfile(starter_model, own)
    assert main(["models", "show", str(own)]) == 0
    text = capsys.readouterr().out
    assert "llama" in text
    assert "8,192" in text
    assert "fits: needs 0.4 GB" in text
    assert main(["models", "show", str(own), "--json"]) == 0
    [shown] = events(capsys.readouterr().out)
    assert (shown["event"], shown["path"], shown["fit"]) == ("file", str(own), "fits")


def test_a_model_that_nobody_knows_is_answered_with_those_there_are(
    paths: AppPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "show", "qwen9"]) == 1
    said = capsys.readouterr().err
    assert "There is no model 'qwen9'" in said
    assert "qwen3-4b-q4_k_m" in said


def test_the_recommended_model_is_told_with_how_to_get_it(paths: AppPaths, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "recommend"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("LongWriter 8B (Q4_K_M): It is the best for long documents")
    assert "longwriter-desktop models download longwriter-8b-q4_k_m" in said
    assert main(["models", "recommend", "--json"]) == 0
    [found] = events(capsys.readouterr().out)
    assert (found["name"], found["recommended"]) == ("longwriter-8b-q4_k_m", True)


def test_a_speed_that_was_measured_here_is_said_of_other_models(
    paths: AppPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    record_speed(paths, Speed("x", 2.0, 90.0, 0.0, "CPU, 1 thread", 1.0, "Another 1B", 900_000_000, 24))
    assert main(["models", "recommend"]) == 0
    said = capsys.readouterr().out
    assert "from what was measured here with Another 1B" in said
    assert not said.startswith("LongWriter")


def test_where_nothing_fits_it_is_said_in_a_sentence(
    paths: AppPaths, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny = Machine(total_ram_bytes=GB // 2, available_ram_bytes=GB // 10, cores=1, free_disk_bytes=0)
    monkeypatch.setattr(Machine, "of_this", lambda *_: tiny)
    assert main(["models", "recommend"]) == 1
    assert "No model of the catalogue fits this computer's memory and disk." in capsys.readouterr().err


def test_a_mistake_in_the_persons_own_catalogue_is_said_beside_the_list(
    paths: AppPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    paths.settings.mkdir(parents=True, exist_ok=True)
    own_catalogue_path(paths).write_text("[models.mine]\ntitel = 'Mine'\n", encoding="utf-8")
    assert main(["models", "list"]) == 0
    said = capsys.readouterr()
    assert "did you mean title?" in said.err
    assert f"{own_catalogue_path(paths)}, line 2" in said.err
    assert "longwriter-8b-q4_k_m" in said.out
