"""English words in the midst of a Chinese text: "技术center" for "技术中心".

A model that is kept from a word because it stood before (see `backend.dry`) may write it in its other language. What
the instruction, the plan and the person's own text have in English is meant, and so is code; and names, brands and
abbreviations have capitals.
"""

import re
from collections.abc import Iterable

_WORD = re.compile(r"(?<=[\u4e00-\u9fff，。、；：])[ ]?([a-z]{3,})(?=[^A-Za-z0-9_./:@`'-])")
_WORDS = re.compile("[A-Za-z]+")


class ForeignWords:
    """Looks at a Chinese text while it grows. Words of the ``given`` texts, in whatever letter case, are meant."""

    def __init__(self, given: Iterable[str]) -> None:
        self._meant = {word.casefold() for each in given for word in _WORDS.findall(each)}

    def look(self, text: str, start: int) -> int | None:
        """Where the first such word behind ``start`` begins that is complete; None when there is none."""
        for match in _WORD.finditer(text, start):
            if match[1] not in self._meant and not _is_code(text, match.start()):
                return match.start()
        return None

    def let_stand(self, text: str, start: int) -> None:
        """The words of ``text`` behind ``start`` are meant from now on."""
        self._meant.update(word.casefold() for word in _WORDS.findall(text[start:]))


def _is_code(text: str, place: int) -> bool:
    line = text[text.rfind("\n", 0, place) + 1 : place]
    return line.count("`") % 2 == 1 or text.count("```", 0, place) % 2 == 1
