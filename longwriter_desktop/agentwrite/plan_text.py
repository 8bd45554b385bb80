"""A plan as text: AgentWrite lines, and lenient reading of whatever a model or a person wrote instead."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from longwriter_desktop.agentwrite.numerals import CHINESE_NUMBER, chinese_value
from longwriter_desktop.agentwrite.plan_table import is_table_row, table_lines
from longwriter_desktop.agentwrite.request import Language
from longwriter_desktop.document.counting import chinese_share
from longwriter_desktop.document.outline import Step

_MOST_WORDS = 1_000_000
_SIGNS = "零〇一二三四五六七八九十百"
_EXACT = re.compile(
    r"Paragraph (?P<en>\d{1,6}) - Main Point: (?P<en_point>.*) - Word Count: (?P<en_words>\d{1,9}) words"
    r"|段落(?P<zh>\d{1,6}) - 要点：(?P<zh_point>.*) - 字数：(?P<zh_words>\d{1,9})字"
)
_LABEL = re.compile(
    r"^[\W_]*(?:(?:paragraph|section|chapter|part|step|para|subtask)\s*#?(?P<en>\d{1,4}|[ivx]{1,5}\b)"
    rf"|(?:段落|步骤|部分|章节|第)\s*(?P<zh>\d{{1,4}}|[{_SIGNS}]{{1,5}})\s*(?:个?部分|段落|自然段|段|小节|节|章|步|篇)?)"
    r"\**\s*(?:[-–—:：.、,，)）]+\**\s*|\s+|$)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"^\**[(（\[]?(?:(?P<arabic>\d{{1,3}})(?:\.\d{{1,3}})*|(?P<signs>[{_SIGNS}]{{1,4}})(?=[、.)）．]))[)\]、）．.:：]+(?!\d)\**\s*"
)
_BULLET = re.compile(r"^(?:[-*+•·–—▪◦○●]\s+|[•·▪◦○●])(?:\[[ xX]\]\s+)?")
_HEADING = re.compile(r"^(#{1,6})\s+")
_POINT = re.compile(
    r"^[\W_]*(?:main\s+points?|main\s+idea|key\s+points?|points?|要点|主要内容|主旨|中心思想|内容)\**\s*[:：]\**\s*",
    re.IGNORECASE,
)
_ABOUT = r"(?:about|around|approximately|approx\.?|roughly|ca\.?|~|≈|约|大约|大概)?\s*"
_RANGE = r"(?:\s*(?:words|字)?\s*(?:-|–|—|~|～|to|至|到)\s*(?P<{0}2>\d[\d,，]{{0,9}}))?"
_LABELLED = (
    r"(?:target\s+)?(?:word\s*count|words|word\s+target|length|字数要求|字数|篇幅)\**\s*[:：]\s*\**\s*"
    + _ABOUT
    + r"(?P<a>\d[\d,，]{0,9})"
    + _RANGE.format("a")
    + r"\s*(?:words?|个?字|词)?(?:左右)?"
)
_PLAIN = (
    _ABOUT
    + r"(?P<b>\d[\d,，]{0,9})"
    + _RANGE.format("b")
    + r"[\s-]*(?:words?|个?字|词)(?:左右)?"
    + rf"|(?:约|大约)?(?P<c>{CHINESE_NUMBER})个?字(?:左右)?"
)
_BEFORE_WORDS = r"[\s\-–—,，;；:：.。(（\[【|*]{1,8}"
_AFTER_WORDS = r"[\s\])）】.。*]{0,8}$"
_WORDS = re.compile(rf"(?:{_BEFORE_WORDS}|^)(?:{_LABELLED}|{_PLAIN}){_AFTER_WORDS}", re.IGNORECASE)
_WORDS_STAND_IN = 90
"""Characters at the end of a line in which its word count is looked for."""
_TOTAL = re.compile(
    r"^[\W_]*(?:in total|total|overall|sum|总计|合计|总字数|共计)\W*(?:word count|words|length|字数)?\W*"
    r"(?:about|approximately|约)?\W*\d[\d,]*\s*(?:words?|字)?\W*$",
    re.IGNORECASE,
)
_SUBNUMBER = re.compile(r"^\**\d{1,2}(?P<deeper>(?:\.\d{1,2})+)[.)]?\**\s+")


@dataclass(frozen=True, slots=True)
class PlanText:
    """A plan as it was read: its steps, numbered from 1, and the number that stood at each, None for none."""

    steps: tuple[Step, ...]
    numbers: tuple[int | None, ...]


@dataclass
class _Line:
    """One line of a plan text: what it is, and what it says without number, label and word count."""

    kind: str  # "label", "number", "bullet", "heading" or "plain"
    depth: int  # of a heading its level, of others its indent in columns
    point: str
    words: int
    number: int | None = None
    is_attribute: bool = False


@dataclass
class _Item:
    """A step in the making."""

    line: _Line
    details: list[str] = field(default_factory=list)


def format_step(step: Step, language: Language) -> str:
    """One step as an AgentWrite plan line (Bai et al. 2024, appendix B)."""
    point = " ".join(step.main_point.split())
    if language == "zh":
        return f"段落{step.number} - 要点：{point} - 字数：{step.words}字"
    return f"Paragraph {step.number} - Main Point: {point} - Word Count: {step.words} words"


def format_plan(steps: tuple[Step, ...], language: Language) -> str:
    """The plan, one line a step, without a line end after the last."""
    return "\n".join(format_step(step, language) for step in steps)


def parse_plan(text: str) -> tuple[Step, ...]:
    """The steps of a plan, numbered from 1 in the order in which they stand; see `read_plan`."""
    return read_plan(text).steps


def read_plan(text: str) -> PlanText:
    """The steps of a plan, and the numbers that stood at them.

    Read are AgentWrite lines in English and Chinese, numbered and bulleted lists, Markdown headings and tables,
    and plain lines. A main point or word count on a line of its own belongs to the step above it, and so does a
    list below a heading or further to the right than an item. Where headings stand above numbered lines, those
    are the steps. When any line carries a number, bullet or label, lines without one are taken for talk around
    the plan and left out. A missing word count is 0.
    """
    items = _steps_of(_lines_of(text))
    steps: list[Step] = []
    numbers: list[int | None] = []
    for item in items:
        point = _with_details(item)
        if point:
            steps.append(Step(len(steps) + 1, point, item.line.words))
            numbers.append(item.line.number)
    return PlanText(tuple(steps), tuple(numbers))


def has_plan_form(text: str) -> bool:
    """Whether any line carries a number, bullet, heading sign or label, as lines of a plan do."""
    return any(line.kind != "plain" for line in _lines_of(text))


def missing_numbers(numbers: Iterable[int | None]) -> tuple[int, ...]:
    """The numbers that a plan text leaves out between the smallest and the largest that stand in it."""
    there = {number for number in numbers if number is not None}
    return tuple(number for number in range(min(there), max(there)) if number not in there) if there else ()


# -- lines -----------------------------------------------------------------------------------------


def _lines_of(text: str) -> list[_Line]:
    rows = [row for row in text.splitlines() if row.strip()]
    if sum(is_table_row(row) for row in rows) >= 2:
        rows = table_lines(rows)
    read = [_read_line(row) for row in rows if _EXACT.fullmatch(row.strip()) or not _TOTAL.match(row)]
    return [line for line in read if line.point or line.words or line.kind == "label"]


def _read_line(row: str) -> _Line:
    exact = _EXACT.fullmatch(row.strip())
    if exact is not None:
        number, point, words = (exact["en"], exact["en_point"], exact["en_words"]) if exact["en"] else (
            exact["zh"], exact["zh_point"], exact["zh_words"]
        )  # fmt: skip  # The three groups of the language that it is.
        return _Line("label", 0, point.strip(), int(words), int(number))
    indent = len(row.expandtabs(4)) - len(row.expandtabs(4).lstrip())
    kind, depth, number, rest = _marks(" ".join(row.split()), indent)
    rest = rest.replace("**", "").replace("__", "").strip()
    is_attribute = _POINT.match(rest) is not None or re.match(_LABELLED, rest, re.IGNORECASE) is not None
    rest, words = _without_words(rest)
    point = _POINT.sub("", rest).strip(" \t-–—,，;；|:：")
    return _Line(kind, depth, point, words, number, is_attribute and number is None)


def _marks(line: str, indent: int) -> tuple[str, int, int | None, str]:
    """The kind of a line, its depth, the number that it carries, and what is left of it."""
    heading = _HEADING.match(line)
    kind, depth, number = ("heading", len(heading[1]), None) if heading else ("plain", indent, None)
    line = line[heading.end() :] if heading else line
    label = _LABEL.match(line)
    if label is None:
        deeper = _SUBNUMBER.match(line)
        if deeper is not None and not heading:
            return "number", depth + 4 * deeper["deeper"].count("."), None, line[deeper.end() :]
        numbered = _NUMBER.match(line)
        bullet = None if numbered else _BULLET.match(line)
        if numbered is not None:
            kind = kind if heading else "number"
            number = _value(numbered["arabic"] or numbered["signs"])
        elif bullet is not None:
            kind = kind if heading else "bullet"
        marked = numbered or bullet
        line = line[marked.end() :] if marked else line
        label = _LABEL.match(line)
    if label is not None:
        kind = kind if heading else "label"
        number = _value(label["en"] or label["zh"])
        line = line[label.end() :]
    return kind, depth, number, line


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    roman = {"i": 1, "v": 5, "x": 10}
    if set(number.lower()) <= set(roman):
        values = [roman[sign] for sign in number.lower()]
        return sum(-each if each < max(values[place:]) else each for place, each in enumerate(values))
    return round(chinese_value(number))


def _without_words(line: str) -> tuple[str, int]:
    found = _WORDS.search(line, max(0, len(line) - _WORDS_STAND_IN))
    if found is None:
        return line, 0
    number = found["a2"] or found["a"] or found["b2"] or found["b"]
    words = int(re.sub("[,，]", "", number)) if number else round(chinese_value(found["c"]))
    return line[: found.start()], min(words, _MOST_WORDS)


# -- steps -----------------------------------------------------------------------------------------


def _steps_of(lines: list[_Line]) -> list[_Item]:
    if not any(line.kind != "plain" for line in lines):
        return [_Item(line) for line in lines]
    marked = [line for line in lines if line.kind != "plain" or line.is_attribute]
    listed = any(line.kind in ("label", "number") for line in marked)
    headings = [line for line in marked if line.kind == "heading"]
    if marked[0].kind == "heading" and listed and all(line.number is None for line in headings):
        marked = _without_chapters(marked)
    if (
        len(headings) > 1
        and headings[0] in marked
        and headings[0].depth < min(line.depth for line in headings[1:])
        and not headings[0].words
    ):
        marked.remove(headings[0])  # the title of the whole
    return _grouped(_without_parents(marked))


def _without_chapters(lines: list[_Line]) -> list[_Line]:
    """The lines without headings that stand above numbered lines: those headings are chapters."""
    kept = []
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else None
        if line.kind == "heading" and following is not None and following.kind in ("label", "number", "heading"):
            continue
        kept.append(line)
    return kept


def _without_parents(lines: list[_Line]) -> list[_Line]:
    """The lines without headings that stand right above deeper headings: what is written are the deeper ones."""
    kept = []
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else None
        deeper = following is not None and following.kind == "heading" and following.depth > line.depth
        if line.kind != "heading" or not deeper:
            kept.append(line)
    return kept


def _grouped(lines: list[_Line]) -> list[_Item]:
    """Steps with the lines that belong to them."""
    items: list[_Item] = []
    for line in lines:
        above = items[-1] if items else None
        if above is not None and line.is_attribute and _takes(above, line):
            _give(above, line)
        elif above is not None and _belongs(line, above):
            above.details.append(line.point)
            above.line.words += line.words
        elif line.kind != "plain":
            items.append(_Item(line))
    return items


def _takes(above: _Item, line: _Line) -> bool:
    """Whether a main point or word count on its own line is that of the step above."""
    return bool(line.words and not line.point and not above.line.words) or bool(line.point)


def _give(above: _Item, line: _Line) -> None:
    if line.point and above.line.point:
        above.details.insert(0, line.point)
    else:
        above.line = replace(above.line, point=above.line.point or line.point)
    above.line.words = above.line.words or line.words


def _belongs(line: _Line, above: _Item) -> bool:
    if line.kind == "bullet" and above.line.kind == "heading":
        return True
    if line.kind == "bullet" and above.line.kind in ("label", "number") and above.line.number is not None:
        return line.depth > above.line.depth
    return line.kind in ("bullet", "number") and above.line.kind != "heading" and line.depth > above.line.depth


def _with_details(item: _Item) -> str:
    if not item.details:
        return item.line.point
    chinese = chinese_share(item.line.point + item.details[0]) > 0.5
    joined = ("；" if chinese else "; ").join(detail for detail in item.details if detail)
    if not item.line.point:
        return joined
    return f"{item.line.point}：{joined}" if chinese else f"{item.line.point}: {joined}"
