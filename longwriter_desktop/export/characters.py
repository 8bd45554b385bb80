"""Which characters can leave the app, and which of them are East Asian."""

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""What XML 1.0 forbids (section 2.2) or discourages; tab and line ends are not among them."""

_LINE_END = re.compile("\r\n|[\r\x0b\x0c]")
_SURROGATE = re.compile("[\ud800-\udfff]")

EAST_ASIAN = "\u2e80-\u303f\u3041-\u30ff\u3105-\u312f\u31a0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
"""Chinese and Japanese letters and punctuation, as the inside of a regular expression's character class."""

_EAST_ASIAN = re.compile(f"[{EAST_ASIAN}\U00020000-\U0003ffff]")


def clean(text: str) -> str:
    """``text`` with "\\n" as its only line end and without what no file can hold.

    Control characters are dropped. Halves of a surrogate pair that stand side by side become the one
    character they mean, and lone ones, which UTF-8 cannot hold, are dropped.
    """
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return _FORBIDDEN.sub("", _LINE_END.sub("\n", text))


def one_line(text: str) -> str:
    """``text`` cleaned, in one line, with single spaces: what a title or a heading may be."""
    return " ".join(clean(text).split())


def has_east_asian(text: str) -> bool:
    return _EAST_ASIAN.search(text) is not None


def is_east_asian(character: str) -> bool:
    return _EAST_ASIAN.match(character) is not None
