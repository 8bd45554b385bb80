"""The loop guard: noticing that a model repeats itself, and where the repetition began.

Text is looked at as words (a Chinese character is one), all numbers as the same one. Four kinds of repetition
are told apart: a run of one character, or of letters without an end; a stretch of words again and again; text
that stood before, here or in an earlier section, perhaps with other names and numbers; and a turn of phrase that
comes back at once with other words in it ("the tower of …, the tower of …"). What repeats by its nature is
measured otherwise: a row of a table counts when all of it stood before, a line of code when it and the line above
it did.
"""

import re
from collections import Counter
from collections.abc import Generator, Sequence

from longwriter_desktop.document.counting import is_chinese

_TOKEN = re.compile("[\u4e00-\u9fff]|[^\\W_\u4e00-\u9fff]+(?:['’][^\\W_\u4e00-\u9fff]+)*")
_OPEN_WORD = re.compile("[^\\W_\u4e00-\u9fff]+(?:['’][^\\W_\u4e00-\u9fff]*)*$")
_RUN = re.compile(r"([^\s\-=_.*|])\1{24,}|([\-=_.*\s])\2{119,}")
_NO_WORD = re.compile("[A-Za-z\u00c0-\u024f]{50,}")
"""A small model that has lost its thread leaves out the spaces: "forwardforwardtodaytoday". No word is as long."""
_LONGEST_RUN = 120
_FENCE = ("```", "~~~")
_NUMBER = "0"

_GRAM, _CHINESE_GRAM = 4, 6
_WINDOW, _ENOUGH = 128, 64
"""Half of the last 128 words stand in sequences that stood before, as in a paragraph written again with every
eighth word changed. The refrain of a poem is shorter than 64 words, and other lines come between."""

_NEAR, _NEAR_GRAM, _NEAR_CHINESE_GRAM = 160, 2, 3
_NEAR_WINDOW, _NEAR_ENOUGH, _NEAR_DIFFERENT = 64, 25, 32
"""Of the last 64 words, 25 stand in pairs that came within 160 words before, and no more than 32 are different. In
480,000 words of novels, essays and guides, English and Chinese, that and all other rules together were met once."""
_PREVAILING = 0.3
"""The share of marked words that tells text that repeats from text that does not; prose has 0.02 to 0.15 of them."""

_LONGEST_PERIOD = 30
_LEAST_PERIODIC, _LEAST_NUMBERS = 30, 120
_SHARE_GRAM, SHARE_CHINESE_GRAM = 8, 12
"""An English word says about as much as a character and a half: eight characters are five words, often one name."""
_WORDS_A_STEP = 1024

Gram = tuple[str, ...]


def find_loop(text: str, start: int = 0, before: frozenset[Gram] = frozenset()) -> int | None:
    """Where in ``text`` a repetition began, or None when there is none; see `LoopGuard`."""
    return LoopGuard(start, before).look(text)


def sequences(text: str) -> frozenset[Gram]:
    """The sequences of words of a finished text, by which it is recognised when it is written again."""
    words = _words(text)
    grams = (_gram(words, place, _GRAM, _CHINESE_GRAM) for place in range(len(words)))
    return frozenset(gram for gram in grams if gram)


def repeated_share(text: str, chinese_gram: int = _SHARE_GRAM) -> float:
    """The share of sequences of ``text`` that stood in it before, 0.0 to 1.0.

    A sequence is eight words; in Chinese it is ``chinese_gram`` characters: eight, as the measure is usually taken,
    or `SHARE_CHINESE_GRAM`, which say as much as eight words.
    """
    steps = share_steps(text, chinese_gram)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return float(end.value)


def share_steps(text: str, chinese_gram: int = _SHARE_GRAM) -> Generator[None, None, float]:
    """As `repeated_share`, in steps of a millisecond or two, for who does other things in between."""
    words: list[str] = []
    for match in _TOKEN.finditer(text):
        words.append(match.group().casefold())
        if len(words) % _WORDS_A_STEP == 0:
            yield
    different: set[Gram] = set()
    grams = 0
    for place in range(len(words)):
        if gram := _gram(words, place, _SHARE_GRAM, chinese_gram):
            different.add(gram)
            grams += 1
        if place % _WORDS_A_STEP == 0:
            yield
    return 1 - len(different) / grams if grams else 0.0


class LoopGuard:
    """Looks at a text while it grows; a look costs as much as there is new text.

    Up to ``start`` (in characters) the text is the person's: what comes is compared with it, but no repetition
    is found in it. ``before`` are the sequences of earlier sections (see `sequences`).
    """

    def __init__(self, start: int = 0, before: frozenset[Gram] = frozenset()) -> None:
        self._start = start
        self._before = before
        self._forget()

    def _forget(self) -> None:
        self._text = ""
        self._done = 0
        self._in_code = False
        self._line_above: Gram = ()
        self._words: list[str] = []
        self._places: list[int] = []
        self._stood: list[bool] = []
        self._near: list[bool] = []
        self._known: set[Gram] = set()
        self._rows: Counter[Gram] = Counter()
        self._last: dict[Gram, int] = {}
        self._runs: dict[int, int] = {}

    def look(self, text: str) -> int | None:
        """Where in ``text`` the repetition began that the words since the last look bring to light; else None.

        After a text that does not go on from the last one, all of it is looked at anew.
        """
        if not text.startswith(self._text):
            self._forget()
        begin = max(self._start, len(self._text) - _LONGEST_RUN)
        self._text = text
        if run := _RUN.search(text, begin) or _NO_WORD.search(text, begin):
            return run.start()
        while line := self._next_line():
            found = self._table_or_code(line) if self._is_measured_by_line(line) else self._prose(line)
            if found is not None:
                return max(self._start, self._places[found])
        return None

    # -- the text, a line or what there is of it at a time -----------------------------------------

    def _next_line(self) -> str:
        """The next text whose words are all complete, up to the end of the line at most; "" when there is none."""
        end = self._text.find("\n", self._done) + 1
        if end:
            return self._text[self._done : end]
        rest = self._text[self._done :]
        begins_line = self._done == 0 or self._text[self._done - 1] == "\n"
        if begins_line and (self._in_code or rest.lstrip()[:1] in ("", "|", "`", "~")):
            return ""
        open_word = _OPEN_WORD.search(rest)
        return rest[: open_word.start()] if open_word else rest

    def _is_measured_by_line(self, line: str) -> bool:
        begins_line = self._done == 0 or self._text[self._done - 1] == "\n"
        return begins_line and (self._in_code or line.lstrip().startswith(("|", *_FENCE)))

    def _prose(self, line: str) -> int | None:
        found = None
        for match in _TOKEN.finditer(line):
            self._add_word(_normal(match.group()), self._done + match.start())
            found = self._found() if found is None else found
        self._done += len(line)
        return found

    def _table_or_code(self, line: str) -> int | None:
        """A row or a line of code stood before or it did not: in all of its words alike."""
        words = tuple(match.group() for match in _TOKEN.finditer(line))
        fence = line.lstrip().startswith(_FENCE)
        if fence:
            self._in_code = not self._in_code
        key = (*self._line_above, "\n", *words) if self._in_code else words
        self._line_above = words
        self._rows[key] += 1
        stood = self._rows[key] > 1 and not fence
        for match in _TOKEN.finditer(line):
            self._runs.clear()
            self._append(match.group(), self._done + match.start(), stood=stood, near=False)
        self._done += len(line)
        return self._stood_before()

    # -- words -------------------------------------------------------------------------------------

    def _add_word(self, word: str, place: int) -> None:
        index = len(self._words)
        self._append(word, place, stood=False, near=False)
        own = place < self._start
        gram = _gram(self._words, index, _GRAM, _CHINESE_GRAM)
        self._stood[index] = bool(gram) and not own and (gram in self._known or gram in self._before)
        self._known.add(gram)
        pair = _gram(self._words, index, _NEAR_GRAM, _NEAR_CHINESE_GRAM)
        if pair and _NUMBER not in pair:
            self._near[index] = not own and index - self._last.get(pair, -_NEAR - 1) <= _NEAR
            self._last[pair] = index
        periods = range(1, min(_LONGEST_PERIOD, index) + 1)
        self._runs = {each: self._runs.get(each, 0) + 1 for each in periods if self._words[index - each] == word}

    def _append(self, word: str, place: int, *, stood: bool, near: bool) -> None:
        self._words.append(word)
        self._places.append(place)
        self._stood.append(stood and place >= self._start)
        self._near.append(near)

    # -- what is found at the last word: the index of the word where the repetition began ------------

    def _found(self) -> int | None:
        if self._places[-1] < self._start:
            return None
        for find in (self._periodic, self._stood_before, self._phrase_again):
            found = find()
            if found is not None:
                return found
        return None

    def _periodic(self) -> int | None:
        """The second round of a stretch that stands three times."""
        for period, run in self._runs.items():
            if run >= max(2 * period, _LEAST_PERIODIC):
                only_numbers = set(self._words[-period:]) == {_NUMBER}
                if not only_numbers or run >= _LEAST_NUMBERS:
                    return len(self._words) - run
        return None

    def _stood_before(self) -> int | None:
        if sum(self._stood[-_WINDOW:]) < _ENOUGH:
            return None
        first = _first_of_run(self._stood, _WINDOW)
        return max(0, first - _GRAM + 1)

    def _phrase_again(self) -> int | None:
        if sum(self._near[-_NEAR_WINDOW:]) < _NEAR_ENOUGH:
            return None
        if len(set(self._words[-_NEAR_WINDOW:])) > _NEAR_DIFFERENT:
            return None
        return max(0, _first_of_run(self._near, _NEAR_WINDOW) - 1)


def _first_of_run(marks: Sequence[bool], window: int) -> int:
    """Where the stretch with many marks begins that reaches to the end: the place from which on marks prevail most."""
    best, first, score = 0.0, len(marks) - 1, 0.0
    for place in range(len(marks) - 1, -1, -1):
        score += marks[place] - _PREVAILING
        if score > best:
            best, first = score, place
        elif score < best - _PREVAILING * window:
            break
    return first


def _words(text: str) -> list[str]:
    return [_normal(match.group()) for match in _TOKEN.finditer(text)]


def _normal(word: str) -> str:
    return _NUMBER if word[0].isdigit() else word.casefold()


def _gram(words: Sequence[str], last: int, length: int, chinese_length: int) -> Gram:
    """The sequence that ends with the word at ``last``; () where there are not words enough."""
    wanted = chinese_length if is_chinese(words[last][0]) else length
    return tuple(words[last - wanted + 1 : last + 1]) if last + 1 >= wanted else ()
