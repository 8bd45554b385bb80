"""Which main points say too little to write a section from."""

import re

from longwriter_desktop.document.counting import chinese_share, count_words

_FEWEST_WORDS, _FEWEST_CHARACTERS = 3, 4
_PLACEHOLDER = re.compile(
    r"^\W*(?:(?:describe |insert |add |write )?(?:the |your )?(?:main )?(?:point|idea|topic|content)s?"
    r"(?: of (?:the|this) (?:paragraph|section|part))?(?:, in detail)?(?: here)?|tb[cd]|to be (?:done|written|decided)"
    r"|lorem ipsum.*|(?:(?:该|此|这一)?段落?的?)?(?:主要)?(?:要点|内容)(?:，?要具体)?|待定|待写|暂无|同上)\W*$",
    re.IGNORECASE,
)


def is_vague(main_point: str) -> bool:
    """Whether a main point is a placeholder, or has fewer than three words (four Chinese characters)."""
    fewest = _FEWEST_CHARACTERS if chinese_share(main_point) > 0.5 else _FEWEST_WORDS
    return count_words(main_point) < fewest or is_placeholder(main_point)


def is_placeholder(main_point: str) -> bool:
    """Whether a main point is blank, or one of the words for "to be written", also behind a title."""
    behind = re.split("[:：]", main_point.rstrip(" :："), maxsplit=1)[-1]
    return not count_words(main_point) or not re.search(r"\w", behind) or _PLACEHOLDER.match(behind) is not None
