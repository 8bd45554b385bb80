"""Undo and redo of a document: one row of steps for all that is typed, generated and done in the outline.

Qt's own undo counts in positions of the whole text, so text that streams into one section while the
person types in another would have to be undone in the order of its arrival, piece by piece. Here a
step of the text names its fields, and a step of the outline (a `Deed`) the fields that it takes out,
brings back or gives another text. So the person's steps and the writer's stand beside each other, and
what the person has done while the writer writes can be taken back before what it has written.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum

from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.manuscript.fields import Change, FieldKey, Kind

LIMIT = 2000
"""How many steps are remembered."""
CHARACTERS_LIMIT = 20_000_000
"""How many characters of text the remembered steps may hold, the newest step apart."""

_SENTENCE_ENDS = (". ", "! ", "? ", ".\u00a0", "。", "！", "？", ": ", "; ")
_PARAGRAPH = "\n\n"


class Origin(StrEnum):
    """Who made a step: the person by typing, the person otherwise, the writer, or the document from outside."""

    TYPED = "typed"
    PERSON = "person"
    GENERATED = "generated"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, eq=False)
class Deed:
    """A change of the document as a whole, such as a section deleted or a version put in place.

    Both functions leave a document as it is that has not what they are about. ``characters`` is about how
    much text the two hold on to.
    """

    label: str
    do: Callable[[Document], Document]
    undo: Callable[[Document], Document]
    characters: int = 0


@dataclass(slots=True, eq=False)
class Step:
    """What one undo takes back: ``changes`` of the text in the order in which they were made, or a ``deed``.

    ``number`` counts the steps as they were made, ``fields`` are those whose text it has changed. ``whole``: it takes
    in all that the writer puts in place of a text, else each paragraph that the writer writes is a step.
    ``before`` and ``after`` say how each section stood on either side of it (see `History`), by the section's id.
    """

    origin: Origin
    changes: list[Change]
    number: int
    deed: Deed | None = None
    sealed: bool = False
    whole: bool = False
    fields: frozenset[FieldKey] = field(default_factory=frozenset)
    before: Mapping[str, object] = field(default_factory=dict)
    after: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.fields = self.fields or frozenset(change.field for change in self.changes)

    @property
    def inverse(self) -> list[Change]:
        """The changes of the text that take the step back."""
        return [change.inverse for change in reversed(self.changes)]

    @property
    def characters(self) -> int:
        held = self.deed.characters if self.deed is not None else 0
        return held + sum(change.characters for change in self.changes)


class History:
    """The steps that can be undone and those that can be redone.

    ``standing`` tells how sections stand now, by their ids: whatever belongs to their texts, such as whether they are
    complete. A step that is undone or redone has it from there, and whoever takes over the text asks for it by `stood`.
    """

    def __init__(self, standing: Callable[[Collection[str]], Mapping[str, object]] = lambda _: {}) -> None:
        self._standing = standing
        self._begun: dict[str, object] = {}
        """How sections stood before the writer began with them, until the first of what it writes is a step."""
        self._in_writing: dict[str, object] = {}
        """How they stand while it writes in them."""
        self._stood: Mapping[str, object] = {}
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._held_at_most = 0  # characters in the steps that can be undone
        self._made = 0
        self._run_began: int | None = None
        self._in_deed = False
        self._retracing = False

    def clear(self) -> None:
        self._done.clear()
        self._undone.clear()
        self._begun.clear()
        self._in_writing.clear()
        self._held_at_most = 0

    # -- remembering -------------------------------------------------------------------------------

    def record(self, origin: Origin, changes: list[Change]) -> None:
        """Remembers changes of the text that have been made. Typing continues the step before it where it joins on.

        What a deed changes in the text is taken back with the deed, so it is no step of its own.
        """
        changes = [change for change in changes if not change.is_empty]
        if not changes or (origin is Origin.DOCUMENT and self._in_deed):
            return
        if origin is Origin.GENERATED:
            for change in changes:
                self._record_generated(change)
            return
        if origin is Origin.DOCUMENT:
            self._undone = _without(self._undone, {change.field for change in changes})
        else:
            self._undone.clear()
        if origin is Origin.TYPED and len(changes) == 1 and self._continues(changes[0]):
            return
        step = Step(origin, changes, self._next_number())
        step.before = self._sections_now(step)
        self._push(step)

    def record_deed(self, deed: Deed, fields: Collection[FieldKey], before: Mapping[str, object] | None = None) -> None:
        """Remembers a deed that has been done, and the fields whose text it has changed, put in or taken out.

        ``before`` says how the sections stood that it has changed.
        """
        self._undone.clear()
        self._push(Step(Origin.PERSON, [], self._next_number(), deed, fields=frozenset(fields), before=before or {}))

    @contextmanager
    def in_deed(self) -> Iterator[None]:
        """While the document changes by a deed, which is or was a step."""
        before, self._in_deed = self._in_deed, True
        try:
            yield
        finally:
            self._in_deed = before

    @property
    def is_in_deed(self) -> bool:
        return self._in_deed

    @contextmanager
    def retracing(self, stood: Mapping[str, object]) -> Iterator[None]:
        """While text is taken back or made once more: what goes is in reach of redo, or of undo.

        ``stood``: how the sections stood with the text that comes back, as far as it is known.
        """
        self._retracing, self._stood = True, stood
        try:
            yield
        finally:
            self._retracing, self._stood = False, {}

    def stood(self, section_id: str) -> object:
        """How a section stood with the text that it just gets back; None where nothing is taken back."""
        return self._stood.get(section_id)

    def section_begun(self, section_id: str, before: object, in_writing: object) -> None:
        """The writer begins with a section: how it stood until then, and how it stands while it is written."""
        self._begun[section_id] = before
        self._in_writing[section_id] = in_writing

    @property
    def is_retracing(self) -> bool:
        return self._retracing

    def set_writing(self, goes_on: bool) -> None:
        """Called when the writer begins a run and when it ends it.

        During a run, what the person has done since it began is undone before what the writer writes. What one
        run writes does not go on in a step of another.
        """
        if not goes_on:
            self._run_began = None
        elif self._run_began is None:
            self._run_began = self._made
            for step in self._done:
                step.sealed = step.sealed or step.origin is Origin.GENERATED

    def seal(self, field: FieldKey) -> None:
        """What is generated into ``field`` from now on is a new step."""
        for step in self._done:
            step.sealed = step.sealed or field in step.fields

    def end_typing(self) -> None:
        """What is typed from now on is a new step, as after a pause."""
        last = self._newest_of_person()
        if last is not None:
            last.sealed = True

    def forget(self, fields: Collection[FieldKey]) -> None:
        """Drops every step that cannot be taken back any more because ``fields`` are gone or were put in anew."""
        self._done = _without(self._done, fields)
        self._undone = _without(self._undone, fields)

    # -- taking back -------------------------------------------------------------------------------

    def can_undo(self) -> bool:
        return bool(self._done)

    def can_redo(self) -> bool:
        return bool(self._undone)

    def next_undo(self) -> Step | None:
        """The step that `undo` would take back."""
        return self._done[self._next_index()] if self._done else None

    def next_redo(self) -> Step | None:
        """The step that `redo` would make once more."""
        return self._undone[-1] if self._undone else None

    def undo(self) -> Step | None:
        """Takes the newest step from those done; whoever asks has to take back what it says."""
        return self._take_back(self._next_index()) if self._done else None

    def undo_deed(self, deed: Deed) -> Step | None:
        """As `undo`, of a certain deed, also where other fields have changed since; None where that cannot be."""
        later: set[FieldKey] = set()
        for index in range(len(self._done) - 1, -1, -1):
            step = self._done[index]
            if step.deed is not None:
                is_free = step.deed is deed and step.fields.isdisjoint(later)
                return self._take_back(index) if is_free else None
            later |= step.fields
        return None

    def redo(self) -> Step | None:
        """Puts the step undone last among those done; whoever asks has to make once more what it says."""
        if not self._undone:
            return None
        step = self._undone.pop()
        step.before = self._sections_now(step)
        step.number = self._next_number()
        self._push(step)
        return step

    def _take_back(self, index: int) -> Step:
        step = self._done.pop(index)
        step.sealed = True
        step.after = self._sections_now(step)
        self._undone.append(step)
        return step

    def _next_index(self) -> int:
        """The newest step; while the writer writes, the newest that the person has made meanwhile, if any."""
        newest = len(self._done) - 1
        blocked: set[FieldKey] = set()
        for index in range(newest, -1, -1):
            step = self._done[index]
            if self._run_began is None or step.number <= self._run_began:
                break
            if step.origin is not Origin.GENERATED and step.fields.isdisjoint(blocked):
                return index
            blocked |= step.fields
        return newest

    def _sections_now(self, step: Step) -> Mapping[str, object]:
        """How the sections stand now whose texts a step has changed."""
        texts = {change.field.section_id for change in step.changes if change.field.kind is Kind.TEXT}
        return self._standing(texts.union(step.before))

    # -- putting steps together ----------------------------------------------------------------------

    def _next_number(self) -> int:
        self._made += 1
        return self._made

    def _push(self, step: Step) -> None:
        self._done.append(step)
        del self._done[:-LIMIT]
        self._held_at_most += step.characters
        if self._held_at_most <= CHARACTERS_LIMIT:
            return
        held, first = step.characters, len(self._done) - 1
        while first > 0 and held + self._done[first - 1].characters <= CHARACTERS_LIMIT:
            first -= 1
            held += self._done[first].characters
        del self._done[:first]
        self._held_at_most = held

    def _continues(self, change: Change) -> bool:
        """Whether ``change`` was put into the newest step of the person."""
        last = self._newest_of_person()
        if last is None or last.sealed or last.origin is not Origin.TYPED or last.fields != {change.field}:
            return False
        joined = _joined_typing(last.changes[-1], change)
        if joined is None:
            return False
        last.changes[-1] = joined
        self._held_at_most += change.characters
        # It is the person's newest deed again, also where text has been generated elsewhere since it began.
        last.number = self._next_number()
        self._done.remove(last)
        self._done.append(last)
        return True

    def _newest_of_person(self) -> Step | None:
        """The newest step, not counting what is generated into other fields meanwhile."""
        generated: set[FieldKey] = set()
        for step in reversed(self._done):
            if step.origin is not Origin.GENERATED:
                return step if step.fields.isdisjoint(generated) else None
            generated |= step.fields
        return None

    def _record_generated(self, change: Change) -> None:
        """Puts text into the step of its paragraph, or takes it off the paragraphs from the last one on."""
        self._undone = _without(self._undone, {change.field})
        last = self._paragraph_in_work(change.field)
        while last is not None and _takes_all_of(last, change):
            change = replace(change, removed=change.removed[: last.changes[0].at - change.at])
            self._done.remove(last)
            self._begun |= last.before
            last = self._paragraph_in_work(change.field)
        if change.is_empty:
            return
        if last is None:
            clears = change.at == 0 and bool(change.removed) and not change.inserted
            last = self._generated_step(change, whole=clears)
            self._push(last)
        else:
            _append(last, change)
            self._held_at_most += change.characters
        self._divide(last)

    def _paragraph_in_work(self, key: FieldKey) -> Step | None:
        """The newest step of a field, when it is one of the writer's that may still grow."""
        step = next((step for step in reversed(self._done) if key in step.fields), None)
        return step if step is not None and step.origin is Origin.GENERATED and not step.sealed else None

    def _divide(self, step: Step) -> None:
        """Makes a step of each paragraph in ``step``; the empty line goes with the paragraph below it."""
        if step.whole:
            return
        while (at := _paragraph_end(step.changes[-1].inserted)) is not None:
            last = step.changes[-1]
            step.changes[-1] = replace(last, inserted=last.inserted[:at])
            below = Change(last.field, last.at + at, "", last.inserted[at:])
            step = self._generated_step(below)
            self._push(step)

    def _generated_step(self, change: Change, whole: bool = False) -> Step:
        section_id = change.field.section_id
        stood = self._begun.pop(section_id, None) or self._in_writing.get(section_id)
        before = {} if stood is None else {section_id: stood}
        return Step(Origin.GENERATED, [change], self._next_number(), whole=whole, before=before)


def _takes_all_of(step: Step, change: Change) -> bool:
    """Whether ``change`` takes back all that ``step`` has put in, and perhaps text before it."""
    put_in = step.changes[0]
    end = put_in.at + len(put_in.inserted)
    is_cut = bool(change.removed) and not change.inserted and change.at + len(change.removed) == end
    return is_cut and len(step.changes) == 1 and not put_in.removed and change.at <= put_in.at


def _paragraph_end(text: str) -> int | None:
    """Where the first paragraph of a text ends, when another one has begun; None before that."""
    begin = len(text) - len(text.lstrip())
    at = text.find(_PARAGRAPH, begin)
    return at if begin < len(text) and at >= 0 and text[at:].strip() else None


def _without(steps: list[Step], fields: Collection[FieldKey]) -> list[Step]:
    """``steps`` less those that touch ``fields``, and less those that could only be reached through them.

    The last step is the next in turn, both for undo and for redo.
    """
    blocked = set(fields)
    kept: list[Step] = []
    for step in reversed(steps):
        if step.fields.isdisjoint(blocked):
            kept.append(step)
        else:
            blocked |= step.fields
    return kept[::-1]


def _append(step: Step, change: Change) -> None:
    """Puts a further generated change into ``step``: text at the end, or the end taken back."""
    last = step.changes[-1]
    end = last.at + len(last.inserted)
    if not change.removed and change.at == end:
        step.changes[-1] = replace(last, inserted=last.inserted + change.inserted)
    elif not change.inserted and change.at >= last.at and change.at + len(change.removed) == end:
        step.changes[-1] = replace(last, inserted=last.inserted[: change.at - last.at])
    else:
        step.changes.append(change)


def _joined_typing(last: Change, change: Change) -> Change | None:
    """Both as one change, or None when a person would take them for two: another place, line or sentence."""
    if not change.removed and not _begins_anew(last, change):
        return replace(last, inserted=last.inserted + change.inserted)
    if not change.inserted and not last.inserted and last.removed and "\n" not in change.removed:
        if change.at + len(change.removed) == last.at:
            return replace(last, at=change.at, removed=change.removed + last.removed)
        if change.at == last.at:
            return replace(last, removed=last.removed + change.removed)
    return None


def _begins_anew(last: Change, change: Change) -> bool:
    """Whether typed text ``change`` does not belong to the typing in ``last`` any more."""
    if change.at != last.at + len(last.inserted) or not last.inserted:
        return True
    return "\n" in change.inserted or last.inserted.endswith(("\n", *_SENTENCE_ENDS))
