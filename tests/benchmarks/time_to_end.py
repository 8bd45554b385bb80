"""The time to the end of a document in each layout, beside AgentWrite as its authors run it.

    python tests/benchmarks/time_to_end.py MODEL.gguf --llama-server PATH [--sections 25] [--words 70]
        [--layouts paper,conversation,continuous,guided] [--kv q8_0] [--context 16384] [--threads N]
        [--computed READ WRITE]

Ours: the writer with the engine. AgentWrite: one request a paragraph with the instruction, the plan, the text so
far and the step (agentwrite/write.py and prompts/write.txt of https://github.com/THUDM/LongWriter), to llama.cpp's
own server with its prompt cache, same model, threads, context, KV type and plan, sampling as LongWriter's authors
have it; each paragraph is as many tokens as its words usually make. Times are held against each other for 1,000
tokens of delivered text, so what our writer throws away counts against it.

"read, of least": prompt tokens read over the least that the paper's layout can do, which is instruction and plan
once, each finished section once, and the tails. ``--computed``: the same from the counts of tokens and two speeds
in tokens a second, for a model that would take hours.
"""

import argparse
import contextlib
import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import llama_cpp
import psutil
from typing_extensions import override

from longwriter_desktop.agentwrite.engine import EngineEvent, Prompt, Sampling
from longwriter_desktop.agentwrite.plan_text import format_plan, format_step
from longwriter_desktop.agentwrite.prompts import Ask, Layout, write_prompt
from longwriter_desktop.agentwrite.record import record
from longwriter_desktop.agentwrite.writer import write
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.document.document import Document
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.prompt_files import load_templates
from tests.backend.sample_documents import sample_document
from tests.benchmarks.engine_wrapper import EngineWrapper

GOAL, READ_GOAL = 0.75, 1.05
TOKENS_A_WORD = 1.33
"""Of English prose, measured on LongWriter's vocabulary and Qwen's."""
_TURN_TOKENS = 5
"""Around a question in most chat templates."""
AGENT_WRITE = """\
You are an excellent writing assistant. I will give you an original writing instruction and my planned writing steps. \
I will also provide you with the text I have already written. Please help me continue writing the next paragraph based \
on the writing instruction, writing steps, and the already written text.

Writing instruction:

$INST$

Writing steps:

$PLAN$

Already written text:

$TEXT$

Please integrate the original writing instruction, writing steps, and the already written text, and now continue \
writing $STEP$. If needed, you can add a small subtitle at the beginning. Remember to only output the paragraph you \
write, without repeating the already written text. As this is an ongoing work, omit open-ended conclusions or other \
rhetorical hooks."""
"""agentwrite/prompts/write.txt at 3fcfdff, Apache-2.0."""


@dataclass(frozen=True)
class Run:
    """What one document cost. Counts are of tokens; ``delivered`` is what stands in the document."""

    name: str
    sections: int
    words: int
    replies: int
    read: int
    written: int
    delivered: int
    seconds_reading: float
    seconds_writing: float
    seconds: float
    least_read: int = 0

    def computed(self, reading: float, writing: float) -> "Run":
        """The same at two speeds in tokens a second."""
        reads, writes = self.read / reading, self.written / writing
        values = vars(self) | {"seconds_reading": reads, "seconds_writing": writes, "seconds": reads + writes}
        return Run(**values)

    @property
    def per_thousand(self) -> float:
        """Seconds for 1,000 tokens of delivered text."""
        return 1000 * self.seconds / max(1, self.delivered)


class Counting(EngineWrapper):
    """An engine that counts the calls of another, and what is new in their questions."""

    def __init__(self, engine: LlamaEngine, vocabulary: llama_cpp.Llama) -> None:
        super().__init__(engine)
        self._vocabulary = vocabulary
        self._question = ""
        self.replies = 0
        self.least_read = 0
        """Tokens that are new in each question. For the paper's layout this is instruction and plan, each
        finished section once, and the tails."""

    @override
    def generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[EngineEvent]:
        self.replies += 1
        question = prompt.messages[0].content
        if question != self._question:
            same = common_length(self._question, question)
            self.least_read += tokens_of(question[same:], self._vocabulary) + _TURN_TOKENS
            self._question = question
        return super().generate(prompt, sampling)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--llama-server", type=Path, required=True)
    parser.add_argument("--sections", type=int, default=25)
    parser.add_argument("--words", type=int, default=70, help="of a section")
    parser.add_argument("--layouts", default=",".join(get_args(Layout)))
    parser.add_argument("--kv", choices=("f16", "q8_0"), default="q8_0")
    parser.add_argument("--context", type=int, default=16_384)
    parser.add_argument("--threads", type=int, default=psutil.cpu_count(logical=False) or 1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--computed", type=float, nargs=2, metavar=("READ", "WRITE"), action="append", default=[])
    options = parser.parse_args()
    document = sample_document(options.sections, options.words)
    vocabulary = llama_cpp.Llama(str(options.model), vocab_only=True, verbose=False)
    runs = [agent_write(options, document)]
    print_row(runs[0], runs[0], header=True)
    with TemporaryDirectory() as home:
        paths = AppPaths.of_this_machine({"LONGWRITER_HOME": home})
        for layout in (each for each in get_args(Layout) if each in options.layouts.split(",")):
            runs.append(ours(options, document, layout, paths, vocabulary))
            print_row(runs[-1], runs[0])
    print_goals(runs)
    for reading, writing in options.computed:
        print(f"\ncomputed for {reading:g} tokens a second read and {writing:g} written")
        computed = [run.computed(reading, writing) for run in runs]
        for run in computed:
            print_row(run, computed[0], header=run is computed[0])
        print_goals(computed)


def ours(
    options: argparse.Namespace, document: Document, layout: Layout, paths: AppPaths, vocabulary: llama_cpp.Llama
) -> Run:
    """The document by the writer, the model loaded beforehand."""
    templates = load_templates("en", paths)
    asked = EngineOptions(
        context_tokens=options.context,
        writing_threads=options.threads,
        reading_threads=options.threads,
        kv_type=options.kv,
        state_limit_bytes=0,
    )
    desk = [document]
    with LlamaEngine(ModelSpec(options.model.stem, options.model), paths=paths, options=asked) as engine:
        list(engine.generate(write_prompt(document, Ask(0, 1), templates, layout="guided"), Sampling(max_tokens=1)))
        counting, before, began = Counting(engine, vocabulary), engine.usage, time.monotonic()
        for event in write(
            lambda: desk[0], counting, lambda _language: templates, sampling=Sampling(seed=options.seed), layout=layout
        ):
            desk[0] = record(desk[0], event, 0.0)
        seconds, used = time.monotonic() - began, engine.usage - before
    done = desk[0]
    return Run(
        name=layout,
        sections=len(done.sections),
        words=done.words,
        replies=counting.replies,
        read=used.prompt_tokens_read,
        written=used.tokens_written,
        delivered=sum(tokens_of(section.text, vocabulary) for section in done.sections),
        seconds_reading=used.seconds_reading,
        seconds_writing=used.seconds_writing,
        seconds=seconds,
        least_read=counting.least_read if layout == "paper" else 0,
    )


def common_length(one: str, other: str) -> int:
    """How many characters both begin with."""
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return length


def tokens_of(text: str, vocabulary: llama_cpp.Llama) -> int:
    return len(vocabulary.tokenize(text.encode(), add_bos=False, special=False))


def agent_write(options: argparse.Namespace, document: Document) -> Run:
    """The document by AgentWrite against llama.cpp's server."""
    plan = format_plan(document.steps, "en")
    text = ""
    read = written = 0
    reading = writing = 0.0
    with server(options) as address:
        _post(address, "Hello.", 1)  # The model is in memory, as it is for ours.
        began = time.monotonic()
        for step in document.steps:
            values = {"INST": document.instruction, "PLAN": plan, "TEXT": text.strip(), "STEP": format_step(step, "en")}
            prompt = AGENT_WRITE
            for name, value in values.items():
                prompt = prompt.replace(f"${name}$", value)
            answer = _post(address, prompt, round(TOKENS_A_WORD * step.words), options.seed)
            timings = answer["timings"]
            read, written = read + timings["prompt_n"], written + timings["predicted_n"]
            reading, writing = reading + timings["prompt_ms"] / 1000, writing + timings["predicted_ms"] / 1000
            text += answer["choices"][0]["message"]["content"] + "\n\n"
        seconds = time.monotonic() - began
    return Run(
        name="AgentWrite",
        sections=len(document.sections),
        words=len(text.split()),
        replies=len(document.steps),
        read=read,
        written=written,
        delivered=written,
        seconds_reading=reading,
        seconds_writing=writing,
        seconds=seconds,
    )


@contextlib.contextmanager
def server(options: argparse.Namespace) -> Iterator[str]:
    """llama.cpp's server with one slot, for as long as the context lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [str(options.llama_server), "-m", str(options.model), "--host", "127.0.0.1", "--port", port]
    command += ["-c", str(options.context), "-np", "1", "-t", str(options.threads), "-tb", str(options.threads)]
    command += ["-ctk", options.kv, "-ctv", options.kv, "-fa", "on" if options.kv != "f16" else "auto"]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_until_ready(address, process)
            yield address
        finally:
            process.terminate()


def _wait_until_ready(address: str, process: "subprocess.Popen[bytes]") -> None:
    while True:
        if process.poll() is not None:
            raise SystemExit(f"llama-server ended with status {process.returncode}")
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(f"{address}/health", timeout=5).close()  # noqa: S310 - our own address.
            return
        time.sleep(0.2)


def _post(address: str, content: str, tokens: int, seed: int = 0) -> dict[str, Any]:
    """One request. ``ignore_eos``: as many tokens as asked, so that both write the same amount."""
    body = {
        "messages": [{"role": "user", "content": content}],
        "max_tokens": tokens,
        "temperature": 0.5,
        "top_p": 0.8,
        "top_k": 50,
        "min_p": 0.0,
        "seed": seed,
        "ignore_eos": True,
        "cache_prompt": True,
    }
    request = urllib.request.Request(  # noqa: S310 - our own address.
        f"{address}/v1/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=3600) as answer:  # noqa: S310 - our own address.
        found: dict[str, Any] = json.load(answer)
        return found


def print_row(run: Run, against: Run, *, header: bool = False) -> None:
    if header:
        print(
            f"{'layout':14}{'sections':>9}{'words':>7}{'replies':>9}{'read':>8}{'written':>9}{'delivered':>11}"
            f"{'reading s':>11}{'writing s':>11}{'total s':>9}{'s/1000 tokens':>15}{'of AgentWrite':>15}"
        )
    print(
        f"{run.name:14}{run.sections:9}{run.words:7}{run.replies:9}{run.read:8}{run.written:9}{run.delivered:11}"
        f"{run.seconds_reading:11.1f}{run.seconds_writing:11.1f}{run.seconds:9.1f}{run.per_thousand:15.1f}"
        f"{run.per_thousand / against.per_thousand:15.2f}",
        flush=True,
    )


def print_goals(runs: list[Run]) -> None:
    best = min(runs[1:], key=lambda run: run.per_thousand, default=None)
    if best is not None:
        ratio = best.per_thousand / runs[0].per_thousand
        print(f"best: {best.name}, {ratio:.2f} of AgentWrite's time (goal: at most {GOAL})")
    for run in runs:
        if run.least_read:
            print(f"{run.name}: read, of least: {run.read / run.least_read:.3f} (goal: at most {READ_GOAL})")


if __name__ == "__main__":
    main()
