"""Clean-up: taking labels, repeated headings and remarks about the task out of what a model writes.

Works on the stream, a line at a time: the beginning of each line is held back until it is clear that it
is text. Only what the model writes passes through here, never what the person typed.
"""

import re

from longwriter_desktop.agentwrite.similarity import similarity

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


class CleanUp:
    """Cleans one section while it streams in. ``heading`` and ``main_point`` are the section's own."""

    def __init__(self, heading: str, main_point: str, text: str) -> None:
        """``text`` is what the section has already; the first line is new only when it is empty or ends a line."""
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
        if len(self._line) < _HOLD or self._may_be_title():
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
        if self._first:
            line = line.lstrip()
        self._first = False
        gap, self._gap = self._gap, ""
        return gap + line

    def _may_be_title(self) -> bool:
        """The first line may be the heading again; it is short, so a long line is let through."""
        return self._first and len(self._line) < 2 * _HOLD and bool(re.match(r"\s*[#*]", self._line))

    def _judged(self, line: str, *, whole: bool) -> str:
        """``line`` without labels; "" when all of it is a label, a remark or the heading again."""
        counted = _WORD_COUNT.sub("", line) if whole else line
        cleaned = _LABEL.sub("", counted, count=1)
        labelled = cleaned != counted
        if not whole:
            return cleaned
        if _CHATTER.match(cleaned) or _RULE.match(cleaned):
            return ""
        bare = cleaned.strip(" #*_:：\t")
        if not bare:
            return ""
        title_like = (self._first or labelled or cleaned.lstrip().startswith("#")) and not re.search(
            r"[.!?。！？]$", bare
        )
        if title_like and any(similarity(bare, title) >= 0.8 for title in self._titles):
            return ""
        if self._first and cleaned.lstrip().startswith("#"):
            return ""
        return cleaned


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
