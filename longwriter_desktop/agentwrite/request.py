"""Understanding a request: the asked length and the language, from the words of the instruction."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from longwriter_desktop.document.counting import chinese_share

Language = Literal["en", "zh"]

MAX_WORDS = 100_000
"""Longer requests are taken for something else (a year, an amount)."""

_PAGE_WORDS = 250
"""A standard manuscript page."""


@dataclass(frozen=True, slots=True)
class Request:
    """What an instruction asks for; ``words`` is None when it names no length."""

    words: int | None
    language: Language


def understand(instruction: str) -> Request:
    """The length (in words) and the language that ``instruction`` asks for.

    Understood are forms such as "10,000-word", "5k words", "five thousand words", "500 to 700 words",
    "3 chapters of 2,000 words each", "a 20-page report", "3000字", "一万字", "1.5万字", "字数：2000",
    "五篇…每篇400字". Of a range the point three quarters up counts; of several lengths the greatest.
    """
    candidates = [words for words in _lengths(instruction) if 1 <= words <= MAX_WORDS]
    return Request(max(candidates) if candidates else None, understand_language(instruction))


def understand_language(instruction: str) -> Language:
    """The language to write in: the one the instruction names, else the one it is written in."""
    if re.search(r"用英[文语]|英文(?:写|撰写|版)|以英[文语]|\bin English\b", instruction, re.IGNORECASE):
        return "en"
    if re.search(r"用中[文国]|\bin (?:Simplified |Mandarin )?Chinese\b|以中文", instruction, re.IGNORECASE):
        return "zh"
    return "zh" if chinese_share(instruction) > 0.4 else "en"


# -- English ---------------------------------------------------------------------------------------

_SMALL = {
    name: value
    for value, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
} | {"a": 0, "an": 0}
_TENS = {
    name: 10 * value
    for value, name in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SCALES = {"hundred": 100, "thousand": 1000}
_NUMBER_WORD = "|".join(sorted([*_SMALL, *_TENS, *_SCALES, "and"], key=len, reverse=True))
_SPELLED = rf"(?:(?:{_NUMBER_WORD})(?:[\s-]+(?:{_NUMBER_WORD}))*)"
_DIGITS = r"(?:\d{1,3}(?:[,\u00a0\u2009\u202f ]\d{3})+|\d+(?:\.\d+)?)(?:\s?k\b)?"
_ENGLISH_NUMBER = rf"(?:{_DIGITS}|{_SPELLED}(?=[\s-]))"
_ENGLISH_LENGTH = re.compile(
    rf"(?<![\w.,])(?:(?P<low>{_DIGITS}(?=\s*[-–—])|{_ENGLISH_NUMBER}(?=\s+\w))\s*(?:[-–—]|to|and|or)\s*)?"
    rf"(?P<high>{_ENGLISH_NUMBER})[\s+-]*(?:English\s+|or\s+(?:so|more)\s+)?(?P<unit>words?|pages?)\b"
    rf"(?P<each>\s*(?:each|per|apiece|for each|every))?",
    re.IGNORECASE,
)
_ENGLISH_COLON = re.compile(
    r"\b(?:word count|words|length)\s*(?:[:=]|of|is)\s*(?:about\s+|around\s+)?(\d[\d,]*(?:\.\d+)?\s?k?)\b",
    re.IGNORECASE,
)
_ENGLISH_PARTS = re.compile(
    rf"\b({_DIGITS}|{_SPELLED})[\s-]+(?:\w+[\s-]+)?"
    r"(?:chapters|sections|parts|articles|posts|entries|essays|stories|paragraphs|letters|scenes|acts|episodes|poems)\b",
    re.IGNORECASE,
)


def _english_value(number: str) -> float:
    number = number.strip().lower()
    if number[0].isdigit():
        thousand = number.endswith("k")
        return float(re.sub(r"[^\d.]", "", number)) * (1000 if thousand else 1)
    total = current = 0
    for word in re.split(r"[\s-]+", number):
        if word in _SCALES:
            current = max(current, 1) * _SCALES[word]
            if word == "thousand":
                total, current = total + current, 0
        else:
            current += _SMALL.get(word, _TENS.get(word, 0))
    return float(total + current)


def _in_range(low: float | None, high: float) -> int:
    if low is None or not 0 < low < high:
        return round(high)
    return round(low + 0.75 * (high - low))


def _english_lengths(text: str) -> Iterator[int]:
    parts = [_english_value(match[1]) for match in _ENGLISH_PARTS.finditer(text)]
    for match in _ENGLISH_LENGTH.finditer(text):
        low = _english_value(match["low"]) if match["low"] else None
        high = _english_value(match["high"])
        if low is not None and low < 100 <= high and low * 1000 < high:
            low *= 1000  # "5-6k words", "two or three thousand words"
        words = _in_range(low, high)
        if match["unit"].lower().startswith("page"):
            words *= _PAGE_WORDS
        before = text[max(0, match.start() - 24) : match.start()].lower()
        each = bool(match["each"]) or bool(re.search(r"\b(?:each|every|per \w+)\b[^.]*$", before))
        yield words * round(parts[0]) if each and parts and 1 < parts[0] <= 100 else words
    for match in _ENGLISH_COLON.finditer(text):
        yield round(_english_value(match[1]))


# -- Chinese ---------------------------------------------------------------------------------------

_CHINESE_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_CHINESE_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_CHINESE_NUMBER = r"(?:\d[\d,，]*(?:\.\d+)?\s*[千万kKwW]?|[零〇一二两三四五六七八九十百千万]+)"
_CHINESE_LENGTH = re.compile(
    rf"(?P<low>{_CHINESE_NUMBER})?\s*(?P<join>至|到|[-–—~～])?\s*"
    rf"(?P<high>{_CHINESE_NUMBER})\s*(?:多|余|个)?(?:汉|英文)?(?:字|词|个字)(?!母|体|典|符|段)"
)
_CHINESE_COLON = re.compile(rf"(?:字数|篇幅|长度)[^\d零〇一二两三四五六七八九十百千万。；\n]{{0,8}}({_CHINESE_NUMBER})")
_CHINESE_PARTS = re.compile(rf"({_CHINESE_NUMBER})\s*(?:篇|章|幕|节|部分|封|集|首|段|个故事)")
_CHINESE_EACH = re.compile(r"每(?:一)?(?:篇|章|幕|节|部分|封|集|首|段|天|个|则)[^。；\n]{0,6}$")


def _chinese_value(number: str) -> float:
    number = number.strip()
    if number[0].isdigit():
        scale = {"千": 1000, "k": 1000, "万": 10_000, "w": 10_000}.get(number[-1].lower(), 1)
        return float(re.sub(r"[^\d.]", "", number)) * scale
    total = section = digit = 0
    last_scale = 1
    for sign in number:
        if sign in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS[sign]
            continue
        last_scale = _CHINESE_SCALES[sign]
        if last_scale == 10_000:
            total, section = (total + section + digit or 1) * last_scale, 0
        else:
            section += (digit or 1) * last_scale
        digit = 0
    trailing = digit * last_scale // 10 if digit and last_scale > 10 and number[-2:-1] in _CHINESE_SCALES else digit
    return float(total + section + trailing)


def _chinese_lengths(text: str) -> Iterator[int]:
    parts = [_chinese_value(match[1]) for match in _CHINESE_PARTS.finditer(text)]
    for match in _CHINESE_LENGTH.finditer(text):
        low = _chinese_value(match["low"]) if match["low"] and match["join"] else None
        high = match["high"] if match["join"] or not match["low"] else match["low"] + match["high"]
        words = _in_range(low, _chinese_value(high))
        each = bool(_CHINESE_EACH.search(text[max(0, match.start() - 12) : match.start()]))
        yield words * round(parts[0]) if each and parts and 1 < parts[0] <= 100 else words
    for match in _CHINESE_COLON.finditer(text):
        yield round(_chinese_value(match[1]))


def _lengths(instruction: str) -> Iterator[int]:
    yield from _english_lengths(instruction)
    yield from _chinese_lengths(instruction)
