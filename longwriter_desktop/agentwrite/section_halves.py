"""Where a section is cut in two: at a place in its text, or between the halves of its main point."""

from longwriter_desktop.agentwrite.plan_repair import halves
from longwriter_desktop.agentwrite.sentences import sentence_ends
from longwriter_desktop.agentwrite.whole_points import first_sentence
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.regrouping import split

_PARAGRAPH = "\n\n"


def halved(document: Document, section_id: str, place: int, at: float) -> Document:
    """The document with a section as two (see `regrouping.split`).

    The text is cut at character ``place``; where that is not inside of it, at the end of the paragraph nearest to its
    middle, or of the sentence where it has only one paragraph. Without any text, the main point alone is divided.
    ``at`` is in Unix seconds. Raises KeyError when the section is not in the document.
    """
    section = document.section(section_id)
    text = section.text
    if not (text[:place].strip() and text[place:].strip()):
        place = _middle(text)
    others = [each.main_point for each in document.sections if each.id != section_id]
    points = halves(section.main_point, others)
    if points is None:
        rest = text[place:].strip()
        points = (section.main_point, _begins(rest) if rest and text[:place].strip() else "")
    return split(document, section_id, place, (points[0], f"{points[1][:1].upper()}{points[1][1:]}"), at)


def _middle(text: str) -> int:
    """The joint between paragraphs, or sentences, that is nearest to the middle; the end where there is none."""
    paragraphs = [at for at in _all_places(text, _PARAGRAPH) if text[:at].strip() and text[at:].strip()]
    joints = paragraphs or [end for end in sentence_ends(text) if text[end:].strip()]
    return min(joints, key=lambda joint: abs(2 * joint - len(text)), default=len(text))


def _all_places(text: str, wanted: str) -> list[int]:
    places, at = [], text.find(wanted)
    while at >= 0:
        places.append(at)
        at = text.find(wanted, at + 1)
    return places


def _begins(text: str) -> str:
    """How a text begins, as a main point."""
    paragraph = text.split(_PARAGRAPH, 1)[0].lstrip("#>*- ")
    return first_sentence(paragraph)
