"""Bringing the page from one state of the document to another with the least change."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import nullcontext
from itertools import chain, groupby
from typing import TypeVar

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.ui.manuscript.fields import (
    COUNT,
    TITLE,
    Change,
    FieldKey,
    difference,
    fitted,
    heading_key,
    text_key,
)
from longwriter_desktop.ui.manuscript.page import Field, Page

Content = tuple[FieldKey, str, str]
"""A field to be shown: its key, text and placeholder."""
_Piece = TypeVar("_Piece", Field, Section)


def contents(document: Document, untitled: str, no_heading: str) -> list[Content]:
    """All fields of a document. The last two are what shows where title or heading are empty."""
    found: list[Content] = [(TITLE, document.title, untitled), (COUNT, "", "")]
    for section in document.sections:
        found += _section_contents(section, no_heading)
    return found


def _section_contents(section: Section, no_heading: str) -> list[Content]:
    text = (text_key(section.id), section.text, section.main_point)
    return [(heading_key(section.id), section.heading, no_heading), text] if section.heading else [text]


def arrange(page: Page, sections: Sequence[Section], no_heading: str) -> list[str]:
    """Puts sections in and out and in order. Returns the ids of those that are no longer on the page.

    Texts that are on the page already stay as they are. Each place where something leaves or comes is a change of its
    own: one change for all would be as long as what lies between, and all of that is laid out and highlighted anew.
    Where there are many such places, one change costs less.
    """
    present, wanted = page.section_ids, {section.id: place for place, section in enumerate(sections)}
    if present == list(wanted):
        return []
    kept = [each for each in present if each in wanted]
    staying = {kept[index] for index in longest_rise([wanted[each] for each in kept])}
    leaving = _runs(page.fields, lambda field: bool(field.key.section_id) and field.key.section_id not in staying)
    coming = _runs(sections, lambda section: section.id not in staying)
    is_one = len(leaving) + len(coming) > _MOST_CHANGES
    with page.changing() if is_one else nullcontext():
        moving = _taken_out(page, leaving)
        for run in coming:
            contents_of = [moving.get(section.id) or _section_contents(section, no_heading) for section in run]
            _put_in(page, _order_of(page, sections, wanted[run[0].id]), chain.from_iterable(contents_of))
    return [each for each in present if each not in wanted]


def _runs(pieces: Iterable[_Piece], is_in: Callable[[_Piece], bool]) -> list[list[_Piece]]:
    """The pieces of which that is so, those that stand side by side together."""
    return [list(run) for wanted, run in groupby(list(pieces), key=is_in) if wanted]


def _taken_out(page: Page, leaving: Sequence[Sequence[Field]]) -> dict[str, list[Content]]:
    """Takes fields off the page; returns what was in them, by section."""
    taken: dict[str, list[Content]] = {}
    for run in leaving:
        with page.changing():
            for field in run:
                taken.setdefault(field.key.section_id, []).append((field.key, field.text, field.placeholder))
                page.remove(field.key)
    return taken


def _order_of(page: Page, sections: Sequence[Section], place: int) -> int:
    """The place among the fields of what comes behind the section in front of ``place``, which is on the page."""
    before = page.field(text_key(sections[place - 1].id)) if place else None
    return before.order + 1 if before is not None else COUNT_ORDER + 1


def _put_in(page: Page, order: int, coming: Iterable[Content]) -> None:
    with page.changing():
        for at, content in enumerate(coming, start=order):
            page.insert(at, *content)


COUNT_ORDER = 1
"""The place of the count among the fields."""
_MOST_CHANGES = 8
"""So many places are changed one by one, at some milliseconds each in a text of 100,000 words."""


def longest_rise(numbers: Sequence[int]) -> list[int]:
    """The indexes of a longest rising run in ``numbers``, not necessarily side by side (patience sorting)."""
    tops: list[int] = []
    before: list[int | None] = []
    for index, number in enumerate(numbers):
        pile = bisect_left(tops, number, key=lambda each: numbers[each])
        before.append(tops[pile - 1] if pile else None)
        tops[pile : pile + 1] = [index]
    found: list[int] = []
    at = tops[-1] if tops else None
    while at is not None:
        found.append(at)
        at = before[at]
    return found[::-1]


def text_changes(page: Page, document: Document, kept: Collection[FieldKey]) -> list[Change]:
    """What has to change in the texts on the page. The fields in ``kept`` stay as they are."""
    wanted = [(TITLE, document.title)]
    for section in document.sections:
        wanted += [(heading_key(section.id), section.heading), (text_key(section.id), section.text)]
    changes = []
    for key, text in wanted:
        field = page.field(key)
        if field is not None and field.text != text and key not in kept:
            changes.append(difference(key, field.text, fitted(text, key)))
    return [change for change in changes if not change.is_empty]
