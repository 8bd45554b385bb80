"""Clean-up: taking labels, repeated headings, copied text and remarks about the task out of what a model writes.

Works on the stream, a character at a time, so that the result does not depend on how the text arrives. The
beginning of each line is held back as long as it may become something that is no text (see `stray_text`), and
so is the end of a line that may become a word count. Only what the model writes passes through here, never what
the person typed. Code between fences is left as it is.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable

from longwriter_desktop.agentwrite.sentences import sentence_ends
from longwriter_desktop.agentwrite.similarity import similarity
from longwriter_desktop.agentwrite.stray_text import (
    CLOSING_SENTENCE,
    FENCE,
    LABEL,
    LABEL_ALONE,
    LABEL_AT_FIRST,
    LONGEST_HEADING,
    REMARK,
    RULE,
    SCENE_BREAK,
    WHOLE_LINE_AT_FIRST,
    is_count,
    may_become_count,
    may_become_stray,
)
from longwriter_desktop.document.counting import count_words

_WORDS_OF_ECHO = 4
"""A shorter line may well stand in prompt and text alike."""
_WORDS_OF_COPY = 6
"""The same for the first sentence of a section."""
_ALIKE = 0.8
_WORD = re.compile("[\u4e00-\u9fff]|[^\\W_\u4e00-\u9fff]+")
_WRAPPERS = ("", "markdown", "md", "text", "txt", "plaintext", "plain")
"""A whole reply in a fence of one of these is no code."""
_STRAY_SPACE = re.compile(r"^ (?=[^\W\d_])")
"""A token of the middle of a sentence at the beginning of a line; list items and code are indented by more."""
_DIRECTION = re.compile(r"\s*\[[^\]\n]{1,120}(?:\]\s*)?$")
"""So a direction of the author stands in the continuous layout, and the next section may begin with one like it."""
_NUMBER = re.compile(r"\d(?:[\d,\s*_]*\d)?")
"""However it is written: "1,000", "1 000", "**1000**"."""
_COUNT_BEGINNING = re.compile(r"(?=[\s(（\[【\-–—wt字总])", re.IGNORECASE)
_SENTENCE_END = re.compile("[.!?…。！？\"'”’»)）」』*_]$")


class CleanUp:
    """Cleans one section while it streams in. ``heading`` and ``main_point`` are the section's own."""

    def __init__(self, heading: str, main_point: str, text: str, prompt: Iterable[str] = ()) -> None:
        """``text`` is what the section has already; the first line is new only when it is empty or ends a line.

        ``prompt`` is what the model was given, earlier sections among it: a whole line of it that comes back is no
        text, and neither are sentences of it at the section's beginning.
        """
        self._titles = tuple(title for title in (heading, main_point) if title.strip())
        self._title_words = tuple(set(_words(title)) for title in self._titles)
        self._first = not text.strip()
        self._given = _Given((*prompt, text), sentences=self._first)
        self._line = ""
        self._labelled = False
        self._copying = False
        self._open = bool(text) and not text.endswith("\n")
        self._tail = ""
        self._last = text.rstrip()[-1:]
        self._gap = ""
        self._break = ""
        self._in_code = sum(bool(FENCE.match(line)) for line in text.split("\n")) % 2 == 1
        self._wrapped = False

    def feed(self, chunk: str) -> str:
        """The text that may be shown after ``chunk`` has come."""
        return "".join(self._character(character) for character in chunk)

    @property
    def gap(self) -> str:
        """The line ends that have come and will stand before the next text."""
        return self._gap

    def finish(self) -> str:
        """What is still held back, at the end of the reply."""
        if self._open:
            tail, self._tail = self._tail, ""
            return "" if self._is_count(tail) else self._out(tail)
        line, self._line = self._line, ""
        return self._whole_line(line)

    # -- a character at a time ---------------------------------------------------------------------

    def _character(self, character: str) -> str:
        if character == "\n":
            return self._end_line()
        if self._open:
            return self._further(character)
        self._line += character
        self._take_off_labels()
        if self._is_undecided():
            return ""
        line, self._line = self._line, ""
        return self._begin(line)

    def _begin(self, line: str) -> str:
        """Opens the line: it is text, but its end may yet become a word count."""
        self._open = True
        if self._first or self._labelled:
            line = line.lstrip()
        elif not self._in_code:
            line = _STRAY_SPACE.sub("", line)
        before = self._before_text()
        return before + "".join(self._further(character) for character in line)

    def _further(self, character: str) -> str:
        """One more character of an open line."""
        if self._in_code:
            return self._out(character)
        shown = ""
        self._tail += character
        while self._tail and not may_become_count(self._tail):
            shown += self._out(self._tail[0])
            self._tail = self._tail[1:]
        return shown

    def _out(self, text: str) -> str:
        if text.strip():
            self._last = text.rstrip()[-1]
        return text

    def _end_line(self) -> str:
        if self._open:
            tail, self._tail = self._tail, ""
            shown = "" if self._is_count(tail) else self._out(tail.rstrip())
            self._open = False
            self._gap = "\n"
        else:
            line, self._line = self._line, ""
            shown = self._whole_line(line)
            if shown:
                self._gap = "\n"
            elif self._gap and not line.strip():
                self._gap = "\n\n"
        self._labelled = False
        return shown

    def _before_text(self) -> str:
        """The line ends that have come, and a scene break that turned out to stand between two texts."""
        gap, self._gap = self._gap, ""
        if self._break and not self._first:
            gap = f"\n\n{self._break}\n\n"
        self._break = ""
        self._first = False
        return gap

    # -- what a line may become --------------------------------------------------------------------

    def _take_off_labels(self) -> None:
        """Takes a label off the beginning of the line as soon as something follows it."""
        while not self._in_code and (label := self._label().match(self._line)) and label.end() < len(self._line):
            self._line = self._line[label.end() :]
            self._labelled = True
        if self._first and (end := self._given.copied(self._line, more=self._copying)):
            self._line = self._line[end:].lstrip()
            self._copying = True

    def _label(self) -> re.Pattern[str]:
        return LABEL_AT_FIRST if self._first else LABEL

    def _is_undecided(self) -> bool:
        line = self._line
        if self._in_code:
            return bool(re.match(r" {0,3}(?:$|`{1,3}\s*$|~{1,3}\s*$)", line))
        if not line.strip(" \t#>*_`-=~|•"):
            return len(line) <= LONGEST_HEADING
        if self._first and _DIRECTION.match(line):
            return True
        return may_become_stray(line) or self._may_be_title() or self._given.may_be_echo(line, first=self._first)

    def _may_be_title(self) -> bool:
        """Whether the line so far may become the heading or the main point again, or any heading as the first line."""
        if len(self._line) > LONGEST_HEADING:
            return False
        bare = self._line.strip(" #*_\t")
        if self._line.lstrip().startswith("#"):
            return True
        if any(title.casefold().startswith(bare.casefold()) for title in self._titles):
            return True
        words = _words(bare)
        return (self._first or self._labelled) and any(
            all(word in title for word in words[:-1]) and any(each.startswith(words[-1]) for each in title)
            for title in self._title_words
            if words
        )

    # -- what a line is ----------------------------------------------------------------------------

    def _whole_line(self, line: str) -> str:
        """A line that was held back to its end: "" when all of it is a label, a remark, the heading or the prompt."""
        if fence := FENCE.match(line):
            return self._fence(line, fence[1].casefold())
        if self._in_code:
            return self._begin_and_end(line) if line.strip() else ""
        if SCENE_BREAK.match(line):
            self._break = line.strip()
            return ""
        if not self._is_text(line):
            return ""
        return self._begin_and_end(line)

    def _begin_and_end(self, line: str) -> str:
        shown = self._begin(line)
        self._open = False
        tail, self._tail = self._tail, ""
        return shown if self._is_count(tail) else shown + self._out(tail.rstrip())

    def _fence(self, line: str, language: str) -> str:
        if not self._in_code and self._wrapped:
            self._wrapped = False
            return ""
        if not self._in_code and self._first and language in _WRAPPERS:
            self._wrapped = True
            return ""
        shown = self._begin(line)
        self._open = False
        rest, self._tail = self._tail, ""
        self._in_code = not self._in_code
        return shown + rest.rstrip()

    def _is_text(self, line: str) -> bool:
        label = self._label().match(line)
        cleaned = line[label.end() :] if label else line
        bare = _without_count(cleaned).strip(" #*_:：\t|")
        if not bare or REMARK.match(cleaned) or RULE.match(cleaned) or LABEL_ALONE.match(cleaned):
            return False
        if self._first and (WHOLE_LINE_AT_FIRST.match(cleaned) or (_DIRECTION.match(cleaned) and "]" in cleaned)):
            return False
        if self._first and self._given.is_copied(cleaned, more=self._copying):
            return False
        return not (self._is_title(cleaned, bare) or self._given.is_echo(line))

    def _is_title(self, line: str, bare: str) -> bool:
        """Whether a line is the section's heading or main point again, or any heading in the first line."""
        marked = line.lstrip().startswith("#")
        if self._first and marked:
            return True
        labelled = self._labelled or bare != line.strip(" #*_:：\t|")
        if not (self._first or labelled or marked) or re.search(r"[.!?。！？]$", bare):
            return False
        return any(similarity(bare, title) >= _ALIKE for title in self._titles)

    def _is_count(self, tail: str) -> bool:
        return is_count(tail, after_sentence=not self._last or bool(_SENTENCE_END.search(self._last)))


class _Given:
    """What the model was given, in lines and sentences that are recognised by their words."""

    def __init__(self, texts: Iterable[str], *, sentences: bool) -> None:
        lines = {line for text in texts for line in text.splitlines()}
        lines |= {_without_labels(line) for line in lines}
        lines |= {_without_count(line) for line in lines}
        lines = {line for line in lines if count_words(line) >= _WORDS_OF_ECHO}
        self._lines = frozenset(map(_key, lines))
        self._sentences = frozenset(_sentences(lines)) if sentences else frozenset()
        self._sorted_lines = sorted(self._lines)
        self._sorted_sentences = sorted(self._sentences)

    def is_echo(self, line: str) -> bool:
        """Whether a whole line stood there."""
        return _key(line) in self._lines

    def may_be_echo(self, line: str, *, first: bool) -> bool:
        """Whether the line so far may become one that stood there, or as the ``first`` one a sentence of it."""
        key = _key(line)
        return _is_beginning(key, self._sorted_lines) or (first and _is_beginning(key, self._sorted_sentences))

    def copied(self, line: str, *, more: bool) -> int:
        """Where the first sentence of a line ends if that stood there, else 0.

        A short sentence may stand in both by chance, unless there are ``more`` copied ones before it.
        """
        if not self._sentences:
            return 0
        end = next(iter(sentence_ends(line)), 0)
        return end if end and self.is_copied(line[:end], more=more) else 0

    def is_copied(self, sentence: str, *, more: bool) -> bool:
        """Whether a sentence stood there."""
        long_enough = more or count_words(sentence) >= _WORDS_OF_COPY
        return long_enough and _key(sentence) in self._sentences


def _is_beginning(key: str, known: list[str]) -> bool:
    place = bisect_left(known, key)
    return place < len(known) and known[place].startswith(key)


def _sentences(lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        start = 0
        for end in (*sentence_ends(line), len(line)):
            if key := _key(line[start:end]):
                yield key
            start = end


def _without_labels(line: str) -> str:
    while label := LABEL.match(line):
        line = line[label.end() :]
    return line


def _key(text: str) -> str:
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _without_count(text: str) -> str:
    """A line without the word count at its end."""
    numbers = [match.end() for match in _NUMBER.finditer(text)]
    if not numbers:
        return text
    # There is one number in a count: it begins behind the one before the last.
    for match in _COUNT_BEGINNING.finditer(text, numbers[-2] if len(numbers) > 1 else 0):
        place = match.start()
        before = text[:place].rstrip()
        if is_count(text[place:].strip(), after_sentence=not before or bool(_SENTENCE_END.search(before))):
            return before
    return text


def ending_to_cut(text: str, own: int = 0) -> int:
    """How many characters at the end of a finished section are a remark or a word count rather than text.

    The first ``own`` characters are the person's, and stay.
    """
    kept = text.rstrip() if text[own:].strip() else text
    while (shorter := _shorter(kept)) != kept:
        kept = shorter
    return len(text) - max(own, len(kept))


def _shorter(text: str) -> str:
    """A text without the last thing in it that is no text."""
    before, newline, line = text.rpartition("\n")
    counted = _without_count(line)
    if counted != line:
        return (before + newline + counted).rstrip()
    dangling = FENCE.match(line) and sum(bool(FENCE.match(each)) for each in text.split("\n")) % 2 == 1
    is_rule = RULE.match(line) and not FENCE.match(line)
    if newline and (REMARK.match(line) or is_rule or LABEL_ALONE.match(line) or line.startswith("#") or dangling):
        return before.rstrip()
    ends = [end for end in sentence_ends(line) if end < len(line)]
    if ends and CLOSING_SENTENCE.match(line[ends[-1] :].strip()):
        return before + newline + line[: ends[-1]]
    return text
