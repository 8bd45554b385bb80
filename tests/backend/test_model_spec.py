from dataclasses import dataclass
from pathlib import Path

from longwriter_desktop.agentwrite.engine import Engine
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.paths import AppPaths

PATH = Path("/models/a.gguf")


@dataclass(frozen=True)
class Entry:
    template: str = "longwriter-llama"
    stop: tuple[str, ...] = ("[INST]",)
    default_context_tokens: int = 32_768


@dataclass(frozen=True)
class Found:
    title: str
    path: Path
    entry: Entry | None = None


def test_a_model_of_the_catalogue_brings_its_template_stop_texts_and_context() -> None:
    assert ModelSpec.of(Found("LongWriter", PATH, Entry())) == ModelSpec(
        "LongWriter", PATH, "longwriter-llama", ("[INST]",), 32_768
    )


def test_a_file_of_the_persons_own_is_asked_itself() -> None:
    assert ModelSpec.of(Found("mine", PATH)) == ModelSpec("mine", PATH)
    assert ModelSpec.of(Found("mine", PATH, Entry(template=""))).template is None


def test_the_engine_on_llama_cpp_is_an_engine_and_starts_nothing_before_it_is_asked(paths: AppPaths) -> None:
    engine: Engine = LlamaEngine(Found("mine", PATH), paths=paths)
    assert engine.model_name == "mine"
    assert not paths.log.exists()
