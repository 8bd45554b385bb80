"""What the window tells when planning, writing or rewriting has ended."""

from pathlib import Path

from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import LongWriterError
from longwriter_desktop.ui.length_words import length_unit
from longwriter_desktop.ui.notice import Notice
from longwriter_desktop.ui.translation import translate
from longwriter_desktop.ui.writing import Activity, Ending

_SHORT = 0.9
"""A section with less than this share of its words is told of; within a tenth of its target it is as it should be."""


def done_sentence(words: int, document: Document) -> str:
    """At the end of writing: how much there is of what was asked, and what the person had better look at."""
    done = translate("RunNotices", "Done: {words} of {asked} {unit}.").format(
        words=f"{words:,}", asked=f"{document.words_asked:,}", unit=length_unit(document.language)
    )
    numbers = [
        str(number)
        for number, section in enumerate(document.sections, start=1)
        if section.stop_reason == "repetition" and section.words < _SHORT * section.word_target
    ]
    if not numbers:
        return done
    if len(numbers) == 1:
        told = translate(
            "RunNotices",
            "{done} Section {last} ended early, because the model repeated itself. Read it, or write it again.",
        )
    else:
        told = translate(
            "RunNotices",
            "{done} Sections {others} and {last} ended early, because the model repeated itself. Read them, or write "
            "them again.",
        )
    others = translate("RunNotices", ", ").join(numbers[:-1])
    return told.format(done=done, others=others, last=numbers[-1])


def omitted_sentence(first: int, last: int) -> str:
    """That sections ``first`` to ``last`` are no longer read word by word."""
    if first == last:
        told = translate(
            "RunNotices", "The text no longer fits the model's context: of section {first} it reads short summaries."
        )
    else:
        told = translate(
            "RunNotices",
            "The text no longer fits the model's context: of sections {first} to {last} it reads short summaries.",
        )
    return told.format(first=first, last=last)


def failure_notice(ending: Ending, log_path: Path) -> Notice:
    """Why planning or writing has ended by itself; ``log_path`` is where details of a fault of the app are."""
    if isinstance(ending.failure, LongWriterError):
        return Notice(str(ending.failure), "problem")
    doing = {
        Activity.PLANNING: translate("RunNotices", "planning"),
        Activity.REWRITING: translate("RunNotices", "rewriting"),
    }.get(ending.activity, translate("RunNotices", "writing"))
    text = translate(
        "RunNotices",
        "Something went wrong while {doing}; this is a fault of the app. Everything up to there is kept. Try again; "
        "details are in {log}.",
    )
    return Notice(text.format(doing=doing, log=log_path), "problem")
