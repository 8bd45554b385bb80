"""Which texts of a section are kept as versions when the person changes what stands there."""

from dataclasses import replace

from longwriter_desktop.document.counting import has_words
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
    loses = bool(taken.strip()) and (is_generated or has_words(taken, MANY_WORDS))
    if not loses or any(section.text in version.text for version in section.versions):
        return section
    return section.with_text_kept(at)


def as_it_stood(section: Section, text: str, then: Section) -> Section:
    """The section with a text that it had before, and with all that belonged to the text ``then``.

    Versions are as in `with_versions_of`. Heading, plan line and lock are the section's.
    """
    return replace(
        with_versions_of(replace(section, text=text), then),
        complete=then.complete and bool(text.strip()),
        basis=then.basis,
        stop_reason=then.stop_reason,
        summary=then.summary,
        summary_of=then.summary_of,
    )


def with_versions_of(section: Section, then: Section) -> Section:
    """The section with the versions that it had ``then``, and behind them those that have come since.

    Without the one that its present text was put away as meanwhile, for that text is in its place again.
    """
    since = [version for version in section.versions if version not in then.versions]
    kept = [version for version in since if version.text != section.text or version.origin != "edited"]
    versions = (*then.versions, *kept)
    return section if versions == section.versions else replace(section, versions=versions)
