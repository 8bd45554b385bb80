"""How often a document at temperature 0 is the same with reuse as without, by layout and type of the KV cache.

    python tests/benchmarks/exactness.py MODEL.gguf [--documents 10] [--sections 4] [--words 50]
        [--layouts paper,conversation,continuous,guided] [--kv q8_0,f16]

Without reuse: the engine is asked for something else before each reply, and has to read everything again. With
f16 a cell that was written is not the same to the last bit as one that was read: ggml's attention takes other
paths for one token, for up to 63 and for more. Now and then that changes a word, and from there on the text.
"""

import argparse
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast, get_args

from longwriter_desktop.agentwrite.engine import Sampling
from longwriter_desktop.agentwrite.prompts import Layout
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.backend.options import EngineOptions, KvType
from longwriter_desktop.paths import AppPaths
from tests.backend.sample_documents import Forgetful, sample_document, written

GREEDY = Sampling(temperature=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--documents", type=int, default=10)
    parser.add_argument("--sections", type=int, default=4)
    parser.add_argument("--words", type=int, default=50, help="of a section")
    parser.add_argument("--context", type=int, default=8192)
    parser.add_argument("--layouts", default=",".join(get_args(Layout)))
    parser.add_argument("--kv", default=",".join(get_args(KvType)))
    options = parser.parse_args()
    asked = EngineOptions(context_tokens=options.context, adapt_threads=False, state_limit_bytes=0)
    heads = ("KV", "layout", "documents", "the same", "sections the same", "read with reuse", "without")
    print("{:8}{:14}{:>10}{:>10}{:>19}{:>17}{:>9}".format(*heads))
    for kv in cast("list[KvType]", options.kv.split(",")):
        with TemporaryDirectory() as home:
            paths = AppPaths.of_this_machine({"LONGWRITER_HOME": home})
            spec = ModelSpec(options.model.stem, options.model)
            with LlamaEngine(spec, paths=paths, options=replace(asked, kv_type=kv)) as engine:
                for layout in (each for each in get_args(Layout) if each in options.layouts.split(",")):
                    measure(engine, kv, layout, options)


def measure(engine: LlamaEngine, kv: KvType, layout: Layout, options: argparse.Namespace) -> None:
    whole = sections = read = read_afresh = 0
    for number in range(options.documents):
        document = sample_document(options.sections, options.words, first=number)
        before = engine.usage
        kept = written(document, engine, layout, GREEDY)
        between = engine.usage
        fresh = written(document, Forgetful(engine), layout, GREEDY)
        read += (between - before).prompt_tokens_read
        read_afresh += (engine.usage - between).prompt_tokens_read
        same = [one.text == other.text for one, other in zip(kept.sections, fresh.sections, strict=True)]
        whole += all(same)
        sections += sum(same)
    of_all = f"{sections} of {options.documents * options.sections}"
    print(f"{kv:8}{layout:14}{options.documents:10}{whole:10}{of_all:>19}{read:17}{read_afresh:9}", flush=True)


if __name__ == "__main__":
    main()
