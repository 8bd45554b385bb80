"""What the outline shows of a document: one row a section, or one a line of the plan that is being made."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, QObject, Qt, QTimer, Signal
from typing_extensions import override

from longwriter_desktop.agentwrite.budget import SECTION_TOLERANCE, WordBudget, adjustment
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Status
from longwriter_desktop.ui.length_words import length_unit
from longwriter_desktop.ui.near_duplicate_watch import NearDuplicateWatch
from longwriter_desktop.ui.outline_rows import ChapterRow, OutlineRow, RowNote, are_in_chapters
from longwriter_desktop.ui.outline_tree import Index, OutlineTree
from longwriter_desktop.ui.plain_tip import plain_tip
from longwriter_desktop.ui.plan_draft import DraftStep
from longwriter_desktop.ui.tally import Tally

COUNT_DELAY_MS = 200
"""How often words and statuses are counted again while text arrives."""
WORTH_SAYING = 0.02
_LONGEST_PASSAGE = 160
MIME_TYPE = "application/x-longwriter-sections"
"""The ids of the sections that are being dragged, a line each."""


_Flag = Qt.ItemFlag
_SECTION_FLAGS = _Flag.ItemIsEnabled | _Flag.ItemIsSelectable | _Flag.ItemIsEditable | _Flag.ItemIsDragEnabled
_CHAPTER_FLAGS = _SECTION_FLAGS | _Flag.ItemIsDropEnabled
"""Put together once: Qt asks for them hundreds of times whenever another row is chosen."""


class Role(IntEnum):
    """What the delegate asks for."""

    ROW = Qt.ItemDataRole.UserRole + 1
    SECTION_ID = Qt.ItemDataRole.UserRole + 2


class OutlineModel(OutlineTree):
    """Follows a document. Rows that have not changed are not touched, so the view keeps its place.

    Changes by the person show at once; words and statuses follow the arriving text every 200 ms.
    """

    # Rows were dropped elsewhere; the ids of the sections, the new place counted without them, and whether they are to
    # open the chapter that begins there.
    move_requested = Signal(object, int, bool)

    counted = Signal()  # words and statuses are shown as they are now; who shows them elsewhere does so in that moment

    def __init__(self, tally: Tally, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tally = tally
        self._document = Document()
        self._writing: frozenset[str] = frozenset()
        self._draft: tuple[DraftStep, ...] = ()
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

    @property
    def is_draft(self) -> bool:
        """Whether the rows are lines of a plan that is being made."""
        return bool(self._draft)

    def refresh(self) -> None:
        """Shows everything as it is now."""
        self._counting.stop()
        self.show_rows(self._draft_rows() if self._draft else self._section_rows())
        self.counted.emit()

    def _section_rows(self) -> list[OutlineRow]:
        statuses = self._document.statuses() | dict.fromkeys(self._writing, Status.WRITING)
        aims = self._aims()
        unit = length_unit(self._document.language)
        in_chapter = are_in_chapters([section.heading for section in self._document.sections])
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
                aims.get(section.id, 0),
                notes=self._notes(section),
                unit=unit,
                in_chapter=in_chapter[number - 1],
            )
            for number, section in enumerate(self._document.sections, start=1)
        ]

    def _aims(self) -> dict[str, int]:
        """What the writer aims at in sections that are still to be written, where that is worth saying."""
        left = [each for each in self._document.sections if not each.complete and not each.locked and each.word_target]
        if len(left) == 1:  # The last one makes the whole come out.
            aims = {left[0].id: WordBudget.of(self._document, left[0].id, self._tally.words).target}
        else:
            moved = 1 + adjustment(self._document, words=self._tally.words)
            aims = {section.id: round(section.word_target * moved) for section in left}
        targets = {section.id: section.word_target for section in left}
        return {key: aim for key, aim in aims.items() if abs(aim / targets[key] - 1) >= WORTH_SAYING}

    def _notes(self, section: Section) -> tuple[RowNote, ...]:
        notes = []
        too_short = self._tally.words(section) < (1 - SECTION_TOLERANCE) * section.word_target
        if section.complete and section.stop_reason == "repetition" and too_short:
            tip = self.tr(
                "The model kept repeating itself, so the writer stopped here. Write it again, with a direction or "
                "another model, or go on by hand."
            )
            notes.append(RowNote(self.tr("kept repeating itself"), tip))
        found = self._watch.of(section.id)
        if found is not None and self._document.has_section(found.other_id):
            number, passage = self._document.index(found.other_id) + 1, found.passages[0].text
            begun = passage if len(passage) <= _LONGEST_PASSAGE else passage[:_LONGEST_PASSAGE].rstrip() + "…"
            tip = self.tr(
                "Says in nearly the same words what section {number} says: “{passage}” Write it again, or leave it."
            )
            like = self.tr("like section {number}").format(number=number)
            notes.append(RowNote(like, tip.format(number=number, passage=begun)))
        return tuple(notes)

    def _draft_rows(self) -> list[OutlineRow]:
        in_chapter = are_in_chapters([step.heading for step in self._draft])
        unit = length_unit(self._document.language)
        return [
            OutlineRow(
                f"draft-{number}",
                number,
                step.heading,
                step.main_point,
                0,
                step.words,
                None,
                locked=False,
                unit=unit,
                in_chapter=in_chapter[number - 1],
            )
            for number, step in enumerate(self._draft, start=1)
        ]

    # -- looking -----------------------------------------------------------------------------------

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        match role:
            case Role.ROW:
                return row
            case Role.SECTION_ID:
                return row.section_id
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return row.heading if isinstance(row, ChapterRow) else row.main_point
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
        is_tip = role == Qt.ItemDataRole.ToolTipRole and isinstance(row, OutlineRow) and row.tip
        return plain_tip(row.tip or "") if is_tip and isinstance(row, OutlineRow) else None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row_at(index)
        if row is None:
            return _Flag.ItemIsDropEnabled
        if self._draft:
            return _Flag.ItemIsEnabled
        return _CHAPTER_FLAGS if isinstance(row, ChapterRow) else _SECTION_FLAGS

    def sections_at(self, indexes: Sequence[Index]) -> tuple[str, ...]:
        """The ids of the sections in these rows, in the order of the document; a chapter stands for all that it has."""
        found = set()
        for row in map(self.row_at, indexes):
            found |= {each.section_id for each in row.rows} if isinstance(row, ChapterRow) else set()
            found |= {row.section_id} if isinstance(row, OutlineRow) and row.status is not None else set()
        return tuple(row.section_id for row in self.rows if row.section_id in found)

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
        data.setData(MIME_TYPE, QByteArray("\n".join(self.sections_at(indexes)).encode("utf-8")))
        return data

    @override
    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        if not data.hasFormat(MIME_TYPE):
            return False
        dropped = bytes(data.data(MIME_TYPE).data()).decode("utf-8").split("\n")
        moved = tuple(each for each in dropped if self.row_of(each) >= 0)
        if moved:
            place, opens = self._place(row, parent)
            index = sum(each.section_id not in moved for each in self.rows[:place])
            # After this event: the view is still in the middle of its own drop.
            QTimer.singleShot(0, self, lambda: self.move_requested.emit(moved, index, opens))
        return False

    def _place(self, row: int, parent: Index) -> tuple[int, bool]:
        """The place among all sections of a drop before child ``row`` of ``parent``, or with -1 on ``parent``.

        And whether what is dropped opens the chapter there.
        """
        at = self.row_at(parent)
        if isinstance(at, ChapterRow):
            first = self.row_of(at.section_id)
            inside = len(at.rows) if row < 0 else min(row, len(at.rows))
            return first + inside, inside == 0
        if isinstance(at, OutlineRow):
            return self.row_of(at.section_id), False
        below = self.row_at(self.index(row)) if row >= 0 else None
        return (self.row_of(below.section_id) if below is not None else len(self.rows)), False


def _outline_of(document: Document) -> tuple[tuple[object, ...], ...]:
    """What of a document the outline shows at once."""
    return tuple(
        (each.id, each.main_point, each.word_target, each.heading, each.locked, each.complete)
        for each in document.sections
    )
