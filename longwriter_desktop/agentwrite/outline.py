"""Putting another plan into a document, keeping every section whose line is still there."""

from dataclasses import replace
from difflib import SequenceMatcher

from longwriter_desktop.agentwrite.headings import split_main_point
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Section


def with_plan(document: Document, steps: tuple[Step, ...]) -> Document:
    """The document with ``steps`` as its plan.

    A section whose main point stands in the new plan keeps its text, versions, direction and lock, and
    takes the new word target and place. Where as many lines were reworded as stood there, they are the
    same sections with new main points, and new headings where the main point had made them. Other
    sections that hold text go to the trash.
    """
    old = document.sections
    places = _matches([_key(section.main_point) for section in old], [_key(step.main_point) for step in steps])
    sections = []
    for index, step in enumerate(steps):
        if index in places:
            sections.append(_reworded(old[places[index]], step))
        else:
            sections.append(Section(main_point=step.main_point, word_target=step.words))
    kept = set(places.values())
    dropped = tuple(
        section for index, section in enumerate(old) if index not in kept and (section.text.strip() or section.versions)
    )
    return replace(document, sections=tuple(sections), trash=(*document.trash, *dropped))


def _reworded(section: Section, step: Step) -> Section:
    made, _point = split_main_point(section.main_point)
    heading = section.heading
    if heading and heading == made and _key(section.main_point) != _key(step.main_point):
        heading, _point = split_main_point(step.main_point)
    return replace(section, main_point=step.main_point, word_target=step.words, heading=heading)


def _key(main_point: str) -> str:
    return " ".join(main_point.split()).casefold()


def _matches(old: list[str], new: list[str]) -> dict[int, int]:
    """Which new line (by index) is which old one: equal lines first, wherever they were moved."""
    places: dict[int, int] = {}
    taken: set[int] = set()
    for new_index, line in enumerate(new):
        found = next((i for i, each in enumerate(old) if each == line and i not in taken), None)
        if found is not None:
            places[new_index] = found
            taken.add(found)
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "replace":
            continue
        free_old = [i for i in range(old_from, old_to) if i not in taken]
        free_new = [i for i in range(new_from, new_to) if i not in places]
        if len(free_old) == len(free_new):
            places.update(zip(free_new, free_old, strict=True))
            taken.update(free_old)
    return places
