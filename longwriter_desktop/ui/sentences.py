"""Finding the template that a sentence of the core was made from, so that it can be shown in another language.

The core makes whole English sentences, with names and numbers in them. Its templates are collected from its source
(packaging/core_sentences.py); a sentence is compared with them, and its fields are put into the translated template.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

_FIELD = re.compile(r"\{[a-z_0-9]*\}")
_BETWEEN_SENTENCES = r"(?<=[.!?”]) (?=[A-Z“‘0-9])"
_JOINTS = (
    (re.compile(_BETWEEN_SENTENCES), ("", " ")),
    (re.compile(r"; "), ("；", "; ")),
    (re.compile(r", "), ("，", ", ")),
)
"""Where a message is taken apart that no template fits as a whole, and what joins its parts: after Chinese, else."""
_WIDE = ("，", "；", "：", "。")
_MOST_PARTS = 12
"""Of one message; what has more is not compared in all its parts."""
_DEEPEST = 4
"""How often a sentence may stand in a field of another one."""

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Template:
    """A sentence with fields.

    ``patterns`` are expressions that are tried in turn; ``landmark`` is its longest fixed part; ``quoted`` says which
    fields stand in quotation marks.
    """

    text: str
    patterns: tuple[str, ...]
    landmark: str
    quoted: tuple[bool, ...]

    def match(self, text: str) -> re.Match[str] | None:
        if self.landmark not in text:
            return None
        return next((match for pattern in self.patterns if (match := _compiled(pattern).fullmatch(text))), None)


class Sentences:
    """The templates of sentences, and what they become."""

    def __init__(self, texts: Iterable[str]) -> None:
        texts = tuple(dict.fromkeys(texts))
        self._fixed = frozenset(text for text in texts if not _FIELD.search(text))
        with_fields = [text for text in texts if text not in self._fixed]
        # What has the most words of its own says the most about a sentence, so it is tried first.
        with_fields.sort(key=lambda text: -len(_FIELD.sub("", text)))
        self._with_fields = tuple(_made(text) for text in with_fields)

    def translated(self, text: str, translate: Translate) -> str:
        """``text`` with every sentence in it that is known put through ``translate``, which takes a template.

        What is not known stays as it is: names, numbers, what the system says.
        """
        return "\n".join(self._line(line, translate, 0) for line in text.split("\n"))

    def _line(self, line: str, translate: Translate, depth: int) -> str:
        found = self._whole(line, translate, depth)
        return self._in_parts(line, translate, depth) if found is None else found

    def _whole(self, text: str, translate: Translate, depth: int) -> str | None:
        """``text`` as one sentence; None where no template fits it."""
        core = text.strip()
        if core in self._fixed:
            return text.replace(core, translate(core))
        if depth > _DEEPEST:
            return None
        for template in self._with_fields:
            if match := template.match(text):
                return self._filled(template, match, translate, depth)
        if text.endswith(".") and (found := self._whole(text[:-1], translate, depth + 1)) is not None:
            return f"{found}。"  # A sentence that was put together in pieces.
        return None

    def _filled(self, template: _Template, match: re.Match[str], translate: Translate, depth: int) -> str:
        # What stands in quotation marks is a name or somebody's text, whatever it looks like.
        fields = iter(
            value if quoted else self._line(value, translate, depth + 1)
            for value, quoted in zip(match.groups(), template.quoted, strict=True)
        )
        names = _FIELD.findall(template.text)
        values = dict(zip(names, fields, strict=True))
        return _FIELD.sub(lambda name: values.get(name.group(), name.group()), translate(template.text))

    def _in_parts(self, line: str, translate: Translate, depth: int) -> str:
        """Several sentences or clauses, one after another."""
        for between, joint in _JOINTS:
            parts = between.split(line)
            if 1 < len(parts) <= _MOST_PARTS and depth <= _DEEPEST:
                return self._joined(parts, joint, translate, depth)
        return line

    def _joined(self, parts: list[str], joint: tuple[str, str], translate: Translate, depth: int) -> str:
        """``joint`` is what stands between two parts: after one that is Chinese now, and otherwise."""
        shown, at, is_known = "", 0, False
        while at < len(parts):
            found, is_next_known, at = self._run(parts, at, joint[1], translate, depth)
            gap = joint[0] if is_known else joint[1]
            # What a known part begins with, such as a semicolon, is in its translation.
            shown += found if not shown or found.startswith(_WIDE) else f"{gap}{found}"
            is_known = is_next_known
        return shown

    def _run(self, parts: list[str], at: int, joint: str, translate: Translate, depth: int) -> tuple[str, bool, int]:
        """What a known run of ``parts`` from ``at`` on becomes, whether there is one, and where it ends.

        The longest run of sentences, for there are templates of several; the shortest of clauses, for a field takes in
        all that follows.
        """
        ends = range(at + 1, len(parts) + 1)
        for end in reversed(ends) if joint == " " else ends:
            run = joint.join(parts[at:end])
            for text in (run, f"{joint}{run}") if at else (run,):
                if (found := self._whole(text, translate, depth + 1)) is not None:
                    return found, True, end
        rest = self._in_parts(parts[at], translate, depth + 1)
        return rest, rest != parts[at], at + 1


def _made(text: str) -> _Template:
    fixed = _FIELD.split(text)
    patterns = [_pattern([re.escape(part) for part in fixed])]
    if " " in fixed[1:-1]:
        # Between two fields stands nothing but a blank: where it can, it is one between two sentences.
        patterns.insert(0, _pattern([r"(?<=[.!?”]) " if part == " " else re.escape(part) for part in fixed]))
    quoted = tuple(before.endswith("“") and after.startswith(("”", "…")) for before, after in pairwise(fixed))
    return _Template(text, tuple(patterns), max(fixed, key=len), quoted)


def _pattern(fixed: list[str]) -> str:
    """The expression of a template. A last field before the full stop does not take in the sentences that follow."""
    *before, last = fixed
    between = f"(?:(?!{_BETWEEN_SENTENCES}).)*?" if last == r"\." else ".*?"
    return f"{'(.*?)'.join(before)}({between}){last}" if before else last


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # One by one, when it is needed: all of them at once would stop the window for 100 ms.
    return re.compile(pattern, re.DOTALL)
