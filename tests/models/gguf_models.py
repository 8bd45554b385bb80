"""Small whole GGUF files that describe themselves as models do, for the tests of what is found and added."""

import struct
from collections.abc import Sequence
from pathlib import Path

from tests.backend.gguf_files import gguf, scalar, string, strings, tensor

CHATML = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
CHATML_TOKENS = ("<|im_start|>", "<|im_end|>")


def bit(key: str, value: int) -> bytes:
    """A number of eight bits, which headers use for some enumerations."""
    data = key.encode()
    return struct.pack("<Q", len(data)) + data + struct.pack("<IB", 0, value)


def chat_model(
    path: Path,
    *,
    name: str = "",
    template: str | None = CHATML,
    tokens: Sequence[str] = CHATML_TOKENS,
    architecture: str = "llama",
    width: int = 64,
    context: int = 4096,
    more: Sequence[bytes] = (),
) -> Path:
    """Writes a file and returns its path. ``template`` None leaves it out; ``more`` are further metadata."""
    # A real vocabulary is too long to be kept by who reads the header.
    vocabulary = [*tokens, *(f"t{number}" for number in range(1100))]
    keys = [
        string("general.architecture", architecture),
        *([string("general.name", name)] if name else []),
        *([scalar(f"{architecture}.context_length", context)] if context else []),
        scalar(f"{architecture}.block_count", 2),
        scalar(f"{architecture}.embedding_length", width),
        scalar(f"{architecture}.attention.head_count", 4),
        scalar(f"{architecture}.attention.head_count_kv", 2),
        strings("tokenizer.ggml.tokens", vocabulary),
        *([] if template is None else [string("tokenizer.chat_template", template)]),
        *more,
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gguf(keys, [tensor("token_embd.weight", (32,))], bytes(32 * 4)))
    return path
