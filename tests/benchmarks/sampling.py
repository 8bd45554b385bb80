"""Milliseconds that choosing a token takes: the whole sampler chain at a vocabulary of 128,000 tokens.

    python tests/benchmarks/sampling.py VOCABULARY.gguf [--tokens 300]

Takes any GGUF file with a vocabulary, weights or not: llama.cpp's source has that of Llama 3 alone, in
``models/ggml-vocab-llama-bpe.gguf``. Each token is chosen as for a reply, from made-up logits whose spread is that
of a real model's; the reply has 1,000 tokens of prose already, so that penalties and DRY have something to look
through. The rows leave out one sampler each.
"""

import argparse
import statistics
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from longwriter_desktop.agentwrite.engine import Sampling
from longwriter_desktop.backend import llama, sampling
from longwriter_desktop.backend.penalty import Logits
from tests.backend.replies import long_text

GOAL = 1.0
ALL = Sampling(min_p=0.02, seed=7, logit_bias=tuple((text, -100.0) for text in ("#", "##", "###", "####")))
VARIANTS = {
    "all": ALL,
    "as the writer asks": replace(ALL, min_p=0.0),
    "all but logit bias": replace(ALL, logit_bias=()),
    "all but penalties": replace(ALL, penalty_repeat=1.0),
    "all but DRY": replace(ALL, dry_multiplier=0.0),
    "all but top_p": replace(ALL, top_p=1.0),
    "all but min_p": replace(ALL, min_p=0.0),
    "temperature 0": replace(ALL, temperature=0.0),
    "ends barred as well": replace(ALL, min_tokens=1_000_000),
}
REPLY_WORDS = 800


class VocabularyAlone:
    """A model without its weights, as far as `llama.Vocab` asks."""

    def __init__(self, path: Path) -> None:
        parameters = llama.C.llama_model_default_params()
        parameters.vocab_only = True
        self.pointer = llama.C.llama_model_load_from_file(str(path).encode(), parameters)
        if not self.pointer:
            raise SystemExit(f"llama.cpp cannot read {path}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vocabulary", type=Path)
    parser.add_argument("--tokens", type=int, default=300)
    options = parser.parse_args()
    llama.Log(lambda _line: None)
    llama.start()
    model = VocabularyAlone(options.vocabulary)
    vocab = llama.Vocab(model)  # type: ignore[arg-type]  # All that it asks of a model is the pointer.
    reply = vocab.tokenize(long_text(REPLY_WORDS))
    print(f"{vocab.size:,} tokens in the vocabulary, {len(reply)} in the reply, goal {GOAL} ms")
    print(f"{'chain':24}{'median ms':>11}{'99th percentile':>17}{'making it, ms':>15}")
    sampling.Chooser = Chooser  # type: ignore[misc]  # Timed on logits that no model made.
    samplers = sampling.Samplers(vocab, vocab.ends)
    samplers.chooser(ALL, reply).close()  # The first one makes what is loaded once.
    for name, asked in VARIANTS.items():
        began = time.perf_counter()
        chooser = samplers.chooser(asked, reply)
        made = time.perf_counter() - began
        seconds = sorted(measure(chooser, vocab.size, options.tokens))
        chooser.close()
        print(
            f"{name:24}{1000 * statistics.median(seconds):11.2f}{1000 * seconds[int(0.99 * len(seconds))]:17.2f}"
            f"{1000 * made:15.1f}",
            flush=True,
        )


class Chooser(sampling.Chooser):
    """Chooses from logits that no model made."""

    of_these: Logits

    def _logits(self, _context: object, _index: int) -> Logits:
        return self.of_these


def measure(chooser: sampling.Chooser, size: int, tokens: int) -> list[float]:
    """Seconds for each of so many tokens."""
    chance = np.random.default_rng(1)
    logits = [chance.normal(0, 2.5, size).astype(np.float32) for _ in range(8)]
    for each in logits:
        each[chance.integers(0, size, 40)] += 12  # A handful of likely words, as behind any sentence.
    seconds = []
    for number in range(tokens):
        chooser.of_these = logits[number % len(logits)]  # type: ignore[attr-defined]  # See `Chooser` above.
        began = time.perf_counter()
        chooser.choose(None)  # type: ignore[arg-type]  # No model is there.
        seconds.append(time.perf_counter() - began)
    return seconds


if __name__ == "__main__":
    main()
