"""What the window tells when planning, writing or rewriting has ended."""

from pathlib import Path

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.length_unit import unit_of
from longwriter_desktop.errors import LongWriterError
from longwriter_desktop.ui.notice import Notice
from longwriter_desktop.ui.writing import Activity, Ending

_SHORT = 0.9
"""A section with less than this share of its words is told of; within a tenth of its target it is as it should be."""


def done_sentence(words: int, document: Document) -> str:
    """At the end of writing: how much there is of what was asked, and what the person had better look at."""
    done = f"Done: {words:,} of {document.words_asked:,} {unit_of(document.language)}."
    numbers = [
        str(number)
        for number, section in enumerate(document.sections, start=1)
        if section.stop_reason == "repetition" and section.words < _SHORT * section.word_target
    ]
    if not numbers:
        return done
    which = f"Section {numbers[0]}" if len(numbers) == 1 else f"Sections {', '.join(numbers[:-1])} and {numbers[-1]}"
    it = "it" if len(numbers) == 1 else "them"
    return f"{done} {which} ended early, because the model repeated itself. Read {it}, or write {it} again."


def omitted_sentence(first: int, last: int) -> str:
    """That sections ``first`` to ``last`` are no longer read word by word."""
    which = f"section {first}" if first == last else f"sections {first} to {last}"
    return f"The text no longer fits the model's context: of {which} it reads short summaries."


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
