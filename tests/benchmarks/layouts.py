"""Compares the prompt layouts on one plan: delivered length, repetition, tokens read, time.

    python tests/benchmarks/layouts.py MODEL.gguf ["INSTRUCTION"] [--layouts paper,continuous] [--text]

The plan is made once and written in each layout in turn with the same seed, so the rows differ in the
layout alone. Seconds are only worth something on a machine that does nothing else.
"""

import argparse
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from longwriter_desktop.agentwrite.engine import Engine, Sampling
from longwriter_desktop.agentwrite.events import PlanFinished
from longwriter_desktop.agentwrite.loop_guard import repeated_share
from longwriter_desktop.agentwrite.plan import language_of, plan
from longwriter_desktop.agentwrite.prompts import Layout, PromptTemplates
from longwriter_desktop.agentwrite.record import record, record_plan
from longwriter_desktop.agentwrite.writer import write
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.document.document import Document
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.prompt_files import load_templates

INSTRUCTION = "Write a 1,000-word article on the history of the Roman Empire"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("instruction", nargs="?", default=INSTRUCTION)
    parser.add_argument("--layouts", default=",".join(get_args(Layout)))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--text", action="store_true", help="print the texts too")
    options = parser.parse_args()
    with TemporaryDirectory() as home:
        paths = AppPaths.of_this_machine({"LONGWRITER_HOME": home})
        with LlamaEngine(ModelSpec(options.model.stem, options.model), paths=paths) as engine:
            document = planned(options.instruction, engine, options.seed, paths)
            print(f"{document.title}: {document.words_planned} words in {len(document.sections)} sections")
            print(f"{'layout':14}{'words':>7}{'score':>8}{'±10 %':>8}{'repeat':>9}{'read':>8}{'written':>9}{'s':>7}")
            for layout in (each for each in get_args(Layout) if each in options.layouts.split(",")):
                measure(document, layout, engine, options.seed, paths, show=options.text)


def planned(instruction: str, engine: Engine, seed: int, paths: AppPaths) -> Document:
    language = language_of(instruction, "auto")
    for event in plan(instruction, engine, load_templates(language, paths), sampling=Sampling(seed=seed)):
        if isinstance(event, PlanFinished):
            asked = sum(each.step.words for each in event.steps)
            return record_plan(Document(instruction=instruction, language=language, word_target=asked), event)
    sys.exit("no plan was made")


def measure(document: Document, layout: Layout, engine: Engine, seed: int, paths: AppPaths, *, show: bool) -> None:
    def templates(language: str) -> PromptTemplates:
        return load_templates("zh" if language == "zh" else "en", paths)

    began, before = time.monotonic(), engine.usage
    desk = [document]
    for event in write(lambda: desk[0], engine, templates, sampling=Sampling(seed=seed), layout=layout):
        desk[0] = record(desk[0], event, 0.0)
    document = desk[0]
    seconds, used = time.monotonic() - began, engine.usage - before
    near = sum(abs(each.words - each.word_target) <= 0.1 * each.word_target for each in document.sections)
    repeated = repeated_share("\n".join(each.text for each in document.sections))
    print(
        f"{layout:14}{document.words:7}{document.length_score:8.1f}{near / len(document.sections):8.0%}{repeated:9.1%}"
        f"{used.prompt_tokens_read:8}{used.tokens_written:9}{seconds:7.0f}",
        flush=True,
    )
    if show:
        print("\n\n".join(f"## {each.heading}\n\n{each.text}" for each in document.sections), end="\n\n")


if __name__ == "__main__":
    main()
