"""The rows of the outline: one a section, or one a line of the plan that is being made."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from typing_extensions import override

from longwriter_desktop.agentwrite.budget import SECTION_TOLERANCE, adjustment
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.length_unit import unit_of
from longwriter_desktop.document.section import Section, Status
from longwriter_desktop.ui.near_duplicate_watch import NearDuplicateWatch
from longwriter_desktop.ui.plain_tip import plain_tip
from longwriter_desktop.ui.session import DraftStep
from longwriter_desktop.ui.tally import Tally

COUNT_DELAY_MS = 200
"""How often words and statuses are counted again while text arrives."""
AIM_TIP = "The sections before were longer or shorter than planned, so that the document comes out as asked."
WORTH_SAYING = 0.02
REPETITION_TIP = (
    "The model kept repeating itself, so the writer stopped here. Write it again, with a direction or another model, "
    "or go on by hand."
)
LIKE_TIP = "Says in nearly the same words what section {number} says: “{passage}” Write it again, or leave it."
STALE_TIP = "Written against text or a plan line that has changed since. Write it again, or leave it."
_LONGEST_PASSAGE = 160
MIME_TYPE = "application/x-longwriter-section"

_AFTER_HEADING = tuple(":：,，-–—")

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What the delegate asks for."""

    ROW = Qt.ItemDataRole.UserRole + 1
    SECTION_ID = Qt.ItemDataRole.UserRole + 2


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
    notes: tuple["RowNote", ...] = ()
    unit: str = "words"
    """What its length is counted in (see `unit_of`)."""

    @property
    def shown_point(self) -> str:
        """The main point without the heading in front of it, which is shown above."""
        rest = self.main_point.removeprefix(self.heading) if self.heading else ""
        if rest[:1] in _AFTER_HEADING and (shown := rest[1:].strip()):
            return shown[:1].upper() + shown[1:]
        return self.main_point or "No main point yet"

    @property
    def status_words(self) -> str:
        """The status as it is shown; nothing for the two that the numbers already tell."""
        told = [] if self.status in (None, Status.PLANNED, Status.WRITTEN) else [str(self.status)]
        told += [f"aims at {self.aim:,}"] if self.aim else []
        told += [note.words for note in self.notes]
        return " · ".join([*told, "locked"] if self.locked else told)

    @property
    def tip(self) -> str | None:
        """What needs an explanation."""
        tips = [STALE_TIP] if self.status is Status.STALE else [AIM_TIP] if self.aim else []
        tips += [note.tip for note in self.notes]
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
        chapter = f"Chapter {self.heading}. " if self.heading else ""
        status = f", {self.status}" if self.status is not None else ""
        locked = ", locked" if self.locked else ""
        aim = f", aims at {self.aim:,}" if self.aim else ""
        notes = "".join(f", {note.words}" for note in self.notes)
        return (
            f"{chapter}Section {self.number}: {self.main_point or 'no main point yet'}. "
            f"{self.words:,} of {self.word_target:,} {self.unit}{status}{aim}{notes}{locked}"
        )


class OutlineModel(QAbstractListModel):
    """Follows a document. Rows that have not changed are not touched, so the view keeps its place.

    Changes by the person show at once; words and statuses follow the arriving text every 200 ms.
    """

    move_requested = Signal(str, int)  # a row was dropped elsewhere; section id, new place counted without it

    def __init__(self, tally: Tally, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tally = tally
        self._document = Document()
        self._writing: frozenset[str] = frozenset()
        self._draft: tuple[DraftStep, ...] = ()
        self._rows: list[OutlineRow] = []
        self._watch = NearDuplicateWatch(self)
        self._watch.found_changed.connect(self.refresh)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(COUNT_DELAY_MS)
        self._counting.timeout.connect(self.refresh)

    # -- following the document ----------------------------------------------------------------------

    def set_document(self, document: Document) -> None:
        """Shows ``document``; if only text has changed, a moment later."""
        before, self._document = self._document, document
        self._watch.set_document(document)
        if _outline_of(before) != _outline_of(document):
            self.refresh()
        elif before is not document and not self._counting.isActive():
            self._counting.start()

    def set_writing(self, *section_ids: str) -> None:
        """Marks the sections that are being written, none or several too."""
        if frozenset(section_ids) != self._writing:
            self._writing = frozenset(section_ids)
            self.refresh()

    def set_draft(self, draft: Sequence[DraftStep]) -> None:
        """Shows a plan that is being made instead of the document's, until the draft is empty."""
        self._draft = tuple(draft)
        self.refresh()

    def refresh(self) -> None:
        """Shows everything as it is now."""
        self._counting.stop()
        self._show(self._draft_rows() if self._draft else self._section_rows())

    def _section_rows(self) -> list[OutlineRow]:
        statuses = self._document.statuses() | dict.fromkeys(self._writing, Status.WRITING)
        moved = 1 + adjustment(self._document, words=self._tally.words)
        return [
            OutlineRow(
                section.id,
                number,
                section.heading,
                section.main_point,
                self._tally.words(section),
                section.word_target,
                statuses[section.id],
                section.locked,
                _aim(section, moved),
                notes=self._notes(section),
                unit=unit_of(self._document.language),
            )
            for number, section in enumerate(self._document.sections, start=1)
        ]

    def _notes(self, section: Section) -> tuple[RowNote, ...]:
        notes = []
        too_short = self._tally.words(section) < (1 - SECTION_TOLERANCE) * section.word_target
        if section.complete and section.stop_reason == "repetition" and too_short:
            notes.append(RowNote("kept repeating itself", REPETITION_TIP))
        found = self._watch.of(section.id)
        if found is not None and self._document.has_section(found.other_id):
            number, passage = self._document.index(found.other_id) + 1, found.passages[0].text
            begun = passage if len(passage) <= _LONGEST_PASSAGE else passage[:_LONGEST_PASSAGE].rstrip() + "…"
            notes.append(RowNote(f"like section {number}", LIKE_TIP.format(number=number, passage=begun)))
        return tuple(notes)

    def _draft_rows(self) -> list[OutlineRow]:
        return [
            OutlineRow(f"draft-{number}", number, step.heading, step.main_point, 0, step.words, None, locked=False)
            for number, step in enumerate(self._draft, start=1)
        ]

    def _show(self, wanted: list[OutlineRow]) -> None:
        ids = {row.section_id for row in wanted}
        for at in reversed([at for at, row in enumerate(self._rows) if row.section_id not in ids]):
            self.beginRemoveRows(QModelIndex(), at, at)
            del self._rows[at]
            self.endRemoveRows()
        for at, row in enumerate(wanted):
            self._bring(row, at)
        for at, row in enumerate(wanted):
            if self._rows[at] != row:
                self._rows[at] = row
                self.dataChanged.emit(self.index(at), self.index(at))

    def _bring(self, row: OutlineRow, at: int) -> None:
        """Puts the row of that section at its place, by moving or inserting it."""
        if at < len(self._rows) and self._rows[at].section_id == row.section_id:
            return
        for later in range(at + 1, len(self._rows)):
            if self._rows[later].section_id == row.section_id:
                self.beginMoveRows(QModelIndex(), later, later, QModelIndex(), at)
                self._rows.insert(at, self._rows.pop(later))
                self.endMoveRows()
                return
        self.beginInsertRows(QModelIndex(), at, at)
        self._rows.insert(at, row)
        self.endInsertRows()

    # -- looking -----------------------------------------------------------------------------------

    @property
    def rows(self) -> list[OutlineRow]:
        return self._rows

    def row_of(self, section_id: str) -> int:
        """The row of a section; -1 when it is not shown."""
        return next((at for at, row in enumerate(self._rows) if row.section_id == section_id), -1)

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Role.ROW:
                return row
            case Role.SECTION_ID:
                return row.section_id
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return row.main_point
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
        return plain_tip(row.tip) if row.tip and role == Qt.ItemDataRole.ToolTipRole else None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        if not self._draft:
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled
        return flags

    # -- dragging ----------------------------------------------------------------------------------

    @override
    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    @override
    def mimeTypes(self) -> list[str]:
        return [MIME_TYPE]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(MIME_TYPE, QByteArray(str(indexes[0].data(Role.SECTION_ID)).encode("utf-8")))
        return data

    @override
    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        if not data.hasFormat(MIME_TYPE):
            return False
        moved = bytes(data.data(MIME_TYPE).data()).decode("utf-8")
        source = self.row_of(moved)
        if source < 0:
            return False
        if row < 0:
            row = parent.row() if parent.isValid() else len(self._rows)
        # After this event: the view is still in the middle of its own drop.
        QTimer.singleShot(0, self, lambda: self.move_requested.emit(moved, row - 1 if row > source else row))
        return False


def _aim(section: Section, moved: float) -> int:
    """What the writer aims at, if it is worth saying."""
    if section.complete or section.locked or abs(moved - 1) < WORTH_SAYING:
        return 0
    return round(section.word_target * moved)


def _outline_of(document: Document) -> tuple[tuple[object, ...], ...]:
    """What of a document the outline shows at once."""
    return tuple(
        (each.id, each.main_point, each.word_target, each.heading, each.locked, each.complete)
        for each in document.sections
    )
