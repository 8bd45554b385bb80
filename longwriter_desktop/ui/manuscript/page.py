"""The QTextDocument behind the manuscript, and the fields in it. All changes of its text go through here.

Each field begins a line of its own. Its beginning is a QTextCursor that stays where it is when text is
put in there, so Qt itself keeps every boundary in place. Changes are made inside one field at a time;
the line end between two fields is only ever put in or taken out together with a field.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument

from longwriter_desktop.ui.manuscript.fields import (
    COUNT,
    TITLE,
    Change,
    FieldKey,
    Kind,
    characters_in,
    difference,
    fitted,
    utf16_length,
)
from longwriter_desktop.ui.manuscript.placeholder import Placeholder
from longwriter_desktop.ui.manuscript.typography import MARK_WIDTH, Role, Typography, role_of

_TOP_PX, _BOTTOM_PX = 40, 160
"""Empty paper above the title and below the end, in pixels."""
_KEEP_ANCHOR = QTextCursor.MoveMode.KeepAnchor


@dataclass(slots=True)
class Field:
    """One part of the text as it stands in the document. ``placeholder`` shows while ``text`` is empty."""

    key: FieldKey
    text: str
    placeholder: str
    start: QTextCursor
    order: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """The characters ``begin`` to ``end`` of a field's text."""

    field: Field
    begin: int
    end: int

    @property
    def text(self) -> str:
        return self.field.text[self.begin : self.end]

    @property
    def is_whole(self) -> bool:
        return self.begin == 0 and self.end == len(self.field.text)


class Page(QObject):
    """The fields in order, in one document without Qt's own undo."""

    altered_elsewhere = Signal()  # something other than this class has changed the document's text

    def __init__(self, document: QTextDocument, typography: Typography) -> None:
        super().__init__(document)
        self.document = document
        self.typography = typography
        self.fields: list[Field] = []
        self._by_key: dict[FieldKey, Field] = {}
        self._depth = 0
        self._width = 0.0
        self._placeholders: dict[tuple[str, Kind], Placeholder] = {}
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setDefaultFont(typography.body_font)
        document.contentsChange.connect(self._contents_changed)
        frame = document.rootFrame().frameFormat()
        frame.setTopMargin(_TOP_PX)
        frame.setBottomMargin(_BOTTOM_PX)
        frame.setLeftMargin(MARK_WIDTH)
        frame.setRightMargin(MARK_WIDTH)
        document.rootFrame().setFrameFormat(frame)
        self.load([(TITLE, "", ""), (COUNT, "", "")])

    # -- looking -----------------------------------------------------------------------------------

    def field(self, key: FieldKey) -> Field | None:
        return self._by_key.get(key)

    @property
    def section_ids(self) -> list[str]:
        """The sections in order."""
        return [field.key.section_id for field in self.fields if field.key.kind is Kind.TEXT]

    def field_at(self, position: int) -> Field:
        """The field around a position of the document."""
        index = bisect_right(self.fields, position, key=lambda field: field.start.position())
        return self.fields[max(0, index - 1)]

    def end_of(self, field: Field) -> int:
        """The position behind the last character of a field."""
        if field.order + 1 < len(self.fields):
            return self.fields[field.order + 1].start.position() - 1
        return self.document.characterCount() - 1

    def position(self, field: Field, at: int) -> int:
        """The position in the document of character ``at`` of a field."""
        return field.start.position() + utf16_length(field.text[:at])

    def offset(self, field: Field, position: int) -> int:
        """The character of a field at a position of the document, clamped to the field."""
        units = max(0, position - field.start.position())
        return characters_in(field.text, units)

    def spans(self, begin: int, end: int) -> list[Span]:
        """What lies between two positions, field by field, without the fields that cannot be edited."""
        found = []
        for order in range(self.field_at(begin).order, self.field_at(end).order + 1):
            field = self.fields[order]
            if field.key.is_editable:
                found.append(Span(field, self.offset(field, begin), self.offset(field, end)))
        return found

    def blocks(self, field: Field) -> Iterator[QTextBlock]:
        """The lines of a field."""
        last = self.document.findBlock(self.end_of(field))
        block = self.document.findBlock(field.start.position())
        while block.isValid() and block.blockNumber() <= last.blockNumber():
            yield block
            block = block.next()

    def placeholder(self, field: Field) -> Placeholder | None:
        """What is drawn in an empty field, if anything."""
        if field.text or not field.placeholder:
            return None
        wanted = (field.placeholder, field.key.kind)
        made = self._placeholders.get(wanted)
        if made is None:
            is_text = field.key.kind is Kind.TEXT
            font = self.typography.placeholder_font if is_text else self.typography.font_of(field.key.kind)
            line_px = self.typography.line_px_of(field.key.kind)
            made = Placeholder(field.placeholder, font, self._width, line_px)
            self._placeholders[wanted] = made
        return made

    # -- changing ----------------------------------------------------------------------------------

    @contextmanager
    def changing(self) -> Iterator[None]:
        """One change for the layout and for whoever listens to the document, whatever is done inside."""
        cursor = QTextCursor(self.document)
        self._depth += 1
        cursor.beginEditBlock()
        try:
            yield
        finally:
            cursor.endEditBlock()
            self._depth -= 1

    def fits(self, changes: Sequence[Change]) -> bool:
        """Whether `apply` would find in the fields what each of ``changes``, one after another, replaces."""
        texts: dict[FieldKey, str] = {}
        for change in changes:
            field = self._by_key.get(change.field)
            if field is None:
                return False
            text, end = texts.get(change.field, field.text), change.at + len(change.removed)
            if change.at > len(text) or text[change.at : end] != change.removed:
                return False
            texts[change.field] = text[: change.at] + change.inserted + text[end:]
        return True

    def apply(self, changes: Sequence[Change]) -> None:
        """Makes changes one after another. Each must fit the text that it finds."""
        if not changes:
            return
        with self.changing():
            for change in changes:
                self._apply(change)

    def _apply(self, change: Change) -> None:
        field = self._by_key[change.field]
        end = change.at + len(change.removed)
        if field.text[change.at : end] != change.removed:
            raise ValueError(f"the {change.field.kind} does not hold what is to be replaced")
        cursor = QTextCursor(self.document)
        begin = self.position(field, change.at)
        cursor.setPosition(begin)
        cursor.setPosition(begin + utf16_length(change.removed), _KEEP_ANCHOR)
        was_empty = cursor.block().length() == 1
        cursor.removeSelectedText()
        cursor.insertText(change.inserted, self.typography.characters(field.key.kind))
        field.text = field.text[: change.at] + change.inserted + field.text[end:]
        # A line that was not empty and is not has the format that it had, and so have its neighbours.
        has_new_lines = "\n" in change.removed or "\n" in change.inserted
        if was_empty or has_new_lines or cursor.block().length() == 1:
            self._style(field, self.document.findBlock(begin), cursor.block())

    def load(self, contents: Sequence[tuple[FieldKey, str, str]]) -> None:
        """Shows other fields: key, text and placeholder of each. The first must be the title, then the count."""
        with self.changing():
            self.fields = []
            self._by_key = {}
            cursor = QTextCursor(self.document)
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.removeSelectedText()
            for key, text, placeholder in contents:
                self._insert(len(self.fields), key, text, placeholder)
            self._number()
            for field in self.fields:
                self._style_whole(field)

    def insert(self, order: int, key: FieldKey, text: str, placeholder: str) -> None:
        """Puts in a new field as number ``order``; 0 and 1 are the title and the count."""
        with self.changing():
            self._insert(order, key, text, placeholder)
            self._number()
            for field in self.fields[max(0, order - 1) : order + 2]:
                self._style_whole(field)

    def _insert(self, order: int, key: FieldKey, text: str, placeholder: str) -> None:
        characters = self.typography.characters(key.kind)
        cursor = QTextCursor(self.document)
        if order:
            cursor.setPosition(self.end_of(self.fields[order - 1]))
            cursor.insertBlock(self.typography.block(Role.BODY), characters)
        else:
            cursor.setBlockFormat(self.typography.block(Role.BODY))
            cursor.setBlockCharFormat(characters)
        start = QTextCursor(cursor)
        start.setKeepPositionOnInsert(True)
        text = fitted(text, key)
        cursor.insertText(text, characters)
        field = Field(key, text, placeholder, start, order)
        self.fields.insert(order, field)
        self._by_key[key] = field

    def remove(self, key: FieldKey) -> None:
        """Takes a field out. The title and the count stay for ever."""
        field = self._by_key.pop(key)
        before = self.fields[field.order - 1]
        with self.changing():
            cursor = QTextCursor(self.document)
            cursor.setPosition(self.end_of(before))
            cursor.setPosition(self.end_of(field), _KEEP_ANCHOR)
            cursor.removeSelectedText()
            del self.fields[field.order]
            self._number()
            for neighbour in self.fields[before.order : before.order + 2]:
                self._style_whole(neighbour)

    def set_placeholder(self, field: Field, placeholder: str) -> None:
        if field.placeholder != placeholder:
            field.placeholder = placeholder
            if not field.text:
                with self.changing():
                    self._style_whole(field)

    def _number(self) -> None:
        for order, field in enumerate(self.fields):
            field.order = order

    # -- type --------------------------------------------------------------------------------------

    def set_typography(self, typography: Typography) -> None:
        """Sets the whole text anew; in other colours alone, only the line that has one of its own."""
        is_set_alike = typography.is_set_like(self.typography)
        self.typography = typography
        self._placeholders.clear()
        with self.changing():
            if not is_set_alike:
                self.document.setDefaultFont(typography.body_font)
            for field in self.fields:
                if is_set_alike and field.key.kind is not Kind.COUNT:
                    continue
                if field.key.is_single_line:
                    cursor = self._selecting(field)
                    characters = typography.characters(field.key.kind)
                    cursor.setCharFormat(characters)
                    cursor.setBlockCharFormat(characters)
                self._style_whole(field)

    def set_width(self, pixels: float) -> None:
        """Tells the width of a line, which placeholders are broken to."""
        if pixels == self._width:
            return
        self._width = pixels
        self._placeholders.clear()
        with self.changing():
            for field in self.fields:
                if not field.text and field.placeholder:
                    self._style_whole(field)

    def set_bottom(self, pixels: int) -> None:
        """How much empty paper is below the end, at the least."""
        frame = self.document.rootFrame().frameFormat()
        wanted = max(_BOTTOM_PX, pixels)
        if frame.bottomMargin() != wanted:
            frame.setBottomMargin(wanted)
            # No text changes, but Qt would say that all of it has, and the highlighter would look at every line.
            with QSignalBlocker(self.document), self.changing():
                self.document.rootFrame().setFrameFormat(frame)

    def give_room(self, block: QTextBlock, is_composing: bool) -> None:
        """The line between two paragraphs is as high as any other while an input method shows text in it."""
        if is_composing and role_of(block.blockFormat()) is Role.GAP:
            with self.changing():
                QTextCursor(block).setBlockFormat(self.typography.block(Role.BODY))
        elif not is_composing and block.length() == 1:
            with self.changing():
                self._style(self.field_at(block.position()), block, block)

    def _style_whole(self, field: Field) -> None:
        first = self.document.findBlock(field.start.position())
        self._style(field, first, self.document.findBlock(self.end_of(field)))

    def _style(self, field: Field, first: QTextBlock, last: QTextBlock) -> None:
        """Gives the lines from ``first`` to ``last``, and their neighbours in the field, the format of their role."""
        begin, end = field.start.position(), self.end_of(field)
        if first.position() > begin:
            first = first.previous()
        if last.position() + last.length() - 1 < end:
            last = last.next()
        stop = last.position()
        block = first
        while block.isValid() and block.position() <= stop:
            wanted = self._format(field, block, block.position() == begin, block.position() + block.length() > end)
            if block.blockFormat() != wanted:
                QTextCursor(block).setBlockFormat(wanted)
            block = block.next()

    def _format(self, field: Field, block: QTextBlock, is_first: bool, is_last: bool) -> QTextBlockFormat:
        typography = self.typography
        match field.key.kind:
            case Kind.TITLE:
                return typography.block(Role.TITLE, 0, self._room_below(field))
            case Kind.COUNT:
                return typography.block(Role.COUNT, typography.count_top_px, typography.count_bottom_px)
            case Kind.HEADING:
                return typography.block(Role.HEADING, typography.heading_top_px, typography.heading_bottom_px)
        is_empty = block.length() == 1
        if is_first:
            before = self.fields[field.order - 1].key.kind
            top = typography.section_top_px if before is Kind.TEXT else 0
            role = Role.EMPTY if is_empty and is_last else Role.FIRST
            return typography.block(role, top, self._room_below(field))
        if is_empty and not is_last and block.previous().length() > 1:
            return typography.block(Role.GAP)
        return typography.block(Role.BODY)

    def _room_below(self, field: Field) -> int:
        """The margin below an empty field that holds all but the first line of its placeholder, in pixels."""
        placeholder = self.placeholder(field)
        extra = placeholder.height - self.typography.line_px_of(field.key.kind) if placeholder else 0
        if not extra or field.order + 1 >= len(self.fields):
            return extra
        # Margins of neighbours overlap in a QTextDocument, so the one above the next field is added here.
        tops = {
            Kind.COUNT: self.typography.count_top_px,
            Kind.HEADING: self.typography.heading_top_px,
            Kind.TEXT: self.typography.section_top_px,
        }
        return extra + tops.get(self.fields[field.order + 1].key.kind, 0)

    # -- changes made by others ----------------------------------------------------------------------

    def _contents_changed(self, position: int, removed: int, added: int) -> None:
        del position, removed, added
        if not self._depth:
            self.altered_elsewhere.emit()

    def adopt(self) -> list[Change]:
        """Takes over what something else, such as a screen reader, has changed in the document's text.

        Returns the changes found. Where a boundary was lost the text is put back as it was.
        """
        if not self._is_intact():
            self.load([(field.key, field.text, field.placeholder) for field in self.fields])
            return []
        found = []
        with self.changing():
            for field in self.fields:
                present, known = self._present_text(field), field.text
                if present == known:
                    continue
                field.text = present
                fit = fitted(present, field.key) if field.key.is_editable else known
                self._apply(difference(field.key, present, fit))
                found.append(difference(field.key, known, fit))
        return [change for change in found if not change.is_empty]

    def _is_intact(self) -> bool:
        starts = [field.start.position() for field in self.fields]
        ends = [*starts[1:], self.document.characterCount()]
        for field, start, end in zip(self.fields, starts, ends, strict=True):
            block = self.document.findBlock(start)
            if block.position() != start or end <= start:
                return False
            if field.key.is_single_line and start + block.length() != end:
                return False
        return bool(starts) and starts[0] == 0

    def _present_text(self, field: Field) -> str:
        return self._selecting(field).selectedText().replace("\u2029", "\n")

    def _selecting(self, field: Field) -> QTextCursor:
        """A cursor that selects a field. Not a copy of the field's own, whose anchor moves with the text."""
        cursor = QTextCursor(self.document)
        cursor.setPosition(field.start.position())
        cursor.setPosition(self.end_of(field), _KEEP_ANCHOR)
        return cursor
