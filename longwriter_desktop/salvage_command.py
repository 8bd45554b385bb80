"""`longwriter-desktop salvage`: what can still be read of a damaged document, into a file of its own."""

import argparse
from pathlib import Path

from longwriter_desktop.errors import InputProblem
from longwriter_desktop.project.salvage import salvage
from longwriter_desktop.project.schema import SUFFIX
from longwriter_desktop.project.store import Project
from longwriter_desktop.summary import Run, summary, summary_sentence
from longwriter_desktop.terminal import Reporter

HINT = (
    "`longwriter-desktop backups list FILE` shows its backups; `longwriter-desktop salvage FILE -o COPY.longwriter` "
    "takes over what can still be read."
)
DONE = 0


def add_salvage(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("file", type=Path, metavar="FILE.longwriter", help="the damaged document; it is not changed")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="COPY.longwriter", help="a new document")
    parser.add_argument("--json", action="store_true", help="print JSON Lines")


def salvage_document(file: Path, output: Path, reporter: Reporter) -> int:
    """Makes a document of what can be read of ``file``; returns the exit status.

    Raises ProjectProblem when nothing can be read or the copy cannot be made, InputProblem for another suffix.
    """
    if output.suffix != SUFFIX:
        raise InputProblem(f"What is saved is a document: choose a name that ends in {SUFFIX}. Nothing was made.")
    found = salvage(file)
    with Project.create(output, found.document):
        pass
    reporter.message(found.sentence)
    for repair in found.repairs:
        reporter.message(f"Mended: {repair}")
    reporter.exported(str(output))
    reporter.finish(summary(found.document, Run()), summary_sentence(found.document, Run()))
    return DONE
