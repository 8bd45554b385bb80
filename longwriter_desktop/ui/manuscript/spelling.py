"""Spelling in the manuscript: waves below misspelt words, suggestions, and going from one to the next.

Only what shows is ever looked at, word by word, and a word that was looked up once is known for as long as the
dictionary is the same; so the length of the document does not matter. The looking up is done by another process.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QObject, QPointF, QRectF, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QCursor, QPainter, QPen, QTextBlock, QTextCursor
from PySide6.QtWidgets import QMenu

from longwriter_desktop.spelling.dictionaries import Dictionary
from longwriter_desktop.spelling.own_words import APP_WORDS, is_own
from longwriter_desktop.spelling.words import looked_up, words_to_check
from longwriter_desktop.ui.manuscript.fields import Kind, text_key, utf16_length
from longwriter_desktop.ui.manuscript.history import Origin
from longwriter_desktop.ui.manuscript.lines import LONGEST_LINE, blocks_in, pieces
from longwriter_desktop.ui.manuscript.manuscript import Manuscript
from longwriter_desktop.ui.manuscript.spelling_process import SpellingProcess
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, translate

ASK_AFTER_MS = 60
"""How long words are gathered before they are looked up."""
_MOST_AT_ONCE = 400
_PLACES = 6
"""So many suggestions have a place in the menu, as many as the process sends."""
_BLOCKS_A_TURN = 40
"""So many lines are looked through for the next misspelt word before the window gets its turn."""
_WAVE_PX, _HEIGHT_PX = 4.0, 1.5
WAVE = {"light": "#B3261E", "dark": "#F2877F"}
"""The colour of the wave by theme; its form tells as much."""
LOOKING = QT_TRANSLATE_NOOP("Spelling", "Looking for suggestions…")
NO_SUGGESTIONS = QT_TRANSLATE_NOOP("Spelling", "No suggestions")


class Misspelt(NamedTuple):
    """A misspelt word and its positions in the document."""

    begin: int
    end: int
    word: str


@dataclass
class _Search:
    """The search for the next misspelt word. Its places move with the text, which may grow meanwhile.

    ``here`` is where to look on from, ``start`` where it began; ``is_round``: it has gone on from the text's beginning.
    """

    here: QTextCursor
    start: QTextCursor
    is_round: bool = False
    is_done: bool = False

    def lines(self) -> Iterator[QTextBlock]:
        """The next lines, as many as are looked at in one turn."""
        block, is_round = self.here.block(), self.is_round
        for _ in range(_BLOCKS_A_TURN):
            if not block.isValid() and not is_round:
                block, is_round = self.here.document().begin(), True
            if self.is_done or not block.isValid() or (is_round and block.position() > self.start.position()):
                return
            yield block
            block = block.next()

    def go_behind(self, block: QTextBlock) -> None:
        """Nothing is to be found up to the end of ``block``."""
        after = block.next()
        self.is_done = self.is_round and (not after.isValid() or after.position() > self.start.position())
        self.is_round = self.is_round or not after.isValid()
        self.here.setPosition(after.position() if after.isValid() else 0)


@dataclass(frozen=True)
class _Suggesting:
    """Suggestions are looked for: for an open menu, and a word at a place that moves with the text."""

    menu: QMenu
    word: str
    place: QTextCursor


class Spelling(QObject):
    """Checks a manuscript while it has a dictionary."""

    add_wished = Signal(str)  # a word is to be among the person's own from now on
    told = Signal(str)  # a sentence for the person: what was not found, or why nothing is checked any more

    def __init__(self, manuscript: Manuscript, process: SpellingProcess | None = None) -> None:
        super().__init__(manuscript)
        self._manuscript = manuscript
        self._page = manuscript.page
        self._process = process or SpellingProcess(self)
        self._dictionary: Dictionary | None = None
        self._own = APP_WORDS
        self._known: dict[str, bool] = {}
        self._wrong: dict[str, bool] = {}
        self._asked: set[str] = set()
        self._to_ask: dict[str, None] = {}
        self._search: _Search | None = None
        self._suggesting: _Suggesting | None = None
        self._process.checked.connect(self._take)
        self._process.suggested.connect(self._show_suggestions)
        self._process.failed.connect(self._fail)
        self._asking = self._timer(ASK_AFTER_MS, self._ask)
        self._seeking = self._timer(0, self._seek_on)
        manuscript.over.append(self)
        manuscript.menu_extensions.append(self._extend_menu)

    def _timer(self, after_ms: int, do: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(do)
        return timer

    # -- what is looked up, and where ----------------------------------------------------------------

    @property
    def dictionary(self) -> Dictionary | None:
        return self._dictionary

    def use(self, dictionary: Dictionary | None, own: frozenset[str]) -> None:
        """Checks with another dictionary, or with None not at all; ``own`` are the person's own words."""
        self._own = own | APP_WORDS
        self._wrong.clear()
        if dictionary != self._dictionary:
            self._dictionary = dictionary
            self._known.clear()
            self._forget_questions()
            if dictionary is None:
                self._process.close()
            else:
                self._process.start(dictionary)
        self._manuscript.viewport().update()

    def close(self) -> None:
        """Ends the other process, for when the window closes."""
        self._forget_questions()
        self._process.close()

    def _forget_questions(self) -> None:
        self._asked.clear()
        self._to_ask.clear()
        self._asking.stop()
        self._seeking.stop()
        self._search = None

    def _is_wrong(self, word: str) -> bool | None:
        """None where it is not known yet; then it is asked for."""
        wrong = self._wrong.get(word)
        if wrong is not None:
            return wrong
        asked = looked_up(word)
        right = True if is_own(asked, self._own) else self._known.get(asked)
        if right is None:
            if asked not in self._asked:
                self._to_ask[asked] = None
                if not self._asking.isActive():
                    self._asking.start()
            return None
        self._wrong[word] = not right
        return not right

    def _ask(self) -> None:
        words = list(self._to_ask)[:_MOST_AT_ONCE]
        for word in words:
            del self._to_ask[word]
        self._asked.update(words)
        self._process.check(words)
        if self._to_ask:
            self._asking.start()

    def _take(self, verdicts: dict[str, bool]) -> None:
        self._known |= verdicts
        self._asked -= verdicts.keys()
        if not all(verdicts.values()):
            self._manuscript.viewport().update()
        if self._search is not None:
            self._seeking.start()

    def _fail(self, sentence: str) -> None:
        self.use(None, self._own)
        self.told.emit(sentence)

    def _words(self, block: QTextBlock) -> list[Misspelt]:
        """The words of a line that can be looked up; none in code and in the line with the count."""
        if block.length() > LONGEST_LINE or self._page.field_at(block.position()).key.kind is Kind.COUNT:
            return []
        if self._manuscript.highlighter.is_of_code(block):
            return []
        text, start = block.text(), block.position()
        if text.isascii() or max(text) <= "\uffff":
            return [Misspelt(start + begin, start + end, text[begin:end]) for begin, end in words_to_check(text)]
        return [
            Misspelt(start + utf16_length(text[:begin]), start + utf16_length(text[:end]), text[begin:end])
            for begin, end in words_to_check(text)
        ]

    def _is_being_written(self, word: Misspelt) -> bool:
        """Whether the end of a word may still be to come, from the person or from the writer."""
        if word.end == self._manuscript.place_of_typing:
            return True
        written = self._page.field(text_key(self._manuscript.writing_section))
        return written is not None and word.end == self._page.end_of(written)

    # -- painting ----------------------------------------------------------------------------------

    def paint(self, painter: QPainter, area: QRectF) -> None:
        if self._dictionary is None:
            return
        painter.setPen(QPen(QColor(WAVE[self._page.typography.palette.name]), 1.2))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for block in blocks_in(self._page, area):
            if block.layout().preeditAreaText():
                continue
            for word in self._words(block):
                if self._is_wrong(word.word) and not self._is_being_written(word):
                    for piece in pieces(self._page, word.begin, word.end, area):
                        painter.drawPolyline(_wave(piece.rect.left(), piece.rect.right(), piece.baseline + 3))

    # -- one misspelt word -------------------------------------------------------------------------

    def misspelt_at(self, position: int) -> Misspelt | None:
        """The misspelt word around a position of the document, as far as that is known."""
        if self._dictionary is None:
            return None
        for word in self._words(self._page.document.findBlock(position)):
            if word.begin <= position <= word.end and self._is_wrong(word.word):
                return word
        return None

    def _extend_menu(self, menu: QMenu, position: int) -> None:
        """Puts suggestions at the top of the text's menu, in places kept free: they come after it has opened."""
        found = self.misspelt_at(position)
        self._suggesting = None
        if found is None:
            return
        first = menu.actions()[0]
        for number in range(_PLACES):
            place = menu.addAction("" if number else translate("Spelling", LOOKING))
            place.setEnabled(False)
            menu.insertAction(first, place)
        add = menu.addAction(self.tr("A&dd “{word}” to my words").format(word=found.word))
        add.triggered.connect(lambda: self.add_wished.emit(looked_up(found.word)))
        menu.insertAction(first, add)
        menu.insertSeparator(first)
        self._suggesting = wanted = _Suggesting(menu, found.word, self._cursor_over(found))
        menu.destroyed.connect(lambda: self._forget_menu(wanted))
        self._process.suggest(looked_up(found.word))

    def _forget_menu(self, wanted: _Suggesting) -> None:
        if self._suggesting is wanted:
            self._suggesting = None

    def _show_suggestions(self, word: str, suggestions: list[str]) -> None:
        wanted = self._suggesting
        if wanted is None or looked_up(wanted.word) != word:
            return
        self._suggesting = None
        menu = wanted.menu
        places = menu.actions()[:_PLACES]
        if not suggestions:
            places[0].setText(translate("Spelling", NO_SUGGESTIONS))
        for action, suggestion in zip(places, suggestions, strict=False):
            action.setText(suggestion.replace("&", "&&"))
            action.setEnabled(True)
            action.triggered.connect(lambda _=False, chosen=suggestion: self._correct(wanted, chosen))
        _leave_out(menu, places[max(1, len(suggestions)) :])
        if not suggestions:
            return
        if menu.activeAction() is None:  # Who has gone to another entry meanwhile stays there.
            menu.setActiveAction(menu.actions()[0])

    def _correct(self, wanted: _Suggesting, by: str) -> None:
        """Puts another word in its place, with the apostrophe that the text has."""
        if wanted.place.selectedText() != wanted.word:
            told = self.tr("“{word}” does not stand there any more, so nothing was replaced.")
            self.told.emit(told.format(word=wanted.word))
            return
        self._manuscript.select(wanted.place)
        self._manuscript.replace_selection(by.replace("'", "\u2019") if "\u2019" in wanted.word else by, Origin.PERSON)

    def _cursor_over(self, found: Misspelt) -> QTextCursor:
        """Selects a word, and stays with it wherever the text around it moves it to."""
        cursor = QTextCursor(self._page.document)
        cursor.setPosition(found.begin)
        cursor.setPosition(found.end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    # -- from one to the next ------------------------------------------------------------------------

    def go_to_next(self) -> None:
        """Selects the next misspelt word behind the cursor, from the end on again from the beginning."""
        if self._dictionary is not None:
            here, start = QTextCursor(self._page.document), QTextCursor(self._page.document)
            for place in (here, start):
                place.setPosition(self._manuscript.textCursor().selectionEnd())
            self._search = _Search(here, start)
            self._seek_on()

    def _seek_on(self) -> None:
        """Looks through the next lines; what stands behind a word that is not known yet is asked for with it."""
        search = self._search
        if search is None:
            return
        is_known = True
        for block in search.lines():
            behind = search.here.position() if is_known else 0
            words = [word for word in self._words(block) if word.begin >= behind]
            verdicts = [self._is_wrong(word.word) for word in words]
            if not is_known:
                continue
            first = next((at for at, is_wrong in enumerate(verdicts) if is_wrong is not False), None)
            if first is None:
                search.go_behind(block)
            elif verdicts[first]:
                self._search = None
                self._manuscript.select(self._cursor_over(words[first]))
                return
            else:
                is_known = False
        if search.is_done:
            self._search = None
            self.told.emit(self.tr("No misspelt word was found."))
        elif is_known:
            self._seeking.start()
        # Else what is asked for comes, and then it goes on.


def _leave_out(menu: QMenu, places: Sequence[QAction]) -> None:
    """Takes places out of a menu that nothing came for, unless what stands below would come under the mouse."""
    mouse = menu.mapFromGlobal(QCursor.pos())
    is_below = bool(places) and menu.rect().contains(mouse) and mouse.y() >= menu.actionGeometry(places[0]).top()
    if not (menu.isVisible() and is_below):
        for place in places:
            place.setVisible(False)


def _wave(left: float, right: float, y: float) -> list[QPointF]:
    count = max(2, int((right - left) / (_WAVE_PX / 2)) + 1)
    step = (right - left) / (count - 1)
    return [QPointF(left + at * step, y + (_HEIGHT_PX if at % 2 else 0)) for at in range(count)]
