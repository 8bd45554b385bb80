"""Short headings and titles, taken from main points and instructions."""

import re

from longwriter_desktop.document.counting import chinese_share, count_words

_MOST_WORDS = 9
_MOST_CHINESE = 16
_QUOTES = " \"'“”《》【】"
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
    r"description|list)\s+(?:on|about|of|to|for|describing|regarding|that argues(?:\s+that)?)\s+(?:how to\s+)?",
    re.IGNORECASE,
)
_CHINESE_ASKING = re.compile(
    r"^(?:请|帮我|给我|请帮我|请为我|以)*(?:写|创作|撰写|设计|生成)?(?:一[篇个部份段章本首封])?"
    r"(?:大约|约)?(?:[\d,]+|[一二三四五六七八九十百千万]+)?字?(?:左右)?的?(?:关于)?"
)

_CHINESE_TEXT = re.compile(r"(?<=.)的(?:文章|短文|作文)$")
_CHINESE_KIND = re.compile(
    r"^.{0,4}(?:文章|文|报告|指南|手册|教程|小说|故事|童话|寓言|散文|随笔|论文|演讲稿|剧本|诗歌?|书信|日记|游记|传记|作文)$"
)
_CHINESE_SUBJECT = re.compile(
    r"(?:主题|题目|标题|题材|论点|主人公|主角)(?:是|为|[:：])\s*(?P<named>[^，。；！？\n]+)|"
    r"以(?P<about>[^，。；！？\n]{1,20}?)为(?:主题|题目?|主角)|"
    r"[，。](?:关于|研究|讲述|介绍|描写|讲|写)(?P<told>[^，。；！？\n]+)|"
    r"教[^，。；！？\n]{1,20}?学会(?P<taught>[^，。；！？\n]+)|"
    r"这一章里(?P<happens>[^，。；！？\n]+)"
)
"""Where an instruction such as "写一篇散文，主题是秋天" names its subject, after the kind of text."""
_CHINESE_THEME = re.compile(r"\s*(?:请|请你)?以(?P<about>[^，。；！？\n]{1,20}?)为(?:主题|题目?|主角)")
_ENGLISH_KIND = re.compile(
    r"^(?:an?\s+)?(?:[\w-]+\s+){0,2}(?:chapter|story|essay|novel)(?:\s+of\s+a\s+novel)?$", re.IGNORECASE
)
_ENGLISH_SUBJECT = re.compile(r"\bIn this chapter,?\s+(?P<happens>[^,.;!?\n]+)", re.IGNORECASE)


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
    rest = _CHINESE_TEXT.sub("", re.split(r"[,;，；]", rest, maxsplit=1)[0]).strip(_QUOTES)
    rest = _subject(rest, instruction) or rest
    if not _short(rest):
        rest = _shortened(rest)
    return _tidy(rest)


def _subject(kind: str, instruction: str) -> str:
    """What a text of a mere ``kind``, such as "散文", is to be about; "" where ``kind`` says more, or nothing does."""
    if begins := _CHINESE_THEME.match(instruction):
        return begins["about"].strip(_QUOTES)
    for is_kind, names in ((_CHINESE_KIND, _CHINESE_SUBJECT), (_ENGLISH_KIND, _ENGLISH_SUBJECT)):
        if is_kind.match(kind) and (found := names.search(instruction)):
            return str(found[found.lastgroup or 0]).strip(_QUOTES)
    return ""


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
