"""Finding and replacing in texts: what is looked for, where it stands, and what comes in its place. No widgets.

The `regex` package does the matching: unlike the standard library's, it lets other threads run while it
works, and ends a pattern that would try combinations for hours after a time limit.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import regex

from longwriter_desktop.errors import InputProblem
from longwriter_desktop.ui.manuscript.fields import Change, FieldKey, fitted
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, translate

SECONDS = 1.5
"""How long a search of the whole text may compute, in seconds of processor time, as the package counts them."""
MOST = 50_000
"""So many places are found; a document has fewer words than this, as a rule."""
TOO_LONG = QT_TRANSLATE_NOOP(
    "Finding",
    "This pattern takes too long to try. Make it simpler, for example with fewer + and * inside one another.",
)
_REGEX_PROBLEMS = (
    QT_TRANSLATE_NOOP("RegexError", "ambiguous group reference"),
    QT_TRANSLATE_NOOP("RegexError", "bad character in group name"),
    QT_TRANSLATE_NOOP("RegexError", "bad character range"),
    QT_TRANSLATE_NOOP("RegexError", "bad escape (end of pattern)"),
    QT_TRANSLATE_NOOP("RegexError", "expected character set"),
    QT_TRANSLATE_NOOP("RegexError", "invalid group reference"),
    QT_TRANSLATE_NOOP("RegexError", "min repeat greater than max repeat"),
    QT_TRANSLATE_NOOP("RegexError", "missing )"),
    QT_TRANSLATE_NOOP("RegexError", "missing ]"),
    QT_TRANSLATE_NOOP("RegexError", "missing <"),
    QT_TRANSLATE_NOOP("RegexError", "missing >"),
    QT_TRANSLATE_NOOP("RegexError", "missing group name"),
    QT_TRANSLATE_NOOP("RegexError", "multiple repeat"),
    QT_TRANSLATE_NOOP("RegexError", "nothing to repeat"),
    QT_TRANSLATE_NOOP("RegexError", "unbalanced parenthesis"),
    QT_TRANSLATE_NOOP("RegexError", "undefined character name"),
    QT_TRANSLATE_NOOP("RegexError", "unknown extension"),
    QT_TRANSLATE_NOOP("RegexError", "unknown group"),
    QT_TRANSLATE_NOOP("RegexError", "unknown property"),
    QT_TRANSLATE_NOOP("RegexError", "unterminated character set"),
)
"""What the package says of patterns that people mistype; what it says else is shown as it says it."""

_GIVEN_UP = (TimeoutError, MemoryError, RecursionError)
"""What the package raises for a pattern without end."""
_RECURSION = regex.compile(r"(?<!\\)\(\?(?:R|\d+|&\w+|P>\w+)\)")

# A word's end is where no letter, digit or underscore goes on. Chinese is written without spaces between words, so
# a Chinese character beside the place is no part of the same word.
_NOT_AFTER_WORD, _NOT_BEFORE_WORD = r"(?<![^\W\u3400-\u9fff])", r"(?![^\W\u3400-\u9fff])"
_REFERENCE = regex.compile(
    r"\\g<(?P<named>[^>]*)>|\$\{(?P<braced>[^}]*)\}|(?:\\|\$)(?P<number>\d{1,2})|\\(?P<letter>[nt\\$])|(?P<dollar>\$\$)"
    r"|(?P<whole>\$&)"
)
_LETTERS = {"n": "\n", "t": "\t", "\\": "\\", "$": "$"}


Pattern = regex.Pattern[str]
Found = regex.Match[str]


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. ``text`` is a pattern where ``is_regex``, and else the very letters."""

    text: str
    is_regex: bool = False
    matches_case: bool = False
    whole_words: bool = False

    def compiled(self) -> Pattern:
        """The pattern of it. Raises InputProblem when it is none; ^ and $ stand for the ends of a line."""
        if self.is_regex and _RECURSION.search(self.text):
            # One that never comes to an end takes all the memory that there is, long before its time is over.
            raise InputProblem(
                translate("Finding", "A pattern cannot contain itself here. Write it without (?R) and the like.")
            )
        flags = regex.MULTILINE | (0 if self.matches_case else regex.IGNORECASE)
        written = self.text if self.is_regex else regex.escape(self.text, special_only=True, literal_spaces=True)
        if self.whole_words:
            before = _NOT_AFTER_WORD if self.is_regex or _is_of_word(self.text[:1]) else ""
            after = _NOT_BEFORE_WORD if self.is_regex or _is_of_word(self.text[-1:]) else ""
            written = f"{before}(?:{written}){after}"
        try:
            if self.is_regex:
                regex.compile(self.text, flags)  # Alone, so that what it lacks is said of it as it was written.
            return regex.compile(written, flags)
        except regex.error as problem:
            raise InputProblem(_said(problem)) from problem
        except (RecursionError, OverflowError, MemoryError) as problem:
            too_large = translate("Finding", "This pattern is too large to be used. Make it shorter.")
            raise InputProblem(too_large) from problem


def _is_of_word(letter: str) -> bool:
    return bool(letter) and (letter.isalnum() or letter == "_") and not "\u3400" <= letter <= "\u9fff"


def _said(problem: Exception) -> str:
    """The package's own words, such as "missing ), unterminated subpattern at position 3"."""
    message, place = getattr(problem, "msg", str(problem)), getattr(problem, "pos", None)
    if message in _REGEX_PROBLEMS:
        message = translate("RegexError", message)
    if place is None:
        return translate("Finding", "This is no complete pattern: {message}.").format(message=message)
    told = translate("Finding", "This is no complete pattern: {message} at character {place}.")
    return told.format(message=message, place=place + 1)


def too_long() -> str:
    """That a pattern takes too long."""
    return translate("Finding", TOO_LONG)


class Template(NamedTuple):
    """What comes in the place of a match: text and, as a number, groups of the match in turn."""

    parts: tuple[str | int, ...]

    def of(self, found: Found) -> str:
        """The text for one match; a group that has no part in it stands for nothing."""
        return "".join(part if isinstance(part, str) else found.group(part) or "" for part in self.parts)


def template(text: str, query: Query, pattern: Pattern) -> Template:
    r"""Reads a replacement. Where the query is a pattern, ``$1``, ``${name}``, ``\1`` and ``\g<name>`` stand for its
    groups, ``$&`` and ``\0`` for all of the match, ``\n`` and ``\t`` for a new line and a tab, ``$$`` for a dollar.

    Raises InputProblem for a group that the pattern does not have.
    """
    if not query.is_regex:
        return Template((text,))
    parts: list[str | int] = []
    at = 0
    for match in _REFERENCE.finditer(text):
        parts.append(text[at : match.start()])
        at = match.end()
        kind = match.lastgroup or "whole"
        if kind == "letter":
            parts.append(_LETTERS[match["letter"]])
        elif kind == "dollar":
            parts.append("$")
        else:
            parts.append(0 if kind == "whole" else _group(match[kind], pattern))
    parts.append(text[at:])
    return Template(tuple(part for part in parts if part != ""))


def _group(name: str, pattern: Pattern) -> int:
    number = int(name) if name.isascii() and name.isdigit() else pattern.groupindex.get(name, -1)
    if 0 <= number <= pattern.groups:
        return number
    told = translate(
        "Finding", "The replacement names group “{name}”, but the pattern has {count}. Groups stand in ( )."
    )
    if pattern.groups <= 1:
        has = translate("Finding", "only one") if pattern.groups else translate("Finding", "none")
    else:
        has = f"{pattern.groups}"
    raise InputProblem(told.format(name=name, count=has))


class Place(NamedTuple):
    """The characters ``begin`` to ``end`` of a field's text."""

    key: FieldKey
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Findings:
    """Where a pattern stands in the fields that were looked through: by field its text then, and the places in it.

    ``is_all`` is False where there are more than `MOST`; ``problem`` is a sentence when the search was given up.
    """

    by_field: dict[FieldKey, tuple[str, tuple[tuple[int, int], ...]]]
    is_all: bool = True
    problem: str = ""


Texts = Sequence[tuple[FieldKey, str]]
Clock = Callable[[], float]


def find(
    pattern: Pattern, texts: Texts, stop: threading.Event | None = None, clock: Clock = time.thread_time
) -> Findings:
    """Every place in ``texts``; for a thread of its own, which ends early once ``stop`` is set.

    Places of no length count only at the beginning and the end of a line that is not empty.
    """
    end = clock() + SECONDS
    found: dict[FieldKey, tuple[str, tuple[tuple[int, int], ...]]] = {}
    count = 0
    try:
        for key, text in texts:
            places: list[tuple[int, int]] = []
            for match in _matches(pattern, text, end - clock()):
                if count == MOST or (stop is not None and stop.is_set()):
                    found[key] = (text, tuple(places))
                    return Findings(found, is_all=False)
                places.append(match.span())
                count += 1
            found[key] = (text, tuple(places))
    except _GIVEN_UP:
        return Findings(found, is_all=False, problem=too_long())
    return Findings(found)


def _matches(pattern: Pattern, text: str, seconds: float) -> Iterator[Found]:
    if seconds <= 0:
        raise TimeoutError
    for match in pattern.finditer(text, concurrent=True, timeout=seconds):
        begin, end = match.span()
        if begin < end or _is_end_of_line(text, begin):
            yield match


def _is_end_of_line(text: str, at: int) -> bool:
    before, after = text[at - 1 : at] if at else "\n", text[at : at + 1] or "\n"
    return (before == "\n") != (after == "\n")


@dataclass(frozen=True, slots=True)
class Replacements:
    """What replacing changes: how many ``places``, and the ``changes``, to be made one after another."""

    places: int
    changes: list[Change]
    texts: dict[FieldKey, str]
    """The text of each field that the changes are for."""


def replaced(pattern: Pattern, texts: Texts, by: Template, clock: Clock = time.thread_time) -> Replacements:
    """Replaces every place in ``texts``; for a thread of its own. Raises InputProblem where that takes too long.

    What changes in one line is one change: many small ones would take the window's time. A new line that comes into a
    title or a heading is a space there.
    """
    end = clock() + SECONDS
    places = 0
    changes: list[Change] = []
    changed: dict[FieldKey, str] = {}
    try:
        for key, text in texts:
            edits = [(*match.span(), fitted(by.of(match), key)) for match in _matches(pattern, text, end - clock())]
            made = list(_by_line(key, text, edits))
            if made:
                changed[key] = text
            changes += made
            places += len(edits)
    except _GIVEN_UP:
        told = translate("Finding", "Nothing was replaced. {reason}")
        raise InputProblem(told.format(reason=too_long())) from None
    return Replacements(places, changes, changed)


def replaced_at(pattern: Pattern, text: str, place: Place, by: Template) -> Change | None:
    """Replaces one place that was found; None where the pattern does not stand there any more."""
    try:
        found = pattern.match(text, place.begin, concurrent=True, timeout=0.1)
    except _GIVEN_UP:
        return None
    if found is None or found.span() != (place.begin, place.end):
        return None
    return Change(place.key, place.begin, text[place.begin : place.end], fitted(by.of(found), place.key))


def _by_line(key: FieldKey, text: str, edits: Iterable[tuple[int, int, str]]) -> Iterator[Change]:
    """The edits as changes from the end to the beginning, so that no change moves the place of a later one."""
    lines: list[list[tuple[int, int, str]]] = []
    line_end = -1
    for edit in edits:
        if lines and edit[0] <= line_end:
            lines[-1].append(edit)
        else:
            lines.append([edit])
        after = text.find("\n", edit[1])
        line_end = len(text) if after < 0 else after
    for line in reversed(lines):
        begin, stop = line[0][0], line[-1][1]
        new, at = [], begin
        for first, last, instead in line:
            new += [text[at:first], instead]
            at = last
        change = Change(key, begin, text[begin:stop], "".join(new))
        if not change.is_empty:
            yield change
