"""From the parts of a prompt to its tokens.

Text is cut into tokens as one run wherever the training had it as one run: from one special token to the
next. Two things break a run: a special token of the template, and the beginning or end of a reply, since
what a model writes begins with a token of its own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from longwriter_desktop.backend.turn_templates import Part

_LONGEST_STEP_BACK = 16
"""Tokens. In text without spaces a word's beginning is not looked for further than this."""


@dataclass(frozen=True, slots=True)
class SpecialToken:
    """A token that a template may name by its text; some swallow the white space around them."""

    token: int
    strips_before: bool = False
    strips_after: bool = False


class Vocabulary(Protocol):
    """What is needed of a model's vocabulary."""

    @property
    def bos(self) -> int: ...
    @property
    def adds_bos(self) -> bool: ...
    @property
    def special(self) -> Mapping[str, SpecialToken]: ...
    def tokenize(self, text: str, *, continuing: bool = False) -> list[int]: ...
    def piece(self, token: int) -> bytes: ...


@dataclass(frozen=True, slots=True)
class PromptTokens:
    """A prompt in tokens. The last ``reply_tokens`` of them are the beginning of the reply.

    ``owed`` is a space that ends the reply's text but is not among the tokens: a model writes it together
    with the next word, and after a lone one it goes astray. It is dropped from what comes next.
    """

    tokens: list[int]
    reply_tokens: int = 0
    owed: str = ""


def tokenize_prompt(
    parts: Sequence[Part], vocabulary: Vocabulary, known: Sequence[int], *, may_owe: bool = True
) -> PromptTokens:
    """The tokens of the parts, with one BOS in front where the model wants it.

    ``known`` are the tokens that the model has read and written last. Where they stand for a reply's very
    text, they are taken instead of cutting it anew: a model does not always write the tokens that cutting
    its text would give, and only the same tokens need not be read again. ``may_owe``: see `PromptTokens`.
    """
    tokens: list[int] = []
    run = ""
    reply_tokens, owed = 0, ""
    for number, part in enumerate(parts, 1):
        reply_tokens, owed = 0, ""
        if part.kind == "content":
            run += part.text
        elif part.kind == "template":
            run = _add_template(tokens, run, part.text, vocabulary)
        else:
            tokens += _run_tokens(run, vocabulary)
            run = ""
            _settle_bos(tokens, vocabulary)
            reply, owed = _reply_tokens(part.text, tokens, known, vocabulary)
            if owed and not (may_owe and number == len(parts)):
                reply = [*reply, *vocabulary.tokenize(owed, continuing=True)]
                owed = ""
            tokens += reply
            reply_tokens = len(reply)
    tokens += _run_tokens(run, vocabulary)
    _settle_bos(tokens, vocabulary)
    return PromptTokens(tokens, reply_tokens, owed)


def _run_tokens(run: str, vocabulary: Vocabulary) -> list[int]:
    return vocabulary.tokenize(run) if run else []


def _add_template(tokens: list[int], run: str, text: str, vocabulary: Vocabulary) -> str:
    """Appends the template's text; returns the run that is still open behind its last special token."""
    strip_next = False
    for piece in _split_special(text, vocabulary.special):
        special = vocabulary.special.get(piece)
        if special is None:
            run += piece.lstrip() if strip_next else piece
            strip_next = False
            continue
        tokens += _run_tokens(run.rstrip() if special.strips_before else run, vocabulary)
        tokens.append(special.token)
        run = ""
        strip_next = special.strips_after
    return run


def _split_special(text: str, special: Mapping[str, SpecialToken]) -> list[str]:
    """The text cut at the special tokens that occur in it, longest first where one begins like another."""
    present = sorted((each for each in special if each and each in text), key=len, reverse=True)
    if not present:
        return [text]
    return [piece for piece in re.split(f"({'|'.join(map(re.escape, present))})", text) if piece]


def _settle_bos(tokens: list[int], vocabulary: Vocabulary) -> None:
    """One BOS exactly, whether or not the template has one of its own."""
    bos = vocabulary.bos
    if bos < 0:
        return
    if vocabulary.adds_bos and tokens[:1] != [bos]:
        tokens.insert(0, bos)
    while tokens[:2] == [bos, bos]:
        del tokens[0]


def _reply_tokens(
    text: str, before: Sequence[int], known: Sequence[int], vocabulary: Vocabulary
) -> tuple[list[int], str]:
    """The tokens of a reply's text behind ``before``, and the space that is owed to it."""
    taken, rest = _taken_from(text.encode("utf-8", "replace"), before, known, vocabulary)
    if not rest:
        return taken, ""
    taken, rest = _back_to_word(taken, rest, vocabulary)
    remainder = rest.decode("utf-8", "replace")
    owed = " " if re.search(r"\S \Z", remainder) else ""
    cut = remainder[: len(remainder) - len(owed)]
    return [*taken, *(vocabulary.tokenize(cut, continuing=True) if cut else [])], owed


def _taken_from(
    text: bytes, before: Sequence[int], known: Sequence[int], vocabulary: Vocabulary
) -> tuple[list[int], bytes]:
    """The known tokens that spell the beginning of ``text``, and what of it they do not cover."""
    start = len(before)
    if list(known[:start]) != list(before):
        return [], text
    taken: list[int] = []
    for token in known[start:]:
        piece = vocabulary.piece(token)
        # A token without text is a control token, such as the end of an earlier reply: the reply ends there.
        if not text or not piece or not text.startswith(piece):
            break
        taken.append(token)
        text = text[len(piece) :]
    return taken, text


def _back_to_word(taken: list[int], rest: bytes, vocabulary: Vocabulary) -> tuple[list[int], bytes]:
    """Gives back the tokens of a word that has been changed in the middle, so that it is cut as one word again."""
    for back in range(min(len(taken), _LONGEST_STEP_BACK) + 1):
        kept = len(taken) - back
        text = b"".join(map(vocabulary.piece, taken[kept:])) + rest
        if text[:1].isspace() and _is_whole(text):
            return taken[:kept], text
    return taken, rest


def _is_whole(text: bytes) -> bool:
    """False when the text begins in the middle of a character."""
    continuation = range(0x80, 0xC0)
    return not text or text[0] not in continuation
