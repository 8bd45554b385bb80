from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.engine import (
    EngineEvent,
    Heartbeat,
    ModelLoading,
    Prompt,
    PromptProgress,
    ReplyFinished,
    Sampling,
    TextChunk,
    Usage,
)
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.gguf_check import GgufHeader, read_header
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.errors import ModelProblem
from longwriter_desktop.models.library import Model
from longwriter_desktop.models.trial import Said, seconds_for, speed_of, try_model
from longwriter_desktop.paths import AppPaths
from tests.models.gguf_models import chat_model


class Paced:
    """An engine whose tokens come one a word at a steady pace of a clock of its own."""

    def __init__(self, words: int, token_seconds: float, prompt_seconds: float = 2.0, sentence: int = 10) -> None:
        self._words = words
        self._token_seconds = token_seconds
        self._prompt_seconds = prompt_seconds
        self._sentence = sentence
        self.now = 100.0
        self.device = ""
        self.closed = False
        self.asked: list[tuple[Prompt, Sampling]] = []

    @property
    def model_name(self) -> str:
        return "Tale"

    @property
    def usage(self) -> Usage:
        return Usage()

    @property
    def context_tokens(self) -> int:
        return 2048

    def clock(self) -> float:
        return self.now

    def generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[EngineEvent]:
        self.asked.append((prompt, sampling))
        try:
            yield ModelLoading(0.5)
            self.now += 30  # Loading is nobody's speed.
            yield PromptProgress(0, 80, 0)
            self.now += self._prompt_seconds
            yield PromptProgress(80, 80, 0)
            for number in range(1, self._words + 1):
                end = "." if number % self._sentence == 0 else ""
                yield TextChunk(f" word{end}", 1)
                yield Heartbeat()
                self.now += self._token_seconds
            yield ReplyFinished("end", Usage(80, 0, self._words, self._prompt_seconds, 1.0))
        finally:
            self.closed = True

    def warm(self, prompt: Prompt) -> Iterator[EngineEvent]:
        raise NotImplementedError


@pytest.fixture
def model(tmp_path: Path) -> Model:
    return Model("tale", "Tale", chat_model(tmp_path / "tale.gguf", context=32_768))


def tried(model: Model, engine: Paced, heard: Callable[[Said], None] = lambda _: None) -> object:
    return try_model(model, engine, heard, clock=engine.clock)


def test_speed_is_of_writing_alone(model: Model) -> None:
    engine = Paced(500, 0.25)
    trial = try_model(model, engine, lambda _: None, clock=engine.clock)
    assert trial is not None
    assert trial.words == 100
    assert trial.seconds == pytest.approx(99 * 0.25)
    assert trial.tokens_per_second == pytest.approx(4.0)
    assert trial.words_per_minute == pytest.approx(240.0)
    assert trial.prompt_tokens_per_second == pytest.approx(40.0)
    assert engine.closed
    # 10,000 words at the first words' pace, what is read, and what a longer text adds to both.
    assert trial.seconds_for_10000_words > 10_000 * 0.25 + 3_000 / 40


def test_a_sentence_is_written_to_its_end_but_not_for_ever(model: Model) -> None:
    for sentence, words in ((10, 100), (7, 105), (1000, 130)):
        engine = Paced(500, 0.1, sentence=sentence)
        trial = try_model(model, engine, lambda _: None, clock=engine.clock)
        assert trial is not None
        assert trial.words == words


def test_what_is_written_and_what_comes_before_is_heard(model: Model) -> None:
    heard: list[Said] = []
    engine = Paced(120, 0.1)
    trial = try_model(model, engine, heard.append, clock=engine.clock)
    assert trial is not None
    assert isinstance(heard[0], ModelLoading)
    assert any(isinstance(each, PromptProgress) for each in heard)
    assert "".join(each for each in heard if isinstance(each, str)) == trial.text


def test_the_prompt_is_in_the_language_asked_for(model: Model) -> None:
    engine = Paced(120, 0.1)
    try_model(model, engine, lambda _: None, language="zh", clock=engine.clock)
    [(prompt, sampling)] = engine.asked
    assert "灯塔" in prompt.messages[0].content
    assert 100 <= sampling.min_tokens < sampling.max_tokens


def test_stopping_early_measures_nothing_and_later_what_there_is(model: Model) -> None:
    for words, measured in ((3, False), (60, True)):
        heard: list[str] = []
        engine = Paced(500, 0.1)
        trial = try_model(
            model,
            engine,
            lambda said, heard=heard: heard.append(said) if isinstance(said, str) else None,  # type: ignore[misc]  # the loop variable is bound
            lambda heard=heard, words=words: len(heard) >= words,  # type: ignore[misc]  # the loop variable is bound
            clock=engine.clock,
        )
        assert engine.closed
        assert (trial is not None) == measured


def test_a_model_that_writes_next_to_nothing_is_told_of(model: Model) -> None:
    with pytest.raises(ModelProblem, match="wrote only 3 words"):
        tried(model, Paced(3, 0.1))


def test_a_speed_is_kept_with_what_it_was_measured_with(model: Model) -> None:
    engine = Paced(120, 0.2)
    trial = try_model(model, engine, lambda _: None, clock=engine.clock)
    assert trial is not None
    speed = speed_of(trial, model, "CPU, 4 threads", 1234.5)
    assert (speed.model, speed.title, speed.device, speed.measured_at) == ("tale", "Tale", "CPU, 4 threads", 1234.5)
    assert speed.tokens_per_second == trial.tokens_per_second
    assert speed.file_bytes == model.path.stat().st_size


# -- the time for a long document ----------------------------------------------------------------------


def shaped(tmp_path: Path, layers: int, width: int, tensor_bytes: int, context: int) -> GgufHeader:
    """The header of a model of another size than its file."""
    header = read_header(chat_model(tmp_path / "shape.gguf"))
    shape = {"block_count": layers, "embedding_length": width, "context_length": context, "attention.head_count": 32}
    values = header.values | {f"llama.{key}": number for key, number in shape.items()}
    return replace(header, values=values | {"llama.attention.head_count_kv": 8}, tensor_bytes=tensor_bytes)


def test_the_measured_slowing_down_is_what_is_computed(tmp_path: Path) -> None:
    """Qwen2.5-1.5B on two cores: 24.2 ms a token behind 100 tokens, 33.1 behind 3,000; see tests/benchmarks."""
    header = shaped(tmp_path, 28, 1536, 1_117_000_000, 32_768)

    def token_seconds(depth: int) -> float:
        """The time of one token behind ``depth``, got from two documents that end on either side of it."""
        both = (seconds_for(words, 1.0, 0.0242, 100, header) for words in (depth - 1, depth + 1))
        before, after = both
        return (after - before) / 2

    assert token_seconds(100) == pytest.approx(0.0242, rel=0.01)
    assert token_seconds(3_000) == pytest.approx(0.0331, rel=0.12)


def test_ten_thousand_words_of_an_8b_take_longer_than_their_beginning_and_less_than_their_end(tmp_path: Path) -> None:
    header = shaped(tmp_path, 32, 4096, 4_920_000_000, 131_072)
    beginning = 10_000 * 1.33 * 0.115
    assert 1.3 * beginning < seconds_for(10_000, 1.33, 0.115, 100, header) < 2.5 * beginning


def test_on_a_graphics_processor_a_long_text_costs_less(tmp_path: Path) -> None:
    header = shaped(tmp_path, 32, 4096, 4_920_000_000, 131_072)
    on_device = seconds_for(10_000, 1.33, 0.02, 100, header, on_device=True)
    assert 13_300 * 0.02 < on_device < seconds_for(10_000, 1.33, 0.02, 100, header)


@given(
    words=st.integers(1, 100_000),
    tokens_per_word=st.floats(0.5, 4),
    token_seconds=st.floats(0.001, 2),
    context=st.integers(512, 200_000),
)
@hypothesis_settings(max_examples=80)
def test_more_words_never_take_less_time_nor_less_than_at_the_beginning(
    tmp_path_factory: pytest.TempPathFactory, words: int, tokens_per_word: float, token_seconds: float, context: int
) -> None:
    header = shaped(tmp_path_factory.getbasetemp(), 32, 4096, 4_920_000_000, context)
    time = seconds_for(words, tokens_per_word, token_seconds, 0, header)
    assert time >= words * tokens_per_word * token_seconds * 0.999
    assert seconds_for(words + 100, tokens_per_word, token_seconds, 0, header) > time


# -- for real ------------------------------------------------------------------------------------------


def test_the_starter_writes_on_trial(starter_model: Path, longwriter_home: Path) -> None:
    paths = AppPaths.of_this_machine({"LONGWRITER_HOME": str(longwriter_home)})
    model = Model("starter", "Starter", starter_model)
    options = EngineOptions(context_tokens=2048, state_limit_bytes=0)
    with LlamaEngine(model, paths=paths, options=options) as engine:
        trial = try_model(model, engine, lambda _: None)
        assert engine.device.startswith("CPU")
    assert trial is not None
    assert 90 <= trial.words <= 135
    assert trial.seconds_for_10000_words > 10_000 / trial.words_per_minute * 60
