"""The words of a line of Markdown whose spelling can be looked up."""

import re
from functools import lru_cache

# Letters of scripts that are written without spaces between words, or by syllables, are in no dictionary of words.
_NO_WORDS = "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7ff"
_LETTER = rf"(?:(?![{_NO_WORDS}])[^\W\d_]|[\u0300-\u036f\u00ad])"
_WORD = re.compile(rf"(?<!\w){_LETTER}+(?:['\u2019]{_LETTER}+)*(?!\w)")
_EASTERN = re.compile(f"[{_NO_WORDS}]")
_LONGEST = 60
"""No dictionary has a word of more letters."""
_NOT_PROSE = re.compile(
    r"(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"  # code
    r"|\]\([^)\n]{0,500}\)|<[/!]?[A-Za-z][^<>\n]*>|&[A-Za-z]+;"  # a link's address, HTML
    r"|(?<![\w+.-])[A-Za-z0-9+.-]+://\S+|\bwww\.\S+|(?<![\w+.-])[\w+.-]+@[\w-]+(?:\.[\w-]+)+"  # addresses
    r"|(?<!\w)\w*[\\/~_@#]\w[\w.\\/~_@#-]*"  # paths, names of files and variables
    r"|\b\w+(?:\.\w+)+\b"  # names with dots inside
)
# Each alternative is tried only where what it matches may begin: in a long line without spaces, as Chinese has them and
# models gone astray, it would otherwise be gone through again from each letter.
_MARKS = re.compile(r"(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)")


@lru_cache(maxsize=2048)
def words_to_check(line: str) -> tuple[tuple[int, int], ...]:
    """Where each such word begins and ends in a line, in characters.

    Left out are code, addresses, words with digits, words all in capitals, single letters, and whatever is
    written in Chinese, Japanese, Korean, Thai and other scripts without words.
    """
    # What is no prose is blanked letter for letter, so that places stay. Emphasis with _ is no part of a word.
    line = _MARKS.sub(_blank, line)
    line = _NOT_PROSE.sub(_blank, line)
    line = _EASTERN.sub(" ", line)
    return tuple(match.span() for match in _WORD.finditer(line) if _is_checked(match[0]))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _is_checked(word: str) -> bool:
    return 1 < len(word) <= _LONGEST and not word.isupper()


def looked_up(word: str) -> str:
    """The word as dictionaries have it: with a straight apostrophe and without soft hyphens."""
    return word.replace("\u2019", "'").replace("\u00ad", "")
