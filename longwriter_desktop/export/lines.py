"""Markdown line by line: where code fences, headings and rules are, and how headings are shifted.

Both formats ask here, so that what is a heading in the one is a heading in the other.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

DEEPEST_HEADING = 6

FENCE = re.compile(r"^[ \t]*(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)$")
RULE = re.compile(r"^ {0,3}(?P<mark>[-_*])(?:[ \t]*(?P=mark)){2,}[ \t]*$")
QUOTE = re.compile(r"^ {0,3}> ?")
ITEM = re.compile(
    r"^(?P<indent>[ \t]*)"
    r"(?:(?P<bullet>[-+*](?=[ \t]|$)|·(?=[ \t])|[•◦‣▪●○∙](?!$))|(?P<number>\d{1,4})(?:[.)．](?=[ \t]|$)|、(?=[^\d\s])))"
    r"(?P<gap>[ \t]*)(?P<content>.*)$"
)
"""A list item: besides Markdown's own markers the bullets and the "1、" that models write.

Word counts to 32,767; a longer number than four digits begins a line of text.
"""

TABLE_DELIMITER = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")

_ATX = re.compile(r"^(?P<indent> {0,3})(?P<hashes>#(?=[ \t]|$)|#{2,6}(?=[^#]|$))(?P<text>.*)$")
_ATX_END = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
_SETEXT = re.compile(r"^ {0,3}(?P<mark>={3,}|-{3,})[ \t]*$")
_LONGEST_UNDERLINED = 100
"""A longer line above "---" is a paragraph, and the dashes are a rule: models write both without a blank line."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading or rule at ``index`` that takes ``count`` lines.

    ``level`` is 1 to 6 for headings and 0 for a rule. A "tight rule" is a rule that stands right under a
    paragraph, where other readers of Markdown would take it for the underline of a heading.
    """

    index: int
    kind: Literal["atx", "setext", "rule", "tight rule"]
    level: int = 0
    text: str = ""
    count: int = 1


def fence_length(lines: Sequence[str], index: int) -> int:
    """How many lines the fenced code that opens at ``index`` takes, both fences included; 0 when none opens there.

    A fence that is never closed goes on to the end.
    """
    opening = FENCE.match(lines[index])
    if opening is None:
        return 0
    for end in range(index + 1, len(lines)):
        if closes_fence(opening["fence"], lines[end]):
            return end + 1 - index
    return len(lines) - index


def closes_fence(fence: str, line: str) -> bool:
    bare = line.strip()
    return len(bare) >= len(fence) and not bare.strip(fence[0])


def open_fence(lines: Sequence[str]) -> str:
    """The fence that is still open at the end of ``lines``, such as "```"; empty when there is none."""
    index = 0
    while index < len(lines):
        length = fence_length(lines, index)
        if length and index + length == len(lines):
            fence = FENCE.match(lines[index])
            assert fence is not None  # noqa: S101  fence_length has just matched it
            return "" if length > 1 and closes_fence(fence["fence"], lines[-1]) else fence["fence"]
        index += length or 1
    return ""


def marks(lines: Sequence[str]) -> Iterator[Mark]:
    """The headings and rules of ``lines`` in their order; what stands in fenced code is neither."""
    index = 0
    paragraph = 0  # lines of plain text right above
    while index < len(lines):
        length = fence_length(lines, index)
        if length:
            index, paragraph = index + length, 0
            continue
        line = lines[index]
        mark = _atx(line, index) or _under(lines, index, paragraph) or _rule(line, index, paragraph)
        if mark is not None:
            yield mark
        paragraph = paragraph + 1 if mark is None and _is_prose(line, paragraph) else 0
        index += 1


def _atx(line: str, index: int) -> Mark | None:
    match = _ATX.match(line)
    if match is None:
        return None
    text = _ATX_END.sub("", match["text"].strip()).strip()
    return Mark(index, "atx", len(match["hashes"]), text)


def _under(lines: Sequence[str], index: int, paragraph: int) -> Mark | None:
    """A setext heading whose underline is at ``index``: one short line above that does not read as a sentence."""
    match = _SETEXT.match(lines[index])
    if match is None or paragraph != 1:
        return None
    text = lines[index - 1].strip()
    if match["mark"][0] == "-" and (len(text) > _LONGEST_UNDERLINED or text[-1] in ".。!！?？;；,，:：…|"):
        return None
    return Mark(index - 1, "setext", 1 if match["mark"][0] == "=" else 2, text, count=2)


def _rule(line: str, index: int, paragraph: int) -> Mark | None:
    if RULE.match(line) is None:
        return None
    return Mark(index, "tight rule" if paragraph and line.strip().strip("-") == "" else "rule")


def _is_prose(line: str, paragraph: int) -> bool:
    """Whether ``line`` belongs to a paragraph; ``paragraph`` is how many lines of it stand above."""
    if not line.strip() or QUOTE.match(line) or ITEM.match(line):
        return False
    return paragraph > 0 or indent_of(line) < 4


def indent_of(line: str) -> int:
    """The width of the white space that ``line`` begins with, in columns; a tab reaches to the next multiple of 4."""
    column = 0
    for character in line:
        if character == " ":
            column += 1
        elif character == "\t":
            column += 4 - column % 4
        else:
            break
    return column


def dedent(line: str, columns: int) -> str:
    """``line`` with up to ``columns`` columns of leading white space removed."""
    width = indent_of(line)
    return " " * max(0, width - columns) + line.lstrip(" \t")


def heading_shift(levels: Sequence[int], highest: int) -> int:
    """By how much headings of ``levels`` must go down so that none stands above ``highest``."""
    return max(0, highest - min(levels)) if levels else 0


def shifted(text: str, highest: int) -> str:
    """Markdown with its headings moved down together until none stands above level ``highest``.

    Everything else stays as it is, but for a blank line above a rule that stands right under a
    paragraph, without which it would make a heading of the paragraph.
    """
    lines = text.split("\n")
    found = list(marks(lines))
    shift = heading_shift([mark.level for mark in found if mark.level], highest)
    for mark in reversed(found):
        if mark.kind == "tight rule":
            lines.insert(mark.index, "")
        elif mark.level and shift:
            lines[mark.index : mark.index + mark.count] = [_moved(lines[mark.index], mark, shift)]
    return "\n".join(lines)


def with_hard_breaks(text: str) -> str:
    """Markdown with two spaces at the end of each line of a paragraph that another line of it follows.

    Code, tables, lists, headings and lines that break already stay as they are.
    """
    lines = text.split("\n")
    done = list(lines)
    marked = {at for mark in marks(lines) for at in range(mark.index, mark.index + mark.count)}
    index, in_list = 0, False
    while index < len(lines):
        if length := fence_length(lines, index):
            index += length
            continue
        line = lines[index]
        if ITEM.match(line):
            in_list = True
        elif index in marked or (not indent_of(line) and line.strip() and not _is_prose_above(lines, index)):
            in_list = False
        is_last = index + 1 == len(lines) or index + 1 in marked or not _goes_on(line, lines[index + 1])
        if not in_list and index not in marked and not is_last and not _is_in_table(lines, index):
            done[index] = line.rstrip() + "  "
        index += 1
    return "\n".join(done)


def _is_prose_above(lines: Sequence[str], index: int) -> bool:
    return index > 0 and bool(lines[index - 1].strip())


def _goes_on(line: str, following: str) -> bool:
    """Whether ``following`` continues the paragraph of ``line``, which does not say itself that it breaks there."""
    breaks = line.endswith("  ") or (len(line) - len(line.rstrip("\\"))) % 2 == 1
    if breaks or not line.strip() or indent_of(line) >= 4 or bool(QUOTE.match(line)) != bool(QUOTE.match(following)):
        return False
    inside = QUOTE.sub("", following) if QUOTE.match(following) else following
    return bool(inside.strip()) and not FENCE.match(inside) and not ITEM.match(inside)


def _is_in_table(lines: Sequence[str], index: int) -> bool:
    """Whether the line at ``index`` is a row of a table; its delimiter is the second one."""
    first = index
    while first > 0 and "|" in lines[first - 1]:
        first -= 1
    rows = range(first, min(index + 2, len(lines)))
    return "|" in lines[index] and any("|" in lines[at] and TABLE_DELIMITER.match(lines[at]) for at in rows)


def _moved(line: str, mark: Mark, shift: int) -> str:
    hashes = "#" * min(mark.level + shift, DEEPEST_HEADING)
    if mark.kind == "setext":
        return f"{line[: len(line) - len(line.lstrip())]}{hashes} {line.strip()}"
    match = _ATX.match(line)
    assert match is not None  # noqa: S101  the mark was made from this match
    gap = "" if match["text"][:1] in (" ", "\t", "") else " "
    return f"{match['indent']}{hashes}{gap}{match['text']}"
