"""States on disk: what is found is what was saved, and nothing else is ever used."""

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.engine import Sampling
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.backend.state_files import StateFiles, model_key, remove_oldest
from longwriter_desktop.paths import AppPaths
from tests.backend.conftest import EXACT
from tests.backend.replies import GREEDY, ask, long_text, question

TEXT = list(range(1000, 2000))


def cells(start: int, end: int) -> bytearray:
    """Stands for the cells of these tokens: bytes that no other stretch has."""
    return bytearray(f"{start}-{end};".encode() * 100)


def saved(folder: Path, *stretches: tuple[int, int], tokens: Sequence[int] = TEXT, key: str = "model") -> None:
    files = StateFiles(folder, key, "1.0", 1_000_000)
    for start, end in stretches:
        assert files.save(tokens[:end], start, end, 0, cells(start, end))
    files.close()


def found(folder: Path, tokens: Sequence[int] = TEXT, start: int = 0, key: str = "model") -> list[tuple[int, int]]:
    """Which stretches are found, and up to where they are of use; each must load as it was saved."""
    files = StateFiles(folder, key, "1.0", 1_000_000)
    result = []
    for state in files.find(tokens, start):
        data = files.load(state)
        assert data is not None
        assert data.startswith(f"{state.start}-".encode())
        result.append((state.start, state.common))
    return result


def states(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.state"))


def test_a_chain_is_found_from_its_beginning_to_its_end(tmp_path: Path) -> None:
    saved(tmp_path, (0, 300), (300, 600), (600, 900))
    assert found(tmp_path) == [(0, 300), (300, 600), (600, 900)]
    assert found(tmp_path, start=450) == [(300, 600), (600, 900)]
    assert found(tmp_path, start=890) == []


def test_a_prompt_that_leaves_the_saved_text_gets_what_they_have_in_common(tmp_path: Path) -> None:
    saved(tmp_path, (0, 300), (300, 600))
    assert found(tmp_path, [*TEXT[:420], *range(500)]) == [(0, 300), (300, 420)]
    assert found(tmp_path, [*TEXT[:30], *range(500)]) == []


def test_without_its_beginning_a_stretch_is_of_no_use(tmp_path: Path) -> None:
    saved(tmp_path, (300, 600))
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-1],
        lambda data: data[:40],
        lambda _data: b"",
        lambda data: data[:-5] + b"x" + data[-4:],
        lambda data: data[:60] + bytes([data[60] ^ 1]) + data[61:],
        lambda _data: b"something else that ends in .state",
    ],
    ids=["cut", "cut in the header", "empty", "cells", "header", "foreign"],
)
def test_what_is_damaged_or_foreign_is_ignored_and_removed(tmp_path: Path, spoil: object) -> None:
    saved(tmp_path, (0, 300))
    (path,) = states(tmp_path)
    path.write_bytes(spoil(path.read_bytes()))  # type: ignore[operator]  # A list of functions has no better type.
    files = StateFiles(tmp_path, "model", "1.0", 1_000_000)
    assert [files.load(state) for state in files.find(TEXT, 0)] in ([], [None])
    assert states(tmp_path) == []


def test_the_states_of_another_version_are_removed_and_those_of_another_model_left_alone(tmp_path: Path) -> None:
    saved(tmp_path, (0, 300))
    saved(tmp_path, (0, 400), key="another model")
    newer = StateFiles(tmp_path, "model", "2.0", 1_000_000)
    assert list(newer.find(TEXT, 0)) == []
    assert found(tmp_path) == []
    assert found(tmp_path, key="another model") == [(0, 400)]


def test_the_oldest_go_first_and_never_the_beginning_of_the_text_in_hand(tmp_path: Path) -> None:
    size = _size_of_one(tmp_path / "one")
    other = list(range(5000, 6000))
    old, new = tmp_path / "states", tmp_path / "states"
    files = StateFiles(old, "model", "1.0", 3 * size + 20)
    files.save(other[:300], 0, 300, 0, cells(0, 300))
    files.close()
    for path in states(old):
        os.utime(path, (1, 1))
    files = StateFiles(new, "model", "1.0", 3 * size + 20)
    for start, end in ((0, 300), (300, 310), (310, 320)):
        assert files.save(TEXT[:end], start, end, 0, cells(start, end))
        files.close()
    assert found(old, other) == []
    assert len(states(old)) == 3
    assert not files.save(TEXT[:900], 320, 900, 0, bytearray(3 * size))
    assert not files.has_room
    assert sum(path.stat().st_size for path in states(old)) <= 3 * size + 20
    remove_oldest(old, 0)
    assert states(old) == []


def _size_of_one(folder: Path) -> int:
    saved(folder, (310, 320))
    return states(folder)[0].stat().st_size


def test_nobody_else_may_read_them(tmp_path: Path) -> None:
    folder = tmp_path / "cache" / "states"
    saved(folder, (0, 300))
    assert folder.stat().st_mode & 0o077 == 0
    assert states(folder)[0].stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_to_costs_nothing_but_the_states(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    files = StateFiles(tmp_path / "file" / "states", "model", "1.0", 1_000_000)
    files.save(TEXT, 0, 1000, 0, cells(0, 1000))
    files.close()
    assert not files.has_room
    assert list(files.find(TEXT, 0)) == []


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40), st.booleans()), max_size=6),
    st.lists(st.integers(0, 1), max_size=80),
)
def test_whatever_is_saved_the_stretches_found_fit_the_prompt_without_a_gap(
    tmp_path_factory: pytest.TempPathFactory, stretches: list[tuple[int, int, bool]], prompt: list[int]
) -> None:
    """Tokens are few and alike here, so that texts agree by chance; 64 tokens stand for each of them."""
    folder = tmp_path_factory.mktemp("states")
    files = StateFiles(folder, "model", "1.0", 10_000_000)
    for start, length, odd in stretches:
        tokens = _stretched([(place * 7 + odd) % 2 for place in range(start + length)])
        files.save(tokens, start * 64, len(tokens), 0, cells(start, length))
    files.close()
    wanted = _stretched(prompt)
    place = 0
    for state in StateFiles(folder, "model", "1.0", 10_000_000).find(wanted, 0):
        assert state.start <= place < state.common <= len(wanted)
        place = state.common


def _stretched(tokens: Sequence[int]) -> list[int]:
    return [token for token in tokens for _ in range(64)]


def test_a_model_file_that_was_changed_is_another_model(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(bytes(100_000))
    key = model_key(path)
    assert model_key(path) == key
    status = path.stat()
    data = bytearray(100_000)
    data[50_000] = 1
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert model_key(path) != key


# -- with the real model -------------------------------------------------------------------------------

STEADY = EngineOptions(adapt_threads=False)
BASE = question(long_text(600) + "\n\nTell what happened to the bridge.")


@pytest.fixture
def engine(starter_model: Path, paths: AppPaths) -> Iterator[LlamaEngine]:
    with LlamaEngine(ModelSpec("starter", starter_model), paths=paths, options=STEADY) as engine:
        yield engine


@pytest.mark.counted
def test_after_a_restart_nothing_is_read_again_and_the_text_is_the_same(
    engine: LlamaEngine, starter_model: Path, paths: AppPaths
) -> None:
    first = ask(engine, BASE)
    engine.close()
    assert states(paths.cache / "states")
    again = ask(engine, BASE)
    assert again.text == first.text
    assert again.usage.prompt_tokens_read <= 64
    assert again.usage.prompt_tokens_reused > 600
    with LlamaEngine(ModelSpec("starter", starter_model), paths=paths, options=EXACT) as forgetful:
        fresh = ask(forgetful, BASE)
    assert fresh.usage.prompt_tokens_reused == 0
    assert fresh.text == first.text


def test_a_reply_taken_up_after_a_restart_goes_on_as_it_would_have(engine: LlamaEngine) -> None:
    sampling = Sampling(temperature=0.8, seed=5, max_tokens=160, min_tokens=160)
    whole = ask(engine, BASE, sampling)
    engine.close()
    part, tokens = "", 0
    for chunk in whole.chunks:
        part, tokens = (part + chunk.text, tokens + chunk.tokens) if tokens < 130 else (part, tokens)
    rest = ask(engine, replace(BASE, reply_prefix=part), replace(sampling, max_tokens=30, min_tokens=30))
    assert rest.usage.prompt_tokens_read <= 2
    assert whole.text[len(part) :]
    assert rest.text.startswith(whole.text[len(part) :])


def test_a_spoilt_state_is_read_again_and_the_text_is_the_same(engine: LlamaEngine, paths: AppPaths) -> None:
    first = ask(engine, BASE)
    engine.close()
    for path in states(paths.cache / "states"):
        data = bytearray(path.read_bytes())
        data[-1000] ^= 1
        path.write_bytes(data)
    again = ask(engine, BASE)
    assert again.usage.prompt_tokens_reused == 0
    assert again.text == first.text


@pytest.mark.counted
def test_two_documents_take_turns_without_being_read_again(engine: LlamaEngine, paths: AppPaths) -> None:
    other = question(long_text(600, start=5000) + "\n\nTell what happened to the tower.")
    first = ask(engine, BASE, GREEDY)
    deadline = time.monotonic() + 20  # A slow disk takes the last of it only while the engine has nothing to do.
    while len(states(paths.cache / "states")) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    ask(engine, other, GREEDY)
    again = ask(engine, BASE, GREEDY)
    assert again.usage.prompt_tokens_read <= 64
    assert again.text == first.text


def test_with_a_limit_of_nothing_nothing_is_kept(engine: LlamaEngine, starter_model: Path, paths: AppPaths) -> None:
    ask(engine, BASE)
    engine.close()
    assert states(paths.cache / "states")
    with LlamaEngine(ModelSpec("starter", starter_model), paths=paths, options=EXACT) as forgetful:
        ask(forgetful, question("Where is Rome?"))
    assert not states(paths.cache / "states")
