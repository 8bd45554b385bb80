"""Several replies to one prompt at the same time: against `llama-batched-bench`, and against one after another.

    python tests/benchmarks/branches.py MODEL.gguf --llama-batched-bench PATH [--width 3] [--prompt 512] [--tokens 128]

Tokens a second of all replies together, from the first to the last, sampled as sections are;
`llama-batched-bench` does not sample. Same model, threads, prompt length, KV type and one KV cache for all
sequences. Medians over the rounds. For how it is built see `decode.py`; the target is llama-batched-bench.
"""

import argparse
import json
import subprocess
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from longwriter_desktop.agentwrite.engine import (
    BranchText,
    Message,
    Prompt,
    ReplyFinished,
    Sampling,
    TextChunk,
)
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.cores import choose_threads
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.paths import AppPaths

GOAL = 0.95
SENTENCE = "In the year {0} keeper number {0} of the northern lighthouse wrote down what the winter had done to it. "


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--llama-batched-bench", type=Path, required=True, metavar="PATH")
    parser.add_argument("--width", type=int, default=3)
    parser.add_argument("--prompt", type=int, default=512, help="tokens")
    parser.add_argument("--tokens", type=int, default=128, help="of each reply")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    own = EngineOptions(state_limit_bytes=0)
    threads = choose_threads(own)[0]
    together, alone, bench = [], [], []
    print(f"{options.model.name}, {threads} threads, {options.width} replies of {options.tokens} tokens")
    with TemporaryDirectory() as home:
        paths = AppPaths.of_this_machine({"LONGWRITER_HOME": home})
        with LlamaEngine(ModelSpec(options.model.stem, options.model), paths=paths, options=own) as engine:
            prompt = question(round(options.prompt / 24))
            for _ in engine.warm(prompt):
                pass
            for number in range(options.rounds):
                samplings = [sampling(10 * number + each, options.tokens) for each in range(options.width)]
                together.append(written_together(engine, prompt, samplings))
                alone.append(written_alone(engine, prompt, samplings))
                bench.append(batched_bench(options, threads))
                print(
                    f"  together {together[-1]:.1f}, one after another {alone[-1]:.1f}, bench {bench[-1]:.1f}",
                    flush=True,
                )
    ratio, gain = median(together) / median(bench), median(together) / median(alone)
    print(f"of llama-batched-bench: {ratio:.3f} (goal: {GOAL}) {'met' if ratio >= GOAL else 'MISSED'}")
    print(f"of one after another: {gain:.3f} (goal: 1) {'met' if gain >= 1 else 'MISSED'}")


def question(sentences: int) -> Prompt:
    text = "".join(SENTENCE.format(number) for number in range(1800, 1800 + sentences))
    return Prompt((Message("user", text + "\n\nTell the story of the last winter."),))


def sampling(seed: int, tokens: int) -> Sampling:
    return Sampling(seed=seed, max_tokens=tokens, min_tokens=tokens)


def written_together(engine: LlamaEngine, prompt: Prompt, samplings: list[Sampling]) -> float:
    """Tokens a second."""
    times, tokens = [], 0
    for event in engine.generate_branches([(prompt, each) for each in samplings]):
        if isinstance(event, BranchText):
            times.append(time.monotonic())
            tokens += event.tokens
    return (tokens - len(samplings)) / (times[-1] - times[0])


def written_alone(engine: LlamaEngine, prompt: Prompt, samplings: list[Sampling]) -> float:
    """Tokens a second of all replies, from the first to the last token of each."""
    seconds, tokens = 0.0, 0
    for each in samplings:
        times = []
        for event in engine.generate(prompt, each):
            if isinstance(event, TextChunk):
                times.append(time.monotonic())
            elif isinstance(event, ReplyFinished):
                tokens += event.usage.tokens_written - 1
        seconds += times[-1] - times[0]
    return tokens / seconds


def batched_bench(options: argparse.Namespace, threads: int) -> float:
    """Tokens a second while generating."""
    context = options.prompt + options.width * options.tokens + 256
    command = [
        options.llama_batched_bench, "-m", options.model, "-c", context, "-b", 512, "-ub", 512, "-t", threads,
        "-npp", options.prompt, "-ntg", options.tokens, "-npl", options.width, "-pps", "-kvu",
        "--output-format", "jsonl",
    ]  # fmt: skip  # Options with their values.
    done = subprocess.run([str(each) for each in command], capture_output=True, text=True, check=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("{"))
    return float(json.loads(line)["speed_tg"])


if __name__ == "__main__":
    main()
