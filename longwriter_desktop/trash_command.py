"""`longwriter-desktop trash`: the deleted sections of a document, brought back or deleted for good."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.errors import InputProblem
from longwriter_desktop.opened_document import opened_document
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.terminal import Reporter

DONE = 0


def add_trash(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("file", type=Path, metavar="FILE.longwriter")
    parser.add_argument(
        "--restore", type=int, action="append", metavar="N", help="bring section N back, to the end (may be repeated)"
    )
    parser.add_argument(
        "--delete", type=int, action="append", metavar="N", help="delete section N for good (may be repeated)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON Lines")


def show_trash(
    file: Path, paths: AppPaths, reporter: Reporter, *, restore: Sequence[int] = (), delete: Sequence[int] = ()
) -> int:
    """Prints the deleted sections, numbered from 1, the newest first; returns the exit status.

    Those numbered in ``restore`` are put behind the last section first, those in ``delete`` are gone then.
    Raises InputProblem for a number that is not there or named twice, ProjectProblem for the file, and
    OpenElsewhere when something is to be changed that a window has open.
    """
    changes = bool(restore or delete)
    with opened_document(file, paths, reporter.message, read_only=not changes) as project:
        document = project.document
        if changes:
            document = _changed(document, restore, delete)
            project.save(document)
    if restore:
        reporter.message(
            f"Brought back, as the last of {_sections(len(document.sections))}: {_sections(len(restore))}."
        )
    if delete:
        reporter.message(f"Deleted for good: {_sections(len(delete))}.")
    reporter.trash(document)
    return DONE


def _changed(document: Document, restore: Sequence[int], delete: Sequence[int]) -> Document:
    named = [*restore, *delete]
    deleted: list[Section] = list(reversed(document.trash))
    for number in named:
        if not 1 <= number <= len(deleted):
            has = "is empty" if not deleted else f"has the sections 1 to {len(deleted)}"
            raise InputProblem(f"There is no section {number} in the trash, which {has}. Nothing was changed.")
    if len(set(named)) < len(named):
        raise InputProblem("A section of the trash was named twice. Nothing was changed.")
    gone = [len(deleted) - number for number in named]  # their places in the trash, which has the newest last
    kept = tuple(section for place, section in enumerate(document.trash) if place not in gone)
    for number in restore:
        document = document.restored(deleted[number - 1], len(document.sections))
    return replace(document, trash=kept)


def _sections(count: int) -> str:
    return "1 section" if count == 1 else f"{count} sections"
