"""Files that are no usable model: one sentence each, and caller and engine as good as before."""

import os
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from longwriter_desktop.agentwrite.engine import Sampling
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.errors import BackendProblem, ModelProblem
from longwriter_desktop.paths import AppPaths
from tests.backend.conftest import app_paths
from tests.backend.gguf_files import SOUND
from tests.backend.replies import ask, question

HELLO = question("Hello.")
FEW = Sampling(temperature=0, max_tokens=2)


def _problem(path: Path, paths: AppPaths) -> str:
    with LlamaEngine(ModelSpec("that model", path), paths=paths) as engine:
        with pytest.raises(ModelProblem) as caught:
            ask(engine, HELLO, FEW)
        # The process is still there, and says the same again.
        with pytest.raises(ModelProblem):
            ask(engine, HELLO, FEW)
        assert engine.memory_bytes > 0
    return str(caught.value)


def test_a_text_file_named_gguf_is_no_model(tmp_path: Path, paths: AppPaths) -> None:
    path = tmp_path / "letter.gguf"
    path.write_text("Dear reader, this is only a letter.\n" * 100)
    assert "is not a GGUF file" in _problem(path, paths)


def test_a_truncated_model_is_refused_before_it_can_crash(tmp_path: Path, starter_model: Path, paths: AppPaths) -> None:
    path = tmp_path / "half.gguf"
    with starter_model.open("rb") as source, path.open("wb") as target:
        target.write(source.read(40_000_000))
    assert "truncated" in _problem(path, paths)


def test_a_folder_a_missing_file_and_an_empty_one_are_told_apart(tmp_path: Path, paths: AppPaths) -> None:
    (tmp_path / "empty.gguf").touch()
    assert "is a folder" in _problem(tmp_path, paths)
    assert "There is no model file" in _problem(tmp_path / "gone.gguf", paths)
    assert "0 bytes" in _problem(tmp_path / "empty.gguf", paths)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_said_to_be_one(tmp_path: Path, paths: AppPaths) -> None:
    path = tmp_path / "locked.gguf"
    path.write_bytes(SOUND)
    path.chmod(0)
    assert "may not be read" in _problem(path, paths)


def test_a_sound_file_that_is_no_model_is_refused_with_llama_cpps_own_reason(tmp_path: Path, paths: AppPaths) -> None:
    path = tmp_path / "other.gguf"
    path.write_bytes(SOUND)
    message = _problem(path, paths)
    assert "llama.cpp cannot use the model file" in message
    assert "(" in message


def test_a_file_in_a_folder_with_an_unusual_name_is_found(tmp_path: Path, starter_model: Path, paths: AppPaths) -> None:
    folder = tmp_path / "Модели 模型 's"
    folder.mkdir()
    path = folder / "a model.gguf"
    path.symlink_to(starter_model)
    with LlamaEngine(ModelSpec("starter", path), paths=paths) as engine:
        assert ask(engine, HELLO, FEW).usage.tokens_written == 2


_MUTATIONS = 30
_SEED = 20_240


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory, starter_model: Path) -> Path:
    path = tmp_path_factory.mktemp("mutated") / "model.gguf"
    shutil.copyfile(starter_model, path)
    return path


@pytest.fixture(scope="module")
def mutating_engine(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlamaEngine]:
    paths = app_paths(tmp_path_factory.mktemp("home"))
    with LlamaEngine(ModelSpec("mutated", copy), paths=paths, hang_after=30) as engine:
        yield engine


@pytest.mark.parametrize("number", range(_MUTATIONS))
def test_a_changed_header_gives_one_sentence_or_a_working_model(
    copy: Path, mutating_engine: LlamaEngine, number: int
) -> None:
    """The first bytes hold the counts and the model's shape, the last ones of the header the table of tensors."""
    chance = random.Random(_SEED + number)
    table_end = copy.stat().st_size - 96_576_768
    start, end = (0, 1_600) if number % 2 else (table_end - 15_000, table_end)
    changes = {chance.randrange(start, end): chance.randrange(256) for _ in range(chance.choice((1, 2, 8)))}
    with copy.open("r+b") as file:
        before = {}
        for place, byte in changes.items():
            file.seek(place)
            before[place] = file.read(1)
            file.seek(place)
            file.write(bytes([byte]))
    try:
        sentence = _outcome(mutating_engine)
    finally:
        with copy.open("r+b") as file:
            for place, old in before.items():
                file.seek(place)
                file.write(old)
    assert sentence.endswith(".")
    assert "\n" not in sentence


def _outcome(engine: LlamaEngine) -> str:
    """What a person is told; a model that still writes is closed, so that the next one is opened."""
    try:
        ask(engine, HELLO, FEW)
    except (ModelProblem, BackendProblem) as error:
        return str(error)
    engine.close()
    return "It writes."


def test_after_all_the_broken_ones_the_whole_file_works(mutating_engine: LlamaEngine) -> None:
    assert ask(mutating_engine, HELLO, FEW).usage.tokens_written == 2
