"""The manuscript widget: shows a Document, lets the person edit it, and takes in what the writer streams."""

from collections.abc import Callable, Collection, Sequence
from contextlib import nullcontext
from enum import Enum, auto

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from longwriter_desktop.agentwrite.passage import Passage
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.manuscript.arranging import arrange, contents, text_changes
from longwriter_desktop.ui.manuscript.count_line import CountLine
from longwriter_desktop.ui.manuscript.fields import (
    COUNT,
    Change,
    FieldKey,
    Kind,
    clean,
    difference,
    heading_key,
    text_key,
)
from longwriter_desktop.ui.manuscript.history import History, Origin
from longwriter_desktop.ui.manuscript.marks import MarkedSections
from longwriter_desktop.ui.manuscript.page import Span
from longwriter_desktop.ui.manuscript.rewrite_menu import rewrite_menu
from longwriter_desktop.ui.manuscript.typography import Typography
from longwriter_desktop.ui.manuscript.viewing import ColumnEdit
from longwriter_desktop.ui.theme import SCROLL_BAR_PX, Palette

STREAM_MS = 33
"""How often arriving text is put in, in milliseconds."""
_MANY_SECTIONS = 10
_ROOM_BELOW = 0.2
"""How much of the window's height stays free below text that is being followed."""
_SHOWN_ABOVE, _SHOWN_AT = 0.6, 0.1
"""Where a section may begin in the window's height to count as in sight, and where it is put otherwise."""


class Kept(Enum):
    """Why a field keeps its text when everything is replaced."""

    LOCKED = auto()
    WRITING = auto()


class Manuscript(ColumnEdit):
    """The whole document as one continuous text.

    Generated text is given to `append_text`, any other state of the document to `set_document`. What
    the person does comes back through the signals here and in the base classes, as plain Markdown by section.
    """

    section_entered = Signal(str)  # after the cursor has come into another section; its id, "" for the title
    rewrite_wished = Signal(object, object)  # a way to rewrite the selection was chosen; its Passage, a Wish

    def __init__(self, palette: Palette, history: History | None = None, parent: QWidget | None = None) -> None:
        super().__init__(palette, history, parent)
        self.setAccessibleName(self.tr("Manuscript"))
        self.setAccessibleDescription(self.tr("The text of the document, section after section, in Markdown"))
        self._document = Document()
        self._pending: dict[str, list[str]] = {}
        self._entered = ""
        self._in_work: frozenset[str] = frozenset()
        self._following = False
        self._is_at_caret = False
        """Whether the person has last typed or clicked in the text, and not turned to another place of it since."""
        self._room_below = _ROOM_BELOW
        self._count = CountLine(self._section_texts, self._show_count, self)
        self._stream_timer = QTimer(self)
        self._stream_timer.setSingleShot(True)
        self._stream_timer.setInterval(STREAM_MS)
        self._stream_timer.timeout.connect(self.flush)
        self.cursorPositionChanged.connect(self._notice_section)
        self.selectionChanged.connect(self._notice_section)
        # As in the app's stylesheet, and while that is another one: a whole text is not to be laid out for a moment.
        self.verticalScrollBar().setStyleSheet(f"QScrollBar:vertical {{ width: {SCROLL_BAR_PX}px; }}")
        self.verticalScrollBar().valueChanged.connect(self._notice_scrolling)
        self.set_document(self._document)

    @override
    def marked_sections(self) -> MarkedSections:
        return MarkedSections(self._writing, self._entered)

    # -- showing a document ------------------------------------------------------------------------

    def set_document(self, document: Document) -> None:
        """Shows another state of the document, with the least change to what is on screen.

        A document that shares no section with the one shown is shown from its beginning. Unless that is the
        person's deed, such as another plan, it is a new one, and nothing of the old one can be undone into it.
        """
        known = set(self.page.section_ids)
        is_same = any(section.id in known for section in document.sections)
        self._document = document
        typography = self.page.typography
        if document.language != typography.language:
            self.set_typography(
                Typography(
                    typography.palette,
                    typography.family,
                    typography.size_px,
                    typography.line_height,
                    document.language,
                    typography.measure,
                )
            )
        if is_same or not (known or document.sections):
            self._update(document)
        else:
            self._load(document)
        self._refresh_placeholders()
        self._count.set_asked(document.words_asked, document.language)
        self.viewport().update()
        self._notice_section()

    def _load(self, document: Document) -> None:
        if self.history.is_in_deed:
            self.flush()
        else:
            self.history.clear()
        self._pending.clear()
        self._unreported.clear()
        self.highlighter.put_off()
        self._holding += 1
        self.page.load(contents(document, self.tr("Untitled"), self.tr("Heading")))
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._holding -= 1
        self.highlighter.start_over()
        self.verticalScrollBar().setValue(0)

    def _update(self, document: Document) -> None:
        with self.holding_view(), self.holding_caret():
            if self.history.is_in_deed:
                for section_id in [each for each in self._pending if not document.has_section(each)]:
                    self.flush_section(section_id)  # It may come back, with all that was written in it.
            added = {section.id for section in document.sections}.difference(self.page.section_ids)
            with self.highlighting_later() if len(added) >= _MANY_SECTIONS else nullcontext():
                gone = arrange(self.page, document.sections, self.tr("Heading"))
            for section_id in gone:
                self._pending.pop(section_id, None)
                if not self.history.is_in_deed:
                    self.history.forget((heading_key(section_id), text_key(section_id)))
            self._arrange_headings(document)
            for section in document.sections:
                if section.id in self._pending and self.section_text(section.id) != clean(section.text):
                    self.flush_section(section.id)
            kept = {text_key(section_id) for section_id in self._pending}.union(self._unreported)
            changes = text_changes(self.page, document, kept)
            self.page.apply(changes)
            self.history.record(Origin.DOCUMENT, changes)

    def _arrange_headings(self, document: Document) -> None:
        """A heading has a line of its own as soon as there is one, and until the person leaves it empty."""
        inside = self.page.field_at(self.textCursor().position()).key
        for section in document.sections:
            key = heading_key(section.id)
            field = self.page.field(key)
            if section.heading:
                self.show_field(key)
            elif field is not None and key != inside and key not in self._unreported:
                self.history.record(Origin.DOCUMENT, [difference(key, field.text, "")])
                self.page.remove(key)

    @override
    def show_field(self, key: FieldKey) -> None:
        text = self.page.field(text_key(key.section_id))
        if key.kind is Kind.HEADING and text is not None and self.page.field(key) is None:
            self.page.insert(text.order, key, "", self.tr("Heading"))

    def _refresh_placeholders(self) -> None:
        """An empty section shows its main point; the one that is to be written next says so."""
        is_below = is_next_found = False
        for section in self._document.sections:
            field = self.page.field(text_key(section.id))
            if field is None:
                continue
            placeholder = section.main_point
            if is_below and not field.text and not is_next_found:
                is_next_found = True
                placeholder = self._next(placeholder)
            is_below = is_below or section.id == self._writing
            self.page.set_placeholder(field, placeholder)

    def _next(self, main_point: str) -> str:
        """In the language of the document, like the count: both stand in the middle of its text."""
        if self._document.language == "zh":
            return f"接下来：{main_point}"
        return self.tr("Next: {main_point}").format(main_point=main_point)

    def _section_texts(self) -> dict[str, str]:
        return {field.key.section_id: field.text for field in self.page.fields if field.key.kind is Kind.TEXT}

    def count_with(self, words: Callable[[], int], counted: SignalInstance) -> None:
        """The line below the title shows what ``words`` says whenever ``counted`` fires, as all other counts do."""
        self._count.count_with(words)
        counted.connect(self._count.refresh)

    def _show_count(self, line: str) -> None:
        field = self.page.field(COUNT)
        if field is not None and field.text != line:
            with self.holding_caret():
                self.page.apply([difference(COUNT, field.text, line)])

    # -- what the writer sends ---------------------------------------------------------------------

    def append_text(self, section_id: str, text: str) -> None:
        """Adds generated text at the end of a section; it shows within `STREAM_MS`."""
        self._pending.setdefault(section_id, []).append(text)
        if not self._stream_timer.isActive():
            self._stream_timer.start()

    def flush(self) -> None:
        """Puts in everything that has arrived."""
        for section_id in list(self._pending):
            self.flush_section(section_id)

    @override
    def flush_section(self, section_id: str) -> None:
        text = clean("".join(self._pending.pop(section_id, ())))
        field = self.page.field(text_key(section_id))
        if text and field is not None:
            self._generate(Change(field.key, len(field.text), "", text))

    def cut_text(self, section_id: str, characters: int) -> None:
        """Takes back that many characters (not UTF-16 units) from the end of a section."""
        self.flush_section(section_id)
        field = self.page.field(text_key(section_id))
        if field is not None and characters > 0:
            at = max(0, len(field.text) - characters)
            self._generate(Change(field.key, at, field.text[at:], ""))

    def clear_section(self, section_id: str) -> None:
        """Empties a section that is about to be written again; undo brings its text back."""
        self._pending.pop(section_id, None)
        field = self.page.field(text_key(section_id))
        if field is not None:
            self.history.seal(field.key)
            self._generate(Change(field.key, 0, field.text, ""))

    def _generate(self, change: Change) -> None:
        """Makes a change of the writer's, and scrolls only where the person follows the writing."""
        section_id = change.field.section_id
        was_empty = len(change.removed) == 0 and change.at == 0
        follows = self._following and section_id == self._writing
        with self.holding_view(not follows and self._is_caret_looked_at()), self.holding_caret():
            self.page.apply([change])
            self.history.record(Origin.GENERATED, [change])
            if was_empty or not self.section_text(section_id):
                self._refresh_placeholders()
        if follows:
            self._scroll_to_end()
        self._count.count_soon()
        self.viewport().update()

    def section_text(self, section_id: str) -> str:
        """The exact text of a section, with what has arrived but is not shown yet; "" for one that is not there."""
        field = self.page.field(text_key(section_id))
        return (field.text if field else "") + clean("".join(self._pending.get(section_id, ())))

    def set_writing(self, section_id: str) -> None:
        """Marks the section that is being written from now on, or none ("")."""
        if section_id == self._writing:
            return
        self.flush()
        followed = bool(self._writing) and self._following
        self._writing = section_id
        self._following = bool(section_id) and (followed or self.at_end())
        with self.holding_view(not self._following and self._is_caret_looked_at()):
            self._refresh_placeholders()
        if self._following:
            self._scroll_to_end()
        self.viewport().update()

    @property
    def writing_section(self) -> str:
        """The id of the section that is marked as being written, or ""."""
        return self._writing

    def set_in_work(self, section_ids: Collection[str]) -> None:
        """These are being written: the one of `set_writing`, or several at the same time, none of which is marked."""
        self._in_work = frozenset(section_ids)

    @property
    def is_writing_several(self) -> bool:
        """Whether several sections are being written at the same time."""
        return len(self._in_work) > 1

    def selected_spans(self) -> list[Span]:
        """What is selected, field by field; nothing where there is only a cursor."""
        return self._spans(self.textCursor()) if self.textCursor().hasSelection() else []

    # -- rewriting ---------------------------------------------------------------------------------

    def selected_passage(self) -> Passage | None:
        """What is selected, when it is text of one section with a word in it."""
        cursor = self.textCursor()
        spans = [span for span in self._spans(cursor) if span.text.strip()] if cursor.hasSelection() else []
        if len(spans) != 1 or spans[0].field.key.kind is not Kind.TEXT or not count_words(spans[0].text):
            return None
        return Passage(spans[0].field.key.section_id, spans[0].begin, spans[0].text)

    @override
    def context_menu(self) -> QMenu:
        menu = super().context_menu()
        passage = self.selected_passage()
        menu.addSeparator()
        rewriting = rewrite_menu(menu, lambda wish: self.rewrite_wished.emit(passage, wish))
        rewriting.setEnabled(passage is not None)
        menu.addMenu(rewriting)
        return menu

    def replace_text(self, section_id: str, text: str) -> None:
        """Gives a section another text as if the person had typed what differs: undo takes it back."""
        field = self.page.field(text_key(section_id))
        if field is None:
            return
        self._announce([field.key])
        change = difference(field.key, field.text, clean(text))
        self._make([change], Origin.PERSON)
        self._put_caret(field, change.at + len(change.inserted))

    # -- changes of many places ----------------------------------------------------------------------

    def kept(self, key: FieldKey) -> Kept | None:
        """Why a field is not for replacing in; None where it is."""
        if not key.section_id or not self._document.has_section(key.section_id):
            return None
        if self._document.section(key.section_id).locked:
            return Kept.LOCKED
        is_text_in_work = key.kind is Kind.TEXT and key.section_id in {self._writing, *self._in_work}
        return Kept.WRITING if is_text_in_work else None

    def why_kept(self, key: FieldKey) -> str:
        """A sentence on why a field is not for replacing in; "" where it is."""
        kept = self.kept(key)
        if kept is None:
            return ""
        is_locked = kept is Kept.LOCKED
        told = self.tr("Section {number} is locked.") if is_locked else self.tr("Section {number} is being written.")
        return told.format(number=self._document.index(key.section_id) + 1)

    def make_changes(self, changes: Sequence[Change]) -> None:
        """Makes changes of the person's in many places as one step; view and cursor stay."""
        with self.holding_view(), self.holding_caret():
            self._make(changes, Origin.PERSON)

    # -- where the person is -----------------------------------------------------------------------

    def current_section(self) -> str:
        """The id of the section that the cursor is in; "" in the title."""
        return self.page.field_at(self.textCursor().position()).key.section_id

    def show_section(self, section_id: str) -> None:
        """Puts the cursor at the beginning of a section and brings it into sight. The focus stays where it is."""
        field = self.page.field(text_key(section_id))
        if field is None:
            return
        if self.current_section() != section_id:
            self._is_at_caret = False
            cursor = QTextCursor(self.document())
            cursor.setPosition(field.start.position())
            self.setTextCursor(cursor)
        top = self.page.field(heading_key(section_id)) or field
        offset = self.marks.text_rect(top).top() - self.verticalScrollBar().value()
        height = self.viewport().height()
        if not 0 <= offset <= height * _SHOWN_ABOVE:
            self.verticalScrollBar().setValue(round(self.verticalScrollBar().value() + offset - height * _SHOWN_AT))

    def select(self, cursor: QTextCursor) -> None:
        """Selects what ``cursor`` selects and brings it into sight, with some of the text around it."""
        self.setTextCursor(cursor)
        rect = self.cursorRect()
        height = self.viewport().height()
        if not height * _SHOWN_AT <= rect.top() <= height * (1 - 2 * _SHOWN_AT):
            bar = self.verticalScrollBar()
            bar.setValue(round(bar.value() + rect.top() - height / 3))

    def at_end(self) -> bool:
        """Whether the end of what is being written is in sight, or of the whole text while nothing is."""
        field = self.page.field(text_key(self._writing)) or self.page.fields[-1]
        rect = self.marks.end_rect(field)
        top = rect.top() - self.verticalScrollBar().value()
        return -rect.height() < top < self.viewport().height()

    @property
    def is_following(self) -> bool:
        """Whether the view goes along with what is being written."""
        return self._following

    def set_room_below(self, share: float | None) -> None:
        """How much of the window's height stays free below text that is followed; None for the usual."""
        self._room_below = _ROOM_BELOW if share is None else share
        if self._following:
            self._scroll_to_end()

    def end_of_writing(self) -> int:
        """The position where the writer writes; the end of the text while nothing is being written."""
        return self.page.end_of(self.page.field(text_key(self._writing)) or self.page.fields[-1])

    def _scroll_to_end(self) -> None:
        field = self.page.field(text_key(self._writing))
        if field is None:
            return
        bar = self.verticalScrollBar()
        lowest = self.marks.end_rect(field).bottom() - self.viewport().height() * (1 - self._room_below)
        if lowest > bar.value():
            self._holding += 1
            bar.setValue(round(lowest))
            self._holding -= 1

    def _is_caret_looked_at(self) -> bool:
        """Whether the person works at the caret and has it in sight: then its line stays, whatever comes above it."""
        if not self._is_at_caret:
            return False
        rect = self.cursorRect()
        return rect.bottom() > 0 and rect.top() < self.viewport().height()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._is_at_caret = True
        super().keyPressEvent(event)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._is_at_caret = True
        super().inputMethodEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_at_caret = True
        super().mousePressEvent(event)

    @override
    def cursor_settled(self) -> None:
        self._notice_section()

    def _notice_section(self) -> None:
        """Who selects all there is stays in the section that they are in."""
        cursor = self.textCursor()
        is_all = cursor.hasSelection() and cursor.selectionStart() == 0 and cursor.atEnd()
        if self._holding or is_all:
            return
        section_id = self.current_section()
        if section_id == self._entered:
            return
        self._entered = section_id
        self._following = bool(self._writing) and section_id == self._writing and self.at_end()
        self.viewport().update()
        self.section_entered.emit(section_id)

    def _notice_scrolling(self) -> None:
        if self._writing and not self._holding:
            self._following = self.at_end()

    @override
    def _make(self, changes: Sequence[Change], origin: Origin) -> None:
        if any(change.field.section_id != self._writing for change in changes):
            self._following = False
        super()._make(changes, origin)
        self._refresh_placeholders()
        self._count.count_soon()
        self.viewport().update()
