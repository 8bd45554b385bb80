"""What the window tells when planning, writing or rewriting has ended."""

from collections.abc import Callable, Sequence
from pathlib import Path

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.errors import LongWriterError
from longwriter_desktop.ui.length_words import length_unit
from longwriter_desktop.ui.notice import Notice, NoticeAction
from longwriter_desktop.ui.run import Run
from longwriter_desktop.ui.tally import Tally
from longwriter_desktop.ui.translation import translate
from longwriter_desktop.ui.writing import Activity, Ending

_SHORT = 0.9
"""A section with less than this share of its words is told of; within a tenth of its target it is as it should be."""


def done_sentence(document: Document, run: Run, tally: Tally) -> str:
    """At the end of a run: how much there is of what was asked, and what the person had better look at.

    A run over some sections tells of these: of the others nobody knows what is to become of them.
    """
    written = [each for each in document.sections if run.has_finished(each.id)]
    whole = run.is_of_all or not written
    done = _all_done(document, tally) if whole else _some_done(document, written, run, tally)
    numbers = [
        str(number)
        for number, section in enumerate(document.sections, start=1)
        if section.stop_reason == "repetition"
        and section.words < _SHORT * section.word_target
        and (whole or section in written)
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


def _all_done(document: Document, tally: Tally) -> str:
    return translate("RunNotices", "Done: {words} of {asked} {unit}.").format(
        words=f"{tally.total(document):,}", asked=f"{document.words_asked:,}", unit=length_unit(document.language)
    )


def _some_done(document: Document, written: Sequence[Section], run: Run, tally: Tally) -> str:
    again = run.is_again
    if len(written) == 1:
        told = (
            translate("RunNotices", "Section {number} is written again: {words} of {asked} {unit}.")
            if again
            else translate("RunNotices", "Section {number} is written: {words} of {asked} {unit}.")
        )
    else:
        told = (
            translate("RunNotices", "{count} sections are written again: {words} of {asked} {unit}.")
            if again
            else translate("RunNotices", "{count} sections are written: {words} of {asked} {unit}.")
        )
    return told.format(
        number=document.index(written[0].id) + 1,
        count=len(written),
        words=f"{sum(map(tally.words, written)):,}",
        asked=f"{sum(each.word_target for each in written):,}",
        unit=length_unit(document.language),
    )


def done_notice(document: Document, run: Run, tally: Tally, rewrite_stale: Callable[[], object]) -> Notice:
    """The end of a run. Stale sections, as those that a pause has kept from it, are offered to be rewritten."""
    done = done_sentence(document, run, tally)
    count = len(document.stale_sections())
    if not count:
        return Notice(done)
    one = translate("RunNotices", "1 section is stale: something above it has changed.")
    several = translate("RunNotices", "{count} sections are stale: something above them has changed.")
    offer = translate("RunNotices", "Rewrite it") if count == 1 else translate("RunNotices", "Rewrite them")
    told = translate("RunNotices", "{done} {more}")
    text = told.format(done=done, more=one if count == 1 else several.format(count=count))
    return Notice(text, "offer", (NoticeAction(offer, rewrite_stale),))


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


def kept_lines_sentence(count: int) -> str:
    """That planning was stopped, and ``count`` lines of the plan are kept."""
    one = translate("RunNotices", "Planning was stopped. The 1 line made so far is kept.")
    several = translate("RunNotices", "Planning was stopped. The {count} lines made so far are kept.")
    return one if count == 1 else several.format(count=count)


def lost_by_stopping(activity: Activity, document: Document) -> str:
    """What would be lost if the model stopped now, in a sentence; "" where all is kept, as what it has written is."""
    match activity:
        case Activity.TRYING:
            return translate(
                "RunNotices",
                "Alternatives of a section are being written. Those that are finished are kept among its versions; the "
                "others would be lost.",
            )
        case Activity.REWRITING:
            return translate("RunNotices", "A passage is being rewritten. The new passage would be lost.")
        case Activity.PLANNING if document.sections:
            return translate(
                "RunNotices", "Another plan is being made. The present one stays; the new one would be lost."
            )
    return ""


def at_work_notice(lost: str, stop: Callable[[], object]) -> Notice:
    """That nothing else was begun, because the model is at work on what would be ``lost``."""
    told = translate(
        "RunNotices", "{lost} So nothing else was begun. Wait until it is done, or stop it, then try again."
    )
    return Notice(told.format(lost=lost), "offer", (NoticeAction(translate("RunNotices", "Stop it"), stop),))


def locked_notice(number: int, unlock: Callable[[], object]) -> Notice:
    """That section ``number`` is locked against the writer."""
    told = translate("RunNotices", "Section {number} is locked, so nothing was written. Unlock it, then write again.")
    return Notice(told.format(number=number), actions=(NoticeAction(translate("RunNotices", "Unlock"), unlock),))


def no_model_notice() -> Notice:
    """That nothing can be begun without a model."""
    told = translate(
        "RunNotices", "No model is chosen, so nothing was begun. Choose one under Model > Models…, then try again."
    )
    return Notice(told, "problem")


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


def alternatives_sentence(done: int, wanted: int, place: int) -> str:
    """What there is of the alternatives that are written for the section at ``place``, counted from 1."""
    if done >= wanted:
        told = translate("RunNotices", "{count} alternatives for section {place} are written; ‹ and › show them.")
    else:
        told = translate("RunNotices", "{count} of {all} alternatives for section {place} are among its versions.")
    return told.format(count=done, all=wanted, place=place)
