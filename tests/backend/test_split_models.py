from pathlib import Path

import pytest

from longwriter_desktop.agentwrite.engine import Message, Prompt, Sampling, TextChunk
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.gguf_check import read_header
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.errors import ModelProblem
from longwriter_desktop.paths import AppPaths
from tests.backend.conftest import EXACT
from tests.backend.split_gguf import split

PROMPT = Prompt((Message("user", "Write one sentence about the sea."),))


@pytest.fixture(scope="module")
def parts(starter_model: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The starter in three files; layers lie across their borders."""
    return split(starter_model, tmp_path_factory.mktemp("split"), "starter", 3)


def reply(model: Path, paths: AppPaths) -> str:
    with LlamaEngine(ModelSpec("starter", model), paths=paths, options=EXACT) as engine:
        events = list(engine.generate(PROMPT, Sampling(temperature=0.0, max_tokens=24)))
    return "".join(event.text for event in events if isinstance(event, TextChunk))


def test_the_header_of_a_split_model_is_that_of_the_whole(starter_model: Path, parts: list[Path]) -> None:
    whole, joined = read_header(starter_model), read_header(parts[0])
    assert joined.weights == whole.weights
    assert joined.architecture == whole.architecture
    assert joined.file_bytes == sum(part.stat().st_size for part in parts)
    assert joined.tensor_bytes == pytest.approx(whole.tensor_bytes, abs=20_000)


def test_a_split_model_writes_what_the_whole_one_writes(
    starter_model: Path, parts: list[Path], paths: AppPaths
) -> None:
    assert reply(parts[0], paths) == reply(starter_model, paths)


def test_a_part_that_is_missing_or_not_the_first_is_one_sentence(parts: list[Path], tmp_path: Path) -> None:
    with pytest.raises(ModelProblem, match="Choose starter-00001-of-00003"):
        read_header(parts[1])
    for part in parts[:2]:
        (tmp_path / part.name).symlink_to(part)
    with pytest.raises(ModelProblem, match=r"starter-00003-of-00003\.gguf is missing"):
        read_header(tmp_path / parts[0].name)
    (tmp_path / "renamed.gguf").symlink_to(parts[0])
    with pytest.raises(ModelProblem, match="own names back"):
        read_header(tmp_path / "renamed.gguf")
