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
_KIND = (
    r"^(?:an?\s+|the\s+|some\s+)?(?:[\w-]+\s+){0,3}?"
    r"(?:article|essay|report|guide|introduction|story|post|paper|text|overview|thesis|speech|talk|letter|"
    r"newsletter|description|list)\s+"
)
_KIND_OF_TEXT = re.compile(
    rf"{_KIND}(?:on|about|of|to|for|describing|regarding|concerning|that argues(?:\s+that)?)\s+(?:how to\s+)?",
    re.IGNORECASE,
)
_READER = re.compile(
    rf"{_KIND}(?:for|to)\s+(?!\w+ing\b)[^,:;()]{{1,80}}?\s(?:on|about|regarding|concerning)\s+(?:how to\s+)?",
    re.IGNORECASE,
)
"""A text for somebody "on" or "about" something: what it is for comes first, what it is about after that."""
_ABOUT = re.compile(r"^(?:about|on)\s+", re.IGNORECASE)
_OUTLINE = re.compile(r"\boutline$|提纲|大纲", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;，；(（]|:\s|：|\s[-–—]+\s|——")
_CHINESE_ASKING = re.compile(
    r"^(?:请|帮我|给我|请帮我|请为我|以)*(?:[为给向][^，。；：写\n]{1,16}?(?=写|创作|撰写))?"
    r"(?:写|创作|撰写|设计|生成)?(?:一[篇个部份段章本首封])?"
    r"(?:大约|约)?(?:[\d,]+|[一二三四五六七八九十百千万]+)?字?(?:左右)?的?(?:关于)?"
)
_CHINESE_ABOUT = re.compile(r"^[^，。；：\n]{1,40}?(?:关于|有关)(?P<about>[^，。；：\n]+)")
_CHINESE_KINDS = (
    "文章|文|报告|指南|手册|教程|小说|故事|童话|寓言|散文|随笔|论文|演讲稿|剧本|诗歌?|书信|信|日记|游记|传记|作文"
)
_CHINESE_TEXT = re.compile(r"(?<=.)的(?:文章|短文|作文)$")
_CHINESE_TEXT_ABOUT = re.compile(rf"(?<=.)的[^的]{{0,6}}?(?:{_CHINESE_KINDS})$")
_CHINESE_KIND = re.compile(rf"^.{{0,4}}(?:{_CHINESE_KINDS})(?:[中里]的一[章节])?$")
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
    rest = _LENGTH.sub("", _ASKING.sub("", line))
    about = _READER if _READER.match(rest) else _KIND_OF_TEXT
    if told := _CHINESE_ABOUT.match(rest):
        rest = _CHINESE_TEXT_ABOUT.sub("", told["about"])
    else:
        rest = _CHINESE_ASKING.sub("", _ABOUT.sub("", about.sub("", rest))) or line
    rest = _CHINESE_TEXT.sub("", _first_clause(rest)).strip(_QUOTES)
    rest = _subject(rest, instruction) or rest
    if not _short(rest):
        rest = _shortened(rest)
    return _tidy(rest)


def _first_clause(text: str) -> str:
    """What stands before the first comma, colon, dash or bracket; after a colon behind a mere kind of text."""
    first, *others = _CLAUSE_END.split(text, maxsplit=1)
    said = first.strip()
    is_a_kind = _ENGLISH_KIND.match(said) or _CHINESE_KIND.match(said) or _OUTLINE.search(said)
    if others and is_a_kind and text[len(first) : len(first) + 1] in (":", "："):
        return _CLAUSE_END.split(others[0], maxsplit=1)[0] or first
    return first if first.strip() else text


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


_LEAST_WORDS, _LEAST_CHINESE = 3, 4
_OPENS_CLAUSE = frozenset("because since so that when where which while who whose why".split())
_OPENS_PHRASE = _OPENS_CLAUSE | frozenset(
    "across after against among and as at before behind between but by during for from how in into of on or through to "
    "under until with without".split()
)
_DANGLING = _OPENS_PHRASE | frozenset("a an the his her its their our your my".split())
_OPENS_CHINESE_PHRASE = "的与及并或和而对在从、"


def _shortened(text: str) -> str:
    """The longest beginning that is short enough and ends where a phrase ends; never in the middle of a word."""
    if chinese_share(text) > 0.5:
        most = min(len(text), _MOST_CHINESE)
        whole = [at for at in range(_LEAST_CHINESE, most + 1) if not _is_in_word(text, at)]
        ends = [at for at in whole if text[at : at + 1] in ("", *_OPENS_CHINESE_PHRASE)]
        return text[: max(ends or whole or [most])]
    words = text.split()
    ends = [
        at
        for at in range(_LEAST_WORDS, min(len(words), _MOST_WORDS + 1))
        if words[at].casefold() in _OPENS_PHRASE and words[at - 1].casefold() not in _DANGLING
    ]
    clauses = [at for at in ends if words[at].casefold() in _OPENS_CLAUSE]
    kept = words[: max(clauses or ends or [_MOST_WORDS])]
    while len(kept) > 2 and kept[-1].casefold() in _DANGLING:
        kept.pop()
    return " ".join(kept)


def _is_in_word(text: str, at: int) -> bool:
    """Whether letters or figures of one Latin word or number stand on both sides."""
    return at < len(text) and all(each.isascii() and each.isalnum() for each in text[at - 1 : at + 1])


def _tidy(text: str) -> str:
    text = re.sub(r"[*_#`\[\]]", "", text).strip(" \t.,:;-–—，：；。")
    return text[:1].upper() + text[1:]
