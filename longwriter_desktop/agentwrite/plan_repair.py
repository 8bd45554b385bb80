"""Changes that mend a plan. Each keeps every text, every version and every lock, and leaves written sections alone.

A section is open when it is neither locked nor has text: only open sections get other targets, are divided or
left out.
"""

import itertools
import re
from collections.abc import Collection, Generator, Mapping
from dataclasses import dataclass, replace

from longwriter_desktop.agentwrite.coverage import best_line, is_closing, with_topic
from longwriter_desktop.agentwrite.headings import heading_from, title_from
from longwriter_desktop.agentwrite.plan_lines import is_new
from longwriter_desktop.agentwrite.targets import (
    LEAST_SECTION_WORDS,
    LONGEST_PARAGRAPH,
    MOST_IN_ONE_LEVEL,
    SHORTEST_PARAGRAPH,
    bounded_shares,
    least_target,
)
from longwriter_desktop.agentwrite.vagueness import is_placeholder, is_vague
from longwriter_desktop.agentwrite.whole_points import is_cut_off, is_overlong, mended_point
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section

_CLAUSE = re.compile(r"\s*[;；]\s*|,\s+(?:and\s+)?|，|、|\s+and\s+|以及")
_FIRST_SENTENCE = re.compile(r"^[^.!?。！？\n]{1,120}")
_MORE = {
    "en": (
        "causes and effects", "an example from practice", "people and places", "beginnings and changes",
        "rules and exceptions", "tools and methods", "dangers and remedies", "numbers and dates",
    ),
    "zh": ("来龙去脉", "实例说明", "人物故事", "方法步骤", "利弊得失", "历史变化", "常见误区", "未来展望"),
}  # fmt: skip  # Short phrases: one a line would be a page.
"""What a short main point is filled up with; the first that makes it differ from the others is taken."""


_FAR_TOO_LONG = 2 * LONGEST_PARAGRAPH

_OF_A_TOPIC = {"en": ("the main facts, with examples",), "zh": ("主要内容与实例",)}
"""What comes first behind a topic that the instruction names in a word."""


def is_open(section: Section) -> bool:
    """Whether a repair may change the section's target, or leave it out."""
    return not section.locked and not section.text.strip()


def without_duplicate(document: Document, first: int, second: int) -> Document:
    """The document without the later of two sections (indices) that say the same, or without the earlier one.

    The one that is left out is open, goes to the trash, and gives its words to the other if that is open too.
    Where neither is open, nothing is changed.
    """
    gone, kept = (second, first) if is_open(document.sections[second]) else (first, second)
    leaving, staying = document.sections[gone], document.sections[kept]
    if not is_open(leaving):
        return document
    if is_open(staying):
        document = document.with_section(replace(staying, word_target=staying.word_target + leaving.word_target))
    return document.deleted(leaving.id)


def with_clear_point(document: Document, index: int) -> Document:
    """The document with a main point that can be written from in place of the vague one of a section.

    A short one is filled up. In place of a blank one or a placeholder stands the section's heading, or how its
    text begins; a section that has neither is left out, or given the whole subject when it is the only one.
    """
    section = document.sections[index]
    others = [each.main_point for each in document.sections if each is not section]
    point = " ".join(section.main_point.split())
    title = re.split("[:：]", point, maxsplit=1)[0]
    point = title if is_placeholder(point) else point  # "Costs: to be written"
    if not is_placeholder(point):
        return document.with_section(replace(section, main_point=_filled_up(point, document.language, others)))
    beginning = _FIRST_SENTENCE.match(section.text.strip())
    for made in (section.heading, beginning[0] if beginning else ""):
        if not is_vague(made):
            return document.with_section(replace(section, main_point=" ".join(made.split())))
        if not is_placeholder(made):
            return document.with_section(replace(section, main_point=_filled_up(made, document.language, others)))
    if is_open(section) and len(document.sections) > 1:
        return document.deleted(section.id)
    subject = title_from(document.instruction) if count_words(document.instruction) else document.title
    if is_placeholder(subject):
        return document
    point = _filled_up(subject, document.language, others) if is_vague(subject) else subject
    return document.with_section(replace(section, main_point=point))


def with_whole_point(document: Document, index: int) -> Document:
    """The document with a main point that ends where a sentence or clause does, and is not too long.

    Of one that is too long the rest becomes part of the section's direction, so that nothing is lost that was
    asked for; of one that was cut off the rest of its last sentence is left out. A locked section stays as it is.
    """
    section = document.sections[index]
    point = " ".join(section.main_point.split())
    if section.locked or not (is_overlong(point) or is_cut_off(point)):
        return document
    kept = mended_point(point)
    rest = point[len(kept) :].strip(" ,;，；、") if is_overlong(point) else ""
    direction = "\n".join(each for each in (section.direction, rest) if each.strip())
    return document.with_section(replace(section, main_point=kept, direction=direction))


@dataclass(frozen=True, slots=True)
class TopicPlace:
    """Where a topic is taken up: as a section of its own at ``index``, or in the main point of the one there."""

    index: int
    is_new: bool


def place_for_topic(document: Document, topic: str) -> TopicPlace | None:
    """Where a topic that the plan misses is best taken up; None where no section is open.

    It is a section of its own where the words of the open sections are enough for one more, behind all text and
    before the close. Else the open section that has most in common with it takes it up, or the longest one.
    """
    places = _open(document)
    if not places:
        return None
    points = [section.main_point for section in document.sections]
    words = sum(document.sections[place].word_target for place in places)
    enough = words >= (len(places) + 1) * least_target(document.words_asked)
    if enough and len(points) < MOST_IN_ONE_LEVEL and is_new(topic, points):
        last = len(points) - 1
        before_close = last in places and len(points) > 1 and is_closing(points[last])
        return TopicPlace(last if before_close else last + 1, is_new=True)
    best = best_line(topic, [points[place] for place in places])
    longest = max(places, key=lambda place: document.sections[place].word_target)
    return TopicPlace(longest if best is None else places[best], is_new=False)


def with_topic_taken_up(document: Document, topic: str) -> Document:
    """The document with a topic that its plan missed (see `place_for_topic`); the sum of the targets stays."""
    place = place_for_topic(document, topic)
    if place is None:
        return document
    if not place.is_new:
        section = document.sections[place.index]
        return document.with_section(replace(section, main_point=with_topic(section.main_point, topic)))
    places = _open(document)
    targets = [document.sections[each].word_target for each in places]
    own = sum(targets) / len(targets)
    *shares, share = bounded_shares(sum(targets), [*(float(max(1, target)) for target in targets), max(1.0, own)])
    for each, words in zip(places, shares, strict=True):
        document = document.with_section(replace(document.sections[each], word_target=words))
    others = [section.main_point for section in document.sections]
    title = f"{topic[:1].upper()}{topic[1:]}"
    point = _filled_up(title, document.language, others, _OF_A_TOPIC) if is_vague(title) else title
    heading = heading_from(title) if any(section.heading for section in document.sections) else ""
    return document.inserted(place.index, Section(point, share, heading=heading))


def _filled_up(point: str, language: str, others: list[str], first: Mapping[str, tuple[str, ...]] | None = None) -> str:
    chinese = language == "zh"
    point = point.rstrip(" .:：。,，;；")
    fillings = ((first or {}).get(language, ()), _MORE["zh" if chinese else "en"])
    made = [f"{point}：{more}" if chinese else f"{point}: {more}" for more in itertools.chain(*fillings)]
    clear = [each for each in made if not is_vague(each)] or made
    return next((each for each in clear if is_new(each, others)), clear[0])


def with_fitting_targets(document: Document, own: Collection[str] = ()) -> Document:
    """The document with open sections of 200 to 1,000 words that make up what the other sections leave.

    ``own`` are sections whose word targets the person has set: they keep them as long as the others can make up
    the rest. One that is far too long gets what the others leave, or what they have on average; the others follow only
    as far as that is not enough. Where the words are fewer than 200 a section, the targets are smaller: no section is
    given up for a sum. Where there are too few sections, main points of several clauses are divided. What then still
    does not fit stays as near as it can.
    """
    steps = fitting_targets_in_slices(document, own)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            fitting: Document = done.value
            return fitting


def fitting_targets_in_slices(document: Document, own: Collection[str] = ()) -> Generator[None, None, Document]:
    """`with_fitting_targets`, a few milliseconds at a time: the caller may do something else at each step."""
    while _left_for_open(document) > LONGEST_PARAGRAPH * len(_open(document)):
        divided = _divided(document)
        if divided is document:
            break
        document = divided
        yield
    places, left = _open(document), _left_for_open(document)
    own_places = [place for place in places if _keeps_its_own(document, document.sections[place], own)]
    others = [place for place in places if place not in own_places]
    left_for_others = left - sum(document.sections[place].word_target for place in own_places)
    least = max(LEAST_SECTION_WORDS, least_target_of(document))
    if others and least * len(others) <= left_for_others <= LONGEST_PARAGRAPH * len(others):
        places, left = others, left_for_others
    if not places:
        return document
    places, left, targets = _without_far_too_long(document, places, left)
    if len(places) <= left <= LONGEST_PARAGRAPH * len(places):
        least = min(SHORTEST_PARAGRAPH, max(1, left // (2 * len(places))))
        if left >= SHORTEST_PARAGRAPH * len(places):
            least = SHORTEST_PARAGRAPH
        shares = bounded_shares(left, [float(max(1, target)) for target in targets], least)
    elif left > LONGEST_PARAGRAPH * len(places):
        shares = [LONGEST_PARAGRAPH] * len(places)
    else:
        shares = [min(target, LONGEST_PARAGRAPH) for target in targets]
    share_of = dict(zip(places, shares, strict=True))
    return replace(
        document,
        sections=tuple(
            replace(section, word_target=share_of[place]) if place in share_of else section
            for place, section in enumerate(document.sections)
        ),
    )


def _without_far_too_long(document: Document, places: list[int], left: int) -> tuple[list[int], int, list[int]]:
    """The sections that are to share ``left`` words, which words these are, and the targets they begin with.

    A target far beyond what a section can have says nothing about the plan: somebody has typed a digit too many.
    Such sections alone change where they can have what the others leave.
    """
    targets = {place: document.sections[place].word_target for place in places}
    odd = [place for place in places if targets[place] > _FAR_TOO_LONG]
    usual = [targets[place] for place in places if place not in odd]
    if not odd or not usual:
        return places, left, list(targets.values())
    left_for_odd = left - sum(usual)
    if max(LEAST_SECTION_WORDS, least_target_of(document)) <= left_for_odd / len(odd) <= LONGEST_PARAGRAPH:
        return odd, left_for_odd, [1] * len(odd)
    too_much = left_for_odd > LONGEST_PARAGRAPH * len(odd)
    share = LONGEST_PARAGRAPH if too_much else round(sum(usual) / len(usual))
    return places, left, [share if place in odd else target for place, target in targets.items()]


def least_target_of(document: Document) -> int:
    """The smallest target that is no cause for a remark: 200 words, or any where 200 for each are more than asked."""
    enough = _left_for_open(document) >= SHORTEST_PARAGRAPH * len(_open(document))
    return least_target(document.words_asked) if enough else 1


def _left_for_open(document: Document) -> int:
    """The words that the open sections are to have together."""
    return document.words_asked - sum(section.word_target for section in document.sections if not is_open(section))


def _keeps_its_own(document: Document, section: Section, own: Collection[str]) -> bool:
    return section.id in own and least_target_of(document) <= section.word_target <= LONGEST_PARAGRAPH


def _open(document: Document) -> list[int]:
    return [place for place, section in enumerate(document.sections) if is_open(section)]


def _divided(document: Document) -> Document:
    """The document with its longest divisible open section as two; as it is when there is none."""
    places = sorted(_open(document), key=lambda place: -document.sections[place].word_target)
    for place in places:
        section = document.sections[place]
        others = [each.main_point for each in document.sections if each is not section]
        parts = halves(section.main_point, others)
        if parts is not None:
            half = section.word_target // 2
            first = replace(section, main_point=parts[0], word_target=section.word_target - half)
            return document.with_section(first).inserted(place + 1, Section(parts[1], half))
    return document


def halves(point: str, others: list[str]) -> tuple[str, str] | None:
    """A main point in two that say different things, and nothing that ``others`` say; None when it has no joint."""
    middle = len(point) / 2
    for joint in sorted(_CLAUSE.finditer(point), key=lambda each: abs(each.start() - middle)):
        first, second = point[: joint.start()].strip(), point[joint.end() :].strip()
        clear = not is_vague(first) and not is_vague(second)
        if clear and is_new(first, [*others, second]) and is_new(second, others):
            return first, second
    return None
