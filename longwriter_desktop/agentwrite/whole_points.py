"""Main points that are whole: not cut off in mid-sentence, and not longer than a line of a plan should be."""

import re
from functools import lru_cache

from longwriter_desktop.agentwrite.sentences import ends_sentence, sentence_ends
from longwriter_desktop.agentwrite.vagueness import is_vague
from longwriter_desktop.document.counting import chinese_share, count_words, word_spans

LONGEST_POINT, LONGEST_CHINESE_POINT = 80, 140
"""Words, and Chinese characters; a longer main point is a text of its own, and the model loses the thread."""

_RUN_ON, _CHINESE_RUN_ON = 40, 60
"""From so many words on a last sentence without an end was cut off by a limit of tokens, not left so by a person."""

_DANGLING = re.compile(
    r"(?:^|(?<=[\s,;:(]))(?:and|or|but|nor|and/or|the|a|an|such as|as well as|including|because|its|their|your|our|my|"
    r"whose|e\.g\.|i\.e\.|especially|particularly|and the|or the|of the|in the|to the)\s*$"
    r"|(?:以及|或者|或|并且|而且|包括|例如|比如|诸如|譬如|因为|由于|(?<![饱温共总柔缓平随调附暖祥谦])和|(?<![参赠授给])与)\s*$"
)
_DANGLING_MARK = re.compile(r"[\s,;:(\[{，；：、（【《“‘—–-]+$")
_CLAUSE_END = re.compile(r"(?<=\w)(?:[,;，；、]|\s[-–—]\s|——|\s+(?=(?:and|or|but|such as|including|because)\s))")


def first_sentence(line: str, *, is_cut: bool = False) -> str:
    """A planned line as its first sentence that says enough to write from.

    ``is_cut`` says that the line was ended by a limit: its last sentence, or where there is only one its last
    clause, is then not whole and is left out, and so is a dangling "and", "or" or "such as" at the end of any line.
    """
    line = " ".join(line.split())
    for end in _sentence_ends(line):
        if not is_vague(line[:end]):
            return mended_point(line[:end])
    if is_cut and not ends_sentence(line):
        return _to_last_clause(line)
    return mended_point(line)


def mended_point(line: str) -> str:
    """A main point down to its last whole sentence, or clause, that is not too long; as it is where it is whole."""
    line = " ".join(line.split())
    if not is_overlong(line) and not is_cut_off(line):
        return line
    ends = [end for end in _sentence_ends(line) if _fits(line[:end]) and not is_vague(line[:end])]
    if ends:
        return _without_dangling(line[: ends[-1]])
    return _without_dangling(line) if _fits(line) else _to_last_clause(line)


@lru_cache(maxsize=1024)
def is_overlong(main_point: str) -> bool:
    """Whether a main point is longer than a line of a plan should be."""
    return not _fits(main_point)


@lru_cache(maxsize=1024)
def is_cut_off(main_point: str) -> bool:
    """Whether a main point ends in the middle of a sentence; one that may have been meant so is not claimed to."""
    line = " ".join(main_point.split())
    if is_vague(line):
        return False
    if _without_dangling(line) != line:
        return True
    run_on = _CHINESE_RUN_ON if chinese_share(line) > 0.5 else _RUN_ON
    ends = _sentence_ends(line)
    is_joined = bool(ends) and re.search("[;；]", line[ends[-1] :]) is not None
    return count_words(line) >= run_on and bool(ends) and not is_joined and not ends_sentence(line)


def has_whole_sentence(text: str) -> bool:
    """Whether the first sentence of a line that is still growing is finished, and says enough to write from."""
    return any(not is_vague(text[:end]) for end in _sentence_ends(" ".join(text.split())))


def _sentence_ends(line: str) -> list[int]:
    """Where sentences end that others follow."""
    return [end for end in sentence_ends(line) if line[end:].strip()]


def _fits(line: str) -> bool:
    return count_words(line) <= (LONGEST_CHINESE_POINT if chinese_share(line) > 0.5 else LONGEST_POINT)


def _to_last_clause(line: str) -> str:
    """The line without its last clause, or without its last word where it has one clause; down to what fits."""
    longest = LONGEST_CHINESE_POINT if chinese_share(line) > 0.5 else LONGEST_POINT
    spans = word_spans(line)
    fitting = line[: spans[longest - 1][1]] if len(spans) > longest else line
    for joint in reversed(list(_CLAUSE_END.finditer(fitting))):
        kept = _without_dangling(fitting[: joint.start()])
        if not is_vague(kept) and 3 * len(kept) > len(fitting):
            return kept
    kept = fitting if fitting != line or chinese_share(line) > 0.5 else fitting.rpartition(" ")[0]
    kept = _without_dangling(kept)
    return kept if not is_vague(kept) else _without_dangling(fitting)


def _without_dangling(line: str) -> str:
    """The line without marks and words at its end that something was to follow; at least what is not vague."""
    kept = line.strip()
    while True:
        shorter = _DANGLING.sub("", _DANGLING_MARK.sub("", kept)).rstrip()
        shorter = re.sub(r"\s*[(（][^()（）]{0,40}$", "", shorter)
        if shorter == kept or is_vague(shorter):
            return kept
        kept = shorter
