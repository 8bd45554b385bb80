"""How the next token is chosen: llama.cpp's sampler chain, built from `agentwrite.engine.Sampling`. Worker only.

The order is llama.cpp's own: logit bias, penalties and DRY look at all tokens, top-k, top-p and min-p
leave a few, the temperature bends their odds, and one is drawn. Temperature 0 takes the likeliest.
"""

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import llama_cpp.llama_cpp as _c
import numpy as np

from longwriter_desktop.agentwrite.engine import Sampling
from longwriter_desktop.backend.context import Context
from longwriter_desktop.backend.dry import Dry
from longwriter_desktop.backend.llama import Vocab
from longwriter_desktop.backend.penalty import Logits, Penalty
from longwriter_desktop.backend.shortlist import Shortlist

C: Any = _c  # As in `llama`: the bindings' types are of use to no checker.

_SEED_LIMIT = 0xFFFFFFFF
"""llama.cpp takes this one number as "choose a seed by chance"."""
_NEVER = float("-inf")
LAST = -1
"""The logits of the last token read."""
_CANDIDATE = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)])
"""llama_token_data."""


class GrammarProblem(ValueError):
    """A grammar that llama.cpp cannot parse."""


class Samplers:
    """Builds a `Chooser` for each reply."""

    def __init__(self, vocab: Vocab, ends: Iterable[int]) -> None:
        """``ends``: the tokens that end a reply."""
        self._vocab = vocab
        self._ends = frozenset(ends)

    def chooser(self, sampling: Sampling, reply: Sequence[int], grammar: str = "") -> "Chooser":
        """A chooser for a reply that has the tokens ``reply`` already. Raises GrammarProblem."""
        rules = _grammar(self._vocab, grammar) if grammar else None
        chain = C.llama_sampler_chain_init(C.llama_sampler_chain_default_params())
        for sampler in self._samplers(sampling, len(reply)):
            C.llama_sampler_chain_add(chain, sampler)
        if sampling.min_tokens > 0:
            chain = self._with_ends_barred(chain)
        penalties = tuple(self._penalties(sampling, reply))
        return Chooser(self._vocab, chain, rules, penalties, self._shortlist(sampling), sampling.min_tokens)

    def _shortlist(self, sampling: Sampling) -> Shortlist | None:
        """As many as the chain keeps, and as it may take out: the barred ends."""
        kept = sampling.top_k if sampling.temperature > 0 else 1
        return Shortlist(kept + len(self._ends)) if kept > 0 else None

    def _penalties(self, sampling: Sampling, reply: Sequence[int]) -> "Iterator[Penalty | Dry]":
        penalized = sampling.penalty_last > 0 and sampling.penalty_repeat > 0 and sampling.penalty_repeat != 1.0
        bias, last = self._bias(sampling), sampling.penalty_last if penalized else 0
        if bias or last:
            yield Penalty(bias, last, sampling.penalty_repeat, reply)
        if sampling.dry_multiplier > 0 and sampling.dry_base >= 1 and sampling.dry_last > 0:
            length, last = sampling.dry_allowed_length, sampling.dry_last
            piece, most = self._vocab.piece, sampling.dry_most
            yield Dry(sampling.dry_multiplier, sampling.dry_base, length, last, piece, reply[-last:], most)

    def _samplers(self, sampling: Sampling, drawn: int) -> Iterator[Any]:
        if sampling.temperature <= 0:
            yield C.llama_sampler_init_greedy()
            return
        if sampling.top_k > 0:
            yield C.llama_sampler_init_top_k(sampling.top_k)
        if sampling.top_p < 1:
            yield C.llama_sampler_init_top_p(sampling.top_p, 1)
        if sampling.min_p > 0:
            yield C.llama_sampler_init_min_p(sampling.min_p, 1)
        yield C.llama_sampler_init_temp(sampling.temperature)
        yield _dice(sampling.seed, drawn)

    def _bias(self, sampling: Sampling) -> dict[int, float]:
        """For each text the token that it begins with, in the middle of a text and (SentencePiece) at its start.

        A BOS is never chosen: LongWriter would begin some of its replies with one.
        """
        bias: dict[int, float] = {}
        if self._vocab.bos >= 0 and self._vocab.bos not in self._ends:
            bias[self._vocab.bos] = _NEVER
        for text, added in sampling.logit_bias:
            first = {tuple(self._vocab.tokenize(text, continuing=after)[:1]) for after in (True, False)}
            for tokens in first:
                for token in tokens:
                    bias[token] = bias.get(token, 0.0) + added
        return bias

    def _with_ends_barred(self, chain: Any) -> Any:
        """The chain behind a sampler that bars the model's end tokens, in a chain of two."""
        outer = C.llama_sampler_chain_init(C.llama_sampler_chain_default_params())
        C.llama_sampler_chain_add(outer, _logit_bias(self._vocab.size, dict.fromkeys(self._ends, _NEVER)))
        C.llama_sampler_chain_add(outer, chain)
        return outer


class Chooser:
    """Chooses the tokens of one reply, one after another."""

    def __init__(
        self,
        vocab: Vocab,
        chain: Any,
        grammar: Any,
        penalties: "tuple[Penalty | Dry, ...]",
        shortlist: Shortlist | None,
        min_tokens: int,
    ) -> None:
        self._vocab = vocab
        self._shortlist = shortlist
        self._chain = chain
        self._grammar = grammar
        self._penalties = penalties
        self._views: dict[int, Logits] = {}
        """The logits of each entry of a batch, by their address."""
        self._barred_for = min_tokens
        """Tokens until the model may end its reply."""

    def choose(self, context: Context, index: int = LAST) -> int:
        """The next token, from the logits of the batch's entry ``index``."""
        choose = self._choose_within_grammar if self._grammar else self._sample
        logits = self._logits(context, index)
        applied = [penalty.apply(logits) for penalty in self._penalties]
        token = choose(context, index)
        for penalty, changed in zip(reversed(self._penalties), reversed(applied), strict=True):
            penalty.undo(logits, changed)
            penalty.accept(token)
        if self._barred_for:
            self._barred_for -= 1
            if not self._barred_for:
                self._chain = _without_first(self._chain)
        return token

    def _logits(self, context: Context, index: int) -> Logits:
        """The logits themselves, not a copy."""
        address = ctypes.addressof(C.llama_get_logits_ith(context.pointer, index).contents)
        view = self._views.get(address)
        if view is None:
            buffer = (ctypes.c_float * self._vocab.size).from_address(address)
            view = self._views[address] = np.ctypeslib.as_array(buffer)
        return view

    def _sample(self, context: Context, index: int) -> int:
        logits = self._logits(context, index)
        ids = self._shortlist.of(logits) if self._shortlist else None
        if ids is None:
            return int(C.llama_sampler_sample(self._chain, context.pointer, index))
        candidates = np.empty(len(ids), _CANDIDATE)
        candidates["id"], candidates["logit"], candidates["p"] = ids, logits[ids], 0
        return self._choose_from(candidates)

    def _choose_from(self, candidates: "np.ndarray[Any, Any]") -> int:
        array = _array(candidates)
        C.llama_sampler_apply(self._chain, ctypes.byref(array))
        token = int(array.data[array.selected].id)
        C.llama_sampler_accept(self._chain, token)
        return token

    def _choose_within_grammar(self, context: Context, index: int) -> int:
        """Chooses freely first and asks the grammar about that one token.

        The grammar over a whole vocabulary takes tens of milliseconds, and after top-k it may be left with
        nothing; mostly a model that follows the prompt writes what the grammar wants anyway.
        """
        before = C.llama_sampler_clone(self._chain)
        token = self._sample(context, index)
        if self._allows(token):
            C.llama_sampler_free(before)
        else:
            C.llama_sampler_free(self._chain)
            self._chain = before
            token = self._sample_allowed(context, index)
            if token < 0:
                return self._vocab.eos
        C.llama_sampler_accept(self._grammar, token)
        return token

    def _allows(self, token: int) -> bool:
        one = np.zeros(1, _CANDIDATE)
        one["id"] = token
        C.llama_sampler_apply(self._grammar, ctypes.byref(_array(one)))
        return bool(np.isfinite(one["logit"][0]))

    def _sample_allowed(self, context: Context, index: int) -> int:
        """The choice among what the grammar allows; -1 when that is nothing."""
        candidates = np.zeros(self._vocab.size, _CANDIDATE)
        candidates["id"] = np.arange(self._vocab.size)
        candidates["logit"] = self._logits(context, index)
        array = _array(candidates)
        C.llama_sampler_apply(self._grammar, ctypes.byref(array))
        # The tokens that the grammar leaves; the rest would only be in the way of top-k when all it keeps is barred.
        allowed = candidates[np.isfinite(candidates["logit"])].copy()
        if not len(allowed):
            return -1
        return self._choose_from(allowed)

    def close(self) -> None:
        """Gives the memory back."""
        C.llama_sampler_free(self._chain)
        if self._grammar:
            C.llama_sampler_free(self._grammar)
        self._chain = self._grammar = None


def _logit_bias(vocabulary_size: int, bias: dict[int, float]) -> Any:
    array = (C.llama_logit_bias * len(bias))(*(C.llama_logit_bias(token, added) for token, added in bias.items()))
    return C.llama_sampler_init_logit_bias(vocabulary_size, len(bias), array)


def _dice(seed: int, drawn: int) -> Any:
    """The random choice, as it stands after ``drawn`` tokens of the reply.

    One number is drawn a token; so a reply that is taken up in the middle goes on as it would have.
    """
    dice = C.llama_sampler_init_dist(seed % _SEED_LIMIT)
    one = np.zeros(1, _CANDIDATE)
    array = _array(one)
    for _ in range(drawn):
        C.llama_sampler_apply(dice, ctypes.byref(array))
    return dice


def _without_first(outer: Any) -> Any:
    """The inner chain of `Samplers._with_ends_barred`."""
    inner = C.llama_sampler_chain_remove(outer, 1)
    C.llama_sampler_free(outer)
    return inner


def _array(candidates: "np.ndarray[Any, Any]") -> Any:
    data = candidates.ctypes.data_as(ctypes.POINTER(C.llama_token_data))
    return C.llama_token_data_array(data, len(candidates), -1, False)


def _grammar(vocab: Vocab, text: str) -> Any:
    with _standard_error_closed():
        grammar = C.llama_sampler_init_grammar(vocab.pointer, text.encode("utf-8", "replace"), b"root")
    if not grammar:
        raise GrammarProblem("llama.cpp cannot parse the grammar")
    return grammar


@contextlib.contextmanager
def _standard_error_closed() -> Iterator[None]:
    """llama.cpp prints a grammar that it cannot parse, and a grammar may hold text of the person's."""
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nowhere)
        os.close(kept)
