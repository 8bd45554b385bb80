"""Is the memory that is stated before a model is loaded what the worker then takes?

    .venv/bin/python tests/benchmarks/memory.py MODEL.gguf [--context 32768] [--kv f16 q8_0] [--seconds 45]

For each type of KV cache the model is opened as the app opens it, in a worker process. A prompt as long as
the context is read for as many seconds as are given, some words are written, and the worker's resident
memory is taken at its highest. The cache need not be read full for that: llama.cpp writes zeros into all of
it when a context is made, and takes the buffers to compute in for the whole context at once. With
`--seconds 0` it is read to its end.

Goals: what was stated is within 10 % of what was measured; the worker takes at most 400 MB more than the
model's file and the context. The exit status is 1 when one is missed.
"""

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from longwriter_desktop.agentwrite.engine import Message, ModelLoading, Prompt, PromptProgress, Sampling, TextChunk
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.gguf_check import read_header
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.backend.options import EngineOptions, KvType
from longwriter_desktop.paths import AppPaths

SHARE_GOAL = 0.10
REST_GOAL_BYTES = 400_000_000
BYTES_PER_VALUE: dict[KvType, float] = {"f16": 2.0, "q8_0": 34 / 32}
WORDS = Sampling(temperature=0, max_tokens=16, min_tokens=16)


@dataclass(frozen=True)
class Measured:
    context: int
    read: int
    stated: int
    resident: int
    remarks: tuple[str, ...]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--context", type=int, default=None, help="tokens; as the app would choose when left out")
    parser.add_argument("--kv", nargs="+", choices=list(BYTES_PER_VALUE), default=list(BYTES_PER_VALUE))
    parser.add_argument("--seconds", type=float, default=45.0, help="for reading, with each type of cache; 0: no limit")
    asked = parser.parse_args()
    header = read_header(asked.model)
    missed = 0
    for kv_type in asked.kv:
        found = measure(asked.model, asked.context, kv_type, asked.seconds)
        cache = int(found.context * header.kv_values_per_token * BYTES_PER_VALUE[kv_type])
        rest = found.resident - header.file_bytes - cache
        off = found.stated / found.resident - 1
        print(f"{asked.model.name}, {kv_type}, context {found.context:,} tokens, {found.read:,} read")
        for remark in found.remarks:
            print(f"  ({remark})")
        print(f"  stated before loading {found.stated / 1e6:>10,.0f} MB")
        print(f"  resident at most      {found.resident / 1e6:>10,.0f} MB")
        print(f"  stated / resident     {1 + off:>10.3f}     goal 1 ± {SHARE_GOAL}   {verdict(abs(off) <= SHARE_GOAL)}")
        print(
            f"  above file + context  {rest / 1e6:>10,.0f} MB  goal {REST_GOAL_BYTES / 1e6:.0f}"
            f"       {verdict(rest <= REST_GOAL_BYTES)}"
        )
        missed += (abs(off) > SHARE_GOAL) + (rest > REST_GOAL_BYTES)
    return 1 if missed else 0


def verdict(is_met: bool) -> str:
    return "met" if is_met else "MISSED"


def measure(model: Path, context: int | None, kv_type: KvType, seconds: float) -> Measured:
    """Opens the model, works with it, and takes the worker's resident memory at its highest."""
    options = EngineOptions(context_tokens=context, kv_type=kv_type, state_limit_bytes=0, device="cpu")
    with tempfile.TemporaryDirectory() as home:
        paths = AppPaths.of_this_machine({"LONGWRITER_HOME": home})
        with LlamaEngine(ModelSpec(model.name, model), paths=paths, options=options) as engine:
            highest = stated = read = 0

            def look() -> None:
                nonlocal highest
                highest = max(highest, engine.memory_bytes)

            events = engine.generate(_prompt("A few words."), WORDS)
            for event in events:
                look()
                if isinstance(event, ModelLoading) and event.needs_bytes:
                    stated = event.needs_bytes
            began = time.monotonic()
            for event in engine.generate(_prompt(_text(engine.context_tokens - 200)), WORDS):
                look()
                if isinstance(event, PromptProgress):
                    read = event.read
                elif isinstance(event, TextChunk):
                    read += event.tokens
                if seconds and time.monotonic() - began > seconds:
                    break
            look()
            return Measured(engine.context_tokens, read, stated, highest, engine.remarks)


def _prompt(text: str) -> Prompt:
    return Prompt((Message("user", text),))


def _text(tokens: int) -> str:
    """Text that is nearly so many tokens long: in every usual vocabulary " a" is one."""
    return " a" * (max(1, tokens) * 9 // 10)


if __name__ == "__main__":
    sys.exit(main())
