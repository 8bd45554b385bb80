"""Understanding a request: the asked length and the language, from the words of the instruction.

A length that is named in words counts before one in characters, pages or minutes, and a total before the
length of a part. Where none is named, a list or a set of questions is given a line or a paragraph each.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from longwriter_desktop.agentwrite.late_pattern import late
from longwriter_desktop.agentwrite.numerals import (
    CHINESE_NUMBER,
    ENGLISH_NUMBER,
    chinese_range,
    chinese_scale,
    chinese_value,
    english_scale,
    english_value,
)
from longwriter_desktop.document.counting import chinese_share

Language = Literal["en", "zh"]

MAX_WORDS = 100_000
"""Longer requests are taken for something else (a year, an amount)."""

_PAGE_WORDS, _PAGE_CHARACTERS = 250, 500
"""A standard manuscript page, in English words and in Chinese characters."""
_MINUTE_WORDS, _MINUTE_CHARACTERS = 130, 220
"""What is spoken in a minute."""
_LETTERS_A_WORD = 6
"""Characters of an English word with the space behind it, on average."""
_LINE_WORDS, _QUESTION_WORDS, _QUESTION_CHARACTERS = 20, 60, 100
"""An item of a list; a question with its answer."""
_MOST_PARTS = 100
_READ_FIRST, _READ_LAST = 4000, 2000


@dataclass(frozen=True, slots=True)
class Request:
    """What an instruction asks for; ``words`` is None when it names no length.

    ``evidence`` is the place of the instruction that the length was read from, "" without one.
    """

    words: int | None
    language: Language
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class _Length:
    """A length that was found; the one of the lowest ``rank`` counts, and of those the greatest."""

    words: float
    rank: int
    evidence: str


_Part = tuple[str, float]
"""A kind of part, such as "chapter", and how many of it the instruction names."""

_TOTAL, _WORDS, _CHARACTERS, _PAGES, _MINUTES, _ITEMS = range(6)


def understand(instruction: str) -> Request:
    """The length (in words) and the language that ``instruction`` asks for.

    Understood are forms such as "10,000-word", "5k words", "two and a half thousand words", "500 to 700 words",
    "5 chapters of 2,000 words each", "a 20-page report", "a ten-minute speech", "3000字", "一万五字", "千字文",
    "字数：1500-2000", "五篇…每篇400字", "十分钟的演讲稿". Of a range the point three quarters up counts.
    """
    text = _where_wishes_stand(instruction).translate(_NARROW)
    language = understand_language(instruction)
    found = [each for each in _lengths(text, language) if 1 <= round(each.words) <= MAX_WORDS]
    if not found:
        return Request(None, language)
    best = min(found, key=lambda each: (each.rank, -each.words))
    return Request(round(best.words), language, " ".join(best.evidence.split()))


def _where_wishes_stand(instruction: str) -> str:
    """The beginning and the end: what lies between in a very long instruction is material, not wishes."""
    if len(instruction) <= _READ_FIRST + _READ_LAST:
        return instruction
    return f"{instruction[:_READ_FIRST]}\n{instruction[-_READ_LAST:]}"


_NARROW = {wide: wide - 0xFEE0 for wide in range(ord("０"), ord("９") + 1)} | {
    ord(wide): narrow for wide, narrow in zip("～－〜．", "~-~.", strict=True)
}
"""Full-width digits and signs between them."""


def _lengths(text: str, language: Language) -> Iterator[_Length]:
    yield from _english_lengths(text, language)
    yield from _chinese_lengths(text)


# -- language --------------------------------------------------------------------------------------

_AFTER_LANGUAGE = (
    r"(?=\s*(?:$|[^\w\s]|\n)|\s+(?:language|characters|words|about|on|for|please|with|using|that|which|of|to|as)\b)"
)
_NOT_IN = late(
    r"(?:不要|不用|别|勿)[用以]?(?:英[文语]|中文|汉语)\w?|\bnot\s+in\s+(?:English|Chinese|Mandarin)", re.IGNORECASE
)
_IN_ENGLISH = late(
    r"[用以]英[文语]|英[文语](?:来?写|撰写|回答|作文|文章|短文|演讲|邮件|书信|版|故事)"
    rf"|\bin(?:to)?\s+(?:\w+\s+)?English{_AFTER_LANGUAGE}",
    re.IGNORECASE,
)
_IN_CHINESE = late(
    r"[用以](?:简体|繁体)?(?:中[文国]|汉[语字]|普通话)|(?:中文|汉语)(?:来?写|撰写|回答)"
    rf"|\bin(?:to)?\s+(?:(?:simplified|traditional|mandarin)\s+)?(?:Chinese|Mandarin){_AFTER_LANGUAGE}",
    re.IGNORECASE,
)


def understand_language(instruction: str) -> Language:
    """The language to write in: the one the instruction names, else the one it is written in."""
    instruction = _where_wishes_stand(instruction)
    wanted = _NOT_IN().sub("", instruction)
    if _IN_ENGLISH().search(wanted):
        return "en"
    if _IN_CHINESE().search(wanted):
        return "zh"
    return "zh" if chinese_share(instruction) > 0.4 else "en"


def _in_range(low: float | None, high: float) -> float:
    """Three quarters up a range; ``low`` of another order of magnitude is not the beginning of one."""
    return low + 0.75 * (high - low) if low is not None and high / 10 <= low < high else high


# -- English ---------------------------------------------------------------------------------------

_QUALITY = r"(?:English|Chinese|full|typed|printed|A4|A5|single[\s-]spaced|double[\s-]spaced|more|or\s+(?:so|more))"
_ENGLISH_LENGTH = late(
    rf"(?<![\w.,])(?:(?P<low>{ENGLISH_NUMBER})(?:\s*words|\s*pages|\s*minutes)?"
    rf"(?:\s*[-–—~]\s*|\s+(?:up\s+)?(?:to|and|or)\s+))??"
    rf"(?P<high>{ENGLISH_NUMBER})(?:\s*\+|[\s-]plus\b)?[\s-]*(?:(?P<quality>{_QUALITY})[\s-]+)?"
    r"(?P<unit>words?|pages?|characters|minutes?|mins?|hours?)\b"
    r"(?P<each>\s*(?:\(?each\b|apiece|per\s+\w+|for\s+each|every\b|in\s+each))?",
    re.IGNORECASE,
)
_ENGLISH_COLON = late(
    rf"\b(?:word\s+(?:count|limit|target)|words|length)\s*(?:[:=]|of|is)?\s*(?:about\s+|around\s+|under\s+)?"
    rf"(?:({ENGLISH_NUMBER})\s*[-–—~]\s*)?(\d[\d,]*(?:\.\d+)?\s?k?)\b",
    re.IGNORECASE,
)
_PART = (
    "chapter|section|part|article|post|entry|entrie|essay|story|storie|paragraph|letter|scene|act|episode|poem|"
    "module|lesson|email|review|day|week|speeche?|report|blog"
)
_ENGLISH_PARTS = late(
    rf"\b(?!an?\s+\d)(?P<count>{ENGLISH_NUMBER})[\s-]+(?:\w+[\s-]+)?(?P<part>{_PART})s?\b", re.IGNORECASE
)
_PARTS_OF = late(
    rf"\b(?P<count>{ENGLISH_NUMBER})\s+(?:\w+\s+)?(?:{_PART})s\s+(?:of|with|at)\s+"
    r"(?:about\s+|around\s+|approximately\s+|roughly\s+|at\s+least\s+|up\s+to\s+)?$",
    re.IGNORECASE,
)
_TIMES = late(rf"\b(?P<count>{ENGLISH_NUMBER})\s*(?P<sign>[x×*]|times)?\s*$", re.IGNORECASE)
_PLURAL_PART = late(rf"\s+(?:\w+\s+){{0,2}}(?:{_PART})s\b", re.IGNORECASE)
_SPOKEN = late(
    r"\b(?:speech|talk|presentation|lecture|toast|address|keynote|sermon|podcast|script|eulogy|monologue|voice-?over)\b",
    re.IGNORECASE,
)
_ENGLISH_LIST = late(
    rf"\blist\s+(?:of\s+)?(?:the\s+)?(?:top\s+|best\s+)?(?P<count>{ENGLISH_NUMBER})\b(?!\s*[-,.]?\s*words?)",
    re.IGNORECASE,
)
_ENGLISH_QUESTIONS = late(
    rf"\b(?:write|create|generate|design|make|give|prepare)\s+(?:me\s+|us\s+)?(?P<count>{ENGLISH_NUMBER})\s+"
    r"(?:[\w-]+\s+){0,3}(?:questions|exercises|quiz(?:zes)?)\b",
    re.IGNORECASE,
)


def _english_lengths(text: str, language: Language) -> Iterator[_Length]:
    parts = [(each["part"].lower(), english_value(each["count"]) or 1.0) for each in _ENGLISH_PARTS().finditer(text)]
    for match in _ENGLISH_LENGTH().finditer(text):
        number = _english_number(match)
        if number is not None:
            yield from _english_length(text, match, number, language, parts)
    for match in _ENGLISH_COLON().finditer(text):
        low = english_value(match[1]) if match[1] else None
        yield _Length(_in_range(low, english_value(match[2]) or 0.0), _WORDS, match[0])
    for pattern, each in ((_ENGLISH_LIST(), _LINE_WORDS), (_ENGLISH_QUESTIONS(), _QUESTION_WORDS)):
        for match in pattern.finditer(text):
            count = english_value(match["count"]) or 0.0
            if 3 <= count <= _MOST_PARTS:
                yield _Length(count * each, _ITEMS, match[0])


def _english_number(match: re.Match[str]) -> float | None:
    """The number of a length, three quarters up where it is a range; None when it is none."""
    high = english_value(match["high"])
    if high is None:
        return None
    low = english_value(match["low"]) if match["low"] else None
    scale = english_scale(match["high"])
    if low is not None and scale > 1 and english_scale(match["low"]) == 1 and low < high / scale:
        low *= scale  # "5-6k words", "two or three thousand words"
    return _in_range(low, high)


def _english_length(
    text: str, match: re.Match[str], number: float, language: Language, parts: list[_Part]
) -> Iterator[_Length]:
    before, after = _around(text, match)
    unit = match["unit"].lower()
    spelled = not match["high"][:1].isdigit()
    if unit.startswith("word"):
        if (spelled and number < 10) or _is_of_a_source(before):
            return  # "in two words", "a summary of a 10,000-word report"
        rank = _TOTAL if _is_total(before, after) else _WORDS
        yield _Length(number * (1 if rank == _TOTAL else _english_count(text, match, parts)), rank, match[0])
    elif unit == "characters" and number >= 100:
        chinese = language == "zh" or (match["quality"] or "").lower() == "chinese"
        yield _Length(number / (1 if chinese else _LETTERS_A_WORD), _CHARACTERS, match[0])
    elif unit.startswith("page") and not re.search(r"\b(?:first|last|next|read|reading|these|those)\s+$", before, re.I):
        spaced = 2 if (match["quality"] or "").lower().startswith(("single", "a4")) else 1
        yield _Length(number * _PAGE_WORDS * spaced * _english_count(text, match, parts), _PAGES, match[0])
    elif unit.startswith(("min", "hour")) and _SPOKEN().search(_sentence_around(text, match)):
        minutes = number * (60 if unit.startswith("hour") else 1)
        yield _Length(minutes * (_MINUTE_CHARACTERS if language == "zh" else _MINUTE_WORDS), _MINUTES, match[0])


def _is_of_a_source(before: str) -> bool:
    pattern = r"\b(?:summar\w+|abstract|synopsis|digest)\s+(?:of|to)\s+(?:an?|the|this|my|our)\s+$"
    return re.search(pattern, before[-60:], re.IGNORECASE) is not None


def _is_total(before: str, after: str) -> bool:
    return (
        re.search(r"\b(?:total|altogether|overall|in all)\b[^.;\n\d]{0,25}$", before[-50:], re.IGNORECASE) is not None
        or re.match(r"\s*(?:\(?in total|altogether|overall|in all\b|total\b)", after, re.IGNORECASE) is not None
    )


def _english_count(text: str, match: re.Match[str], parts: list[_Part]) -> int:
    """How many parts of the length are asked for; 1 when it is the whole text's."""
    before, after = _around(text, match)
    direct = _PARTS_OF().search(before[-80:])
    times = _TIMES().search(before[-40:])
    if direct is None and times is not None and (times["sign"] or _PLURAL_PART().match(after)):
        direct = times
    if direct is not None:
        return _count(english_value(direct["count"]))
    sentence_before = re.split(r"[.;!?\n](?!\d)", before)[-1]
    of_each = re.search(r"\b(?:each|every|per)\b(?P<rest>.*)$", sentence_before, re.IGNORECASE)
    if not match["each"] and of_each is None:
        return 1
    named = (match["each"] or "") + (of_each["rest"] if of_each else "")
    same = [count for part, count in parts if re.search(rf"\b{part[:4]}", named, re.IGNORECASE)]
    counts = same or [count for _, count in parts]
    return _count(counts[0]) if counts else 1


def _count(value: float | None) -> int:
    return round(value) if value is not None and 1 < value <= _MOST_PARTS else 1


def _around(text: str, match: re.Match[str]) -> tuple[str, str]:
    return text[max(0, match.start() - 160) : match.start()], text[match.end() : match.end() + 80]


def _sentence_around(text: str, match: re.Match[str]) -> str:
    before, after = _around(text, match)
    before = re.split(r"[.;!?。；！？\n](?!\d)", before)[-1]
    return before[-60:] + match[0] + re.split(r"[.;!?。；！？\n]", after)[0][:60]


# -- Chinese ---------------------------------------------------------------------------------------

_CHINESE_PART = r"(?:篇|章节|章|幕|节|部分|封|集|首|段|天|则|个部分|个故事|个段落|个章节|个)"
_CHINESE_LENGTH = late(
    rf"(?:(?P<low>{CHINESE_NUMBER})\s*个?(?:字|词)?\s*(?:至|到|[-–—~])\s*)?"
    rf"(?P<high>{CHINESE_NUMBER})\s*(?:[多余来几])?\s*(?:左右|上下|以上|以内)?\s*的?\s*个?\s*"
    r"(?:汉|中文|英文|英语)?(?P<unit>单词|字符|字|词)"
    r"(?!母|体|典|段|经|成语|诀|架|帖|幅|谜|句|节|面|眼|号|游戏|汇)"
    r"(?P<bound>\s*(?:左右|上下|以上|以内|之内|之间|以下))?"
)
_CHINESE_COLON = late(
    rf"(?:字数|篇幅|长度)[^\d{'零〇一二三四五六七八九十百千万两几壹贰叁肆伍陆柒捌玖拾佰仟'}。；;\n]{{0,8}}"
    rf"(?:({CHINESE_NUMBER})\s*字?\s*(?:至|到|[-–—~])\s*)?({CHINESE_NUMBER})"
)
_CHINESE_PAGES = late(
    rf"(?<!第)(?:(?P<low>{CHINESE_NUMBER}|半)\s*页?\s*(?:至|到|[-–—~])\s*)?(?P<high>{CHINESE_NUMBER}|半)\s*页(?!码|面|岩|眉|脚)"
)
_CHINESE_MINUTES = late(
    rf"(?:(?P<low>{CHINESE_NUMBER})\s*(?:分钟)?\s*(?:至|到|[-–—~])\s*)?(?P<high>{CHINESE_NUMBER}|半)\s*个?(?P<unit>分钟|小时)"
)
_CHINESE_SPOKEN = late("演讲|发言|致辞|演说|讲话|讲稿|台词|播客|脚本|口播|主持|说唱")
_CHINESE_PARTS = late(rf"(?<!第)(?P<count>{CHINESE_NUMBER})\s*(?P<part>{_CHINESE_PART})")
_CHINESE_EACH = late(rf"(?:每(?:一|个)?(?P<part>{_CHINESE_PART})?[^。；;\n]{{0,8}}|各[^。；;，,\n]{{0,6}})$")
_CHINESE_DIRECT = late(rf"(?P<count>{CHINESE_NUMBER})\s*{_CHINESE_PART}\s*(?:约|大约|各)?\s*$")
_CHINESE_QUESTIONS = late(
    rf"(?:出|写|设计|编写|生成|拟|给出)[^。；\n\d]{{0,6}}?(?P<count>{CHINESE_NUMBER})\s*(?:道|个)[^。；，,\n]{{0,20}}?题"
)
_LEAST_SPELLED = 20


def _chinese_lengths(text: str) -> Iterator[_Length]:
    parts = [(part["part"], chinese_value(part["count"])) for part in _CHINESE_PARTS().finditer(text)]
    for match in _CHINESE_LENGTH().finditer(text):
        number = _chinese_number(match)
        small = number < _LEAST_SPELLED and not match["high"][:1].isdigit() and not match["bound"]
        if small or (match["unit"] in ("词", "单词") and number < 50):
            continue  # "四字", as in a proverb
        before = text[max(0, match.start() - 20) : match.start()]
        total = re.search(r"(?:共计|总共|总字数|一共|合计|全文|共)[^。；\n]{0,6}$", before) is not None
        yield _Length(
            number * (1 if total else _chinese_count(text, match, parts)), _TOTAL if total else _WORDS, match[0]
        )
    for match in _CHINESE_COLON().finditer(text):
        low = chinese_value(match[1]) if match[1] else None
        yield _Length(_in_range(low, chinese_value(match[2])) * _chinese_count(text, match, parts), _WORDS, match[0])
    for match in _CHINESE_PAGES().finditer(text):
        yield _Length(_chinese_number(match) * _PAGE_CHARACTERS, _PAGES, match[0])
    for match in _CHINESE_MINUTES().finditer(text):
        if _CHINESE_SPOKEN().search(_sentence_around(text, match)):
            minutes = _chinese_number(match) * (60 if match["unit"] == "小时" else 1)
            yield _Length(minutes * _MINUTE_CHARACTERS, _MINUTES, match[0])
    for match in _CHINESE_QUESTIONS().finditer(text):
        count = chinese_value(match["count"])
        if 3 <= count <= _MOST_PARTS:
            yield _Length(count * _QUESTION_CHARACTERS, _ITEMS, match[0])


def _chinese_number(match: re.Match[str]) -> float:
    two = chinese_range(match["high"])
    if two is not None and not match["low"]:
        return _in_range(*two)
    high = _half_or(match["high"])
    low = _half_or(match["low"]) if match["low"] else None
    scale = chinese_scale(match["high"])
    if low is not None and scale > 1 and chinese_scale(match["low"]) == 1 and low < high / scale:
        low *= scale  # "三到五千字"
    return _in_range(low, high)


def _half_or(number: str) -> float:
    return 0.5 if number == "半" else chinese_value(number)


def _chinese_count(text: str, match: re.Match[str], parts: list[_Part]) -> int:
    before = text[max(0, match.start() - 20) : match.start()]
    direct = _CHINESE_DIRECT().search(before)
    if direct is not None:
        return _count(chinese_value(direct["count"]))
    each = _CHINESE_EACH().search(before)
    if each is None:
        return 1
    named = each["part"]
    same = [count for part, count in parts if named and (part in named or named in part) and count > 1]
    counts = same or [count for _, count in parts if count > 1]
    return _count(counts[0]) if counts else 1
