"""A language model as the judge of a text: the paper's six dimensions from 1 to 5, read leniently, never guessed."""

import json
import re
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace

from longwriter_desktop.agentwrite.engine import (
    Engine,
    EngineEvent,
    Message,
    ModelLoading,
    Prompt,
    PromptProgress,
    Sampling,
    TextChunk,
)
from longwriter_desktop.agentwrite.prompts import fill
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.errors import PromptTooLong
from longwriter_desktop.evaluation.methods import Doing
from longwriter_desktop.evaluation.results import DIMENSIONS
from longwriter_desktop.paths import resource_path

MOST_TRIES = 5
"""As LongWriter's eval_quality.py."""

_REPLY_TOKENS = 800
_ANALYSIS_CHARACTERS = 400
_RETRY_TEMPERATURE = 0.5
_SEED_STEP = 7919
_SEED_LIMIT = 2**32
_LEAST_CHARACTERS = 200
"""Of a text; a judge whose context has no room for so many cannot judge it."""
_MARGIN = 0.92
"""Of the room that the counted tokens promise: another part of a text may have more tokens a character."""

_SCORE = re.compile(
    r"[\"'“”*_]*(?P<name>" + "|".join(re.escape(name) for name in DIMENSIONS) + r")[\"'“”*_]*"
    r"\s*(?:\([^)\n]{0,20}\))?\s*[:：=-]\s*[\"'“”*_{\[]*(?:\"?score\"?\s*[:：]\s*)?(?P<score>[1-5])(?:\.0)?(?!\.?\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The scores, empty where no reply could be read; ``share_read`` and ``tries`` as in `results.Judgement`."""

    scores: Mapping[str, int]
    share_read: float
    tries: int
    analysis: str = ""


def judged(instruction: str, text: str, engine: Engine, *, seed: int = 0) -> Generator[Doing, None, Verdict]:
    """Asks the model in ``engine`` for scores, again with other sampling while its reply cannot be read.

    The first reply is greedy. A grammar holds every reply to the form; what it says is the model's. A text that
    does not fit the context is judged by its beginning, middle and end. Raises whatever the engine raises.
    """
    seen = Excerpt(text)
    tries = 0
    while tries < MOST_TRIES:
        sampling = _sampling(seed, tries)
        try:
            reply = yield from _reply(engine, _prompt(instruction, seen), sampling)
        except PromptTooLong as full:
            shorter = _shortened(text, seen, instruction, full)
            if shorter is None:
                break
            seen = shorter
            continue
        tries += 1
        if scores := read_scores(reply):
            return Verdict(scores, seen.share, tries, _analysis(reply))
    return Verdict({}, seen.share, tries)


def read_scores(reply: str) -> dict[str, int]:
    """The scores in a judge's reply: JSON, or the names with a number from 1 to 5 behind; {} unless all six are there.

    Where a name is scored twice, as after an analysis that scores already, the last one counts.
    """
    scores = _from_json(reply)
    if not scores:
        names = {name.casefold(): name for name in DIMENSIONS}
        found = {names[match["name"].casefold()]: int(match["score"]) for match in _SCORE.finditer(reply)}
        scores = {name: found[name] for name in DIMENSIONS if name in found}
    return scores if len(scores) == len(DIMENSIONS) else {}


def _from_json(reply: str) -> dict[str, int]:
    begin, end = reply.find("{"), reply.rfind("}")
    try:
        read = json.loads(reply[begin : end + 1], strict=False)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(read, dict):
        return {}
    by_name = {str(name).strip().casefold(): value for name, value in read.items()}
    scores = {name: _score(by_name.get(name.casefold())) for name in DIMENSIONS}
    return {name: score for name, score in scores.items() if score}


def _score(value: object) -> int:
    """A score as a judge may give it: 4, 4.0, "4", "4/5", {"score": 4}; 0 for anything that is no whole 1 to 5."""
    if isinstance(value, dict):
        value = value.get("score", value.get("Score"))
    if isinstance(value, str):
        match = re.fullmatch(r"\s*([1-5])(?:\.0)?\s*(?:/\s*5)?\s*", value)
        return int(match[1]) if match else 0
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0
    return int(value) if value in (1, 2, 3, 4, 5) else 0


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is shown of a text, and the share of its words that this is, 0.0 to 1.0."""

    shown: str
    share: float = 1.0


def excerpt(text: str, characters: int) -> Excerpt:
    """The beginning, middle and end of a text, in whole lines where they fit, ``characters`` long at most.

    What is left out is marked with its number of words. A text that fits is handed back as it is.
    """
    if len(text) <= characters:
        return Excerpt(text)
    third = max(1, (characters - 2 * len(_gap(1_000_000))) // 3)
    begin = _end_of(text, 0, third)
    middle = max(begin, _begin_of(text, (len(text) - third) // 2))
    middle_end = _end_of(text, middle, third)
    end = max(middle_end, _begin_of(text, len(text) - third))
    left_out = count_words(text[begin:middle]), count_words(text[middle_end:end])
    shown = text[:begin] + _gap(left_out[0]) + text[middle:middle_end] + _gap(left_out[1]) + text[end:]
    return Excerpt(shown, 1 - sum(left_out) / max(1, count_words(text)))


def _gap(words: int) -> str:
    return f"\n\n[… {words:,} words of the response are left out here …]\n\n"


def _end_of(text: str, begin: int, length: int) -> int:
    """Where a part from ``begin`` may end: at a line's end in its second half, else after ``length`` characters."""
    place = text.rfind("\n", begin + length // 2, begin + length)
    return place if place > 0 else begin + length


def _begin_of(text: str, place: int) -> int:
    """Where a part may begin: at the next line within 200 characters, else at the next space, else at ``place``."""
    for sign in ("\n", " "):
        found = text.find(sign, place, place + 200)
        if found >= 0:
            return found + 1
    return place


def _shortened(text: str, seen: Excerpt, instruction: str, full: PromptTooLong) -> Excerpt | None:
    """A shorter excerpt than ``seen`` for the room that there is; None when there is none."""
    frame = len(_prompt(instruction, Excerpt("")).messages[0].content)
    tokens_each = full.prompt_tokens / (frame + len(seen.shown))
    room = int(_MARGIN * ((full.context_tokens - full.reply_tokens) / tokens_each - frame))
    characters = min(room, int(0.95 * len(seen.shown)))
    return excerpt(text, characters) if characters >= _LEAST_CHARACTERS else None


def _prompt(instruction: str, seen: Excerpt) -> Prompt:
    question = resource_path("prompts", "paper", "judge.txt").read_text(encoding="utf-8").strip()
    if seen.share < 1:
        question += (
            "\n\nThe response is longer than can be shown: you see its beginning, middle and end. "
            "Do not count the marked gaps against it."
        )
    filled = fill(question, {"INST": instruction, "RESPONSE": seen.shown})
    return Prompt((Message("user", filled),), grammar=_grammar())


def _grammar() -> str:
    """GBNF for the JSON that the prompt asks for; the analysis is held short, so that the scores are reached."""
    scores = ' ", " '.join(rf'"\"{name}\": " score' for name in DIMENSIONS)
    return (
        rf'root ::= "{{\"Analysis\": \"" sign{{1,{_ANALYSIS_CHARACTERS}}} "\", " {scores} "}}"' + "\n"
        r'sign ::= [^"\\\x00-\x1f]' + "\nscore ::= [1-5]\n"
    )


def _sampling(seed: int, tries: int) -> Sampling:
    """Without penalties on repetition: a judge may give the same score six times."""
    return replace(
        Sampling(),
        temperature=_RETRY_TEMPERATURE if tries else 0.0,
        top_p=0.95,
        penalty_repeat=1.0,
        dry_multiplier=0.0,
        seed=(seed + _SEED_STEP * tries) % _SEED_LIMIT,
        max_tokens=_REPLY_TOKENS,
    )


def _reply(engine: Engine, prompt: Prompt, sampling: Sampling) -> Generator[Doing, None, str]:
    text = ""
    with closing(_events(engine, prompt, sampling)) as events:
        for event in events:
            match event:
                case TextChunk(text=more):
                    text += more
                case ModelLoading(fraction):
                    yield Doing(f"loading the judge {fraction:.0%}")
                case PromptProgress(read, total) if read < total:
                    yield Doing(f"reading {read:,} of {total:,} tokens")
                case PromptProgress():
                    yield Doing("judging")
    return text


def _events(engine: Engine, prompt: Prompt, sampling: Sampling) -> Generator[EngineEvent, None, None]:
    yield from engine.generate(prompt, sampling)


def _analysis(reply: str) -> str:
    match = re.search(r'"analysis"\s*:\s*"((?:[^"\\]|\\.)*)"', reply, re.IGNORECASE)
    return match[1] if match else ""
