"""The command `recover`: text that could not be saved is listed, saved and given up without a window."""

import argparse
from datetime import datetime
from pathlib import Path

from longwriter_desktop.document.length_unit import unit_of
from longwriter_desktop.errors import InputProblem
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.lock import DocumentLocks
from longwriter_desktop.project.recovery import KeptText, Recovery
from longwriter_desktop.terminal import Reporter

DONE = 0


def add_recover(parser: argparse.ArgumentParser) -> None:
    """Adds what `recover` understands."""
    what = parser.add_subparsers(dest="what", required=True, metavar="list|save|discard")
    for name, told in (
        ("list", "list what is kept, newest first"),
        ("save", "put a kept text back into its document, or into a new file"),
        ("discard", "delete a kept text"),
    ):
        part = what.add_parser(name, help=told)
        if name != "list":
            part.add_argument("number", type=int, metavar="N", help="its number in the list")
        if name == "save":
            part.add_argument(
                "-o", "--output", type=Path, metavar="FILE.longwriter", help="a new file, instead of its own"
            )
        part.add_argument("--json", action="store_true", help="print JSON Lines on standard output")


def recover(options: argparse.Namespace, paths: AppPaths, reporter: Reporter) -> int:
    """Does what `recover` was asked for; returns the exit status. Raises LongWriterError."""
    recovery = Recovery(paths, DocumentLocks(paths))
    entries = recovery.entries()
    match options.what:
        case "list":
            for number, entry in enumerate(entries, start=1):
                reporter.message(f"{number}  {_line(entry)}")
            reporter.finish({"kept": [_values(entry) for entry in entries]}, _sentence(len(entries)))
        case "save":
            entry = _chosen(entries, options.number)
            if options.output is None:
                path = recovery.put_back(entry)
            else:
                recovery.save_as(entry, options.output)
                path = options.output
            reporter.exported(str(path))
            reporter.finish({"saved": str(path)}, f"The text of “{entry.title}” is in {path}.")
        case _:
            entry = _chosen(entries, options.number)
            recovery.discard(entry)
            reporter.finish({"discarded": entry.title}, f"The kept text of “{entry.title}” was deleted.")
    return DONE


def _chosen(entries: list[KeptText], number: int) -> KeptText:
    if not 1 <= number <= len(entries):
        raise InputProblem(f"There is no kept text {number}. {_sentence(len(entries))} Nothing was changed.")
    return entries[number - 1]


def _sentence(count: int) -> str:
    if not count:
        return "No text is kept: everything could be saved."
    return "1 text is kept." if count == 1 else f"{count} texts are kept."


def _line(entry: KeptText) -> str:
    at = datetime.fromtimestamp(entry.at)  # noqa: DTZ006 - a person reads local time
    of = "" if entry.document_path is None else f", of {entry.document_path}"
    return f"“{entry.title}”, {entry.words:,} {unit_of(entry.language)}, {at:%Y-%m-%d %H:%M}{of}"


def _values(entry: KeptText) -> dict[str, object]:
    path = None if entry.document_path is None else str(entry.document_path)
    return {"title": entry.title, "words": entry.words, "at": entry.at, "file": path}
