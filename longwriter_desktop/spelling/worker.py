"""The process that looks words up: ``python -m longwriter_desktop.spelling.worker``.

It takes requests on standard input and answers each on standard output, in lines of JSON. Hunspell reads
dictionaries from anywhere, keeps Python's lock while it thinks about suggestions, which takes up to a second,
and may fail: here the window notices none of it. When its input ends, whoever asked has gone, and so does it.

    {"load": LANGUAGE, "folder": FOLDER}      {"loaded": LANGUAGE} or {"problem": SENTENCE}
    {"check": [WORD, …]}                      {"wrong": [WORD, …], "right": [WORD, …]}
    {"suggest": WORD}                         {"suggestions": [WORD, …], "of": WORD}
"""

import json
import sys
import unicodedata
from typing import Any

from hunspell import Hunspell, HunspellFilePathError  # type: ignore[import-untyped] # written in Cython

_MOST_SUGGESTIONS = 6
_SAMPLE = 400
"""Words of a dictionary that tell in which scripts it is written."""


class LookUp:
    """Answers requests about one dictionary. Before one is loaded, every word is right."""

    def __init__(self) -> None:
        self._dictionary: Any = None
        self._scripts: frozenset[str] = frozenset()
        self._is_english = False

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        match request:
            case {"load": str(language), "folder": str(folder)}:
                return self._load(language, folder)
            case {"check": list(words)}:
                wrong = [word for word in words if not self._is_right(word)]
                return {"wrong": wrong, "right": sorted(set(words) - set(wrong))}
            case {"suggest": str(word)}:
                return {"suggestions": self._suggestions(word), "of": word}
        return {"problem": "The request is not known."}

    def _load(self, language: str, folder: str) -> dict[str, Any]:
        try:
            self._dictionary = Hunspell(language, hunspell_data_dir=folder, system_encoding="UTF-8")
            self._scripts = _scripts_in(f"{folder}/{language}.dic", self._dictionary._dic_encoding)
        except (HunspellFilePathError, OSError, LookupError) as problem:
            self._dictionary = None
            return {"problem": f"The spelling dictionary {language} in {folder} cannot be read ({problem})."}
        self._is_english = language.startswith("en")
        return {"loaded": language}

    def _is_right(self, word: str) -> bool:
        if self._dictionary is None or not _script_of(word) <= self._scripts:
            return True  # A dictionary says nothing about letters of another script.
        stem = word.removesuffix("'s") if self._is_english else word  # not every noun's possessive is in it
        try:
            return any(map(self._dictionary.spell, {word, stem} - {""}))
        except UnicodeEncodeError:
            return True

    def _suggestions(self, word: str) -> list[str]:
        if self._dictionary is None:
            return []
        try:
            return list(self._dictionary.suggest(word))[:_MOST_SUGGESTIONS]
        except UnicodeEncodeError:
            return []


def _scripts_in(path: str, encoding: str) -> frozenset[str]:
    with open(path, encoding=encoding, errors="ignore") as lines:  # noqa: PTH123 - a path as Hunspell was given it
        next(lines, "")
        sample = [line.partition("/")[0].strip() for line, _ in zip(lines, range(_SAMPLE), strict=False)]
    return frozenset().union(*(_script_of(word) for word in sample)) or frozenset({"LATIN"})


def _script_of(word: str) -> frozenset[str]:
    """The scripts of a word's letters, by the first word of their names in Unicode."""
    return frozenset(unicodedata.name(letter, "?").partition(" ")[0] for letter in word if letter.isalpha())


def main() -> None:
    """Answers requests until there are no more."""
    look_up = LookUp()
    for line in sys.stdin.buffer:
        reply = look_up.answer(json.loads(line))
        sys.stdout.buffer.write(json.dumps(reply).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
