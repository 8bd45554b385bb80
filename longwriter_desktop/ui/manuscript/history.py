"""Undo and redo of the manuscript, in terms of its fields.

Qt's own undo counts in positions of the whole document, so text that streams into one section while
the person types in another would have to be undone in the order of its arrival, piece by piece. Here
a step names its fields, so the person's steps and the writer's stand beside each other: a step can be
taken back as long as no later step has changed the same field.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from enum import StrEnum

from longwriter_desktop.ui.manuscript.fields import Change, FieldKey

LIMIT = 2000
"""How many steps are remembered."""

_SENTENCE_ENDS = (". ", "! ", "? ", ".\u00a0", "。", "！", "？", ": ", "; ")


class Origin(StrEnum):
    """Who made a step: the person by typing, the person otherwise, the writer, or the document from outside."""

    TYPED = "typed"
    PERSON = "person"
    GENERATED = "generated"
    DOCUMENT = "document"


@dataclass(slots=True, eq=False)
class Step:
    """What one undo takes back: ``changes`` in the order in which they were made."""

    origin: Origin
    changes: list[Change]
    sealed: bool = False
    fields: frozenset[FieldKey] = field(init=False)

    def __post_init__(self) -> None:
        self.fields = frozenset(change.field for change in self.changes)


class History:
    """The steps that can be undone and those that can be redone."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def clear(self) -> None:
        self._done.clear()
        self._undone.clear()

    def record(self, origin: Origin, changes: list[Change]) -> None:
        """Remembers changes that have been made. Typing continues the step before it where it joins on."""
        changes = [change for change in changes if not change.is_empty]
        if not changes:
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
        self._push(Step(origin, changes))

    def seal(self, field: FieldKey) -> None:
        """What is generated into ``field`` from now on is a new step."""
        for step in self._done:
            step.sealed = step.sealed or field in step.fields

    def forget(self, fields: Collection[FieldKey]) -> None:
        """Drops every step that cannot be taken back any more because ``fields`` are gone or were put in anew."""
        self._done = _without(self._done, fields)
        self._undone = _without(self._undone, fields)

    def can_undo(self, busy: Collection[FieldKey] = ()) -> bool:
        return self._next_undo(busy) is not None

    def can_redo(self) -> bool:
        return bool(self._undone)

    def peek_undo(self, busy: Collection[FieldKey] = ()) -> frozenset[FieldKey]:
        """The fields that `undo` would change."""
        index = self._next_undo(busy)
        return frozenset() if index is None else self._done[index].fields

    def peek_redo(self) -> frozenset[FieldKey]:
        """The fields that `redo` would change."""
        return self._undone[-1].fields if self._undone else frozenset()

    def undo(self, busy: Collection[FieldKey] = ()) -> list[Change]:
        """The changes that take back the newest step, or none. Text that is being generated now is left alone.

        ``busy`` are the fields that are being generated.
        """
        index = self._next_undo(busy)
        if index is None:
            return []
        step = self._done.pop(index)
        step.sealed = True
        self._undone.append(step)
        return [change.inverse for change in reversed(step.changes)]

    def redo(self) -> list[Change]:
        """The changes that make the step undone last once more, or none."""
        if not self._undone:
            return []
        step = self._undone.pop()
        self._push(step)
        return list(step.changes)

    def _next_undo(self, busy: Collection[FieldKey]) -> int | None:
        blocked: set[FieldKey] = set()
        for index in range(len(self._done) - 1, -1, -1):
            step = self._done[index]
            in_work = step.origin is Origin.GENERATED and not step.fields.isdisjoint(busy)
            if not in_work and step.fields.isdisjoint(blocked):
                return index
            blocked |= step.fields
        return None

    def _push(self, step: Step) -> None:
        self._done.append(step)
        del self._done[:-LIMIT]

    def _continues(self, change: Change) -> bool:
        """Whether ``change`` was put into the newest step of the person."""
        last = self._newest_of_person()
        if last is None or last.sealed or last.origin is not Origin.TYPED or len(last.changes) != 1:
            return False
        joined = _joined_typing(last.changes[0], change) if last.changes[0].field == change.field else None
        if joined is None:
            return False
        last.changes[0] = joined
        # It is the person's newest deed again, also where text has been generated elsewhere since it began.
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
        self._undone = _without(self._undone, {change.field})
        for step in reversed(self._done):
            if change.field in step.fields:
                if step.origin is Origin.GENERATED and not step.sealed:
                    _append(step, change)
                    return
                break
        self._push(Step(Origin.GENERATED, [change]))


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
