"""The document: the only state there is. Planning, writing, pausing and editing make new values of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from longwriter_desktop.document.basis import basis_of, is_same_basis, sketch
from longwriter_desktop.document.length_score import length_score
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Section, Status, new_section_id


@dataclass(frozen=True, slots=True)
class DocumentSettings:
    """What the person chose for this document alone; an empty or None field follows the app's settings."""

    model: str = ""
    temperature: float | None = None
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document. ``language`` is "en" or "zh"; ``word_target`` is the asked length in words, 0 when none was asked.

    ``plan_at_start`` is the plan as it stood when writing began. Prompts repeat it unchanged, so that
    a later change of plan costs a longer tail and not a re-reading of the whole text.
    ``trash`` holds deleted sections, newest last.
    """

    title: str = ""
    instruction: str = ""
    language: str = "en"
    word_target: int = 0
    sections: tuple[Section, ...] = ()
    plan_at_start: tuple[Step, ...] = ()
    trash: tuple[Section, ...] = ()
    settings: DocumentSettings = DocumentSettings()

    # -- looking ---------------------------------------------------------------------------------

    def index(self, section_id: str) -> int:
        """The place of a section, from 0. Raises KeyError when it is not in the document."""
        for index, section in enumerate(self.sections):
            if section.id == section_id:
                return index
        raise KeyError(section_id)

    def section(self, section_id: str) -> Section:
        """The section of that id. Raises KeyError when it is not in the document."""
        return self.sections[self.index(section_id)]

    def has_section(self, section_id: str) -> bool:
        return any(section.id == section_id for section in self.sections)

    @property
    def words(self) -> int:
        """Words delivered so far; headings are not counted."""
        return sum(section.words for section in self.sections)

    @property
    def words_planned(self) -> int:
        """The sum of the sections' word targets."""
        return sum(section.word_target for section in self.sections)

    @property
    def words_asked(self) -> int:
        """The length the document is judged by: the asked one, else the planned one."""
        return self.word_target or self.words_planned

    @property
    def length_score(self) -> float:
        return length_score(self.words_asked, self.words)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The plan as it stands now, numbered from 1."""
        return tuple(
            Step(number, section.main_point, section.word_target)
            for number, section in enumerate(self.sections, start=1)
        )

    def basis(self, section_id: str) -> str:
        """What a section is written against, in few characters: its plan line and all text before it.

        See `longwriter_desktop.document.basis`, which also says when two of them are the same but for a few words.
        """
        return self.bases()[section_id]

    def bases(self) -> dict[str, str]:
        """The `basis` of every section by its id."""
        return dict(self._bases())

    def _bases(self) -> Iterable[tuple[str, str]]:
        above = 0
        for section in self.sections:
            yield section.id, basis_of(section.main_point, section.word_target, above)
            above += sketch(section.text)

    def statuses(self, writing: str = "") -> dict[str, Status]:
        """The status of each section by its id; ``writing`` is the id of the one being written now."""
        found: dict[str, Status] = {}
        for section, (_, basis) in zip(self.sections, self._bases(), strict=True):
            if section.id == writing:
                status = Status.WRITING
            elif not section.text.strip():
                status = Status.PLANNED
            elif not section.complete:
                status = Status.PARTIAL
            elif section.basis and not is_same_basis(section.basis, basis):
                status = Status.STALE
            else:
                status = Status.WRITTEN
            found[section.id] = status
        return found

    def stale_sections(self) -> list[str]:
        """The ids, in order, of the sections that a change has made stale; locked ones are left out."""
        statuses = self.statuses()
        return [each.id for each in self.sections if statuses[each.id] is Status.STALE and not each.locked]

    # -- changing (each returns a new document) ----------------------------------------------------

    def with_section(self, section: Section) -> "Document":
        """The document with the section of the same id replaced. Raises KeyError when there is none."""
        index = self.index(section.id)
        return replace(self, sections=(*self.sections[:index], section, *self.sections[index + 1 :]))

    def with_text(self, section_id: str, text: str) -> "Document":
        """The document with another text in one section, as when the person types."""
        return self.with_section(replace(self.section(section_id), text=text))

    def plan_alone(self) -> "Document":
        """The document as it would be with nothing written."""
        return replace(self, sections=tuple(replace(section, text="") for section in self.sections))

    def inserted(self, index: int, section: Section) -> "Document":
        """The document with a new section at ``index`` (clamped to the ends)."""
        index = max(0, min(index, len(self.sections)))
        return replace(self, sections=(*self.sections[:index], section, *self.sections[index:]))

    def deleted(self, section_id: str) -> "Document":
        """The document without a section; the section goes to the trash."""
        section = self.section(section_id)
        rest = tuple(each for each in self.sections if each.id != section_id)
        return replace(self, sections=rest, trash=(*self.trash, section))

    def restored(self, section: Section, index: int) -> "Document":
        """The document with a section of the trash at ``index`` (clamped to the ends).

        Where a section has the same id it gets another one. Raises ValueError when it is not in the trash.
        """
        place = self.trash.index(section)
        rest = replace(self, trash=(*self.trash[:place], *self.trash[place + 1 :]))
        is_taken = self.has_section(section.id)
        return rest.inserted(index, replace(section, id=new_section_id()) if is_taken else section)

    def moved(self, section_id: str, index: int) -> "Document":
        """The document with a section at another place, counted without it."""
        section = self.section(section_id)
        rest = replace(self, sections=tuple(each for each in self.sections if each.id != section_id))
        return rest.inserted(index, section)
