"""Going on after a restart: from the state on disk, against reading the text again, in one run.

    python tests/benchmarks/restart.py MODEL.gguf [--tokens 4000] [--rounds 3]

A text of so many tokens is read once, the engine is closed, and a new one is asked to go on behind it: with
the state on disk, and without any. Both times are from the model being open to the first word. The size of
the files and the seconds that saving adds to a reading are printed, too.
"""

import argparse
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from longwriter_desktop.agentwrite.engine import Message, Prompt, ReplyFinished, Sampling, TextChunk, Usage
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.paths import AppPaths

GOAL = 0.1
SENTENCE = "In the year {0} keeper number {0} of the northern lighthouse wrote down what the winter had done to it. "
HELLO = Prompt((Message("user", "Hello."),))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--tokens", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with TemporaryDirectory() as home:
        paths = AppPaths.of_this_machine({"LONGWRITER_HOME": home})
        with_states, without = EngineOptions(), EngineOptions(state_limit_bytes=0)
        prompt = prompt_of(options.tokens, options.model, paths)
        first, seconds, usage = go_on(options.model, paths, with_states, prompt)
        size = sum(path.stat().st_size for path in (paths.cache / "states").iterdir())
        print(f"{options.model.name}: {usage.prompt_tokens_read} tokens, {size / 1e6:.0f} MB on disk")
        print(f"the first reading, with saving: {seconds:.2f} s")
        print(f"{'':12}{'tokens read':>12}{'first word':>12}")
        loaded: list[float] = []
        read: list[float] = []
        other = AppPaths.of_this_machine({"LONGWRITER_HOME": f"{home}/other"})
        for _ in range(options.rounds):
            for times, choice in ((loaded, with_states), (read, without)):
                text, seconds, usage = go_on(options.model, paths if choice is with_states else other, choice, prompt)
                assert text == first, "the text is another one"
                times.append(seconds)
                name = "from disk" if choice is with_states else "read again"
                print(f"{name:12}{usage.prompt_tokens_read:12}{seconds:10.2f} s", flush=True)
        share = median(loaded) / median(read)
        print(f"share of the time: {share:.3f} (goal: at most {GOAL}) {'met' if share <= GOAL else 'MISSED'}")


def prompt_of(tokens: int, model: Path, paths: AppPaths) -> Prompt:
    """A question of about so many tokens, by how many a sample of the same text has."""
    sample = question(40)
    with LlamaEngine(ModelSpec(model.stem, model), paths=paths, options=EngineOptions(state_limit_bytes=0)) as engine:
        *_, last = engine.warm(sample)
    assert isinstance(last, ReplyFinished)
    return question(round(40 * tokens / last.usage.prompt_tokens_read))


def question(sentences: int) -> Prompt:
    text = "".join(SENTENCE.format(number) for number in range(1800, 1800 + sentences))
    return Prompt((Message("user", text + "\n\nWhat happened in the last of these years?"),))


def go_on(model: Path, paths: AppPaths, options: EngineOptions, prompt: Prompt) -> tuple[str, float, Usage]:
    """The reply, the seconds to its first word once the model is open, and what it cost."""
    options = replace(options, adapt_threads=False)
    sampling = Sampling(temperature=0, max_tokens=8, min_tokens=8)
    with LlamaEngine(ModelSpec(model.stem, model), paths=paths, options=options) as engine:
        for _ in engine.warm(HELLO):
            pass
        began, first, text, usage = time.monotonic(), 0.0, "", Usage()
        for event in engine.generate(prompt, sampling):
            if isinstance(event, TextChunk):
                first = first or time.monotonic() - began
                text += event.text
            elif isinstance(event, ReplyFinished):
                usage = event.usage
    return text, first, usage


if __name__ == "__main__":
    main()
