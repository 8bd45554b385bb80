"""Plans that are written as Markdown tables: each row as the numbered line that it stands for."""

import re

_RULE = re.compile(r"^[|\s:+-]*-{2,}[|\s:+-]*$")
_WORDS_TITLE = re.compile(r"word|length|字数|篇幅", re.IGNORECASE)
_NUMBER_TITLE = re.compile(
    r"^(?:#|no\.?|nr\.?|number|paragraph|section|chapter|step|part|序号|编号|段落|章节?)$", re.IGNORECASE
)


def is_table_row(row: str) -> bool:
    """Whether a line is a row of a table: cells between upright strokes."""
    return row.strip().startswith("|") and row.strip().count("|") >= 3


def table_lines(rows: list[str]) -> list[str]:
    """The lines of a text with each row of its table as "number. cells - Word Count: words"."""
    ruled = [place for place, row in enumerate(rows) if is_table_row(row) and _RULE.match(row.strip())]
    titles = _cells(rows[ruled[0] - 1]) if ruled and ruled[0] and is_table_row(rows[ruled[0] - 1]) else []
    left_out = {*ruled, *([ruled[0] - 1] if titles else [])}
    return [
        _line(_cells(row), titles) if is_table_row(row) else row
        for place, row in enumerate(rows)
        if place not in left_out
    ]


def _cells(row: str) -> list[str]:
    return [cell.strip().replace("**", "") for cell in row.strip().strip("|").split("|")]


def _line(cells: list[str], titles: list[str]) -> str:
    number, words = "-", ""
    texts: list[str] = []
    for place, cell in enumerate(cells):
        title = titles[place] if place < len(titles) else ""
        amount = re.fullmatch(r"(?:about|~|约)?\s*(\d[\d,]{0,9})\s*(?:words?|字)?", cell, re.IGNORECASE)
        if amount and (_WORDS_TITLE.search(title) or (place == len(cells) - 1 and place and not title)):
            words = f" - Word Count: {amount[1]} words"
        elif amount and (place == 0 or _NUMBER_TITLE.match(title)):
            number = f"{amount[1]}."
        elif cell:
            texts.append(cell)
    return f"{number} {': '.join(texts)}{words}"
