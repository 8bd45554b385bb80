"""Makes the Markdown that models write regular, so that the library reads from it what was meant.

Models indent nested lists by two or three spaces, begin a list right under a paragraph, write "1)" and
"•", forget to close a fence. The library knows four spaces and blank lines. So the lines are sorted into
pieces here (a recursive walk, since items and quotes hold pieces of their own) and written out again in
the one form that it cannot misread. What needs no further reading (code, rules, heading levels) is
put aside, with a token between STX and ETX in its place (`characters.clean` removes both from the text).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from longwriter_desktop.document.counting import chinese_share
from longwriter_desktop.export.blocks import CodeBlock, Text
from longwriter_desktop.export.lines import (
    FENCE,
    ITEM,
    QUOTE,
    RULE,
    TABLE_DELIMITER,
    Mark,
    closes_fence,
    dedent,
    fence_length,
    indent_of,
    marks,
)

TOKEN = re.compile("^\x02([a-z]+)(\\d*)\x03 ?")
"""A token at the beginning of a paragraph: heading1 to heading6, aside (with a number), rule, line, nothing."""

DEEPEST_LIST = 9
"""Word numbers nine levels of lists; what is nested deeper stays on the ninth."""

_DEEPEST = 16  # lists and quotes together; deeper marks are text
_MOST_COLUMNS = 63  # of a table in Word
_CODE_INDENT = 4
_OWN_LINE = re.compile(r"\u3000|[ \t]*(?:[（(]\d{1,2}[）)]|[①-⑳])")
"""How Chinese begins a paragraph or a point: by full-width spaces, （1） or ①."""
_BOLD_LINE = re.compile(r"\*\*[^*]+\*\*[:：]?")
"""A line that is bold whole: models write it where others write a heading."""
_ITEM_INDENT = "    "  # the library's own
_CHILD_INDENT = 2  # a line indented by this much more than an item's mark belongs to the item
_MOST_MARKUP = 1000
"""The library takes minutes over thousands of brackets or backticks in a row, as a model in a loop writes them;
a paragraph with more than this many is taken literally (with this many it takes 0.1 s)."""
_CELL = re.compile(r"(?:^|\|)((?:\\.|[^|\\]|\\$)*)")


@dataclass(frozen=True, slots=True)
class _Piece:
    """The regular lines of one block. ``kind`` is "text" for a paragraph, "list", "quote" or "token" otherwise."""

    kind: str
    lines: list[str]


@dataclass
class _Walk:
    """A walk over the lines of one text, item or quote.

    ``depth`` counts the quotes and lists around it, ``lists`` the lists alone. ``literal`` says that no
    markup inside paragraphs is to be read.
    """

    lines: Sequence[str]
    aside: list[CodeBlock | Text]
    literal: bool
    depth: int = 0
    lists: int = 0
    marks: dict[int, Mark] = field(init=False)

    def __post_init__(self) -> None:
        self.marks = {mark.index: mark for mark in marks(self.lines)}

    def inside(self, lines: Sequence[str], lists: int) -> "_Walk":
        return _Walk(lines, self.aside, self.literal, self.depth + 1, self.lists + lists)


def regular(lines: Sequence[str], aside: list[CodeBlock | Text], shift: int = 0, *, literal: bool = False) -> list[str]:
    """``lines`` in the library's own form, headings ``shift`` levels lower.

    Code is put into ``aside``, and so are paragraphs that are to be taken as they are: those with a mass
    of brackets or asterisks, or all of them when ``literal`` is set.
    """
    walk = _Walk(lines, aside, literal)
    for mark in list(walk.marks.values()):
        if mark.level:
            level = min(6, mark.level + shift)
            walk.marks[mark.index] = Mark(mark.index, mark.kind, level, mark.text, mark.count)
    return _joined(_pieces(walk))


def token(name: str, number: int | None = None) -> str:
    return f"\x02{name}{'' if number is None else number}\x03"


def _joined(pieces: Sequence[_Piece]) -> list[str]:
    """The lines of ``pieces`` with a blank line between them; alike neighbours are kept from growing together."""
    lines: list[str] = []
    for before, piece in pairwise([None, *pieces]):
        assert piece is not None  # noqa: S101  only the first of the row is None
        if before is not None:
            lines.append("")
            if before.kind == piece.kind and piece.kind in ("list", "quote"):
                lines += [token("nothing"), ""]
        lines += piece.lines
    return lines


def _pieces(walk: _Walk) -> list[_Piece]:
    readers: list[Callable[[_Walk, int], tuple[list[_Piece], int]]] = [
        _fenced,
        _marked,
        _quote,
        _table,
        _list,
        _indented,
        _paragraph,
    ]
    pieces: list[_Piece] = []
    index = 0
    while index < len(walk.lines):
        if not walk.lines[index].strip():
            index += 1
            continue
        for reader in readers:
            found, end = reader(walk, index)
            if end > index:
                pieces += found
                index = end
                break
    return pieces


def _code_piece(walk: _Walk, text: str, language: str = "") -> _Piece:
    walk.aside.append(CodeBlock(text, language))
    return _Piece("token", [token("aside", len(walk.aside) - 1)])


def _text_piece(walk: _Walk, lines: Sequence[str]) -> _Piece:
    whole = "\n".join(line.strip() for line in lines)
    kept = _inlines(walk, whole)
    return _Piece("text", _paragraph_lines(lines) if kept == whole else [kept])


def _inlines(walk: _Walk, text: str) -> str:
    """``text`` for the library to read the markup in, or a token when it is to be taken literally."""
    if not walk.literal and sum(text.count(character) for character in "[`*_~<") <= _MOST_MARKUP:
        return text
    walk.aside.append(Text(text))
    return token("aside", len(walk.aside) - 1)


def _fenced(walk: _Walk, index: int) -> tuple[list[_Piece], int]:
    end = index + fence_length(walk.lines, index)
    opening = FENCE.match(walk.lines[index])
    if end == index or opening is None:
        return [], index
    body = list(walk.lines[index + 1 : end])
    if body and closes_fence(opening["fence"], body[-1]):
        body.pop()
    indent = indent_of(walk.lines[index])
    body = [line if indent == 0 else dedent(line, indent) for line in body]
    language = opening["info"].strip()
    if not "".join(body).strip() or len(language.split()) > 1:  # words that no reader would show otherwise
        body, language = [language, *body], ""
    text = "\n".join(body).strip("\n")
    return ([_code_piece(walk, text, language)] if text.strip() else []), end


def _marked(walk: _Walk, index: int) -> tuple[list[_Piece], int]:
    mark = walk.marks.get(index)
    if mark is None:
        return [], index
    if mark.level == 0:
        return [_Piece("token", [token("rule")])], index + 1
    pieces = [_Piece("token", [f"{token('heading', mark.level)} {_inlines(walk, mark.text)}"])] if mark.text else []
    return pieces, index + mark.count


def _quote(walk: _Walk, index: int) -> tuple[list[_Piece], int]:
    if QUOTE.match(walk.lines[index]) is None:
        return [], index
    inner: list[str] = []
    end = index
    while end < len(walk.lines) and walk.lines[end].strip():
        line = walk.lines[end]
        if QUOTE.match(line):
            inner.append(QUOTE.sub("", line, count=1))
        elif inner[-1].strip() and not _begins_block(walk, end):
            inner.append(line)
        else:
            break
        end += 1
    if walk.depth >= _DEEPEST:
        flat = [line.lstrip("> \t") for line in inner]
        return [_text_piece(walk, [line]) for line in flat if line.strip()], end
    lines = _joined(_pieces(walk.inside(inner, lists=0)))
    return [_Piece("quote", [f"> {line}".rstrip() for line in lines] or [f"> {token('nothing')}"])], end


# -- tables --------------------------------------------------------------------------------------------


def _begins_table(lines: Sequence[str], index: int) -> bool:
    if index + 1 >= len(lines) or "|" not in lines[index]:
        return False
    delimiter = lines[index + 1]
    return "|" in delimiter and TABLE_DELIMITER.match(delimiter) is not None


def _table(walk: _Walk, index: int) -> tuple[list[_Piece], int]:
    """A table with as many cells in each row as in its longest: the library would drop what is beyond the header."""
    if not _begins_table(walk.lines, index):
        return [], index
    end = index + 2
    while end < len(walk.lines) and "|" in walk.lines[end]:
        end += 1
    rows = [_cells(line) for line in walk.lines[index:end]]
    columns = max(len(row) for row in rows)
    if columns > _MOST_COLUMNS:
        return [_text_piece(walk, [line]) for line in walk.lines[index:end]], end
    rows[1] = [cell if set(cell) & {"-"} else "---" for cell in rows[1]]
    rows[1] += ["---"] * (columns - len(rows[1]))
    read = [rows[1] if row is rows[1] else [_inlines(walk, cell) for cell in row] for row in rows]
    full = [row + [""] * (columns - len(row)) for row in read]
    return [_Piece("token", [f"| {' | '.join(row)} |" for row in full])], end


def _cells(line: str) -> list[str]:
    bare = line.strip().removeprefix("|")
    cells = [cell.strip() for cell in _CELL.findall(bare)]
    return cells[:-1] if len(cells) > 1 and not cells[-1] else cells


# -- lists ---------------------------------------------------------------------------------------------


def _list(walk: _Walk, index: int) -> tuple[list[_Piece], int]:
    first = ITEM.match(walk.lines[index])
    if first is None or walk.lists >= DEEPEST_LIST or walk.depth >= _DEEPEST:
        return [], index
    highest = indent_of(walk.lines[index])
    start = number = int(first["number"] or 0)
    ordered = first["number"] is not None
    lines: list[str] = []
    count = 0
    while index < len(walk.lines):
        match = ITEM.match(walk.lines[index])
        if match is None or index in walk.marks:
            break
        nested = indent_of(walk.lines[index]) >= highest + _CHILD_INDENT and walk.lists + 1 < DEEPEST_LIST
        if lines and (nested or not _goes_on(match, ordered, number)):
            break
        number = int(match["number"] or 0)
        content, index = _item(walk, index, match)
        mark = f"{start + count}." if ordered else "-"
        lines += ([""] if lines else []) + _item_lines(walk, mark, content)
        count += 1
        while index < len(walk.lines) and not walk.lines[index].strip():
            index += 1
    return [_Piece("list", lines)], index


def _goes_on(match: re.Match[str], ordered: bool, number: int) -> bool:
    """Whether an item can follow one with ``number``; a number that jumps begins a list of its own."""
    if not ordered or match["number"] is None:
        return not ordered and match["number"] is None
    found = int(match["number"])
    return found == number + 1 or found == number == 1  # "1. 1. 1." counts as well


def _item(walk: _Walk, index: int, match: re.Match[str]) -> tuple[list[str], int]:
    """The lines inside the item at ``index``, without the indentation that makes them its own, and where it ends."""
    mark = indent_of(walk.lines[index])
    content = [match["content"]]
    children: list[int] = []
    fence = ""
    index += 1
    while index < len(walk.lines):
        line = walk.lines[index]
        item = ITEM.match(line)
        child = indent_of(line) >= mark + _CHILD_INDENT and not (item and walk.lists + 1 >= DEEPEST_LIST)
        if fence or (child and line.strip()):
            children.append(len(content))
            content.append(line)
            fence = _fence_after(line, fence)
        elif not line.strip():
            content.append("")
        elif _is_lazy(walk, index, content[-1]) and not (item and _follows(item, match)):
            content.append(line.lstrip(" \t"))
        else:
            break
        index += 1
    widths = [indent_of(content[at]) for at in children if content[at].strip()]
    own = len(match[0]) - len(match["content"]) - len(match["indent"]) + mark
    columns = min([own, *widths])
    for at in children:
        content[at] = dedent(content[at], columns)
    return content, index


def _follows(item: re.Match[str], before: re.Match[str]) -> bool:
    """Whether a line right under an item's text is an item again, and no year in the middle of a sentence."""
    if item["number"] is None or before["number"] is None:
        return item["number"] is before["number"]
    return 0 <= int(item["number"]) - int(before["number"]) <= 20


def _fence_after(line: str, fence: str) -> str:
    """The fence that is open after ``line`` when ``fence`` (or none, "") was open before it."""
    if fence:
        return "" if closes_fence(fence, line) else fence
    opening = FENCE.match(line)
    return opening["fence"] if opening is not None else ""


def _is_lazy(walk: _Walk, index: int, before: str) -> bool:
    """Whether the line at ``index`` goes on with the paragraph that ``before``, the line above, belongs to."""
    return bool(before.strip()) and FENCE.match(before) is None and not _begins_block(walk, index)


def _item_lines(walk: _Walk, mark: str, content: Sequence[str]) -> list[str]:
    pieces = _pieces(walk.inside(content, lists=1))
    if not pieces or pieces[0].kind != "text":
        pieces.insert(0, _Piece("text", [token("nothing")]))
    first, *rest = _joined(pieces)
    return [f"{mark} {first}"] + [f"{_ITEM_INDENT}{line}" if line else "" for line in rest]


# -- text ----------------------------------------------------------------------------------------------


def _indented(walk: _Walk, index: int) -> tuple[list[_Piece], int]:
    """Code by indentation, unless its lines are sentences: then the writer meant a first-line indent."""
    end = index
    while end < len(walk.lines) and (indent_of(walk.lines[end]) >= _CODE_INDENT or not walk.lines[end].strip()):
        end += 1
    body = [line for line in walk.lines[index:end] if line.strip()]
    if not body:
        return [], index
    if all(_reads_as_prose(line) for line in body):
        return [_text_piece(walk, [line]) for line in body], end
    text = "\n".join(dedent(line, _CODE_INDENT) for line in walk.lines[index:end]).strip("\n")
    return [_code_piece(walk, text)], end


def _reads_as_prose(line: str) -> bool:
    if chinese_share(line) > 0.5:
        return True
    return len(line.split()) >= 6 and line.rstrip().endswith((".", "!", "?", "…", "”", "’", '."'))


def _begins_block(walk: _Walk, index: int) -> bool:
    """Whether the line at ``index`` ends the paragraph above it."""
    line = walk.lines[index]
    if index in walk.marks or FENCE.match(line) or QUOTE.match(line) or _begins_table(walk.lines, index):
        return True
    if _OWN_LINE.match(line) or _is_under_bold_line(walk.lines, index):
        return True
    item = ITEM.match(line)
    if item is None:
        return False
    # A number in the middle of a sentence ("… ended in\n1945. It …") begins no list; CommonMark has the same rule.
    return bool(item["content"].strip()) and (item["bullet"] is not None or int(item["number"]) == 1)


def _is_under_bold_line(lines: Sequence[str], index: int) -> bool:
    """Whether right above ``index`` stands a line that is bold whole, at the beginning of its paragraph."""
    if index == 0 or (index > 1 and lines[index - 2].strip()):
        return False
    return _BOLD_LINE.fullmatch(lines[index - 1].strip()) is not None


def _paragraph(walk: _Walk, index: int) -> tuple[list[_Piece], int]:
    end = index + 1
    while end < len(walk.lines) and walk.lines[end].strip() and not _begins_block(walk, end):
        end += 1
    return [_text_piece(walk, walk.lines[index:end])], end


def _paragraph_lines(lines: Sequence[str]) -> list[str]:
    """A paragraph's lines, a backslash that breaks one taken off, marks of blocks escaped.

    Each end of a line breaks it, with or without Markdown's mark of a hard break: so the page shows it.
    """
    done = [lines[0].strip()]
    for before, line in pairwise(lines):
        if (len(before) - len(before.rstrip("\\"))) % 2:
            done[-1] = done[-1][:-1]
        done.append(line.strip())
    return [_escaped(line) for line in done]


def _escaped(line: str) -> str:
    """``line`` with a backslash where the library would take it for the beginning of a block."""
    if line[:1] in ("#", ">", "-", "+") or RULE.match(line) or line.startswith(("* ", "*\t")) or line == "*":
        return "\\" + line
    number = re.match(r"\d+(?=\.)", line)
    return f"{number[0]}\\{line[number.end() :]}" if number else line
