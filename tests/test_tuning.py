import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from longwriter_desktop import cli, command_line
from longwriter_desktop import tuning as tuning_module
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.errors import EnvironmentProblem, ModelProblem
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import Settings, load_settings, save_settings, settings_path
from longwriter_desktop.tuning import Speed, Tuning, best, candidates, keep, table, tune


@pytest.fixture
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each number once, and for as long as a few tokens take."""
    monkeypatch.setattr(tuning_module, "_PASSES", 1)
    monkeypatch.setattr(tuning_module, "_LONGEST_READING", 0.1)
    monkeypatch.setattr(tuning_module, "_LONGEST_WRITING", 0.3)


TUNING = Tuning(
    model="A model",
    device="CPU",
    speeds=(Speed(2, 10.0, 20.0), Speed(1, 12.0, None)),
    automatic_writing=2,
    automatic_reading=2,
    writing_threads=1,
    reading_threads=0,
)


@pytest.fixture
def paths(longwriter_home: Path) -> AppPaths:
    return AppPaths.of_this_machine({"LONGWRITER_HOME": str(longwriter_home)})


@pytest.mark.parametrize(
    ("cores", "logical", "automatic", "expected"),
    [
        (1, 1, (1, 1), [1]),
        (2, 2, (2, 2), [2, 1]),
        (4, 8, (3, 4), [3, 4, 2, 1, 8]),
        (8, 8, (7, 8), [7, 8, 6, 4, 3, 2]),
        (2, 2, (4, 2), [4, 2, 1]),
    ],
)
def test_the_numbers_measured_begin_with_the_automatic_ones(
    cores: int, logical: int, automatic: tuple[int, int], expected: list[int]
) -> None:
    assert candidates(cores, logical, automatic) == expected


def test_a_number_is_chosen_only_where_it_is_clearly_faster() -> None:
    assert best({2: 100.0, 1: 102.9}, 2) == 0
    assert best({2: 100.0, 1: 103.1}, 2) == 1
    assert best({2: 100.0, 1: 120.0, 4: 130.0}, 2) == 4
    assert best({2: 100.0, 1: None}, 2) == 0
    assert best({2: None, 1: 120.0}, 2) == 0
    assert best({}, 2) == 0


def test_what_was_chosen_is_kept_beside_the_other_settings(paths: AppPaths) -> None:
    save_settings(paths, Settings(theme="dark", reading_threads=7))
    keep(TUNING, paths)
    assert load_settings(paths) == Settings(theme="dark", writing_threads=1)


@pytest.mark.parametrize(
    ("as_in_file", "repacked", "kept"),
    [(10.0, 10.2, "auto"), (10.0, 12.0, "on"), (12.0, 10.0, "off"), (None, 12.0, "auto")],
)
def test_the_layout_of_the_weights_that_writes_faster_is_kept(
    paths: AppPaths, as_in_file: float | None, repacked: float, kept: str
) -> None:
    tuning = replace(TUNING, as_in_file=Speed(2, as_in_file, 30.0), repacked=Speed(2, repacked, 20.0))
    keep(tuning, paths)
    assert load_settings(paths).repack == kept
    assert tuning.values["repack"] == kept
    assert any(
        line.startswith(f"repack: {'automatic' if kept == 'auto' else kept}") for line in table(tuning).splitlines()
    )


def test_what_was_measured_beside_other_programs_is_not_kept(paths: AppPaths) -> None:
    keep(replace(TUNING, others_percent=60.0), paths)
    assert not settings_path(paths).exists()
    assert "60 % of the processor" in table(replace(TUNING, others_percent=60.0))


def test_settings_that_cannot_be_saved_are_a_sentence(paths: AppPaths) -> None:
    paths.settings.parent.mkdir(parents=True, exist_ok=True)
    paths.settings.write_text("a file where the folder should be")
    with pytest.raises(EnvironmentProblem, match="They are as they were"):
        keep(TUNING, paths)


def test_the_table_shows_each_number_and_what_is_kept() -> None:
    lines = table(TUNING).splitlines()
    assert lines[2].split()[:3] == ["1", "12.0", "–"]
    assert lines[3].split()[:3] == ["2", "10.0", "20.0"]
    assert "automatic for writing" in lines[3]
    assert lines[-2] == "writing: 1 thread, kept in the settings"
    assert lines[-1].startswith("reading: automatic (2 threads)")


@pytest.mark.usefixtures("_short")
def test_the_starter_model_is_measured_with_each_number(paths: AppPaths, starter_model: Path) -> None:
    told: list[str] = []
    tuning = tune(ModelSpec("starter", starter_model), paths, told.append, others_percent=lambda: 3.0)
    assert tuning.device == "CPU"
    assert tuning.is_worth_keeping
    assert len(told) == len(tuning.speeds) + 2
    assert tuning.as_in_file is not None
    assert tuning.repacked is not None
    assert tuning.repack in {"auto", "on", "off"}
    assert tuning.speeds[0].threads == tuning.automatic_writing
    assert all(speed.writing is not None and speed.writing > 0.1 for speed in tuning.speeds)
    assert all(speed.reading is not None and speed.reading > 1 for speed in tuning.speeds)
    assert tuning.writing_threads in {0, *(speed.threads for speed in tuning.speeds)}
    assert not settings_path(paths).exists()


def test_a_file_that_is_no_model_is_a_sentence(paths: AppPaths, tmp_path: Path) -> None:
    fake = tmp_path / "fake.gguf"
    fake.write_text("not a model")
    with pytest.raises(ModelProblem, match=r"fake\.gguf"):
        tune(ModelSpec("fake", fake), paths, print, others_percent=lambda: 0.0)


@pytest.mark.usefixtures("starter_model", "_short")
def test_doctor_tune_prints_one_object_and_keeps_the_fastest(
    paths: AppPaths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command_line, "tune", partial(tune, others_percent=lambda: 0.0))
    assert cli.main(["doctor", "--tune", "--model", "starter", "--json"]) == 0
    said = capsys.readouterr()
    values = json.loads(said.out)
    assert values["event"] == "summary"
    assert values["kept"] is True
    assert "tokens a second written" in said.err
    settings = load_settings(paths)
    assert settings.writing_threads == values["fastest"]["writing_threads"]
    assert settings.reading_threads == values["fastest"]["reading_threads"]


@pytest.mark.usefixtures("starter_model")
def test_ctrl_c_while_tuning_leaves_the_settings_as_they_were(
    paths: AppPaths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_arguments: object) -> Tuning:
        raise KeyboardInterrupt

    save_settings(paths, Settings(writing_threads=5))
    before = settings_path(paths).read_bytes()
    monkeypatch.setattr(command_line, "tune", interrupted)
    assert cli.main(["doctor", "--tune"]) == 130
    assert "as they were" in capsys.readouterr().err
    assert settings_path(paths).read_bytes() == before


def test_a_model_without_tune_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor", "--model", "starter"]) == 2
    assert "--tune" in capsys.readouterr().err
