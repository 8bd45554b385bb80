"""Where paragraphs begin and end in plain Markdown, as Return and the keys that delete need to know."""

from PySide6.QtGui import QTextBlock, QTextCursor

from longwriter_desktop.ui.manuscript.typography import Role, role_of

PARAGRAPH = "\n\n"
"""What Markdown has between two paragraphs."""
_NOT_PROSE = ("- ", "* ", "+ ", ">", "|", "    ", "\t", "```", "~~~")
_FENCES = ("```", "~~~")
_Move = QTextCursor.MoveOperation


def is_prose(line: QTextBlock) -> bool:
    """Whether Return in this line begins a new paragraph; in lists, quotes, tables and code lines count."""
    return _is_prose(line.text())


def _is_prose(line: str) -> bool:
    number, dot, _ = line.lstrip().partition(". ")
    is_numbered = bool(dot) and number.isdigit()
    return bool(line.strip()) and not line.startswith(_NOT_PROSE) and not is_numbered


def is_gap(line: QTextBlock) -> bool:
    """Whether a line is all that stands between two paragraphs."""
    return role_of(line.blockFormat()) is Role.GAP and is_prose(line.previous()) and is_prose(line.next())


def breaks_around(before: str, inserted: str, after: str) -> tuple[str, str]:
    """The line ends to put in front of and behind ``inserted``, for it not to melt into the paragraphs around it.

    ``before`` and ``after`` are the text of a section up to there and from there on. What comes into the empty line
    between two paragraphs becomes one of its own, and so does what comes into the last of several empty lines. Within
    a line, below a list, a table or a quote and in code all stays as it is.
    """
    above, line = ("", *before.rsplit("\n", 2))[-2:]
    rest, below = (*after.split("\n", 2), "")[:2]
    if line.strip() or rest.strip() or not below.strip() or not inserted.strip() or _is_in_code(before):
        return "", ""
    lines = inserted.split("\n")
    follows = _is_prose(above) and bool(lines[0].strip())
    is_followed = _is_prose(below) and (_is_prose(above) or not above.strip()) and bool(lines[-1].strip())
    return "\n" * follows, "\n" * is_followed


def _is_in_code(before: str) -> bool:
    """Whether a block of code has begun and not ended in ``before``."""
    return sum(line.lstrip().startswith(_FENCES) for line in before.split("\n")) % 2 == 1


def over_paragraph_break(text: str, at: int, move: QTextCursor.MoveOperation) -> int | None:
    """Where deleting over the break between two paragraphs ends: it goes as a whole, as Return put it in.

    None where there is no such break at ``at``, or ``move`` is not by one character.
    """
    if move == _Move.PreviousCharacter:
        begin, end, target = at - len(PARAGRAPH), at, at - len(PARAGRAPH)
    elif move == _Move.NextCharacter:
        begin, end, target = at, at + len(PARAGRAPH), at + len(PARAGRAPH)
    else:
        return None
    is_break = begin > 0 and text[begin:end] == PARAGRAPH and text[begin - 1] != "\n" and text[end : end + 1] != "\n"
    return target if is_break else None
