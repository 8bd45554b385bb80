"""GGUF files of a few hundred bytes that look like models as long as nobody computes with them."""

from pathlib import Path

from tests.backend.gguf_files import gguf, scalar, string, tensor

CHATML = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def small_model(path: Path, template: str = CHATML, name: str = "") -> Path:
    """A file with the header of a small Llama; "" leaves the template out."""
    keys = [
        string("general.architecture", "llama"),
        *([string("general.name", name)] if name else []),
        scalar("general.file_type", 15),
        scalar("llama.context_length", 8192),
        scalar("llama.block_count", 2),
        scalar("llama.embedding_length", 64),
        scalar("llama.attention.head_count", 4),
        scalar("llama.attention.head_count_kv", 2),
        *([string("tokenizer.chat_template", template)] if template else []),
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gguf(keys, [tensor("token_embd.weight", (64, 32))], bytes(64 * 32 * 4)))
    return path
