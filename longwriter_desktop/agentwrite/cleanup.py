"""Clean-up: taking labels, repeated headings and remarks about the task out of what a model writes.

Works on the stream, a line at a time: the beginning of each line is held back until it is clear that it
is text. Only what the model writes passes through here, never what the person typed.
"""

import re
from collections.abc import Iterable

from longwriter_desktop.agentwrite.similarity import similarity
from longwriter_desktop.document.counting import count_words

_LONGEST_TITLE = 240
_WORDS_OF_ECHO = 4
"""A shorter line may well stand in prompt and text alike."""

_HOLD = 48
"""Characters of a line that are looked at before any of it is let through."""

_LABEL = re.compile(
    r"^\s*(?:[#>*_\s]*)(?:"
    r"(?:paragraph|section|part|step)\s+\d+\b[^\n.!?]{0,20}?[:：\-–—]\s*(?:main point\s*[:：]\s*)?"
    r"|(?:main point|word count|written so far|instruction|plan|output|next part|text)\s*[:：]\s*"
    r"|段落\s*[\d一二三四五六七八九十]+\s*[-–—:：]?\s*(?:要点\s*[:：]\s*)?|(?:要点|字数|正文|续写)\s*[:：]\s*"
    r")[*_]*\s*",
    re.IGNORECASE,
)
_WORD_COUNT = re.compile(
    r"\s*[-–—(（\[]*\s*(?:word count|字数)\s*[:：]?\s*(?:about\s+|约)?\d[\d,]*\s*(?:words?|字)?\s*[)）\].。]*\s*$"
    r"|\s*[(（\[]\s*(?:about\s+|约)?\d[\d,]*\s*(?:words|字)\s*[)）\]]\s*$",
    re.IGNORECASE,
)
_CHATTER = re.compile(
    r"^\s*(?:sure|certainly|of course|absolutely|okay|here(?:'s| is| are)|below is|this is) ?[^\n]{0,80}[:!]\s*$"
    r"|^\s*(?:i hope (?:this|that) helps|let me know|please let me know|feel free|note:|\[end|\(end|the end of part|"
    r"to be continued|\[to be continued|end of (?:part|paragraph|section))[^\n]*$"
    r"|^\s*(?:好的|当然|以下是|下面是)[^\n]{0,40}[:：！]\s*$|^\s*(?:希望(?:这|以上)|如果(?:你|您)需要|（?未完待续)[^\n]*$",
    re.IGNORECASE,
)
_RULE = re.compile(r"^\s*(?:-{3,}|\*{3,}|_{3,}|={3,}|`{3,}\w*)\s*$")

_STRAY_SPACE = re.compile(r"^ (?=[^\W\d_])")
"""A token of the middle of a sentence at the beginning of a line; list items and code are indented by more."""


class CleanUp:
    """Cleans one section while it streams in. ``heading`` and ``main_point`` are the section's own."""

    def __init__(self, heading: str, main_point: str, text: str, prompt: Iterable[str] = ()) -> None:
        """``text`` is what the section has already; the first line is new only when it is empty or ends a line.

        ``prompt`` is what the model was given: a whole line of it that comes back is no text.
        """
        self._prompt_lines = frozenset(
            line.strip() for part in prompt for line in part.splitlines() if count_words(line) >= _WORDS_OF_ECHO
        )
        self._titles = tuple(title for title in (heading, main_point) if title)
        self._line = ""
        self._line_open = bool(text) and not text.endswith("\n")
        self._first = not text.strip()
        self._gap = ""

    def feed(self, chunk: str) -> str:
        """The text that may be shown after ``chunk`` has come."""
        shown = ""
        for piece in re.split(r"(\n)", chunk):
            if not piece:
                continue
            shown += self._end_line() if piece == "\n" else self._more(piece)
        return shown

    @property
    def gap(self) -> str:
        """The line ends that have come and will stand before the next text."""
        return self._gap

    def finish(self) -> str:
        """What is still held back, at the end of the reply."""
        if self._line_open or not self._line:
            return ""
        line, self._line = self._judged(self._line, whole=True), ""
        return self._let_out(line)

    def _more(self, piece: str) -> str:
        if self._line_open:
            return piece
        self._line += piece
        if len(self._line) < _HOLD or self._may_be_title() or self._may_be_echo():
            return ""
        line, self._line = self._judged(self._line, whole=False), ""
        self._line_open = True
        return self._let_out(line)

    def _end_line(self) -> str:
        if self._line_open:
            self._line_open = False
            self._gap = "\n"
            return ""
        line, self._line = self._judged(self._line, whole=True), ""
        if not line.strip():
            if self._gap:
                self._gap = "\n\n"
            return ""
        shown = self._let_out(line)
        self._gap = "\n"
        return shown

    def _let_out(self, line: str) -> str:
        if not line.strip():
            return ""
        line = line.lstrip() if self._first else _STRAY_SPACE.sub("", line)
        self._first = False
        gap, self._gap = self._gap, ""
        return gap + line

    def _may_be_title(self) -> bool:
        """Whether the line so far may become the heading or the main point again, or any heading as the first line."""
        begun = self._line.strip(" #*_\t").casefold()
        if any(title.casefold().startswith(begun) for title in self._titles):
            return True
        return self._first and len(self._line) < _LONGEST_TITLE and self._line.lstrip().startswith(("#", "*"))

    def _may_be_echo(self) -> bool:
        begun = self._line.strip()
        return any(line.startswith(begun) for line in self._prompt_lines)

    def _judged(self, line: str, *, whole: bool) -> str:
        """``line`` without labels; "" when all of it is a label, a remark, the heading or the prompt again."""
        if not whole:
            return _LABEL.sub("", line, count=1)
        counted = _WORD_COUNT.sub("", line)
        cleaned = _LABEL.sub("", counted, count=1)
        bare = cleaned.strip(" #*_:：\t")
        no_text = not bare or _CHATTER.match(cleaned) or _RULE.match(cleaned) or line.strip() in self._prompt_lines
        return "" if no_text or self._is_title(cleaned, bare, labelled=cleaned != counted) else cleaned

    def _is_title(self, line: str, bare: str, *, labelled: bool) -> bool:
        """Whether a line is the section's heading or main point again, or any heading in the first line."""
        marked = line.lstrip().startswith("#")
        if self._first and marked:
            return True
        if not (self._first or labelled or marked) or re.search(r"[.!?。！？]$", bare):
            return False
        return any(similarity(bare, title) >= 0.8 for title in self._titles)


def ending_to_cut(text: str) -> int:
    """How many characters at the end of a finished section are a remark or a word count rather than text."""
    kept = text.rstrip()
    while True:
        line = kept.rpartition("\n")[2]
        shorter = _WORD_COUNT.sub("", kept).rstrip()
        if shorter == kept and "\n" in kept and (_CHATTER.match(line) or _RULE.match(line)):
            shorter = kept[: len(kept) - len(line)].rstrip()
        if shorter == kept:
            return len(text) - len(kept)
        kept = shorter
