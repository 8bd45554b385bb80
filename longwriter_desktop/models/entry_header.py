"""What the header of a model's file will say, from the catalogue: so that a model is judged before it is downloaded.

Memory and speed are computed from headers alone. For a model that is not here, the catalogue's facts are put in
the form of one; what they leave open (how large single layers are) is shared out evenly.
"""

from pathlib import Path

from longwriter_desktop.backend.gguf_check import GgufHeader, Value, Weights
from longwriter_desktop.models.catalogue import ModelEntry

_ARCHITECTURE = "llama"
"""Any name does: the arithmetic asks for the architecture's own keys by it."""
_METADATA_BYTES = 60
"""For each token of the vocabulary: its text, its type and its merges, in the file but not in memory twice."""
_USUAL_LAYERS = 32
_OUTPUT_IS_FINER = 4 / 3
"""Of Q4 and Q5 mixes the output is kept in Q6_K, as llama.cpp's quantize does it."""


def entry_header(entry: ModelEntry) -> GgufHeader:
    """The header that stands for ``entry``; sizes are the catalogue's, and layers are taken to be alike."""
    layers = entry.layers or _USUAL_LAYERS
    vocabulary = entry.vocabulary_tokens
    tensors = max(0, entry.size_bytes - _METADATA_BYTES * vocabulary)
    embedding = _embedding_bytes(entry, tensors)
    output = round(embedding * (_OUTPUT_IS_FINER if entry.quantization.startswith(("Q4", "Q5", "IQ4")) else 1))
    apart = output if entry.output_is_embedding else output + embedding
    of_layers = max(0, tensors - apart)
    weights = Weights((of_layers // layers,) * layers, output, entry.output_is_embedding, vocabulary)
    return GgufHeader(Path(entry.file or entry.path), entry.size_bytes, tensors, _values(entry, layers), weights)


def _embedding_bytes(entry: ModelEntry, tensors: int) -> int:
    """By the weights of the whole model: a table of so many rows as the vocabulary has tokens."""
    weights = entry.vocabulary_tokens * entry.embedding_length
    return round(tensors * min(0.5, weights / entry.parameters)) if entry.parameters else 0


def _values(entry: ModelEntry, layers: int) -> dict[str, Value | tuple[Value, ...]]:
    heads = entry.attention_heads or 1
    key_length = entry.key_length or entry.embedding_length // heads
    # Keys and values, two bytes each.
    kv_values = entry.kv_bytes_per_token // (4 * layers)
    kv_heads, rest = divmod(kv_values, key_length) if key_length else (0, kv_values)
    if rest:
        kv_heads, key_length = 1, kv_values
    numbers: dict[str, Value | tuple[Value, ...]] = {
        "context_length": entry.context_tokens or entry.default_context_tokens,
        "block_count": layers,
        "embedding_length": entry.embedding_length,
        "feed_forward_length": entry.feed_forward_length,
        "attention.head_count": heads,
        # Of each layer: a single 0 would mean that the file does not say.
        "attention.head_count_kv": (kv_heads,) * layers,
        "attention.key_length": key_length,
        "attention.value_length": key_length,
    }
    return {"general.architecture": _ARCHITECTURE, **{f"{_ARCHITECTURE}.{key}": each for key, each in numbers.items()}}
