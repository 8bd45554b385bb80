"""The formats that a document can leave in, and the one way to write a file of any of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import ExportProblem
from longwriter_desktop.export.options import ExportOptions
from longwriter_desktop.export.replace import check_place, put_file
from longwriter_desktop.project import json_form


@dataclass(frozen=True, slots=True)
class Format:
    """``name`` is what a person calls it, ``suffix`` has its dot; ``write`` gives the bytes of the whole file."""

    name: str
    suffix: str
    write: Callable[[Document, ExportOptions], bytes]


def _docx(document: Document, options: ExportOptions) -> bytes:
    from longwriter_desktop.export.to_docx import to_docx  # noqa: PLC0415 - python-docx would hold up the app's start

    return to_docx(document, options)


def _markdown(document: Document, options: ExportOptions) -> bytes:
    from longwriter_desktop.export.to_markdown import to_markdown  # noqa: PLC0415 - so would the parser of Markdown

    return to_markdown(document, options)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        format_.suffix: format_
        for format_ in (
            Format("Word document", ".docx", _docx),
            Format("Markdown", ".md", _markdown),
            Format("Whole document as JSON", json_form.SUFFIX, lambda document, _: json_form.to_json(document)),
        )
    }
)
"""By suffix, in the order in which a person is offered them."""


def format_of(path: Path) -> Format:
    """The format that ``path``'s suffix names. Raises ExportProblem for one that is not known."""
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        known = " or ".join(f"{each.suffix} ({each.name})" for each in FORMATS.values())
        what = f"“{path.suffix}” is no format that this app writes" if path.suffix else f"“{path.name}” has no suffix"
        raise ExportProblem(f"{what}, so nothing was exported: choose a name that ends in {known}.")
    return found


def check_target(path: Path) -> None:
    """Whether ``path`` can be exported to, asked before a long writing begins. Raises ExportProblem."""
    format_of(path)
    check_place(path)


def export(document: Document, path: Path, *, options: ExportOptions | None = None) -> None:
    """Writes ``document`` to ``path`` in the format of its suffix.

    The file is there whole or not at all: a file that was there before stays as it was unless the new one
    is complete. Raises ExportProblem.
    """
    target = format_of(path)
    put_file(path, target.write(document, options or ExportOptions()))
