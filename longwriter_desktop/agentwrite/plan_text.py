"""A plan as text: AgentWrite lines, and lenient reading of whatever a model or a person wrote instead."""

import re

from longwriter_desktop.agentwrite.request import Language
from longwriter_desktop.document.outline import Step

_LABEL = re.compile(
    r"^\W*(?:paragraph|section|chapter|part|step|para|段落|第)\s*(?P<number>\d+|[一二三四五六七八九十]+)?\s*(?:段落|段|节|章|部分)?\s*[-–—:：.、)）]*\s*",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:[-*+•·–—]|\(?\d{1,3}[.)、）．:：]|[（(]?[一二三四五六七八九十]{1,3}[、.)）])\s*")
_HEADING = re.compile(r"^\s*#{1,6}\s+")
_POINT = re.compile(
    r"^\W*(?:main point|main idea|key point|point|要点|主要内容|主旨|中心思想)\s*[:：]\s*", re.IGNORECASE
)
_WORDS = re.compile(
    r"[\s\-–—,，;；(（\[|]*(?:word count|words|length|字数|篇幅)\s*[:：]?\s*(?:about|around|approximately|约|大约)?\s*"
    r"(?P<a>\d[\d,]*)(?:\s*(?:-|–|to|至|到)\s*(?P<a2>\d[\d,]*))?\s*(?:words?|字|词)?[\])）.。]*\s*$"
    r"|[\s\-–—,，;；(（\[|]+(?:about|around|approximately|~|约|大约)?\s*(?P<b>\d[\d,]*)\s*(?:words?|字|词)[\])）.。]*\s*$",
    re.IGNORECASE,
)


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
    """The steps of a plan, numbered from 1 in the order in which they stand.

    Read are AgentWrite lines in English and Chinese, numbered and bulleted lists, Markdown headings and
    plain lines. When any line carries a number, bullet or label, lines without one are taken for talk
    around the plan and left out. A missing word count is 0.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    marked = [line for line in lines if _is_marked(line)]
    steps: list[Step] = []
    for line in marked or lines:
        point, words = _parse_line(line)
        if point:
            steps.append(Step(len(steps) + 1, point, words))
    return tuple(steps)


def has_plan_form(text: str) -> bool:
    """Whether any line carries a number, bullet, heading sign or label, as lines of a plan do."""
    return any(_is_marked(line.strip()) for line in text.splitlines())


def _is_marked(line: str) -> bool:
    label = _LABEL.match(line)
    return bool((label and label["number"]) or _BULLET.match(line) or _HEADING.match(line))


def _parse_line(line: str) -> tuple[str, int]:
    line = _HEADING.sub("", line)
    label = _LABEL.match(line)
    if label and label["number"]:
        line = line[label.end() :]
    else:
        line = _BULLET.sub("", line)
        label = _LABEL.match(line)
        if label and label["number"]:
            line = line[label.end() :]
    line = line.replace("**", "").strip()
    words = 0
    found = _WORDS.search(line)
    if found:
        number = found["a2"] or found["a"] or found["b"]
        words = int(number.replace(",", ""))
        line = line[: found.start()]
    line = _POINT.sub("", line).strip(" \t-–—,，;；|")
    return line, words
