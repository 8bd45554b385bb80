"""The plan check: what in a plan will make writing go wrong, each finding with a repair where there is one.

The window and the command line share it. Both functions are pure; a repair keeps all texts and locks.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from longwriter_desktop.agentwrite.coverage import coverage, stands_in_any
from longwriter_desktop.agentwrite.plan_repair import (
    fitting_targets_in_slices,
    is_open,
    least_target_of,
    place_for_topic,
    with_clear_point,
    with_fitting_targets,
    with_topic_taken_up,
    with_whole_point,
    without_duplicate,
)
from longwriter_desktop.agentwrite.plan_text import format_plan, missing_numbers
from longwriter_desktop.agentwrite.request import MAX_WORDS
from longwriter_desktop.agentwrite.similarity import NEAR_IDENTICAL, features
from longwriter_desktop.agentwrite.targets import LONGEST_PARAGRAPH, least_target
from longwriter_desktop.agentwrite.vagueness import is_vague
from longwriter_desktop.agentwrite.whole_points import is_cut_off, is_overlong
from longwriter_desktop.document.counting import chinese_share, count_words
from longwriter_desktop.document.document import Document

Kind = Literal["empty", "vague", "long", "cut", "duplicate", "missed", "range", "total", "window", "numbering"]

MOST_OFF = 0.01
"""How far the sum of the word targets may be from the asked length."""

_MOST_TIMES_ADDED = 3

_TOKENS_A_WORD, _TOKENS_A_CHARACTER = 1.35, 0.9
"""Usual of today's tokenizers for English words and Chinese characters, on the careful side."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a plan. ``sections`` are the ids of the sections concerned, none where it is the whole plan.

    ``text`` says what is wrong in a sentence; ``repair`` what its repair does, "" when it has none. ``topic`` is what
    the instruction names and no section takes up, "" where it is about something else. ``other_total`` is the length
    in words that may be asked for instead of changing the plan, 0 where that is no answer.
    """

    kind: Kind
    sections: tuple[str, ...]
    text: str
    repair: str = ""
    topic: str = ""
    other_total: int = 0


def check_plan(document: Document, context_tokens: int = 0, numbers: Iterable[int | None] = ()) -> tuple[Finding, ...]:
    """The findings, those first that are repaired first; () for a plan that is good.

    ``context_tokens`` is what the model holds, 0 when that is not known. ``numbers`` are those that stood at the
    lines of a plan that was loaded (see `plan_text.read_plan`).
    """
    return tuple(finding for finding in findings_in_slices(document, context_tokens, numbers) if finding is not None)


def findings_in_slices(
    document: Document, context_tokens: int = 0, numbers: Iterable[int | None] = ()
) -> Iterator[Finding | None]:
    """The findings of `check_plan`, a few milliseconds at a time: at each None the caller may do something else."""
    if not document.sections:
        yield Finding("empty", (), "There is no plan yet.")
        return
    yield from _numbering(numbers)
    yield from _vague(document)
    yield from _not_whole(document)
    yield from _duplicates(document)
    yield from _missed(document)
    yield from _lengths(document)
    yield from _window(document, context_tokens)


def repaired(document: Document, finding: Finding, own: Collection[str] = ()) -> Document:
    """The document with what a finding is about repaired; as it is when there is nothing to repair (any more).

    ``own`` are the ids of sections whose word targets the person has set (see `with_fitting_targets`).
    """
    if not finding.repair or not all(document.has_section(each) for each in finding.sections):
        return document
    places = [document.index(each) for each in finding.sections]
    match finding.kind:
        case "vague" if is_vague(document.sections[places[0]].main_point):
            document = with_clear_point(document, places[0])
        case "long" | "cut":
            document = with_whole_point(document, places[0])
        case "missed" if finding.topic in coverage(document.instruction, _lines(document)).missed:
            document = with_topic_taken_up(document, finding.topic)
        case "duplicate":
            document = without_duplicate(document, min(places), max(places))
        case "range" | "total":
            document = with_fitting_targets(document, own)
    return document


def repaired_all(document: Document, own: Collection[str] = ()) -> tuple[Document, tuple[Finding, ...]]:
    """The document with all repairs made, and the findings that they were made for, in their order.

    ``own`` as in `repaired`.
    """
    done: list[Finding] = []
    added: Counter[str] = Counter()
    while (finding := _first_to_do(document, added)) is not None:
        document = repaired(document, finding, own)
        added[finding.topic] += bool(finding.topic)
        done.append(finding)
    return document, tuple(done)


def _first_to_do(document: Document, added: Counter[str]) -> Finding | None:
    """The first finding that is to be repaired: a topic that goes missing again and again is let go."""
    found = (each for each in findings_in_slices(document) if each is not None and each.repair)
    return next((each for each in found if added[each.topic] < _MOST_TIMES_ADDED), None)


# -- findings --------------------------------------------------------------------------------------


def _numbering(numbers: Iterable[int | None]) -> Iterator[Finding]:
    missing = missing_numbers(numbers)
    if missing:
        which = ", ".join(map(str, missing[:10])) + (" and more" if len(missing) > 10 else "")
        named = f"number {which}" if len(missing) == 1 else f"the numbers {which}"
        yield Finding(
            "numbering", (), f"The loaded plan has no line with {named}; its lines were numbered anew in their order."
        )


def _vague(document: Document) -> Iterator[Finding | None]:
    for index, section in enumerate(document.sections):
        yield None
        if section.complete and section.text.strip():
            continue
        if is_vague(section.main_point):
            repair = "" if section.locked else "Make its main point clearer, or leave it out where it has none"
            if not section.locked and with_clear_point(document, index) == document:
                repair = ""
            text = f"Section {index + 1} says too little to write from: “{section.main_point}”."
            if not section.main_point.strip():
                text = f"Section {index + 1} has no main point yet."
            yield Finding("vague", (section.id,), text, repair)


def _not_whole(document: Document) -> Iterator[Finding | None]:
    for index, section in enumerate(document.sections):
        yield None
        if section.complete and section.text.strip():
            continue
        can_be = not section.locked
        if is_overlong(section.main_point):
            unit = "characters" if chinese_share(section.main_point) > 0.5 else "words"
            text = (
                f"The main point of section {index + 1} has {count_words(section.main_point)} {unit}; a model follows "
                "a sentence or two."
            )
            repair = "Keep its first sentences, and make the rest the section's direction" if can_be else ""
            yield Finding("long", (section.id,), text, repair)
        elif is_cut_off(section.main_point):
            text = f"Section {index + 1} ends in the middle of a sentence: “… {section.main_point.strip()[-60:]}”."
            yield Finding("cut", (section.id,), text, "Leave out what was cut off" if can_be else "")


def _duplicates(document: Document) -> Iterator[Finding | None]:
    points = [" ".join(section.main_point.split()) for section in document.sections]
    same, sharing = defaultdict(list), defaultdict(list)
    for place, point in enumerate(points):
        yield None
        same[point.casefold()].append(place)
        if not is_vague(point):
            for feature in features(point):
                sharing[feature].append(place)
    for first, point in enumerate(points):
        yield None
        alike = {place for place in same[point.casefold()] if point and place > first}
        if not is_vague(point):
            # Only main points that have something in common are compared: of 250 that is a small part of all pairs.
            shared = Counter(place for feature in features(point) for place in sharing[feature] if place > first)
            alike.update(
                place
                for place, count in shared.items()
                if count / min(len(features(point)), len(features(points[place]))) >= NEAR_IDENTICAL
            )
        for second in sorted(alike):
            yield _duplicate(document, first, second)


def _duplicate(document: Document, first: int, second: int) -> Finding:
    one, other = document.sections[first], document.sections[second]
    gone = second if is_open(other) else first
    repair = f"Leave out section {gone + 1}" if is_open(one) or is_open(other) else ""
    points = [" ".join(each.main_point.split()) for each in (one, other)]
    text = f"Sections {first + 1} and {second + 1} say nearly the same: “{points[0]}”, “{points[1]}”."
    return Finding("duplicate", (one.id, other.id), text, repair)


def _missed(document: Document) -> Iterator[Finding | None]:
    missed = coverage(document.instruction, _lines(document)).missed
    if not missed:
        return
    yield None
    texts = [section.text.casefold() for section in document.sections if section.text.strip()]
    for topic in missed:
        yield None
        if stands_in_any(topic, texts):
            continue
        place = place_for_topic(document, topic)
        if place is None:
            repair = ""
        elif place.is_new:
            repair = f"Add it as section {place.index + 1}, with its share of the words"
        else:
            repair = f"Add it to section {place.index + 1}"
        shown = () if place is None or place.is_new else (document.sections[place.index].id,)
        yield Finding("missed", shown, f"The instruction names “{topic}”, and no section takes it up.", repair, topic)


def _lines(document: Document) -> list[str]:
    """What each section is about, in all the words that the plan has for it."""
    return [f"{section.heading}: {section.main_point} {section.direction}" for section in document.sections]


def _lengths(document: Document) -> Iterator[Finding | None]:
    low = least_target_of(document)
    fitting = yield from fitting_targets_in_slices(document)
    divided = len(fitting.sections) > len(document.sections)
    unit = "characters" if document.language == "zh" else "words"
    for index, section in enumerate(document.sections):
        if low <= section.word_target <= LONGEST_PARAGRAPH or (section.complete and section.text.strip()):
            continue
        text = (
            f"Section {index + 1} is to have {section.word_target:,} {unit}; "
            f"a section does best with {least_target(document.words_asked):,} to {LONGEST_PARAGRAPH:,}."
        )
        repair = ""
        if low <= fitting.section(section.id).word_target <= LONGEST_PARAGRAPH:
            repair = "Divide long sections, and share the words out" if divided else "Share the words out"
        yield Finding("range", (section.id,), text, repair)
    if _is_off(document):
        planned, asked = document.words_planned, document.words_asked
        which = "more" if planned > asked else "fewer"
        text = f"The plan adds up to {planned:,} {unit}, {abs(planned - asked):,} {which} than the {asked:,} asked for."
        scale = f"Divide long sections, and scale the targets to {asked:,}" if divided else ""
        repair = "" if _is_off(fitting) else scale or f"Scale the targets to {asked:,}"
        yield Finding("total", (), text, repair, other_total=planned if 0 < planned <= MAX_WORDS else 0)


def _is_off(document: Document) -> bool:
    return abs(document.words_planned - document.words_asked) > MOST_OFF * document.words_asked


def _window(document: Document, context_tokens: int) -> Iterator[Finding]:
    if context_tokens <= 0:
        return
    frame = _tokens(
        document.instruction + "\n" + format_plan(document.steps, "zh" if document.language == "zh" else "en")
    )
    a_word = _TOKENS_A_CHARACTER if document.language == "zh" else _TOKENS_A_WORD
    needed = frame + round(document.words_planned * a_word)
    if frame > context_tokens // 2:
        yield Finding(
            "window",
            (),
            f"Instruction and plan alone take about {frame:,} of the {context_tokens:,} tokens of the model's context. "
            "Shorten the plan, or choose a model with a longer one.",
        )
    elif needed > context_tokens:
        yield Finding(
            "window",
            (),
            f"Plan and text come to about {needed:,} tokens, and the model's context holds {context_tokens:,}: the "
            "later sections are written with summaries of the middle in view, not with its text.",
        )


def _tokens(text: str) -> int:
    share = chinese_share(text)
    return round(count_words(text) * (share * _TOKENS_A_CHARACTER + (1 - share) * _TOKENS_A_WORD) * 1.2)
