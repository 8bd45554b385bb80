import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from longwriter_desktop.backend.gguf_check import BLOCKS, GgufHeader, read_header
from longwriter_desktop.errors import ModelProblem
from tests.backend.gguf_files import SOUND, gguf, scalar, string, strings, tensor, text, written

_FILES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=2000, max_examples=100)


def test_the_starter_models_header_is_read(starter_model: Path) -> None:
    header = read_header(starter_model)
    assert header.architecture == "llama"
    assert header.context_tokens == 8192
    # 30 layers, 3 KV heads, 64 wide, keys and values.
    assert header.kv_values_per_token == 30 * 3 * 64 * 2
    assert 0.9 * header.file_bytes < header.tensor_bytes < header.file_bytes


def test_a_sound_file_is_accepted(tmp_path: Path) -> None:
    assert read_header(written(tmp_path, SOUND)).context_tokens == 4096


@pytest.mark.parametrize("missing", [1, 36, 500, 548])
def test_a_file_whose_weights_are_cut_off_is_called_truncated(tmp_path: Path, missing: int) -> None:
    with pytest.raises(ModelProblem, match=r"truncated.*Download it again"):
        read_header(written(tmp_path, SOUND[:-missing]))


@pytest.mark.parametrize("length", [30, 100, 5000, 17_000])
def test_a_file_whose_header_is_cut_off_is_called_truncated(tmp_path: Path, length: int) -> None:
    with pytest.raises(ModelProblem, match="truncated"):
        read_header(written(tmp_path, SOUND[:length]))


def test_a_text_file_is_called_no_gguf_file(tmp_path: Path) -> None:
    with pytest.raises(ModelProblem, match="is not a GGUF file"):
        read_header(written(tmp_path, b"Dear reader, this is a letter and not a model at all.\n"))


def test_an_empty_file_a_folder_and_a_missing_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ModelProblem, match="0 bytes"):
        read_header(written(tmp_path, b""))
    with pytest.raises(ModelProblem, match="is a folder"):
        read_header(tmp_path)
    with pytest.raises(ModelProblem, match="There is no model file"):
        read_header(tmp_path / "gone.gguf")


@pytest.mark.parametrize("version", [0, 1, 4, 0x03000000])
def test_other_versions_of_the_format_are_named(tmp_path: Path, version: int) -> None:
    with pytest.raises(ModelProblem, match=f"version {version} of the GGUF format"):
        read_header(written(tmp_path, gguf([], [tensor("w", (32,))], bytes(128), version)))


_HOSTILE = {
    "more keys than any model": struct.pack("<4sIQQ", b"GGUF", 3, 1, 2**60),
    "more tensors than any model": struct.pack("<4sIQQ", b"GGUF", 3, 2**60, 0),
    "a name of 2^60 bytes": struct.pack("<4sIQQQ", b"GGUF", 3, 1, 1, 2**60),
    "an array of 2^60 numbers": gguf([text("a") + struct.pack("<IIQ", 9, 4, 2**60)], [tensor("w", (32,))], bytes(128)),
    "an array of 2^60 texts": gguf([strings("a", [], count=2**60)], [tensor("w", (32,))], bytes(128)),
    "an array of arrays": gguf([text("a") + struct.pack("<IIQ", 9, 9, 5)], [tensor("w", (32,))], bytes(128)),
    "an unknown kind of value": gguf([text("a") + struct.pack("<I", 77)], [tensor("w", (32,))], bytes(128)),
    "a tensor of nine dimensions": gguf([], [tensor("w", (1,) * 9)], bytes(128)),
    "a tensor of 2^180 weights": gguf([], [tensor("w", (2**60, 2**60, 2**60))], bytes(128)),
    "a tensor far behind the end": gguf([], [tensor("w", (32,), offset=2**63)], bytes(128)),
    "weights in an unknown form": gguf([], [tensor("w", (32,), kind=200)], bytes(128)),
    "half a block of weights": gguf([], [tensor("w", (33,), kind=2)], bytes(128)),
    "an alignment of 0": gguf([scalar("general.alignment", 0)], [tensor("w", (32,))], bytes(128)),
    "no weights at all": gguf([string("general.architecture", "llama")], []),
    "millions of empty texts": gguf([strings("a", [""] * 5_000_000)], [tensor("w", (32,))], bytes(128)),
}


@pytest.mark.parametrize("name", _HOSTILE)
def test_a_hostile_header_is_refused_quickly(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, _HOSTILE[name])
    began = time.monotonic()
    with pytest.raises(ModelProblem) as caught:
        read_header(path)
    assert time.monotonic() - began < 5
    assert str(path) in str(caught.value)


@_FILES
@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_changed_bytes_never_raise_anything_but_a_sentence(tmp_path: Path, changes: list[tuple[int, int]]) -> None:
    data = bytearray(SOUND)
    for place, byte in changes:
        data[place] = byte
    outcome = _outcome(written(tmp_path, bytes(data)))
    if isinstance(outcome, GgufHeader):
        assert outcome.kv_values_per_token >= 0
    else:
        assert outcome.endswith(".")


def _outcome(path: Path) -> GgufHeader | str:
    try:
        return read_header(path)
    except ModelProblem as error:
        return str(error)


def test_the_weights_are_counted_for_each_layer_and_for_the_output(tmp_path: Path) -> None:
    keys = [string("general.architecture", "llama"), scalar("llama.block_count", 2)]
    tensors = [
        tensor("token_embd.weight", (32, 10), offset=0),
        tensor("blk.1.attn_q.weight", (32, 2), kind=2, offset=1280),
        tensor("blk.0.attn_q.weight", (32, 4), offset=1344),
        tensor("blk.0.ffn_up.weight", (32, 1), offset=1856),
        tensor("blk.x.odd", (32, 1), offset=1984),
    ]
    tied = read_header(written(tmp_path, gguf(keys, tensors, bytes(2400)))).weights
    assert (tied.layers, tied.vocabulary_tokens) == ((4 * 32 * 4 + 128, 2 * 18), 10)
    assert (tied.output, tied.output_is_embedding) == (1280, True)
    own = [*tensors, tensor("output.weight", (32, 2), kind=2, offset=2112)]
    apart = read_header(written(tmp_path, gguf(keys, own, bytes(2400)))).weights
    assert (apart.output, apart.output_is_embedding) == (36, False)


def test_the_layers_of_the_starter_make_up_its_weights(starter_model: Path) -> None:
    header = read_header(starter_model)
    assert len(header.weights.layers) == header.number("block_count") == len(header.kv_values_by_layer)
    parts = sum(header.weights.layers) + header.weights.output
    assert parts == pytest.approx(header.tensor_bytes, rel=0.001)


def test_the_table_of_tensor_types_is_llama_cpps_own() -> None:
    script = (
        "import ctypes, pathlib, sys, llama_cpp\n"
        "folder = pathlib.Path(llama_cpp.__file__).parent / 'lib'\n"
        "ggml = ctypes.CDLL(str(next(p for p in folder.iterdir() if 'ggml-base' in p.name)))\n"
        "ggml.ggml_blck_size.restype = ctypes.c_int64\n"
        "ggml.ggml_type_size.restype = ctypes.c_size_t\n"
        "print({n: (ggml.ggml_blck_size(n), ggml.ggml_type_size(n)) for n in range(43)})\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    table = {kind: sizes for kind, sizes in eval(done.stdout).items() if sizes[0]}  # noqa: S307 - printed just above.
    assert table == BLOCKS
