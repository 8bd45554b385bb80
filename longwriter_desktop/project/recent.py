"""The documents opened lately, for the start page: recent.json in the app's data folder."""

import json
import logging
import threading
from dataclasses import dataclass
from pathlib import Path

from longwriter_desktop.document.document import Document
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.safe_write import replace_file

_log = logging.getLogger(__name__)
_MOST = 30
_YEAR_3000_S, _MOST_WORDS = 32_503_680_000.0, 1_000_000_000
"""A row with more than that is damaged: no system tells the day of such a time, nor can the lengths be divided."""


@dataclass(frozen=True, slots=True)
class RecentDocument:
    """A document as it was when last noted. ``opened_at`` is in Unix seconds."""

    path: Path
    title: str
    words: int
    word_target: int
    language: str
    opened_at: float

    @property
    def exists(self) -> bool:
        """Whether the file is there now. Looks at the disk, which may be a slow share."""
        try:
            return self.path.is_file()
        except OSError:
            return False


class RecentDocuments:
    """At most 30 documents, newest first. Missing files stay listed: their disk may only be unplugged.

    A damaged list, or one that cannot be written, costs the list and nothing else. What a person does to the list as a
    whole, `clear` and `put_back`, raises OSError where it cannot be done; nothing else here raises. May be used from
    any thread.
    """

    def __init__(self, paths: AppPaths) -> None:
        self._file = paths.data / "recent.json"
        self._changing = threading.Lock()

    def entries(self) -> list[RecentDocument]:
        try:
            table = json.loads(self._file.read_bytes())
        except (OSError, ValueError, RecursionError):
            return []
        rows = table.get("documents") if isinstance(table, dict) else None
        found = [entry for row in rows if (entry := _entry(row))] if isinstance(rows, list) else []
        return found[:_MOST]

    def add(self, path: Path, document: Document, at: float) -> None:
        """Puts a document at the top of the list. ``at`` is in Unix seconds."""
        entry = _entry_of(path, document, at, document.words)
        with self._changing:
            self._write([entry, *(each for each in self.entries() if each.path != entry.path)])

    def update(self, path: Path, document: Document, at: float, words: int) -> None:
        """As `add` for a document that is on the list; nothing for one that was taken off it. It has ``words`` now."""
        entry = _entry_of(path, document, at, words)
        with self._changing:
            entries = self.entries()
            others = [each for each in entries if each.path != entry.path]
            if len(others) < len(entries):
                self._write([entry, *others])

    def remove(self, path: Path) -> None:
        """Takes a document off the list; its file stays."""
        path = path.absolute()
        with self._changing:
            entries = self.entries()
            left = [entry for entry in entries if entry.path != path]
            if len(left) < len(entries):
                self._write(left)

    def clear(self) -> list[RecentDocument]:
        """Empties the list; the files stay. Returns what was on it, for `put_back`. Raises OSError; all stays then."""
        with self._changing:
            entries = self.entries()
            self._replace([])
        return entries

    def put_back(self, entries: list[RecentDocument]) -> None:
        """Puts documents that were taken off the list back on it, below those that were noted since. Raises OSError."""
        with self._changing:
            noted = self.entries()
            known = {entry.path for entry in noted}
            self._replace([*noted, *(entry for entry in entries if entry.path not in known)])

    def _write(self, entries: list[RecentDocument]) -> None:
        try:
            self._replace(entries)
        except OSError as error:
            _log.warning("the list of recent documents was not saved: %s", error)

    def _replace(self, entries: list[RecentDocument]) -> None:
        rows = [
            {
                "path": str(entry.path),
                "title": entry.title,
                "words": entry.words,
                "word_target": entry.word_target,
                "language": entry.language,
                "opened_at": entry.opened_at,
            }
            for entry in entries[:_MOST]
        ]
        replace_file(self._file, json.dumps({"documents": rows}, indent=1).encode("ascii"))


def _entry_of(path: Path, document: Document, at: float, words: int) -> RecentDocument:
    return RecentDocument(path.absolute(), document.title, words, document.words_asked, document.language, at)


def _are_lengths(*words: int) -> bool:
    return all(0 <= each <= _MOST_WORDS for each in words)


def _entry(row: object) -> RecentDocument | None:
    """The entry in one row of the file, or None for a row that is none."""
    match row:
        case {
            "path": str(path),
            "title": str(title),
            "words": int(words),
            "word_target": int(word_target),
            "language": str(language),
            "opened_at": float() | int() as opened_at,
        } if path and "\0" not in path and 0 <= opened_at < _YEAR_3000_S and _are_lengths(words, word_target):
            return RecentDocument(Path(path), title, words, word_target, language, float(opened_at))
        case _:
            return None
