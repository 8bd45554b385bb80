"""Where sentences end, in English and Chinese, in a text that is still growing."""

import re

_CLOSERS = "\"'”’»)\\]*_」』）》"
_END = re.compile(rf"(?:(?:(?<!\b[A-Z])\.|[!?…])[{_CLOSERS}]*(?=\s)|[。！？…][{_CLOSERS}]*(?=[^{_CLOSERS}。！？…]))")
_END_OF_TEXT = re.compile(rf"[.!?…。！？][{_CLOSERS}]*\s*$")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr st vs prof rev gen capt sgt lt col mt messrs e.g i.e cf approx ca al viz".split()
)
_BEFORE_NUMBERS = frozenset("no nos p pp fig vol ch sec art".split())
_WORD_BEFORE = re.compile(r"[\w.]+$")
_LONGEST_ABBREVIATION = 12
_ITEM = re.compile(r"[ \t]*(?:[-*+•>][ \t]+)*[(（]?(?:\d{1,3}|[IVXLC]{1,6})$")
_FENCE = "```"


def sentence_ends(text: str, start: int = 0) -> list[int]:
    """The places, from ``start`` on, right behind a sentence that is surely finished.

    A full stop counts only when something follows it, as a closing quotation mark may still come, and not after
    an abbreviation, a single capital letter or the number of a list item. The end of a line counts too, unless the
    line is a Markdown heading. Inside code and in the cells of a table no sentence ends.
    """
    ends = [match.end() for match in _END.finditer(text, max(0, start - 1)) if not _is_no_end(text, match.start())]
    line_start = text.rfind("\n", 0, start) + 1
    while (place := text.find("\n", max(start, line_start))) >= 0:
        line = text[line_start:place].strip()
        if line and not line.startswith("#"):
            ends.append(line_start + len(text[line_start:place].rstrip()))
        line_start = place + 1
    if _FENCE in text:
        ends = [end for end in ends if text.count(_FENCE, 0, end) % 2 == 0]
    return sorted({end for end in ends if end > start})


def _is_no_end(text: str, mark: int) -> bool:
    """Whether the mark at that place stands after an abbreviation or an item's number, or in a table."""
    line_start = text.rfind("\n", 0, mark) + 1
    if text[line_start:mark].lstrip().startswith("|"):
        return True
    if text[mark] != ".":
        return False
    word = _WORD_BEFORE.search(text, max(line_start, mark - _LONGEST_ABBREVIATION), mark)
    if word is None:
        return False
    before = word[0].casefold()
    if before in _ABBREVIATIONS:
        return True
    if before in _BEFORE_NUMBERS and text[mark + 1 :].lstrip(" ")[:1].isdigit():
        return True
    return bool(_ITEM.fullmatch(text, line_start, mark))


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends where a sentence does (trailing space aside); True for no text."""
    return not text.strip() or bool(_END_OF_TEXT.search(text)) or text.endswith("\n")
