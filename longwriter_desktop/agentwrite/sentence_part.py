"""A passage that is a part of a sentence: what the sentence says before and behind it, and where a new part ends.

A model cannot write half a sentence well, but it can write a sentence. So it is given the beginning of one and writes
on: where it comes to the words that stood behind the passage, the new passage ends. Where those begin with a comma or
the like, an end of the sentence will do as well.
"""

import re
from dataclasses import dataclass

from longwriter_desktop.agentwrite.passage import Passage, located
from longwriter_desktop.agentwrite.sentences import sentence_ends
from longwriter_desktop.document.counting import count_words, is_chinese

_TOKEN = re.compile("[\u4e00-\u9fff]|[^\\W_\u4e00-\u9fff]+")
_MARK = re.compile(r"\s*(?:(?:>|[-*+]|\d{1,3}[.)])[ \t]+)*")
_SAME_WORDS, _SAME_CHINESE = 3, 5
"""So many words of what stood behind the passage, in a row, and the sentence has come back to it."""
_SEAM = " \t,;:，；：、—–-"
_NO_PROSE = ("|", "#", "```", "~~~")
_LONGEST = 2000
_STOPS = ".。!！?？…"
_CLOSERS = f" \t\"'”’»)]*_」』）》{_STOPS}"


@dataclass(frozen=True, slots=True)
class SentencePart:
    """A passage in its sentence: ``whole`` is the sentence, ``head`` what it says before, ``tail`` what behind.

    A passage that reaches over the end of a sentence stands in all the sentences that it touches.
    """

    whole: Passage
    head: str
    tail: str

    def new_passage(self, written: str, sentences: int, *, ended: bool) -> str | None:
        """What in the place of the passage ``written`` says, which goes on from the head; None where it says none yet.

        ``sentences`` is how many the new passage is to have where nothing but a full stop stands behind it;
        ``ended``: nothing more will be written.
        """
        if self.head[-1:].isspace() and written[:1].isalnum() and not is_chinese(written[0]):
            return None  # It goes on with the last word of the head.
        if count_words(self.tail):
            return up_to_tail(written, self.tail, ended=ended)
        new = up_to_end(written, sentences, ended=ended)
        return new.strip().rstrip(f"{self.tail}{_STOPS}" if self.tail else "") if new is not None else None


def sentence_part(text: str, passage: Passage) -> SentencePart | None:
    """The sentence around a passage of a section's ``text``; None for whole sentences and what is no prose."""
    start = located(text, passage)
    if start is None or not passage.text.strip():
        return None
    begin = start + len(passage.text) - len(passage.text.lstrip())
    end = start + len(passage.text.rstrip())
    line = text.rfind("\n", 0, begin) + 1
    last_line = text.rfind("\n", 0, end) + 1
    line_end = text.find("\n", end) if "\n" in text[end:] else len(text)
    if text[line:].lstrip().startswith(_NO_PROSE) or text.count("```", 0, begin) % 2:
        return None
    mark = _MARK.match(text, line, begin)
    first = max((each for each in _ends(text, line, line_end) if each <= begin), default=mark.end() if mark else line)
    while first < begin and text[first].isspace():
        first += 1
    last = min((each for each in _ends(text, last_line, line_end) if each >= end), default=line_end)
    head, tail = text[first:begin], text[end:last].rstrip()
    if not (count_words(head) or count_words(tail)) or last - first > _LONGEST:
        return None
    return SentencePart(Passage(passage.section_id, first, text[first : end + len(tail)]), head, tail)


def _ends(text: str, start: int, end: int) -> list[int]:
    return [start + each for each in sentence_ends(text[start:end] + "\n")]


def up_to_tail(written: str, tail: str, *, ended: bool) -> str | None:
    """Of a sentence written on, what stands before the words of ``tail``; None while they have not come.

    ``ended``: nothing more will be written. A tail of a word or two counts at the sentence's end alone, for its words
    may well come earlier.
    """
    wanted = [match.group().casefold() for match in _TOKEN.finditer(tail)]
    if not wanted:
        return None
    if (place := _place_of(wanted, written, ended=ended)) is not None:
        return _without_seam(written[:place], tail)
    if tail.lstrip()[:1] in tuple(_SEAM.strip()) and (clause := up_to_end(written, 1, ended=ended)) is not None:
        return clause.strip().rstrip(_STOPS)
    return None


def _place_of(wanted: list[str], written: str, *, ended: bool) -> int | None:
    """Where in what is written the wanted words begin, behind one other word at least."""
    enough = _SAME_CHINESE if is_chinese(wanted[0]) else _SAME_WORDS
    words = list(_TOKEN.finditer(written))
    said = [match.group().casefold() for match in words]
    sought = wanted[:enough]
    for place in range(1, len(said) - len(sought) + 1):
        if said[place : place + len(sought)] != sought:
            continue
        rest = written[words[place + len(sought) - 1].end() :]
        if len(wanted) >= enough or (ended and not rest.strip(_CLOSERS)) or _ends_here(rest):
            return words[place].start()
    return None


def _ends_here(rest: str) -> bool:
    """Whether a sentence ends where only ``rest`` follows its last word."""
    return bool(rest.strip()) and not rest.strip(_CLOSERS) and any(mark in rest for mark in _STOPS)


def _without_seam(new: str, tail: str) -> str:
    """The new passage without the comma or quotation mark that the tail begins with."""
    first = _TOKEN.search(tail)
    seam = tail[: first.start()].strip() if first else ""
    return (new.rstrip(_SEAM + seam) if seam else new).strip()


def up_to_end(written: str, sentences: int, *, ended: bool) -> str | None:
    """Of what was written on, as many ``sentences``; None while there are not so many."""
    ends = sentence_ends(f"{written}\n" if ended else written)
    if len(ends) >= sentences:
        return written[: ends[sentences - 1]]
    return written.rstrip() if ended and ends else None


def sentences_in(text: str) -> int:
    """How many sentences a text has, the one that it breaks off in among them."""
    return max(1, len(sentence_ends(f"{text}\n")))
