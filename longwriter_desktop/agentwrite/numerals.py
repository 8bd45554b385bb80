"""Numbers as people write them in English and Chinese: digits, words, characters, and mixes of these."""

import re

# -- English ---------------------------------------------------------------------------------------

_ONES = {
    name: float(value)
    for value, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
} | {"few": 3.0, "couple": 2.0, "several": 3.0, "half": 0.5}
_TENS = {
    name: 10.0 * value
    for value, name in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SCALES = {"hundred": 100.0, "dozen": 12.0, "thousand": 1000.0, "million": 1_000_000.0}
_FILLERS = frozenset(["a", "an", "and", "of"])

_FIRST_WORD = "|".join(sorted([*_ONES, *_TENS, *_SCALES, "a", "an"], key=len, reverse=True))
_NEXT_WORD = "|".join(sorted([*_ONES, *_TENS, *_SCALES, *_FILLERS], key=len, reverse=True))
_SPELLED = rf"\b(?:{_FIRST_WORD})(?:[\s-]{{1,3}}(?:{_NEXT_WORD})){{0,9}}\b"
_DIGITS = (
    r"(?:\d{1,3}(?:[,.'\u00a0\u2009\u202f ]\d{3}){1,3}(?!\d)|\d{1,9}(?:\.\d{1,9})?)"
    r"(?:\s?k\b|[\s-](?:hundred|thousand|million)\b)?"
)

ENGLISH_NUMBER = rf"(?:{_DIGITS}|{_SPELLED})"
"""A pattern, to be used without regard to case; what it finds may still be no number (`english_value`).

This one and the Chinese one are bounded in all directions, because instructions may be pasted books.
"""


def english_value(text: str) -> float | None:
    """The value of "10,000", "1.5k", "3 thousand", "two and a half thousand", "a few hundred"; None for "a" alone."""
    text = text.strip().lower()
    if text[:1].isdigit():
        number = re.sub(r"[\s-]*(?:k|[a-z]{3,})$", "", text)
        return float(re.sub(r"[^\d.]", "", _ungrouped(number))) * english_scale(text)
    total = current = 0.0
    counted = False
    for word in re.split(r"[\s-]+", text):
        if word in _FILLERS:
            continue
        counted = True
        if word in _ONES or word in _TENS:
            current += _ONES.get(word, 0.0) + _TENS.get(word, 0.0)
        elif _SCALES[word] >= 1000:
            total, current = total + (current or 1.0) * _SCALES[word], 0.0
        else:
            current = (current or 1.0) * _SCALES[word]
    return total + current if counted else None


def _ungrouped(number: str) -> str:
    """A dot before groups of three digits parts thousands, as in "10.000"; any other is a decimal point."""
    return number.replace(".", "") if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+", number) else number


def english_scale(text: str) -> float:
    """What a number is counted in: 1,000 for "5k" and "six thousand", 100 for "two hundred", else 1."""
    text = text.strip().lower()
    if re.search(r"\d\s?k$", text):
        return 1000.0
    return _SCALES.get(re.split(r"[\s-]+", text)[-1], 1.0)


# -- Chinese ---------------------------------------------------------------------------------------

_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬俩〇KkWw，", "一二三四五六七八九十百千万两零千千万万,")
_CHINESE_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "几": 3, "数": 3}
_CHINESE_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_SIGNS = "零〇一二三四五六七八九十百千万两俩壹贰叁肆伍陆柒捌玖拾佰仟萬"
_SCALE_SIGNS = "十百千万拾佰仟萬kKwW"
_ARABIC = r"(?:\d{1,3}(?:[,， ]\d{3}){1,3}(?!\d)|\d{1,9}(?:\.\d{1,9})?)"

CHINESE_NUMBER = (
    rf"(?:(?:\d{{1,9}}(?:\.\d{{1,9}})?\s?[{_SCALE_SIGNS}]{{1,2}}){{0,4}}{_ARABIC}\s?[{_SCALE_SIGNS}]{{0,2}}"
    rf"|(?:\d{{1,9}}(?:\.\d{{1,9}})?\s?[{_SCALE_SIGNS}]{{1,2}}){{1,4}}"
    rf"|(?:[数几](?=[十百千万]))?[{_SIGNS}]{{1,12}}(?:几[十百千万]{{1,2}})?)"
)
"""A pattern for numbers in digits, Chinese signs, or both ("1万2千")."""

_TOKEN = re.compile(r"[\d, ]*\d(?:\.\d+)?|[零一二三四五六七八九两几数十百千万]")
_TWO_DIGITS = re.compile(r"^([一二三四五六七八九两])([一二三四五六七八九两])([十百千万]+)$")


def chinese_value(text: str) -> float:
    """The value of "3000", "1.5万", "1万2千", "三千五百", "一万五", "二〇〇〇", "贰仟", "几千" (three of them)."""
    text = text.strip().translate(_FORMAL)
    if re.fullmatch("[零一二三四五六七八九两]{2,}", text):
        return float("".join(str(_CHINESE_DIGITS[sign]) for sign in text))
    total = section = 0.0
    digit: float | None = None
    last, after_scale, shortened = 1, False, False
    for token in _TOKEN.findall(text):
        if token not in _CHINESE_SCALES:
            digit = float(_CHINESE_DIGITS[token]) if token in _CHINESE_DIGITS else float(re.sub(r"[, ]", "", token))
            shortened, after_scale = after_scale and last > 10 and 0 < digit < 10, False
            continue
        last, after_scale = _CHINESE_SCALES[token], True
        if last == 10_000:
            total, section = ((total + section + (digit or 0.0)) or 1.0) * last, 0.0
        elif section and digit is None:
            section *= last  # "2百千" and other slips of the pen
        else:
            section += (1.0 if digit is None else digit) * last
        digit = None
    rest = digit or 0.0
    return total + section + (rest * last / 10 if shortened else rest)  # "一万五" is 15,000


def chinese_range(text: str) -> tuple[float, float] | None:
    """The two values of "三五千" (3,000 and 5,000) or "三四百"; None for a single number."""
    found = _TWO_DIGITS.match(text.strip().translate(_FORMAL))
    if found is None:
        return None
    low, high = chinese_value(found[1] + found[3]), chinese_value(found[2] + found[3])
    return (low, high) if low < high else None


def chinese_scale(text: str) -> int:
    """What a number is counted in: 10,000 for "1.5万", 1,000 for "五千", else 1."""
    return _CHINESE_SCALES.get(text.strip().translate(_FORMAL)[-1:], 1)
