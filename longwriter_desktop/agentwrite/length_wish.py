"""Whether a direction asks for a shorter or longer section, and which word target would make it one.

The word target decides how much is written, whatever the direction says: so the two are to go together.
"""

import re

from longwriter_desktop.document.section import Section

_NOT = r"(?<!\bno )(?<!\bnot )(?<!\bany )(?<!\bnever )(?<!n't )(?<!n’t )(?<!\bnot be )(?<!\bnot make it )"
_OF_WHAT = r"(?!\s+(?:sentence|paragraph|word|line|clause|quote)s?\b)"
_CHINESE_NOT = r"(?<!不)(?<!不要)(?<!不用)(?<!不必)(?<!无需)(?<!别)"
_CHINESE_OF_WHAT = r"(?!的?(?:句|段|词))"
_SHORTER = re.compile(
    rf"{_NOT}\b(?:shorter|shorten|briefer|more brief(?:ly)?|more concise|condense|cut (?:it )?down|half as long)\b"
    rf"{_OF_WHAT}|{_CHINESE_NOT}(?:更短|短一些|短一点|短点|短些|缩短|精简|压缩|简短一些|简短一点|更简短|减半)"
    rf"{_CHINESE_OF_WHAT}",
    re.IGNORECASE,
)
_LONGER = re.compile(
    rf"{_NOT}\b(?:longer|lengthen|expand|more detailed|in more detail|in greater detail|twice as long)\b{_OF_WHAT}"
    rf"|{_CHINESE_NOT}(?:更长|长一些|长一点|长点|长些|加长|扩写|更详细|详细一些|详细一点){_CHINESE_OF_WHAT}",
    re.IGNORECASE,
)
_SHARE_SHORTER, _SHARE_LONGER = 0.65, 1.5
_FITS = 0.15
"""A target that is off the length of the text by more than this share is meant so already."""
_ROUND = 10


def target_for_direction(section: Section, direction: str) -> int | None:
    """The word target that goes with what ``direction`` says of the length; None where it says nothing of it.

    None too where the section has no text to be shorter or longer than, and where its target is already another
    than the length of the text that the direction was given for: the newest not written by it, or the present one.
    """
    shorter, longer = bool(_SHORTER.search(direction)), bool(_LONGER.search(direction))
    if shorter == longer or not section.word_target or not section.text.strip():
        return None
    said = direction.split()
    before = [each for each in section.versions if each.origin == "generated" and each.direction.split() != said]
    words = before[-1].words if before else section.words
    share = _SHARE_SHORTER if shorter else _SHARE_LONGER
    wanted = max(_ROUND, _ROUND * round(words * share / _ROUND))
    is_met = section.word_target < (1 - _FITS) * words if shorter else section.word_target > (1 + _FITS) * words
    return None if is_met or wanted == section.word_target else wanted
