"""Find and replace in the manuscript: looks on another thread, goes from place to place, and marks them all."""

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QTextCursor

from longwriter_desktop.errors import InputProblem
from longwriter_desktop.ui.manuscript.fields import Change, FieldKey, utf16_length
from longwriter_desktop.ui.manuscript.finding import (
    MOST,
    Findings,
    Pattern,
    Place,
    Query,
    Replacements,
    Template,
    find,
    replaced,
    replaced_at,
    template,
    too_long,
)
from longwriter_desktop.ui.manuscript.lines import blocks_in, pieces
from longwriter_desktop.ui.manuscript.manuscript import Kept, Manuscript
from longwriter_desktop.ui.manuscript.page import Field
from longwriter_desktop.ui.models.background import Background
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, in_a_row, shown, translate

LOOK_AFTER_MS = 120
"""How long after a letter of the query, or a change of the text, it is looked anew."""
PATIENCE_MS = 4000
"""A search that takes longer is given up, whatever else the computer does."""
_SHARE = 0.16
"""How much of the mark's colour is in the ground of a place that was found."""
_FRAME_PX = 2
"""How thick the frame around the selected one is: it has to stand out from all others."""
_TRIES = 3
"""So often replacing all begins again because the text has changed meanwhile."""
READ_ONLY = QT_TRANSLATE_NOOP("Finder", "The document is open for reading only, so nothing was replaced.")

_Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many places there are, which of them is selected (from 1, 0 for none), and whether these are all."""

    places: int
    current: int
    is_all: bool


class Finder(QObject):
    """What the find bar commands. Nothing is looked for until `look_for`, and after `stop` nothing is marked."""

    replaced = Signal()  # after something was replaced in the text
    changed = Signal()  # the tally, the problem or the note may be another

    def __init__(self, manuscript: Manuscript, may_change: Callable[[], bool] = lambda: True) -> None:
        super().__init__(manuscript)
        self._manuscript = manuscript
        self._page = manuscript.page
        self._may_change = may_change
        self._query = Query("")
        self._pattern: Pattern | None = None
        self._found: dict[FieldKey, tuple[str, _Spans]] = {}
        self._is_all = True
        self._wanted: Callable[[], None] | None = None
        self._origin = 0
        self._is_moving = False
        self.problem = ""
        self.note = ""
        self._looking = Background("find", self)
        self._looking.done.connect(self._take)
        self._looking.failed.connect(self._give_up)
        self._instead, self._tries = "", 0
        self._replacing = Background("replace", self)
        self._replacing.done.connect(self._replaced)
        self._replacing.failed.connect(self._refuse)
        self._patience = self._timer(PATIENCE_MS, lambda: self._give_up(too_long()))
        self._later = self._timer(LOOK_AFTER_MS, self._look)
        self._put_in_now: list[QTextCursor] = []
        manuscript.under.append(self)
        manuscript.over.append(_Frame(self))
        manuscript.cursorPositionChanged.connect(self._cursor_moved)
        for edited in (
            *(manuscript.text_edited, manuscript.texts_edited),
            *(manuscript.heading_edited, manuscript.title_edited),
        ):
            edited.connect(self._forget_note)
        self._page.document.contentsChanged.connect(self._text_changed)

    def _timer(self, after_ms: int, do: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(do)
        return timer

    # -- looking -----------------------------------------------------------------------------------

    def look_for(self, query: Query) -> None:
        """Marks every place where ``query`` stands, a moment later, and goes to the first from where the cursor was."""
        if query == self._query:
            return
        self._forget()
        self._query = query
        if query.text:
            self._wanted = self._go_to_first
            self._later.start()
        self._tell()

    def stop(self) -> None:
        """Marks nothing any more."""
        self._forget()
        self._query = Query("")
        self._tell()

    def close(self) -> None:
        """Ends the work on other threads, for when the window closes."""
        self.stop()
        self._looking.close()
        self._replacing.close()

    def _forget(self) -> None:
        self._later.stop()
        self._patience.stop()
        self._looking.forget()
        self._replacing.forget()
        self._found, self._is_all, self._pattern, self._wanted = {}, True, None, None
        self._put_in_now = []
        self.problem = self.note = ""

    @property
    def is_looking(self) -> bool:
        return self._later.isActive() or self._looking.is_busy

    @property
    def tally(self) -> Tally:
        here, number, count = self.current(), 0, 0
        for field in self._page.fields:
            spans = self._spans(field)
            if here is not None and here.key == field.key:
                number = count + bisect_left(spans, (here.begin, here.end)) + 1
            count += len(spans)
        return Tally(count, number, self._is_all)

    def _spans(self, field: Field) -> _Spans:
        """The places in a field, as far as they are known for the text that it has now."""
        text, spans = self._found.get(field.key, ("", ()))
        return spans if text is field.text else ()

    def _look(self) -> None:
        texts = [
            (field.key, field.text)
            for field in self._page.fields
            if field.key.is_editable and self._found.get(field.key, (None,))[0] is not field.text
        ]
        query, known = self._query, self._pattern
        self._later.stop()

        def work(_report: object, stop: threading.Event) -> tuple[Pattern, Findings]:
            pattern = known or query.compiled()
            return pattern, find(pattern, texts, stop)

        if query.text:
            self._patience.start()
            self._looking.start(work)

    def _take(self, result: tuple[Pattern, Findings]) -> None:
        self._patience.stop()
        self._pattern, findings = result
        there = {field.key for field in self._page.fields}
        found = self._found | findings.by_field
        self._found = {key: places for key, places in found.items() if key in there}
        self._is_all = findings.is_all and sum(len(spans) for _, spans in self._found.values()) <= MOST
        self.problem = findings.problem
        if not findings.problem and self._is_stale():
            self._later.start()
        else:
            self._do_what_was_wanted()
        self._tell()

    def _give_up(self, problem: str) -> None:
        self._patience.stop()
        self._looking.forget()
        self._found, self._is_all, self._wanted = {}, False, None
        self.problem = shown(problem)
        self._tell()

    def _is_stale(self) -> bool:
        return any(
            field.key.is_editable and self._found.get(field.key, (None,))[0] is not field.text
            for field in self._page.fields
        )

    def _text_changed(self) -> None:
        if self._query.text and not self.problem and not self._later.isActive() and self._is_stale():
            self._later.start()

    def _forget_note(self) -> None:
        """What was said is over when the person does something else; text that streams in does not end it."""
        self.note = ""

    def _tell(self) -> None:
        self._manuscript.viewport().update()
        self.changed.emit()

    # -- going from place to place -------------------------------------------------------------------

    def current(self) -> Place | None:
        """The place that is selected just now."""
        cursor = self._manuscript.textCursor()
        field = self._page.field_at(cursor.selectionStart())
        spans = self._spans(field)
        if not spans:
            return None
        selected = (
            self._page.offset(field, cursor.selectionStart()),
            self._page.offset(field, cursor.selectionEnd()),
        )
        at = bisect_left(spans, selected)
        return Place(field.key, *selected) if at < len(spans) and spans[at] == selected else None

    def next(self) -> None:
        """Goes to the next place, from the last one on to the first."""
        self._after_looking(lambda: self._step(1))

    def previous(self) -> None:
        self._after_looking(lambda: self._step(-1))

    def _after_looking(self, do: Callable[[], None]) -> None:
        if self.is_looking or self._is_stale():
            self._wanted = do
            if not self.is_looking and not self.problem and self._query.text:
                self._look()
        else:
            do()

    def _do_what_was_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            wanted()

    def _go_to_first(self) -> None:
        self._go_from(self._origin, 1)

    def _step(self, direction: int) -> None:
        cursor = self._manuscript.textCursor()
        here = self.current()
        if direction > 0:
            is_empty = here is not None and here.begin == here.end
            self._go_from((cursor.selectionEnd() if here else cursor.selectionStart()) + is_empty, 1)
        else:
            self._go_from(cursor.selectionStart(), -1)

    def _go_from(self, position: int, direction: int) -> None:
        """Goes to the first place from a position of the document on, or the last before it; round at the ends."""
        fields = self._page.fields
        here = self._page.field_at(max(0, position))
        at = self._page.offset(here, position)
        self.note = ""
        for step in range(len(fields) + 1):
            order = here.order + direction * step
            field = fields[order % len(fields)]
            spans = self._spans(field)
            if step == 0:
                edge = bisect_left(spans, (at, 0))
                spans = spans[edge:] if direction > 0 else spans[:edge]
            if spans:
                if not 0 <= order < len(fields) or step == len(fields):
                    again = self.tr("From the top again."), self.tr("From the end again.")
                    self.note = again[0] if direction > 0 else again[1]
                self._show(field, *spans[0 if direction > 0 else -1])
                return
        self._tell()

    def _show(self, field: Field, begin: int, end: int) -> None:
        cursor = QTextCursor(self._page.document)
        cursor.setPosition(self._page.position(field, begin))
        cursor.setPosition(self._page.position(field, end), QTextCursor.MoveMode.KeepAnchor)
        self._is_moving = True
        self._manuscript.select(cursor)
        self._is_moving = False
        self._origin = cursor.selectionStart()
        self._tell()

    def _cursor_moved(self) -> None:
        if not self._is_moving:
            self._origin = self._manuscript.textCursor().selectionStart()
            if self._query.text:
                self.changed.emit()

    # -- replacing ---------------------------------------------------------------------------------

    def replace(self, text: str) -> None:
        """Puts ``text`` in the place that is selected and goes on to the next; where none is, only goes there."""
        self._after_looking(lambda: self._replace(text))

    def _replace(self, text: str) -> None:
        place = self.current()
        by = self._template(text)
        if by is None or self._pattern is None:
            return
        if place is None:
            self._step(1)
            return
        if kept := self._manuscript.why_kept(place.key):
            self._step(1)
            self.note = self.tr("{reason} Nothing was replaced there.").format(reason=kept)
            self._tell()
            return
        field = self._page.field(place.key)
        change = replaced_at(self._pattern, field.text, place, by) if field is not None else None
        if change is not None and field is not None:
            self._manuscript.make_changes([change])
            self._origin = self._put_behind(change)
            self.replaced.emit()
        self._wanted = self._go_on
        self._look()

    def _go_on(self) -> None:
        """Goes to the next place; not into a text that was just put in, of which it would select only a part."""
        last = self._put_in_now[-1] if self._put_in_now else None
        self._go_to_first()
        found = self._manuscript.textCursor()
        if last is None or not any(
            each.selectionStart() <= found.selectionStart() and found.selectionEnd() <= each.selectionEnd()
            for each in self._put_in_now
            if each.hasSelection()
        ):
            return
        field = self._page.field_at(last.selectionStart())
        self._show(
            field, self._page.offset(field, last.selectionStart()), self._page.offset(field, last.selectionEnd())
        )
        self.note = self.tr("No other place is left.")
        self._tell()

    def _put_behind(self, change: Change) -> int:
        """Puts the cursor behind what was put in; returns its position."""
        field = self._page.field(change.field)
        cursor = self._manuscript.textCursor()
        if field is not None:
            end = self._page.position(field, min(change.at + len(change.inserted), len(field.text)))
            cursor.setPosition(end)
            self._manuscript.setTextCursor(cursor)
            made = QTextCursor(self._page.document)
            made.setPosition(self._page.position(field, change.at))
            made.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            self._put_in_now.append(made)
        return cursor.position()

    def replace_all(self, text: str) -> None:
        """Puts ``text`` in every place, as one step of undo.

        Locked sections and the one that is being written stay as they are, and the note says so.
        """
        self._instead, self._tries = text, _TRIES
        self._after_looking(self._begin_replacing)

    def _begin_replacing(self) -> None:
        by, pattern = self._template(self._instead), self._pattern
        if by is None or pattern is None:
            return
        self._manuscript.flush()
        texts = [
            (field.key, field.text)
            for field in self._page.fields
            if field.key.is_editable and not self._manuscript.kept(field.key)
        ]
        self._replacing.start(lambda _report, _stop: replaced(pattern, texts, by))

    def _replaced(self, result: Replacements) -> None:
        self._manuscript.flush()
        fields = [(self._page.field(key), text) for key, text in result.texts.items()]
        if all(field is not None and field.text is text for field, text in fields):
            self._put_in(result)
        elif self._tries:
            self._tries -= 1
            self._begin_replacing()
        else:
            self._refuse(
                self.tr("The text changes all the time, so nothing was replaced. Pause the writing, then try again.")
            )

    def _put_in(self, result: Replacements) -> None:
        left = self._left()
        self._manuscript.make_changes(result.changes)
        self.replaced.emit()
        self.note = in_a_row([self._done(result.places), *left])
        self._look()
        self._tell()

    def _left(self) -> list[str]:
        """Sentences on the places that are not replaced."""
        counts: Counter[Kept] = Counter()
        for field in self._page.fields:
            if (kept := self._manuscript.kept(field.key)) and (places := len(self._spans(field))):
                counts[kept] += places
        return [self._left_words(kept, places) for kept, places in counts.items()]

    def _done(self, places: int) -> str:
        if places <= 1:
            return self.tr("Replaced once.") if places else self.tr("Nothing was replaced.")
        return self.tr("Replaced {count} times.").format(count=f"{places:,}")

    def _left_words(self, kept: Kept, places: int) -> str:
        if kept is Kept.LOCKED:
            one = self.tr("1 place in locked sections was left as it is.")
            several = self.tr("{count} places in locked sections were left as they are.")
        elif self._manuscript.is_writing_several:
            one = self.tr("1 place in the sections being written was left as it is.")
            several = self.tr("{count} places in the sections being written were left as they are.")
        else:
            one = self.tr("1 place in the section being written was left as it is.")
            several = self.tr("{count} places in the section being written were left as they are.")
        return one if places == 1 else several.format(count=f"{places:,}")

    def _template(self, text: str) -> Template | None:
        """How each place is replaced; None where that cannot be, which is told."""
        if not self._may_change():
            self._refuse(translate("Finder", READ_ONLY))
        elif self._pattern is not None:
            try:
                return template(text, self._query, self._pattern)
            except InputProblem as problem:
                self._refuse(shown(str(problem)))
        return None

    def _refuse(self, sentence: str) -> None:
        self.note = sentence
        self._tell()

    # -- marks -------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, area: QRectF) -> None:
        """A ground and a line below each place, so that colour is not all that tells."""
        if not self._found:
            return
        palette = self._page.typography.palette
        ground = QColor(palette.warning)
        ground.setAlphaF(_SHARE)
        painter.setPen(QPen(QColor(palette.warning), 1))
        for begin, end in self._positions(area):
            for piece in pieces(self._page, begin, end, area):
                rect = piece.rect if piece.rect.width() else piece.rect.adjusted(-1, 0, 1, 0)
                painter.fillRect(rect, ground)
                painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def paint_frame(self, painter: QPainter, area: QRectF) -> None:
        """A frame around the place that is selected."""
        if (place := self.current()) is None or (field := self._page.field(place.key)) is None:
            return
        painter.setPen(QPen(QColor(self._page.typography.palette.warning), _FRAME_PX))
        begin, end = self._page.position(field, place.begin), self._page.position(field, place.end)
        for piece in pieces(self._page, begin, end, area):
            painter.drawRect(piece.rect.adjusted(-1, 0, 1, 0))

    def _positions(self, area: QRectF) -> list[tuple[int, int]]:
        """The places that show, as positions of the document."""
        found: list[tuple[int, int]] = []
        blocks = list(blocks_in(self._page, area))
        if not blocks:
            return found
        first, last = blocks[0].position(), blocks[-1].position() + blocks[-1].length()
        for field in self._page.fields[self._page.field_at(first).order : self._page.field_at(last).order + 1]:
            spans = self._spans(field)
            begin, end = self._page.offset(field, first), self._page.offset(field, last)
            # A place may begin above what shows; one before the first that begins there is looked at, too.
            low = max(0, bisect_left(spans, (begin, 0)) - 1)
            at, position = 0, field.start.position()
            for span in spans[low : bisect_left(spans, (end + 1, 0))]:
                position += utf16_length(field.text[at : span[0]])
                at = span[0]
                found.append((position, position + utf16_length(field.text[span[0] : span[1]])))
        return found


class _Frame:
    """The layer above the text in which the selected place is framed: below it the selection would hide that."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    def paint(self, painter: QPainter, area: QRectF) -> None:
        self._finder.paint_frame(painter, area)
