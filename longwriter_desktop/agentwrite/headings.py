"""Short headings and titles, taken from main points and instructions."""

import re

from longwriter_desktop.document.counting import chinese_share, count_words

_MOST_WORDS = 9
_MOST_CHINESE = 16
_LEAD_IN = re.compile(
    r"^(?:introduc(?:e|es|ing|tion to|tion of)|describ(?:e|es|ing)|discuss(?:es|ing)?|explain(?:s|ing)?|"
    r"explor(?:e|es|ing)|"
    r"outlin(?:e|es|ing)|summari[sz](?:e|es|ing)|analy[sz](?:e|es|ing)|present(?:s|ing)?|examin(?:e|es|ing)|"
    r"detail(?:s|ing)?|"
    r"highlight(?:s|ing)?|provid(?:e|es|ing)|conclud(?:e|es|ing) with|介绍|描述|讨论|分析|阐述|说明|探讨|总结|概述)\s*"
    r"(?:the reader to\s+)?",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"^\s*(?:please\s+)?(?:can you\s+|could you\s+|i want you to\s+|i need\s+|help me(?: to)?\s+)?"
    r"(?:write|generate|create|draft|compose|tell|give|prepare|design|make|produce|establish)\s+(?:me\s+|us\s+)?",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"\b(?:(?:a|an|the)\s+)?(?:about\s+|around\s+|approximately\s+)?[\d,.]+\s?k?[\s-]*words?\b(?:\s+(?:long|of))?\s*",
    re.IGNORECASE,
)
_KIND_OF_TEXT = re.compile(
    r"^(?:an?\s+|the\s+|some\s+)?(?:[\w-]+\s+){0,3}?"
    r"(?:article|essay|report|guide|introduction|story|post|paper|text|overview|thesis|speech|newsletter|"
    r"description|list)\s+(?:on|about|of|to|for|describing|regarding)\s+(?:how to\s+)?",
    re.IGNORECASE,
)
_CHINESE_ASKING = re.compile(
    r"^(?:请|帮我|给我|请帮我|请为我|以)*(?:写|创作|撰写|设计|生成)?(?:一[篇个部份段]|[关]于)?(?:大约|约)?\d*字?(?:的|关于)?"
)


def split_main_point(line: str) -> tuple[str, str]:
    """A planned line "title: what the part says" as heading and main point; the main point keeps both.

    Without a usable title in front, the heading is made from the main point.
    """
    line = " ".join(line.split())
    match = re.match(r"^(.{2,80}?)\s*[:：]\s*(\S.*)$", line)
    if match and _short(match[1]):
        return _tidy(match[1]), line
    return heading_from(line), line


def heading_from(main_point: str) -> str:
    """A short heading for a main point: its first clause without "Introduce" and the like, "" when that is long."""
    text = _LEAD_IN.sub("", " ".join(main_point.split()).strip(" .。"))
    clause = re.split(r"[,:;.，：；。、]|\s[-–—]\s|\s\(|\b(?:including|which|such as|how|and how)\b", text, maxsplit=1)[
        0
    ]
    clause = clause.strip() or text
    return _tidy(clause) if _short(clause) else ""


def title_from(instruction: str) -> str:
    """A title for a document, from the words of its instruction."""
    line = next((part.strip() for part in re.split(r"[\n.?!。？！]", instruction) if part.strip()), "")
    rest = _KIND_OF_TEXT.sub("", _LENGTH.sub("", _ASKING.sub("", line)))
    rest = _CHINESE_ASKING.sub("", rest) or line
    rest = re.split(r"[,;，；]", rest, maxsplit=1)[0].strip(" \"'“”《》")
    if not _short(rest):
        rest = _shortened(rest)
    return _tidy(rest)


def _short(text: str) -> bool:
    if chinese_share(text) > 0.5:
        return count_words(text) <= _MOST_CHINESE
    return 0 < len(text.split()) <= _MOST_WORDS


_DANGLING = frozenset("a an and as at but by for from in into of on or that the to with his her its their".split())


def _shortened(text: str) -> str:
    if chinese_share(text) > 0.5:
        return text[:_MOST_CHINESE]
    words = text.split()[:_MOST_WORDS]
    while len(words) > 2 and words[-1].casefold() in _DANGLING:
        words.pop()
    return " ".join(words)


def _tidy(text: str) -> str:
    text = re.sub(r"[*_#`\[\]]", "", text).strip(" \t.,:;-–—，：；。")
    return text[:1].upper() + text[1:]
