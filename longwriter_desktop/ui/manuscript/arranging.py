"""Bringing the page from one state of the document to another with the least change."""

from bisect import bisect_left
from collections.abc import Collection, Sequence

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
from longwriter_desktop.ui.manuscript.page import Page

Content = tuple[FieldKey, str, str]
"""A field to be shown: its key, text and placeholder."""


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

    Texts that are on the page already stay as they are.
    """
    if page.section_ids == [section.id for section in sections]:
        return []
    with page.changing():
        return _arrange(page, sections, no_heading)


def _arrange(page: Page, sections: Sequence[Section], no_heading: str) -> list[str]:
    wanted = {section.id: place for place, section in enumerate(sections)}
    gone = [field.key for field in page.fields if field.key.section_id and field.key.section_id not in wanted]
    for key in gone:
        page.remove(key)
    present = page.section_ids
    staying = {present[index] for index in longest_rise([wanted[each] for each in present])}
    moving: dict[str, list[Content]] = {}
    for field in list(page.fields):
        section_id = field.key.section_id
        if section_id and section_id not in staying:
            moving.setdefault(section_id, []).append((field.key, field.text, field.placeholder))
            page.remove(field.key)
    order = COUNT_ORDER + 1
    for section in sections:
        if section.id not in staying:
            for content in moving.get(section.id) or _section_contents(section, no_heading):
                page.insert(order, *content)
                order += 1
        else:
            last = page.field(text_key(section.id))
            order = last.order + 1 if last else order
    return list(dict.fromkeys(key.section_id for key in gone))


COUNT_ORDER = 1
"""The place of the count among the fields."""


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
