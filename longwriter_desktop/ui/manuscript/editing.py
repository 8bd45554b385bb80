"""The text edit in which the person works: keys, input methods, paste and drag become changes of fields."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext

from PySide6.QtCore import QMimeData, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragLeaveEvent,
    QDropEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QTextEdit, QWidget
from typing_extensions import override

from longwriter_desktop.ui.manuscript.copied_text import markdown, plain_text
from longwriter_desktop.ui.manuscript.fields import TITLE, Change, FieldKey, Kind, fitted
from longwriter_desktop.ui.manuscript.highlighter import MarkdownHighlighter
from longwriter_desktop.ui.manuscript.history import History, Origin, Step
from longwriter_desktop.ui.manuscript.lines import blocks_in
from longwriter_desktop.ui.manuscript.page import Field, Page, Span
from longwriter_desktop.ui.manuscript.paragraphs import PARAGRAPH, breaks_around, is_prose, over_paragraph_break
from longwriter_desktop.ui.manuscript.typed_keys import deletion, types_text
from longwriter_desktop.ui.manuscript.typography import Typography

_Key = QKeySequence.StandardKey
_Move = QTextCursor.MoveOperation
_KEEP_ANCHOR = QTextCursor.MoveMode.KeepAnchor

_MANY_CHANGES = 200

TYPING_PAUSE_MS = 3000
"""What is typed after such a pause, in milliseconds, is undone by itself."""


class FieldEdit(QTextEdit):
    """A QTextEdit whose person can edit the fields of a `Page` but never mix them up.

    Nothing that a person does goes to Qt's own editing: each deed becomes changes of single fields,
    is made through the page, remembered in the history and reported.
    """

    text_edited = Signal(str, str)  # after the person (typing, paste, undo) changed a section's text; id, text
    texts_edited = Signal(object)  # the same where one deed changed several sections; a list of id and text
    heading_edited = Signal(str, str)  # after the person changed a section's heading; id, heading
    title_edited = Signal(str)  # after the person changed the title
    writing_touched = Signal(str)  # just before the person changes the text of the section being written; its id

    undo_elsewhere = Signal()  # undo was pressed, and the newest step is not one of the text
    redo_elsewhere = Signal()  # the same for redo

    def __init__(self, typography: Typography, history: History | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.highlighter = MarkdownHighlighter(self.document(), typography)
        self.page = Page(self.document(), typography)
        self.history = History() if history is None else history
        self._writing = ""
        self._unreported: list[FieldKey] = []
        self._last_position = 0
        self.menu_extensions: list[Callable[[QMenu, int], None]] = []
        self.page.altered_elsewhere.connect(self._adopt_soon)
        self.cursorPositionChanged.connect(self._pass_over_count)
        self._adopting = QTimer(self)
        self._adopting.setSingleShot(True)
        self._adopting.setInterval(0)
        self._adopting.timeout.connect(self._adopt)
        self._typing_pause = QTimer(self)
        self._typing_pause.setSingleShot(True)
        self._typing_pause.setInterval(TYPING_PAUSE_MS)
        self._typing_pause.timeout.connect(self.history.end_typing)
        self._typing_pause.timeout.connect(self.viewport().update)

    # -- one deed of the person ----------------------------------------------------------------------

    def flush_section(self, section_id: str) -> None:
        """Puts in text of that section that has arrived but is not shown yet."""

    def replace_selection(self, text: str, origin: Origin = Origin.PERSON) -> None:
        """Puts ``text`` in place of what is selected, or at the cursor. All selected fields remain."""
        self._announce(self._keys(self.textCursor()))
        self._replace(self.textCursor(), text, origin)

    def _replace(self, cursor: QTextCursor, text: str, origin: Origin) -> None:
        spans = self._spans(cursor)
        if not spans:
            return
        target, at = spans[0].field, spans[0].begin
        fit = fitted(text, target.key)
        whole = target.text
        above, below = self._breaks_around(target.key, whole[:at], fit, whole[spans[0].end :])
        changes = [Change(target.key, spans[0].end, "", below), Change(target.key, at, spans[0].text, above + fit)]
        changes += [Change(span.field.key, span.begin, span.text, "") for span in spans[1:]]
        self._make(changes, origin)
        self._put_caret(target, at + len(above + fit))

    @staticmethod
    def _breaks_around(key: FieldKey, before: str, inserted: str, after: str) -> tuple[str, str]:
        return ("", "") if key.is_single_line else breaks_around(before, inserted, after)

    def _spans(self, cursor: QTextCursor) -> list[Span]:
        return self.page.spans(cursor.selectionStart(), cursor.selectionEnd())

    def _keys(self, cursor: QTextCursor) -> list[FieldKey]:
        """The fields that ``cursor`` is in or selects from."""
        return [span.field.key for span in self._spans(cursor)]

    def _announce(self, keys: Iterable[FieldKey]) -> None:
        """Lets the writer know before its section is changed, with everything that it has sent in place."""
        for key in keys:
            if key.kind is Kind.TEXT:
                self.flush_section(key.section_id)
                if key.section_id == self._writing:
                    self.writing_touched.emit(key.section_id)

    def _make(self, changes: Sequence[Change], origin: Origin) -> None:
        made = [change for change in changes if not change.is_empty]
        if not made:
            return
        self._apply(made)
        if origin in (Origin.TYPED, Origin.PERSON):
            self.history.record(origin, made)
            self._typing_pause.start()
        self._report([change.field for change in made])

    def _apply(self, changes: Sequence[Change]) -> None:
        """Makes changes; after very many at once only the lines that show are highlighted before the window goes on."""
        with self.highlighting_later() if len(changes) >= _MANY_CHANGES else nullcontext():
            self.page.apply(changes)

    @contextmanager
    def highlighting_later(self) -> Iterator[None]:
        """What is changed inside is highlighted at once where it shows, and elsewhere in short turns."""
        self.highlighter.put_off()
        try:
            yield
        finally:
            top = self.verticalScrollBar().value()
            self.highlighter.start_over(blocks_in(self.page, QRectF(self.viewport().rect().translated(0, top))))

    def _report(self, keys: Collection[FieldKey]) -> None:
        """Says what has changed. Until all is said, none of it is overwritten (see `Manuscript.set_document`)."""
        self._unreported += [key for key in dict.fromkeys(keys) if key not in self._unreported]
        texts = [key for key in self._unreported if key.kind is Kind.TEXT]
        if len(texts) > 1:
            self._unreported = [key for key in self._unreported if key.kind is not Kind.TEXT]
            shown = [(key.section_id, self.page.field(key)) for key in texts]
            self.texts_edited.emit([(section_id, field.text) for section_id, field in shown if field is not None])
        while self._unreported:
            key = self._unreported.pop(0)
            field = self.page.field(key)
            if field is None:
                continue
            match key.kind:
                case Kind.TITLE:
                    self.title_edited.emit(field.text)
                case Kind.HEADING:
                    self.heading_edited.emit(key.section_id, field.text)
                case Kind.TEXT:
                    self.text_edited.emit(key.section_id, field.text)
        self.undoAvailable.emit(self.can_undo())
        self.redoAvailable.emit(self.can_redo())

    def _put_caret(self, field: Field, at: int) -> None:
        """Puts the cursor there and into sight; the field may have been taken out by whoever heard of the change."""
        if self.page.field(field.key) is not field:
            return
        cursor = self.textCursor()
        position = self.page.position(field, at)
        if cursor.hasSelection() or cursor.position() != position:
            cursor.setPosition(position)
            self.setTextCursor(cursor)
        self.ensureCursorVisible()

    @property
    def place_of_typing(self) -> int:
        """The position where the person is typing just now; -1 while there is a pause."""
        return self.textCursor().position() if self._typing_pause.isActive() else -1

    # -- what the person can do ------------------------------------------------------------------------

    def can_undo(self) -> bool:
        return self.history.can_undo()

    def can_redo(self) -> bool:
        return self.history.can_redo()

    @override
    def undo(self) -> None:
        """Takes back what was done last, by the person or by the writer; what is being written is paused first."""
        self._bring_in(self.history.next_undo())
        step = self.history.next_undo()
        if step is not None and step.deed is not None:
            self.undo_elsewhere.emit()
        elif step is not None:
            self.history.undo()
            self._retrace(step.inverse, step.before)

    @override
    def redo(self) -> None:
        self._bring_in(self.history.next_redo())
        step = self.history.next_redo()
        if step is not None and step.deed is not None:
            self.redo_elsewhere.emit()
        elif step is not None:
            self.history.redo()
            self._retrace(step.changes, step.after)

    def _bring_in(self, step: Step | None) -> None:
        """Puts in what has arrived for the fields of a step, and has the writer pause where it writes in them."""
        if step is not None and step.deed is None:
            self._announce(step.fields)

    def _retrace(self, changes: Sequence[Change], stood: Mapping[str, object]) -> None:
        for change in changes:
            self.show_field(change.field)
        if not self.page.fits(changes):
            # The text was changed by a way that is no step: what was done before that cannot be taken back.
            self.history.forget({change.field for change in changes})
            return
        with self.history.retracing(stood):
            self._make(changes, Origin.DOCUMENT)
        last = changes[-1]
        field = self.page.field(last.field)
        if field is not None:
            self._put_caret(field, last.at + len(last.inserted))

    def show_field(self, key: FieldKey) -> None:
        """Makes sure that a field of a section is on the page, also a heading that was empty."""

    @override
    def cut(self) -> None:
        if self.textCursor().hasSelection():
            self.copy()
            self.replace_selection("")

    @override
    def clear(self) -> None:
        """Empties every field that can be edited; the sections remain."""
        self.selectAll()
        self.replace_selection("")

    def delete(self, move: QTextCursor.MoveOperation = _Move.NextCharacter) -> None:
        """Deletes the selection, or what lies between the cursor and the end of ``move`` in its field."""
        self._announce(self._keys(self.textCursor()))
        cursor = self.textCursor()
        if not cursor.hasSelection():
            field = self.page.field_at(cursor.position())
            at = self.page.offset(field, cursor.position())
            paragraph = over_paragraph_break(field.text, at, move)
            if paragraph is None:
                cursor.movePosition(move, _KEEP_ANCHOR)
                target = max(field.start.position(), min(cursor.position(), self.page.end_of(field)))
            else:
                target = self.page.position(field, paragraph)
            cursor.setPosition(target, _KEEP_ANCHOR)
        if cursor.hasSelection():
            self._replace(cursor, "", Origin.TYPED)

    def break_line(self, soft: bool = False) -> None:
        """What Return does: a new paragraph, a new line where lines count (or ``soft``), out of a heading its text."""
        cursor = self.textCursor()
        spans = self._spans(cursor)
        if not spans:
            return
        field = spans[0].field
        if field.key.is_single_line:
            self._put_caret(self._below(field), 0)
            return
        line = self.document().findBlock(cursor.selectionStart())
        begins_paragraph = not soft and is_prose(line) and not self.highlighter.is_code(line)
        self.replace_selection(PARAGRAPH if begins_paragraph else "\n", Origin.TYPED)

    def select_line_or_all(self) -> None:
        """Selects the title or heading that the cursor is in; all there is when that is selected, or elsewhere."""
        cursor = self.textCursor()
        field = self.page.field_at(cursor.position())
        start, end = field.start.position(), self.page.end_of(field)
        is_selected = cursor.selectionStart() <= start and cursor.selectionEnd() >= end
        if not field.key.is_single_line or is_selected:
            self.selectAll()
            return
        cursor.setPosition(start)
        cursor.setPosition(end, _KEEP_ANCHOR)
        self.setTextCursor(cursor)

    def _below(self, field: Field) -> Field:
        """The next field below that can be edited, or the same."""
        for below in self.page.fields[field.order + 1 :]:
            if below.key.is_editable:
                return below
        return field

    # -- keys --------------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._do_key(event):
            event.accept()
        elif types_text(event):
            event.accept()
            self.replace_selection(event.text(), Origin.TYPED)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _do_key(self, event: QKeyEvent) -> bool:
        """Does what a key stands for, if it is one that changes the text, or selects all of it."""
        deeds = (
            (_Key.Undo, self.undo),
            (_Key.Redo, self.redo),
            (_Key.Cut, self.cut),
            (_Key.Paste, self.paste),
            (_Key.SelectAll, self.select_line_or_all),
            (_Key.InsertParagraphSeparator, self.break_line),
            (_Key.InsertLineSeparator, lambda: self.break_line(soft=True)),
        )
        for key, deed in deeds:
            if event.matches(key):
                deed()
                return True
        move = deletion(event)
        if move is not None:
            self.delete(move)
        return move is not None

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        committed, composing = event.commitString(), event.preeditString()
        start, length = event.replacementStart(), event.replacementLength()
        changes_text = bool(committed or length)
        if changes_text or (composing and self.textCursor().hasSelection()):
            super().inputMethodEvent(QInputMethodEvent("", []))
            self._select_for_input_method(start, length)
            self.replace_selection(committed, Origin.TYPED)
        elif composing and not self.is_composing:
            self._announce(self._keys(self.textCursor()))
        if composing and not self._spans(self.textCursor()):
            return
        if composing or not changes_text:
            super().inputMethodEvent(QInputMethodEvent(composing, event.attributes()))
        self.recolour_composition()

    @property
    def is_composing(self) -> bool:
        """Whether an input method shows text that is not committed yet."""
        return bool(self.textCursor().block().layout().preeditAreaText())

    def recolour_composition(self) -> None:
        """Called after an input method has changed the look of a line."""

    def _select_for_input_method(self, start: int, length: int) -> None:
        """Selects what an input method wants to replace, counted from the cursor, within the field."""
        if length <= 0:
            return
        cursor = self.textCursor()
        field = self.page.field_at(cursor.position())
        first, last = field.start.position(), self.page.end_of(field)
        begin = max(first, min(cursor.position() + start, last))
        cursor.setPosition(begin)
        cursor.setPosition(max(begin, min(begin + length, last)), _KEEP_ANCHOR)
        self.setTextCursor(cursor)

    # -- clipboard and drag ------------------------------------------------------------------------

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasHtml()

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste and drop: plain text goes in, whatever else there is."""
        self.replace_selection(plain_text(source))

    @override
    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied: plain Markdown, with the marks of titles and headings where they are whole."""
        cursor = self.textCursor()
        data = QMimeData()
        data.setText(markdown(self.page.spans(cursor.selectionStart(), cursor.selectionEnd())))
        return data

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        super().dragLeaveEvent(QDragLeaveEvent())
        target = self.cursorForPosition(event.position().toPoint())
        source = self.textCursor()
        moves = event.source() in (self, self.viewport()) and event.dropAction() == Qt.DropAction.MoveAction
        event.acceptProposedAction()
        if not (moves and source.selectionStart() <= target.position() <= source.selectionEnd()):
            self._drop(target, plain_text(event.mimeData()), moves)

    def _drop(self, target: QTextCursor, text: str, moves: bool) -> None:
        """Puts ``text`` in at ``target``, in one step with taking the selection out when it ``moves``."""
        self._announce([*self._keys(target), *(self._keys(self.textCursor()) if moves else ())])
        taken = [span for span in self._spans(self.textCursor()) if moves and span.text]
        field = self.page.field_at(target.position())
        if not field.key.is_editable:
            field = self._below(field)
        at = self.page.offset(field, target.position())
        at -= sum(len(span.text) for span in taken if span.field is field and span.begin < at)
        changes = [Change(span.field.key, span.begin, span.text, "") for span in taken]
        left = field.text
        for span in taken:
            left = left[: span.begin] + left[span.end :] if span.field is field else left
        fit = fitted(text, field.key)
        above, below = self._breaks_around(field.key, left[:at], fit, left[at:])
        self._make([*changes, Change(field.key, at, "", above + fit + below)], Origin.PERSON)
        self._put_caret(field, at + len(above + fit))

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at, where = self.cursorForPosition(event.pos()).position(), event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            at = self.textCursor().position()
            where = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        menu = self.context_menu()
        for extend in self.menu_extensions:
            extend(menu, at)
        menu.popup(where)
        event.accept()

    def context_menu(self) -> QMenu:
        """The plain menu of a text: undo, redo, cut, copy, paste, select all. Deletes itself when closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        selected = self.textCursor().hasSelection()
        entries = (
            (self.tr("&Undo"), _Key.Undo, self.undo, self.can_undo()),
            (self.tr("&Redo"), _Key.Redo, self.redo, self.can_redo()),
            None,
            (self.tr("Cu&t"), _Key.Cut, self.cut, selected),
            (self.tr("&Copy"), _Key.Copy, self.copy, selected),
            (self.tr("&Paste"), _Key.Paste, self.paste, self.canPaste()),
            None,
            (self.tr("Select &All"), _Key.SelectAll, self.select_line_or_all, True),
        )
        for entry in entries:
            if entry is None:
                menu.addSeparator()
                continue
            label, key, deed, enabled = entry
            action = menu.addAction(label, deed)
            action.setShortcut(QKeySequence(key))
            action.setEnabled(enabled)
        return menu

    # -- the rest ------------------------------------------------------------------------------------

    def _pass_over_count(self) -> None:
        """The cursor does not rest in the line that cannot be edited."""
        cursor = self.textCursor()
        position, before = cursor.position(), self._last_position
        self._last_position = position
        field = self.page.field_at(position)
        if field.key.is_editable or cursor.hasSelection():
            return
        below = self._below(field)
        title = self.page.field(TITLE)
        if title is not None and (position < before or below is field):
            cursor.setPosition(self.page.end_of(title))
        else:
            cursor.setPosition(below.start.position())
        self.setTextCursor(cursor)

    def _adopt_soon(self) -> None:
        self._adopting.start()

    def _adopt(self) -> None:
        changes = self.page.adopt()
        if changes:
            self.history.record(Origin.PERSON, changes)
            keys = [change.field for change in changes]
            # What has arrived for these goes in first: what is reported is all that there is.
            self._announce(keys)
            self._report(keys)
