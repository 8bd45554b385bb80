"""Where sentences end, in English and Chinese, in a text that is still growing."""

import re

_CLOSERS = "\"'”’»)\\]*_」』）》"
_END = re.compile(
    rf"(?:(?<![A-Z\s][A-Z])(?<!\b[A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bvs)(?<!e\.g)(?<!i\.e)"
    rf"[.!?…][{_CLOSERS}]*(?=\s)|[。！？…][{_CLOSERS}]*(?=[^{_CLOSERS}。！？…]))"
)
_END_OF_TEXT = re.compile(rf"[.!?…。！？][{_CLOSERS}]*\s*$")


def sentence_ends(text: str, start: int = 0) -> list[int]:
    """The places, from ``start`` on, right behind a sentence that is surely finished.

    A full stop counts only when something follows it, as a closing quotation mark may still come. The end
    of a line counts too, unless the line is a Markdown heading.
    """
    ends = [match.end() for match in _END.finditer(text, max(0, start - 1))]
    for match in re.finditer(r"\n", text[start:]):
        place = start + match.start()
        line = text[:place].rpartition("\n")[2].strip()
        if line and not line.startswith("#"):
            ends.append(len(text[:place].rstrip()))
    return sorted({end for end in ends if end > start})


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends where a sentence does (trailing space aside); True for no text."""
    return not text.strip() or bool(_END_OF_TEXT.search(text)) or text.endswith("\n")
