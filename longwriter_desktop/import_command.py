"""`longwriter-desktop import`: a document that was exported as JSON, into a .longwriter file of its own."""

import argparse
from pathlib import Path

from longwriter_desktop.errors import InputProblem
from longwriter_desktop.project.json_form import read_json
from longwriter_desktop.project.schema import SUFFIX
from longwriter_desktop.project.store import Project
from longwriter_desktop.summary import Run, summary, summary_sentence
from longwriter_desktop.terminal import Reporter

DONE = 0


def add_import(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("file", type=Path, metavar="FILE.json", help="what `export FILE.longwriter FILE.json` has made")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.longwriter", help="a new document")
    parser.add_argument("--json", action="store_true", help="print JSON Lines")


def import_document(file: Path, output: Path, reporter: Reporter) -> int:
    """Makes a document of a JSON file; returns the exit status.

    Raises ProjectProblem when the file holds no document or the new one cannot be made, InputProblem for
    another suffix.
    """
    if output.suffix != SUFFIX:
        raise InputProblem(f"A document is a {SUFFIX} file: choose a name that ends so. Nothing was imported.")
    document = read_json(file)
    with Project.create(output, document):
        pass
    reporter.exported(str(output))
    reporter.finish(summary(document, Run()), summary_sentence(document, Run()))
    return DONE
