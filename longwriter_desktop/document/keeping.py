"""Which texts of a section are kept as versions when the person changes what stands there."""

from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.difference import differing_span
from longwriter_desktop.document.section import Section

MANY_WORDS = 20
"""From how many words on a text that is taken out in one go counts as replaced, not as corrected."""


def kept_before_edit(section: Section, text: str, at: float, *, is_generated: bool) -> Section:
    """The section with its present text among its versions, where ``text`` in its place would lose some of it.

    That is when anything but space is taken out of a text that the writer wrote and that is no version
    yet (``is_generated``), and when many words of any text are taken out at once. A text that a version
    holds in whole is not kept again. ``at`` is in Unix seconds. The same section when nothing is to be kept.
    """
    begin, end, _ = differing_span(section.text, text)
    taken = section.text[begin:end]
    loses = bool(taken.strip()) and (is_generated or count_words(taken) >= MANY_WORDS)
    if not loses or any(section.text in version.text for version in section.versions):
        return section
    return section.with_text_kept(at)
