"""Quiet Markdown highlighting: what is strong is strong, and the marks themselves step back."""

import re
import time
from collections.abc import Iterable

from PySide6.QtCore import QTimer
from PySide6.QtGui import (
    QColor,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)
from typing_extensions import override

from longwriter_desktop.ui.manuscript.fields import utf16_length
from longwriter_desktop.ui.manuscript.typography import Role, Typography, role_of

_PIXEL_SIZE = QTextFormat.Property.FontPixelSize
_PLAIN, _CODE = -1, 1
"""States of a line: what the next one begins in. Qt highlights on while they change, and -1 is what it begins with."""
_SLICE_S = 0.006
"""How long one turn of catching up may take, in seconds."""

_SUSPECT = re.compile(r"[*_`#>|~\[\]]|^\s*(?:[-+=]|\d+[.)])|^ {4}")
_HEADING = re.compile(r"(#{1,6}\s+)(.*)")
_FENCE = re.compile(r"\s*(```|~~~)")
_QUOTE = re.compile(r"(?:\s*>\s?)+")
_LIST = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s)?")
_RULE = re.compile(r"\s*(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_EMPHASIS = re.compile(r"(?<![\\*])(\*{1,3})(?=[^\s*])(.+?)(?<=[^\s*\\])\1(?!\*)")
_UNDERLINED = re.compile(r"(?<![\\\w])(_{1,3})(?=[^\s_])(.+?)(?<=[^\s_\\])\1(?!\w)")
_STRUCK = re.compile(r"(?<!~)(~~)(?=\S)(.+?)(?<=\S)~~(?!~)")
_LINK = re.compile(r"(!?\[)([^\]\n]*)(\]\([^)\n]*\))")
_CELL_BORDER = re.compile(r"\|")
_STRONG = ("**", "***", "__", "___")
_LONGEST_LINE, _MOST_MARKS = 8000, 300
"""A line beyond these is a model gone astray; looking for pairs of marks in it would take too long."""
_LATIN = re.compile(
    r"[$€£]?[A-Za-z0-9](?:[^“”—…\u2e80-\u9fff\uac00-\ufaff\uff00-\uffef]|“[^“”\u2e80-\u9fff\uff00-\uffef]*”)*"
)
"""What is Latin within a Chinese line, with its own apostrophes and quotation marks, but not with those around it."""
_CHINESE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")


class MarkdownHighlighter(QSyntaxHighlighter):
    """Marks up the lines of the sections' texts; headings and title are left as they are.

    A newly shown document is not highlighted at once but in short turns, so that the window stays alive.
    ``document`` is to be empty yet: anything in it would be highlighted whole in the first turn of the
    event loop.
    """

    def __init__(self, document: QTextDocument, typography: Typography) -> None:
        super().__init__(document)
        self._waiting = False
        self._next_block = 0
        self._line = ""
        self._is_astral = False
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._catch_up)
        self._set_formats(typography)

    def set_typography(self, typography: Typography) -> None:
        self._set_formats(typography)
        self.start_over()

    def put_off(self) -> None:
        """Leaves everything that is put in from now on for later; `start_over` ends this."""
        self._waiting = True

    def start_over(self, first: Iterable[QTextBlock] = ()) -> None:
        """Highlights the lines ``first`` at once, and the whole text in short turns from its beginning."""
        self._waiting = False
        for block in first:
            if self._needs_highlight(block):
                self.rehighlightBlock(block)
        self._next_block = 0
        self._timer.start()

    @property
    def is_done(self) -> bool:
        return not self._timer.isActive()

    def _catch_up(self) -> None:
        end = time.perf_counter() + _SLICE_S
        block = self.document().findBlockByNumber(self._next_block)
        while block.isValid() and time.perf_counter() < end:
            if self._needs_highlight(block):
                self.rehighlightBlock(block)
            block = block.next()
        if block.isValid():
            self._next_block = block.blockNumber()
        else:
            self._timer.stop()

    def _needs_highlight(self, block: QTextBlock) -> bool:
        if block.layout().formats():
            return True
        if block.length() <= 1:
            return False
        text = block.text()
        return self.is_code(block.previous()) or bool(_SUSPECT.search(text)) or bool(self._latin_runs(text))

    def _latin_runs(self, text: str) -> list[tuple[int, int]]:
        """Where Latin letters stand in a line of a Chinese document; a Chinese face draws their ’ as wide as 字."""
        if not self._latin or len(text) > _LONGEST_LINE:
            return []
        if text and not _CHINESE.search(text):
            return [(0, len(text))]
        return [match.span() for match in _LATIN.finditer(text)]

    def _set_latin(self, text: str, is_marked: bool) -> None:
        """Gives the Latin in a line its own face, beside what else its format says; code keeps its own."""
        self._line = text
        self._is_astral = not text.isascii() and max(text) > "\uffff"
        for begin, end in self._latin_runs(text):
            start, stop = self._units(begin), self._units(end)
            while start < stop:
                made, after = self.format(start), start + 1 if is_marked else stop
                while after < stop and self.format(after) == made:
                    after += 1
                if not made.fontFamilies():
                    made.setFontFamilies(self._latin)
                    self.setFormat(start, after - start, made)
                start = after

    def _set_formats(self, typography: Typography) -> None:
        self._muted = QColor(typography.palette.muted)
        self._plain = QTextCharFormat()
        self._heading = QTextCharFormat()
        self._heading.setProperty(_PIXEL_SIZE, typography.subheading_font.pixelSize())
        self._heading.setFontWeight(typography.strong)
        self._strong_weight = typography.strong
        self._quote = QTextCharFormat()
        self._quote.setFontItalic(typography.language != "zh")
        self._latin = typography.latin_families if typography.language == "zh" else []
        self._code = QTextCharFormat()
        self._code.setFontFamilies([typography.code_family, *typography.body_font.families()])
        self._code.setProperty(_PIXEL_SIZE, round(typography.size_px * 0.88))

    @staticmethod
    def is_code(block: QTextBlock) -> bool:
        """Whether the line after this one is inside a block of code."""
        return block.userState() == _CODE

    @classmethod
    def is_of_code(cls, block: QTextBlock) -> bool:
        """Whether a line is of a block of code, its fences among them; such a block ends with its section."""
        begins = role_of(block.blockFormat()) not in (Role.BODY, Role.GAP)
        return cls.is_code(block) or (not begins and cls.is_code(block.previous()))

    @override
    def highlightBlock(self, text: str) -> None:
        if self._waiting:
            return
        block = self.currentBlock()
        role = role_of(block.blockFormat())
        begins = role in (Role.FIRST, Role.EMPTY)
        inside_code = self.previousBlockState() == _CODE and not begins
        if role in (Role.TITLE, Role.COUNT, Role.HEADING):
            self.setCurrentBlockState(_PLAIN)
            return
        is_fence = _FENCE.match(text) is not None
        self.setCurrentBlockState(_CODE if inside_code != is_fence else _PLAIN)
        if is_fence or inside_code:
            self._line, self._is_astral = text, True
            self._put(0, len(text), self._code)
            if is_fence:
                self._dim(0, len(text))
            return
        is_marked = _SUSPECT.search(text) is not None
        if is_marked:
            self._highlight_line(text)
        self._set_latin(text, is_marked)

    def _highlight_line(self, text: str) -> None:
        self._line = text
        self._is_astral = not text.isascii() and max(text) > "\uffff"
        if _RULE.match(text):
            self._dim(0, len(text))
            return
        begin = 0
        base = self._plain
        if heading := _HEADING.match(text):
            base = self._heading
            begin = heading.end(1)
        if quote := _QUOTE.match(text):
            base = self._quote
            begin = quote.end()
        if base is not self._plain:
            self._put(0, len(text), base)
        marks = [(0, begin)]
        if marker := _LIST.match(text, begin):
            marks.append(marker.span())
            begin = marker.end()
        if len(text) <= _LONGEST_LINE and sum(map(text.count, "*_`~[\\")) <= _MOST_MARKS:
            marks += self._highlight_inline(text, begin, base)
        for start, end in marks:
            self._dim(start, end)

    def _highlight_inline(self, text: str, begin: int, base: QTextCharFormat) -> list[tuple[int, int]]:
        """Highlights what stands inside a line; returns the places of the marks themselves."""
        code = list(_CODE_SPAN.finditer(text, begin))
        plain = text
        # Code is blanked letter for letter, so that marks in it are not read and positions stay.
        for match in code:
            plain = plain[: match.start()] + "\x00" * len(match[0]) + plain[match.end() :]
        marks = self._emphasize(plain, begin, len(plain), base)
        for match in code:
            self._put(*match.span(), self._code)
            marks += [match.span(1), (match.end(2), match.end())]
        marks += [match.span() for match in _STRUCK.finditer(plain, begin)]
        marks += [match.span() for match in _ESCAPE.finditer(plain, begin)]
        for match in _LINK.finditer(plain, begin):
            marks += [match.span(1), match.span(3)]
        if plain.count("|") > 1:
            marks += [match.span() for match in _CELL_BORDER.finditer(plain, begin)]
        return marks

    def _emphasize(self, text: str, begin: int, end: int, base: QTextCharFormat) -> list[tuple[int, int]]:
        """Sets what is *emphasized* and **strong** between two characters, also one inside the other."""
        marks: list[tuple[int, int]] = []
        for pattern in (_EMPHASIS, _UNDERLINED):
            for match in pattern.finditer(text, begin, end):
                made = QTextCharFormat(base)
                if match[1] in _STRONG:
                    made.setFontWeight(self._strong_weight)
                if match[1] not in _STRONG or len(match[1]) == len("***"):
                    made.setFontItalic(True)
                self._put(*match.span(), made)
                marks += [match.span(1), (match.end(2), match.end())]
                marks += self._emphasize(text, *match.span(2), made)
        return marks

    def _dim(self, begin: int, end: int) -> None:
        """Lets marks step back, keeping whatever face they have."""
        if begin < end:
            made = self.format(self._units(begin))
            made.setForeground(self._muted)
            self._put(begin, end, made)

    def _put(self, begin: int, end: int, character_format: QTextCharFormat) -> None:
        """Formats the characters ``begin`` to ``end`` of the line."""
        start = self._units(begin)
        self.setFormat(start, self._units(end) - start, character_format)

    def _units(self, at: int) -> int:
        """Where character ``at`` of the line is in UTF-16 units."""
        return utf16_length(self._line[:at]) if self._is_astral else at
