"""Files that are no usable model: one sentence each, and caller and engine as good as before."""

import os
import shutil
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from longwriter_desktop.agentwrite.engine import EngineEvent, ModelLoading, Sampling
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.errors import BackendProblem, ModelProblem, ModelTooLarge
from longwriter_desktop.paths import AppPaths
from tests.backend.conftest import app_paths
from tests.backend.gguf_files import SOUND, larger_than_memory
from tests.backend.gguf_mutations import GgufMutator, Mutation
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


def test_a_model_larger_than_memory_is_refused_before_it_is_loaded(tmp_path: Path, paths: AppPaths) -> None:
    path = larger_than_memory(tmp_path / "large.gguf")
    with LlamaEngine(ModelSpec("that model", path), paths=paths) as engine:
        events = engine.generate(HELLO, FEW)
        told: list[EngineEvent] = []
        with pytest.raises(ModelTooLarge, match=r"needs [\d.]+ GB of memory, and this computer has [\d.]+ GB"):
            told.extend(events)
        assert all(event.fraction == 0 for event in told if isinstance(event, ModelLoading))
        assert engine.memory_bytes < 500_000_000


_MUTATIONS = range(2000, 2051)
"""Three of each kind. A thousand: `tests/benchmarks/mutated_models.py`."""


@pytest.fixture(scope="module")
def mutator(starter_model: Path) -> GgufMutator:
    return GgufMutator(starter_model)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory, starter_model: Path) -> Path:
    path = tmp_path_factory.mktemp("mutated") / "model.gguf"
    shutil.copyfile(starter_model, path)
    return path


@pytest.fixture(scope="module")
def mutating_engine(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlamaEngine]:
    paths = app_paths(tmp_path_factory.mktemp("home"))
    options = EngineOptions(context_tokens=512, state_limit_bytes=0)
    with LlamaEngine(ModelSpec("mutated", copy), paths=paths, options=options, hang_after=30) as engine:
        yield engine


@pytest.mark.parametrize("number", _MUTATIONS)
def test_a_broken_file_gives_one_sentence_or_a_model_that_works(
    mutator: GgufMutator, copy: Path, mutating_engine: LlamaEngine, number: int
) -> None:
    with mutator.applied(mutator.mutation(number), copy):
        sentence = _outcome(mutating_engine)
    assert sentence.endswith(".")
    assert sentence.isprintable()
    assert "made a mistake" not in sentence


def _outcome(engine: LlamaEngine) -> str:
    """What a person is told; a model that still writes is closed, so that nobody has the file open."""
    try:
        ask(engine, HELLO, FEW)
    except (ModelProblem, BackendProblem) as error:
        return str(error)
    engine.close()
    return "It writes."


def test_a_model_that_breaks_llama_cpp_with_its_first_word_is_said_to_be_damaged(
    starter_model: Path, copy: Path, mutating_engine: LlamaEngine
) -> None:
    key = b"llama.attention.layer_norm_rms_epsilon"
    with starter_model.open("rb") as file:
        place = file.read(10_000).index(key) + len(key) + 4
    not_a_number = Mutation("fraction", ((place, struct.pack("<f", float("nan"))),))
    broken = pytest.raises(ModelProblem, match="broke down as soon as it used the model mutated")
    with GgufMutator(starter_model).applied(not_a_number, copy), broken:
        ask(mutating_engine, HELLO, FEW)


def test_after_all_the_broken_ones_the_whole_file_works(mutating_engine: LlamaEngine) -> None:
    assert ask(mutating_engine, HELLO, FEW).usage.tokens_written == 2
