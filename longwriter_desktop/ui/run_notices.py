"""What the window tells when planning, writing or rewriting has ended."""

from pathlib import Path

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.length_unit import unit_of
from longwriter_desktop.errors import LongWriterError
from longwriter_desktop.ui.notice import Notice
from longwriter_desktop.ui.writing import Activity, Ending


def done_sentence(words: int, document: Document) -> str:
    """At the end of writing: how much there is of what was asked."""
    return f"Done: {words:,} of {document.words_asked:,} {unit_of(document.language)}."


def failure_notice(ending: Ending, log_path: Path) -> Notice:
    """Why planning or writing has ended by itself; ``log_path`` is where details of a fault of the app are."""
    if isinstance(ending.failure, LongWriterError):
        return Notice(str(ending.failure), "problem")
    doing = {Activity.PLANNING: "planning", Activity.REWRITING: "rewriting"}.get(ending.activity, "writing")
    text = (
        f"Something went wrong while {doing}; this is a fault of the app. Everything up to there is kept. "
        f"Try again; details are in {log_path}."
    )
    return Notice(text, "problem")
