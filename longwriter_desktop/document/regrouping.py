"""Sections cut in two, joined, copied and moved as a group. Each function gives a new document.

Where a text is only cut at another place, or joined again, nothing that was written against it becomes stale.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from longwriter_desktop.document.basis import is_same_basis
from longwriter_desktop.document.chapters import chapters
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Version, new_section_id


def in_order(document: Document, section_ids: Sequence[str]) -> Document:
    """The document with its sections in the order of ``section_ids``; ids of sections that are not in it are left out.

    A section that is not named stays behind the one that it stands behind now.
    """
    place = {section_id: at for at, section_id in enumerate(section_ids)}
    keys: list[tuple[int, int]] = []
    behind = -1
    for at, section in enumerate(document.sections):
        behind = place.get(section.id, behind)
        keys.append((behind, 0 if section.id in place else at + 1))
    ordered = sorted(zip(keys, document.sections, strict=True), key=lambda each: each[0])
    return replace(document, sections=tuple(section for _, section in ordered))


def moved_together(document: Document, section_ids: Collection[str], index: int) -> Document:
    """The document with some sections side by side at ``index``, counted without them, in the order they stand in."""
    moved = tuple(section for section in document.sections if section.id in section_ids)
    rest = tuple(section for section in document.sections if section.id not in section_ids)
    index = max(0, min(index, len(rest)))
    return replace(document, sections=(*rest[:index], *moved, *rest[index:]))


def are_neighbours(document: Document, section_ids: Collection[str]) -> bool:
    """Whether these are two sections or more that stand next to each other."""
    places = [at for at, section in enumerate(document.sections) if section.id in section_ids]
    return len(places) > 1 and places[-1] - places[0] == len(places) - 1


def split(document: Document, section_id: str, place: int, points: tuple[str, str], at: float) -> Document:
    """The document with a section as two: its text up to character ``place``, and the rest as a section behind it.

    ``points`` are the main points of the two. They share the word target by the words in them; what a half-written
    section still lacks belongs to the second, and where there is no text each gets half. The whole text is kept as a
    version of the first; what a model wrote last is one of both, so that it is known who wrote their texts. ``at`` is
    in Unix seconds. Raises KeyError when the section is not in the document.
    """
    section = document.section(section_id)
    begin, rest = section.text[:place].rstrip(), _text_from(section.text, place)
    is_cut = bool(begin and rest)
    target = _target_of_first(section, begin) if is_cut else section.word_target - section.word_target // 2
    first = replace(
        section.with_text_kept(at) if is_cut else section,
        main_point=points[0],
        word_target=target,
        text=begin,
        complete=(section.complete or is_cut) and bool(begin),
        stop_reason="" if rest else section.stop_reason,
        summary="" if rest else section.summary,
        summary_of="" if rest else section.summary_of,
    )
    second = Section(
        points[1],
        section.word_target - target,
        direction=section.direction,
        text=rest,
        complete=section.complete and bool(rest),
        locked=section.locked,
        basis=section.basis if rest else "",
        stop_reason=section.stop_reason if rest else "",
        versions=_newest_generated(section) if rest else (),
    )
    index = document.index(section_id)
    after = document.with_section(first).inserted(index + 1, second)
    return _as_fresh_as_before(document, after, {first.id: [section], second.id: [section]})


def _text_from(text: str, place: int) -> str:
    """``text`` from ``place`` on, without the space there; the line that it begins with stays indented, as code is."""
    rest = text[place:].lstrip()
    line = text.rfind("\n", 0, len(text) - len(rest)) + 1
    is_cut = bool(text[line:place].strip())
    return rest if is_cut or not rest else text[line:]


def _newest_generated(section: Section) -> tuple[Version, ...]:
    return tuple(version for version in section.versions if version.origin == "generated")[-1:]


def _target_of_first(section: Section, begin: str) -> int:
    words, whole = count_words(begin), section.words
    target = section.word_target
    if not section.complete and words < target:
        return words
    return min(target, round(target * words / whole)) if whole else target - target // 2


def joined(document: Document, section_ids: Collection[str], at: float) -> Document:
    """The document with neighbouring sections (see `are_neighbours`) as the first of them.

    Their main points, directions and texts follow one another, their word targets are added up, and all their versions
    and texts are versions of it. A heading inside becomes a heading in the text, or where there is none yet the
    beginning of the main point. ``at`` is in Unix seconds. Raises ValueError when they are not neighbours.
    """
    if not are_neighbours(document, section_ids):
        raise ValueError("only sections that stand next to each other can be joined")
    parts = [section for section in document.sections if section.id in section_ids]
    heading = parts[0].heading or ("" if parts[0].text.strip() else parts[1].heading)
    points = [_point_below(part, heading, document.language) for part in parts]
    texts = [_text_below(part, heading) for part in parts]
    versions = dict.fromkeys(version for part in parts for version in part.with_text_kept(at).versions)
    one = replace(
        parts[0],
        heading=heading,
        main_point=_joined_points(points, document.language),
        word_target=sum(part.word_target for part in parts),
        direction="\n".join(dict.fromkeys(part.direction for part in parts if part.direction.strip())),
        text="\n\n".join(text for text in texts if text.strip()),
        complete=all(part.complete for part in parts),
        locked=any(part.locked for part in parts),
        stop_reason=parts[-1].stop_reason,
        summary="",
        summary_of="",
        versions=tuple(sorted(versions, key=lambda version: version.created_at)),
    )
    gone = {part.id for part in parts[1:]}
    rest = tuple(section for section in document.sections if section.id not in gone)
    after = replace(document, sections=rest).with_section(one)
    return _as_fresh_as_before(document, after, {one.id: parts})


def _text_below(part: Section, heading: str) -> str:
    """The text of a part of a joined section, below its own heading where the whole has another."""
    if not part.text.strip() or not part.heading or part.heading == heading:
        return part.text
    return f"### {part.heading}\n\n{part.text}"


def _point_below(part: Section, heading: str, language: str) -> str:
    """The main point of a part of a joined section, behind its own heading where that has no text to stand above."""
    point = part.main_point.strip()
    is_told = part.text.strip() or not part.heading or part.heading == heading or point.startswith(part.heading)
    if is_told:
        return point
    return f"{part.heading}{'：' if language == 'zh' else ': '}{point}" if point else part.heading


def _joined_points(points: Sequence[str], language: str) -> str:
    """Main points as one; one that is said already is left out."""
    mark, ends = ("；", " .;；。") if language == "zh" else ("; ", " .;；。")
    said = list(dict.fromkeys(point.strip() for point in points if point.strip()))
    return mark.join([*(point.rstrip(ends) for point in said[:-1]), *said[-1:]])


def duplicated(document: Document, section_ids: Collection[str]) -> Document:
    """The document with copies of some sections, side by side behind the last of them, with new ids and unlocked.

    A copy has the text, and of the versions only what a model wrote last: the others belong to the section that they
    were written for. It has the heading only where the whole chapter is copied, else it would begin another one.
    """
    copied = [section for section in document.sections if section.id in section_ids]
    whole = [each for each in chapters(document.sections) if set(each.ids) <= set(section_ids)]
    opening = {chapter.ids[0] for chapter in whole}
    if not copied:
        return document
    index = document.index(copied[-1].id) + 1
    copies = tuple(
        replace(
            section,
            id=new_section_id(),
            heading=section.heading if section.id in opening else "",
            locked=False,
            versions=_newest_generated(section),
            basis="",
            summary="",
            summary_of="",
        )
        for section in copied
    )
    return replace(document, sections=(*document.sections[:index], *copies, *document.sections[index:]))


def _as_fresh_as_before(before: Document, after: Document, parts_of: dict[str, list[Section]]) -> Document:
    """``after`` with each section as stale or fresh as it was; ``parts_of`` names what the new ones are made of."""
    old, new = before.bases(), after.bases()

    def basis_of(section: Section) -> str:
        parts = parts_of.get(section.id) or [each for each in (section,) if each.id in old]
        written = [part for part in parts if part.basis]
        if not section.basis and not written:
            return ""
        stale = next((part.basis for part in written if not is_same_basis(part.basis, old[part.id])), "")
        return stale or (new[section.id] if section.text.strip() else section.basis)

    bases = [(section, basis_of(section)) for section in after.sections]
    return replace(
        after, sections=tuple(each if each.basis == basis else replace(each, basis=basis) for each, basis in bases)
    )
