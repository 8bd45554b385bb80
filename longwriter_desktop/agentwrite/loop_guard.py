"""The loop guard: noticing that a model repeats itself, and where the repetition began."""

import re

_TOKEN = re.compile("[\u4e00-\u9fff]|[^\\W_]+(?:['’][^\\W_]+)*")
_RUN = re.compile(r"([^\s\-=_.*|])\1{24,}|([\-=_.*])\2{119,}")
_GRAM = 8
_WINDOW = 96
_PERIODS = 60


def find_loop(text: str, start: int, before: frozenset[tuple[str, ...]] = frozenset()) -> int | None:
    """Where in ``text`` a repetition began, or None when there is none at its end.

    Looked for is, from ``start`` on (in characters): a run of one character; the same stretch of words three
    times in a row; half of the last 96 words standing in eight-word sequences that the text had already,
    or that ``before`` holds (the sequences of earlier sections, from `sequences`).
    """
    if run := _RUN.search(text, start):
        return run.start()
    tokens = [(match.group().casefold(), match.start()) for match in _TOKEN.finditer(text)]
    words = [word for word, _ in tokens]
    place = _periodic(words)
    if place is None:
        place = _repeated(words, before)
    if place is None:
        return None
    return max(start, tokens[place][1]) if place < len(tokens) else None


def sequences(text: str) -> frozenset[tuple[str, ...]]:
    """All eight-word sequences of a text."""
    words = [match.group().casefold() for match in _TOKEN.finditer(text)]
    return frozenset(_grams(words))


def _grams(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + _GRAM]) for i in range(len(words) - _GRAM + 1)]


def _periodic(words: list[str]) -> int | None:
    """The index of the first word of the second round of a stretch that stands three times at the end."""
    for period in range(1, min(_PERIODS, len(words) // 3) + 1):
        needed = max(2 * period, 12)
        run = 0
        while run < needed and run + period < len(words) and words[-1 - run] == words[-1 - run - period]:
            run += 1
        if run >= needed:
            while run + period < len(words) and words[-1 - run] == words[-1 - run - period]:
                run += 1
            return len(words) - run
    return None


def _repeated(words: list[str], before: frozenset[tuple[str, ...]]) -> int | None:
    """The index where, within the last words, text that stood before begins to stand again."""
    if len(words) < _GRAM * 3:
        return None
    grams = _grams(words)
    first_seen: dict[tuple[str, ...], int] = {}
    for index, gram in enumerate(grams):
        first_seen.setdefault(gram, index)

    def stood_before(index: int) -> bool:
        return first_seen[grams[index]] < index or grams[index] in before

    again = [index for index in range(max(0, len(grams) - _WINDOW), len(grams)) if stood_before(index)]
    if len(again) < _WINDOW // 2:
        return None
    first = again[0]
    while first > 0 and stood_before(first - 1):
        first -= 1
    return first


def repeated_share(text: str) -> float:
    """The share of eight-word sequences of ``text`` that stood in it before, 0.0 to 1.0."""
    grams = _grams([match.group().casefold() for match in _TOKEN.finditer(text)])
    return 1 - len(set(grams)) / len(grams) if grams else 0.0
