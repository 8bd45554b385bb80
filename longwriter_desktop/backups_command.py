"""The command `backups`: the copies that the app has made of documents are listed, and had back as new documents."""

import argparse
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from longwriter_desktop.document.length_unit import unit_of
from longwriter_desktop.errors import InputProblem, ProjectProblem
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.backups import Backup, Backups, read_backup
from longwriter_desktop.project.schema import SUFFIX
from longwriter_desktop.project.store import Project
from longwriter_desktop.settings import load_settings
from longwriter_desktop.summary import Run, summary, summary_sentence
from longwriter_desktop.terminal import Reporter

DONE = 0
_WHEN = "%Y-%m-%d %H:%M:%S"
_NUMBER = re.compile(r"[0-9]{1,6}")


def add_backups(parser: argparse.ArgumentParser) -> None:
    """Adds what `backups` understands."""
    what = parser.add_subparsers(dest="what", required=True, metavar="list|restore|delete")
    listed = what.add_parser("list", help="list the backups of a document, newest first, or of all documents")
    listed.add_argument(
        "file", type=Path, nargs="?", metavar="FILE.longwriter", help="also one that is lost or damaged"
    )
    restored = what.add_parser("restore", help="make a new document of a backup; the document itself stays as it is")
    _add_choice(restored)
    restored.add_argument(
        "-o", "--output", required=True, type=Path, metavar="COPY.longwriter", help="the new document"
    )
    _add_choice(what.add_parser("delete", help="delete a backup of a document, or all of them, for good"))
    for part in what.choices.values():
        part.add_argument("--json", action="store_true", help="print JSON Lines")


def _add_choice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.longwriter", help="the document, also one lost or damaged")
    parser.add_argument(
        "--backup",
        required=True,
        metavar="WHICH",
        help='its number in the list (1 is the newest) or when it was made, as "2025-11-21 09:41"; "all" to delete all',
    )


def backups(options: argparse.Namespace, paths: AppPaths, reporter: Reporter) -> int:
    """Does what `backups` was asked for; returns the exit status. Raises LongWriterError."""
    kept = Backups.of_app(paths, load_settings(paths))
    match options.what:
        case "list":
            return _list(options.file, kept, reporter)
        case "restore":
            return _restore(options.file, options.backup, options.output, kept, reporter)
        case _:
            return _delete(options.file, options.backup, kept, reporter)


def _list(file: Path | None, kept: Backups, reporter: Reporter) -> int:
    groups = kept.documents() if file is None else [found] if (found := _of(file, kept)) else []
    for group in groups:
        if file is None:
            reporter.message(f"{group[0].origin.path}")
        for number, backup in enumerate(group, start=1):
            elsewhere = "" if file is None or backup.origin.path == file.absolute() else f"  of {backup.origin.path}"
            reporter.message(f"{number:>3}  {_line(backup)}{elsewhere}")
    listed = [_values(number, backup) for group in groups for number, backup in enumerate(group, start=1)]
    reporter.finish({"backups": listed}, _sentence(len(listed)))
    return DONE


def _restore(file: Path, which: str, output: Path, kept: Backups, reporter: Reporter) -> int:
    if output.suffix != SUFFIX:
        raise InputProblem(f"A backup is a document: choose a name that ends in {SUFFIX}. Nothing was made.")
    backup = _chosen(_of(file, kept), which, file)
    document = read_backup(backup)
    Project.create(output, document).close()
    reporter.exported(str(output))
    reporter.finish(summary(document, Run()), summary_sentence(document, Run()))
    return DONE


def _delete(file: Path, which: str, kept: Backups, reporter: Reporter) -> int:
    found = _of(file, kept)
    chosen = found if found and which == "all" else (_chosen(found, which, file),)
    kept.remove(chosen)
    left = len(found) - len(chosen)
    what = "1 backup was" if len(chosen) == 1 else f"{len(chosen)} backups were"
    reporter.finish({"deleted": len(chosen), "left": left}, f"{what} deleted, {left} left.")
    return DONE


def _of(file: Path, kept: Backups) -> tuple[Backup, ...]:
    """By its path, and by its identity where it can be read."""
    try:
        with Project.open(file, read_only=True) as project:
            return kept.of(file, project.identity)
    except ProjectProblem:
        return kept.of(file)


def _chosen(found: Sequence[Backup], which: str, file: Path) -> Backup:
    """The one of that number, or the newest of those whose time begins so. Raises InputProblem."""
    if not found:
        raise InputProblem(
            f"There is no backup of {file}. `longwriter-desktop backups list` shows those of all documents."
        )
    if _NUMBER.fullmatch(which):
        if 1 <= int(which) <= len(found):
            return found[int(which) - 1]
    else:
        for backup in found:
            if which and _when(backup).startswith(which):
                return backup
    raise InputProblem(
        f"There is no backup {which!r} of {file}. `longwriter-desktop backups list {file}` shows the {len(found)} that "
        "there are. Nothing was changed."
    )


def _when(backup: Backup) -> str:
    return f"{datetime.fromtimestamp(backup.taken_at):{_WHEN}}"  # noqa: DTZ006 - a person reads local time


def _line(backup: Backup) -> str:
    return f"{_when(backup)}  {backup.words:,} {unit_of(backup.origin.language)}  {backup.size / 1000:,.0f} kB"


def _sentence(count: int) -> str:
    if not count:
        return "There is no backup. One is made when a document is opened for writing, and while it changes."
    return "1 backup." if count == 1 else f"{count} backups."


def _values(number: int, backup: Backup) -> dict[str, object]:
    return {
        "number": number,
        "of": str(backup.origin.path),
        "title": backup.origin.title,
        "at": backup.taken_at,
        "words": backup.words,
        "size_bytes": backup.size,
        "path": str(backup.path),
    }
