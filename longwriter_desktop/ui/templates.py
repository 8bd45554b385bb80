"""What an instruction can begin with: templates with places to fill in, and whole examples."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QT_TRANSLATE_NOOP

from longwriter_desktop.paths import resource_path
from longwriter_desktop.ui.translation import translate

_NAMES = {
    "report": QT_TRANSLATE_NOOP("Templates", "Report"),
    "essay": QT_TRANSLATE_NOOP("Templates", "Essay"),
    "guide": QT_TRANSLATE_NOOP("Templates", "Guide"),
    "story": QT_TRANSLATE_NOOP("Templates", "Short story"),
    "novel": QT_TRANSLATE_NOOP("Templates", "Novel chapter"),
    "paper": QT_TRANSLATE_NOOP("Templates", "Paper"),
}
KINDS = tuple(_NAMES)
"""The templates by the words that the files in resources/start have for them, in the order in which they are shown."""
_PLACE = re.compile(r"\[[^\[\]\n]+\]|【[^【】\n]+】")


@dataclass(frozen=True, slots=True)
class Example:
    """A whole instruction. ``name`` is short, and in the language of the text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Beginnings:
    """All that the box can be filled with in one language; ``templates`` by their kind."""

    templates: dict[str, str]
    examples: tuple[Example, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The templates, then the examples: the same place in another language is the same text in that language."""
        return (*self.templates.values(), *(example.text for example in self.examples))


@cache
def beginnings(language: str) -> Beginnings:
    """What ships for ``language``: "zh", or English for any other."""
    file = resource_path("start", "zh.toml" if language == "zh" else "en.toml")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    templates = {kind: table["templates"][kind].strip() for kind in KINDS}
    return Beginnings(templates, tuple(Example(each["name"], each["text"].strip()) for each in table["examples"]))


def kind_name(kind: str) -> str:
    """What the template ``kind`` is called on its button."""
    return translate("Templates", str(_NAMES[kind]))


def places(text: str) -> list[tuple[int, int]]:
    """Where ``text`` has places to fill in, brackets included: begin and end in characters."""
    return [match.span() for match in _PLACE.finditer(text)]
