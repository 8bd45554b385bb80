"""Where paragraphs begin and end in plain Markdown, as Return and the keys that delete need to know."""

from PySide6.QtGui import QTextBlock, QTextCursor

PARAGRAPH = "\n\n"
"""What Markdown has between two paragraphs."""
_NOT_PROSE = ("- ", "* ", "+ ", ">", "|", "    ", "\t", "```", "~~~")
_Move = QTextCursor.MoveOperation


def is_prose(line: QTextBlock) -> bool:
    """Whether Return in this line begins a new paragraph; in lists, quotes, tables and code lines count."""
    text = line.text()
    number, dot, _ = text.lstrip().partition(". ")
    is_numbered = bool(dot) and number.isdigit()
    return line.length() > 1 and not text.startswith(_NOT_PROSE) and not is_numbered


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
