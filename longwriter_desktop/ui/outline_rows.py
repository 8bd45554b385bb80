"""What a row of the outline shows: a section, a line of a plan that is being made, or a chapter of several sections."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from longwriter_desktop.document.section import Status
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, translate

_STATUSES = {
    Status.PLANNED: QT_TRANSLATE_NOOP("Status", "planned"),
    Status.WRITING: QT_TRANSLATE_NOOP("Status", "writing"),
    Status.PARTIAL: QT_TRANSLATE_NOOP("Status", "partial"),
    Status.WRITTEN: QT_TRANSLATE_NOOP("Status", "written"),
    Status.STALE: QT_TRANSLATE_NOOP("Status", "stale"),
}
_AFTER_HEADING = tuple(":：,，-–—")


def shown_status(status: Status) -> str:
    """A status in a word, in the language of the window."""
    return translate("Status", _STATUSES[status])


@dataclass(frozen=True, slots=True)
class RowNote:
    """What the person should look at in a section: in a few words, and with the reason and what to do."""

    words: str
    tip: str


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One row. ``status`` is None for a line of a plan that is being made; ``words`` are delivered words."""

    section_id: str
    number: int
    heading: str
    main_point: str
    words: int
    word_target: int
    status: Status | None
    locked: bool
    aim: int = 0
    """The words that the writer aims at, where that is not the target: sections before were longer or shorter."""
    notes: tuple[RowNote, ...] = ()
    unit: str = "words"
    """What its length is counted in (see `length_unit`)."""
    in_chapter: bool = False
    """Whether a row of its chapter stands above it, which shows the heading."""

    @property
    def shown_heading(self) -> str:
        """The heading that is drawn in this row."""
        return "" if self.in_chapter else self.heading

    @property
    def shown_point(self) -> str:
        """The main point without the heading in front of it, which is shown above."""
        begins_with_it = self.heading and self.main_point.startswith(self.heading)
        rest = self.main_point.removeprefix(self.heading) if begins_with_it else ""
        if rest[:1] in _AFTER_HEADING and (shown := rest[1:].strip()):
            return shown[:1].upper() + shown[1:]
        return self.main_point or translate("OutlineRow", "No main point yet")

    @property
    def status_words(self) -> str:
        """The status as it is shown; nothing for the two that the numbers already tell."""
        told = [] if self.status in (None, Status.PLANNED, Status.WRITTEN) else [shown_status(self.status)]
        return " · ".join([*told, *self._remarks])

    @property
    def _remarks(self) -> list[str]:
        """What there is to say of it besides its status, in a few words each."""
        told = [translate("OutlineRow", "aims at {words}").format(words=f"{self.aim:,}")] if self.aim else []
        told += [note.words for note in self.notes]
        return [*told, translate("OutlineRow", "locked")] if self.locked else told

    @property
    def tip(self) -> str | None:
        """What needs an explanation."""
        tips = [note.tip for note in self.notes]
        if self.status is Status.STALE:
            stale = translate(
                "OutlineRow",
                "Its plan line, or more than a few words above it, changed after it was written. Write it again, "
                "or leave it.",
            )
            tips.insert(0, stale)
        elif self.aim:
            aim = translate(
                "OutlineRow",
                "The sections before were longer or shorter than planned, so that the document comes out as asked.",
            )
            tips.insert(0, aim)
        return "\n\n".join(tips) or None

    @property
    def count_words(self) -> str:
        """Delivered and asked, always written the same way."""
        return f"{self.words:,} / {self.word_target:,}" if self.word_target or self.words else ""

    @property
    def count_when_done(self) -> str:
        """As wide as `count_words` will get."""
        return f"{self.word_target:,} / {self.word_target:,}" if self.word_target else ""

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        row = translate("OutlineRow", "Section {number}: {point}. {words} of {target} {unit}").format(
            number=self.number,
            point=self.main_point or translate("OutlineRow", "no main point yet"),
            words=f"{self.words:,}",
            target=f"{self.word_target:,}",
            unit=self.unit,
        )
        if self.shown_heading:
            chapter = translate("OutlineRow", "Chapter {heading}. {section}")
            row = chapter.format(heading=self.shown_heading, section=row)
        status = [] if self.status is None else [shown_status(self.status)]
        return translate("Listing", ", ").join([row, *status, *self._remarks])


@dataclass(frozen=True, slots=True)
class ChapterRow:
    """A chapter of several sections. ``words`` and ``word_target`` are those of all its sections together."""

    heading: str
    rows: tuple[OutlineRow, ...]

    @property
    def section_id(self) -> str:
        """The id of the section that opens the chapter."""
        return self.rows[0].section_id

    @property
    def words(self) -> int:
        return sum(row.words for row in self.rows)

    @property
    def word_target(self) -> int:
        return sum(row.word_target for row in self.rows)

    @property
    def count_words(self) -> str:
        """Delivered and asked, written as in the rows of sections."""
        return f"{self.words:,} / {self.word_target:,}" if self.word_target or self.words else ""

    @property
    def told(self) -> str:
        """Which sections it has and what there is to be looked at in them, for when it is closed."""
        sections = translate("ChapterRow", "Sections {first}–{last}")
        numbers = sections.format(first=self.rows[0].number, last=self.rows[-1].number)
        return " · ".join([numbers, *self._statuses])

    @property
    def _statuses(self) -> list[str]:
        count = Counter(row.status for row in self.rows)
        worth_saying = (Status.WRITING, Status.PARTIAL, Status.STALE)
        told = [(count[each], shown_status(each)) for each in worth_saying]
        told.append((sum(row.locked for row in self.rows), translate("OutlineRow", "locked")))
        counted = translate("ChapterRow", "{count} {status}")
        return [counted.format(count=number, status=status) for number, status in told if number]

    @property
    def is_alive(self) -> bool:
        """Whether a section of it is being written."""
        return any(row.status is Status.WRITING for row in self.rows)

    @property
    def spoken(self) -> str:
        """The row for a screen reader, which says by itself whether it is open."""
        row = translate(
            "ChapterRow", "Chapter {heading}, sections {first} to {last}. {words} of {target} {unit}"
        ).format(
            heading=self.heading,
            first=self.rows[0].number,
            last=self.rows[-1].number,
            words=f"{self.words:,}",
            target=f"{self.word_target:,}",
            unit=self.rows[0].unit,
        )
        return translate("Listing", ", ").join([row, *self._statuses])


def in_chapters(rows: Sequence[OutlineRow]) -> list[OutlineRow | ChapterRow]:
    """The rows with those of one chapter together; one that stands alone, or under no heading, is no chapter."""
    found: list[OutlineRow | ChapterRow] = []
    for start, end in pairwise(_borders([row.heading for row in rows])):
        if rows[start].in_chapter:
            found.append(ChapterRow(rows[start].heading, tuple(rows[start:end])))
        else:
            found += rows[start:end]
    return found


def are_in_chapters(headings: Sequence[str]) -> list[bool]:
    """For each section, by the headings of all, whether it is one of several under a heading."""
    found: list[bool] = []
    for start, end in pairwise(_borders(headings)):
        found += [bool(headings[start]) and end - start > 1] * (end - start)
    return found


def _borders(headings: Sequence[str]) -> list[int]:
    """Where chapters begin, and the end of the last one."""
    return [*(at for at, heading in enumerate(headings) if heading or not at), len(headings)]
