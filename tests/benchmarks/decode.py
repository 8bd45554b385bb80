"""Writing speed of the app's worker against llama.cpp's own `llama-bench`, in one run, in turns.

    python tests/benchmarks/decode.py MODEL.gguf --llama-bench PATH [--depths 64,1024] [--tokens 256] [--rounds 5]

The worker's rate is taken from the first to the last token of a reply, sampled as sections are: with
penalties, DRY, top-k, top-p and a temperature. `llama-bench` does not sample. Both have the same model,
number of threads, depth, KV type and flash attention. The worker is measured as the app runs it, with the
number of threads that follows the machine (``--fixed`` holds it still). Medians over the rounds.

llama-bench is built from the sources inside llama-cpp-python's sdist, with the options that the app's own
build has:

    pip download --no-deps --no-binary :all: llama-cpp-python==0.3.36
    tar xf llama_cpp_python-0.3.36.tar.gz
    cmake -S llama_cpp_python-0.3.36/vendor/llama.cpp -B build -DCMAKE_BUILD_TYPE=Release -DLLAMA_CURL=OFF
    cmake --build build --target llama-bench -j 2      # build/bin/llama-bench
"""

import argparse
import json
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from longwriter_desktop.agentwrite.engine import Message, Prompt, ReplyFinished, Sampling, TextChunk
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.cores import choose_threads
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.paths import AppPaths

GOAL_SMALL, GOAL_LARGE = 0.93, 0.97
LARGE_BYTES = 500_000_000
SENTENCE = "In the year {0} keeper number {0} of the northern lighthouse wrote down what the winter had done to it. "


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--llama-bench", type=Path, required=True, metavar="PATH")
    parser.add_argument("--depths", default="64,1024", help="tokens that stand in the context before the reply")
    parser.add_argument("--tokens", type=int, default=256, help="of each reply")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--kv", choices=("f16", "q8_0"), default="f16")
    parser.add_argument("--fixed", action="store_true", help="do not let the number of threads follow the machine")
    parser.add_argument("--greedy", action="store_true", help="temperature 0 and no penalties: next to no sampling")
    options = parser.parse_args()
    own = EngineOptions(adapt_threads=not options.fixed, kv_type=options.kv, state_limit_bytes=0)
    threads = choose_threads(own)[0]
    goal = GOAL_LARGE if options.model.stat().st_size > LARGE_BYTES else GOAL_SMALL
    print(f"{options.model.name}, {threads} threads, {options.kv} KV, {options.tokens} tokens, {options.rounds} rounds")
    print(f"{'depth':>7}{'worker':>9}{'llama-bench':>13}{'ratio':>8}{'goal':>7}   each round: worker/llama-bench")
    with TemporaryDirectory() as home:
        paths = AppPaths.of_this_machine({"LONGWRITER_HOME": home})
        with LlamaEngine(ModelSpec(options.model.stem, options.model), paths=paths, options=own) as engine:
            for wanted in (int(each) for each in options.depths.split(",")):
                compare(engine, options, wanted, threads, goal)


def compare(engine: LlamaEngine, options: argparse.Namespace, wanted: int, threads: int, goal: float) -> None:
    written(engine, options, wanted, 0)  # The model is loaded, and the prompt is read.
    ours, theirs, depth = [], [], 0
    for number in range(options.rounds):
        rate, depth = written(engine, options, wanted, number)
        ours.append(rate)
        theirs.append(benched(options, depth, threads))
    mine, yours = median(ours), median(theirs)
    each = " ".join(f"{one:.1f}/{other:.1f}" for one, other in zip(ours, theirs, strict=True))
    print(f"{depth:7}{mine:9.2f}{yours:13.2f}{mine / yours:8.3f}{goal:7.2f}   {each}", flush=True)


def written(engine: LlamaEngine, options: argparse.Namespace, wanted: int, seed: int) -> tuple[float, int]:
    """Tokens a second of one reply from the first to the last, and its depth in tokens."""
    # A sentence is some 26 tokens in the vocabularies at hand; the depth that it makes is what llama-bench gets.
    text = "".join(SENTENCE.format(year) for year in range(1800, 1800 + max(1, wanted // 26)))
    prompt = Prompt((Message("user", text),))
    sampling = Sampling(seed=seed, max_tokens=options.tokens + 1, min_tokens=options.tokens + 1)
    if options.greedy:
        sampling = replace(sampling, temperature=0, penalty_repeat=1.0, dry_multiplier=0.0)
    first = last = 0.0
    tokens = depth = 0
    for event in engine.generate(prompt, sampling):
        if isinstance(event, TextChunk):
            last = time.perf_counter()
            tokens += event.tokens if first else 0
            first = first or last
        elif isinstance(event, ReplyFinished):
            depth = event.usage.prompt_tokens_read + event.usage.prompt_tokens_reused
    return tokens / (last - first), depth


def benched(options: argparse.Namespace, depth: int, threads: int) -> float:
    """llama-bench's tokens a second of generation behind ``depth`` tokens, one repetition after its warm-up."""
    model = [str(options.llama_bench), "-m", str(options.model), "-ngl", "0", "-t", str(threads)]
    context = ["-ctk", options.kv, "-ctv", options.kv, "-fa", "auto" if options.kv == "f16" else "on"]
    test = ["-p", "0", "-n", str(options.tokens), "-d", str(depth), "-r", "1", "-o", "json"]
    done = subprocess.run([*model, *context, *test], capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout)[-1]["avg_ts"])


if __name__ == "__main__":
    main()
