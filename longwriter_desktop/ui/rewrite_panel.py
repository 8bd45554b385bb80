"""A passage that is being rewritten: the text as it stands beside the new one, to be taken or not."""

import re
from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from longwriter_desktop.agentwrite.passage import Passage
from longwriter_desktop.agentwrite.rewrite_events import How, RewriteFinished, Wish, read_wish
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.word_difference import compared_words
from longwriter_desktop.errors import InputProblem
from longwriter_desktop.ui.length_words import length_sign
from longwriter_desktop.ui.manuscript.rewrite_menu import TONES, WAYS
from longwriter_desktop.ui.theme import book_font, scaled, small_font
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, shown, translate

_TEXT_PX = 14
_HEIGHT_PX = 276
_MOST_COMPARED = 6000
"""Characters of both texts; comparing longer ones word by word would be felt."""
_WAYS: dict[How, str] = {
    "shorten": QT_TRANSLATE_NOOP("RewriteWish", "shorten"),
    "expand": QT_TRANSLATE_NOOP("RewriteWish", "expand"),
    "rephrase": QT_TRANSLATE_NOOP("RewriteWish", "say it differently"),
}
_TONES = {
    "formal": QT_TRANSLATE_NOOP("RewriteWish", "formal"),
    "friendly": QT_TRANSLATE_NOOP("RewriteWish", "friendly"),
    "plain": QT_TRANSLATE_NOOP("RewriteWish", "plain"),
    "vivid": QT_TRANSLATE_NOOP("RewriteWish", "vivid"),
}
"""The tones that the prompts describe, by their names there."""


class RewritePanel(QWidget):
    """Asks for the new passage as soon as it is known how it is to become, and shows it as it comes."""

    rewrite_wished = Signal(object, object)  # the passage is to be rewritten, perhaps once more; Passage, Wish
    taken = Signal(object)  # Take was pressed; the RewriteFinished
    cancelled = Signal()  # Cancel or Escape was pressed

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rewritePanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Rewriting"))
        self.setFixedHeight(scaled(_HEIGHT_PX))
        self._passage: Passage | None = None
        self._unit = length_sign("")
        self._result: RewriteFinished | None = None
        self._is_going_on = False
        self.wish = QLineEdit()
        self.wish.setAccessibleName(self.tr("How to rewrite it"))
        self.wish.setPlaceholderText(self.tr("Say what to change, then press Enter: put it into the present tense"))
        self.old = self._text(self.tr("The passage as it stands"))
        self.new = self._text(self.tr("The new passage"))
        self.old_label, self.new_label = self._label(), self._label()
        self.take = QPushButton(self.tr("Take"))
        self.take.setProperty("role", "main")
        self.ways = self._way_buttons()
        self.again = QPushButton(self.tr("Try again"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self._lay_out()
        self.wish.returnPressed.connect(self._ask)
        self.wish.textChanged.connect(lambda _: self._show_state())
        self.again.clicked.connect(self._ask)
        self.take.clicked.connect(self._take)
        self.cancel.clicked.connect(self.cancelled)

    def _way_buttons(self) -> list[QPushButton]:
        """A button for each way that needs no words, and one that lists the tones."""
        buttons: list[QPushButton] = []
        for name, wish in WAYS:
            button = QPushButton(_named(name))
            button.clicked.connect(lambda _=False, chosen=wish: self._ask_for(chosen))
            buttons.append(button)
        tones = QPushButton(self.tr("Tone"))
        menu = QMenu(tones)
        for name, tone in TONES:
            action = menu.addAction(translate("RewriteMenu", name))
            action.triggered.connect(lambda _=False, chosen=tone: self._ask_for(Wish("tone", chosen)))
        tones.setMenu(menu)
        buttons.append(tones)
        for button in buttons:
            button.setFont(small_font(self.font()))
        return buttons

    @staticmethod
    def _text(name: str) -> QPlainTextEdit:
        text = QPlainTextEdit()
        text.setReadOnly(True)
        text.setFont(book_font(_TEXT_PX))
        text.setTabChangesFocus(True)
        text.setAccessibleName(name)
        return text

    def _label(self) -> QLabel:
        label = QLabel()
        label.setProperty("role", "label")
        label.setFont(small_font(self.font()))
        return label

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Rewrite"))
        title.setProperty("role", "strong")
        title.setBuddy(self.wish)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(title)
        top.addWidget(self.wish, 1)
        for button in (self.again, self.cancel, self.take):
            top.addWidget(button)
        ways = QHBoxLayout()
        ways.setSpacing(8)
        for button in self.ways:
            ways.addWidget(button)
        ways.addStretch(1)
        texts = QGridLayout()
        texts.setHorizontalSpacing(12)
        texts.setVerticalSpacing(4)
        for column, (label, text) in enumerate(((self.old_label, self.old), (self.new_label, self.new))):
            texts.addWidget(label, 0, column)
            texts.addWidget(text, 1, column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 10, 14, 12)
        whole.setSpacing(8)
        whole.addLayout(top)
        whole.addLayout(ways)
        whole.addLayout(texts, 1)

    # -- showing -----------------------------------------------------------------------------------

    def begin(self, passage: Passage, wish: Wish, language: str) -> None:
        """Shows a passage and asks for it to be rewritten; for a wish without words the person says it here.

        ``language`` is the document's: it tells what lengths are counted in.
        """
        self._passage, self._result = passage, None
        self._unit = length_sign(language)
        self.old.setPlainText(passage.text.strip("\n"))
        self.new.clear()
        self.new.setPlaceholderText("")
        self._mark_differences()
        self.wish.setText(_spoken(wish))
        self.show()
        if self.wish.text():
            self.again.setFocus()
            self._ask()
        else:
            self.wish.setFocus()
        self._show_state()

    def show_new(self, text: str) -> None:
        """The new passage so far."""
        if self._is_going_on and self.isVisible():
            self.new.setPlainText(text)
            self._show_state()

    def finish(self, event: RewriteFinished) -> None:
        """The new passage is there, or none of use."""
        if self.isVisible() and event.asked == self._passage:
            is_other = event.text != event.passage.text
            self._result = event if is_other else None
            if event.is_whole_sentence:
                self.old.setPlainText(event.passage.text)
            self.new.setPlainText(event.text.strip("\n") if is_other else "")
            self._mark_differences()
            none = self.tr("The model gave no passage of use. Try again.")
            self.new.setPlaceholderText("" if is_other else none)
            self._show_state()

    def _mark_differences(self) -> None:
        """Underlines the words of each text that the other has not, where they have anything in common."""
        old, new = self.old.toPlainText(), self.new.toPlainText()
        is_short = len(old) + len(new) <= _MOST_COMPARED
        parts = compared_words(old, new) if is_short else []
        if not any(same and old_part.strip() for same, old_part, _ in parts):
            parts = []
        self.old.setExtraSelections(_marks(self.old, ((same, part) for same, part, _ in parts)))
        self.new.setExtraSelections(_marks(self.new, ((same, part) for same, _, part in parts)))

    def show_going_on(self, going_on: bool) -> None:
        """Whether a passage is being rewritten just now."""
        self._is_going_on = going_on
        self._show_state()
        if not going_on and self._result is not None and self.isVisible():
            self.take.setFocus()

    def _show_state(self) -> None:
        has, became = (count_words(each.toPlainText()) for each in (self.old, self.new))
        is_whole = self._result is not None and self._result.is_whole_sentence
        standing = self.tr("As it stands")
        if is_whole:
            standing = self.tr("The whole sentence, as no other part fits into it")
        self.old_label.setText(f"{standing} · {has:,} {self._unit}")
        doing = self.tr("Rewriting…") if self._is_going_on else self.tr("New")
        self.new_label.setText(f"{doing} · {became:,} {self._unit}" if became else doing)
        self.take.setEnabled(self._result is not None and not self._is_going_on)
        self.again.setEnabled(bool(self.wish.text().strip()) and not self._is_going_on)
        is_begun = bool(self.new.toPlainText()) or self._is_going_on
        for button in self.ways:
            button.setEnabled(not self._is_going_on)
        self.again.setText(self.tr("Try again") if is_begun else self.tr("Rewrite"))

    # -- what the person does ----------------------------------------------------------------------

    def _ask_for(self, wish: Wish) -> None:
        """One of the ways was chosen here: its name goes into the line, and it is asked for at once."""
        self.wish.setText(_spoken(wish))
        self.again.setFocus()
        self._ask()

    def _ask(self) -> None:
        if self._passage is None or not self.wish.text().strip() or self._is_going_on:
            return
        self._result = None
        self.old.setPlainText(self._passage.text.strip("\n"))
        self.new.clear()
        self._mark_differences()
        try:
            wish = _meant(self.wish.text())
        except InputProblem as problem:
            self.new.setPlaceholderText(shown(str(problem)))
            return
        self.new.setPlaceholderText("")
        self.rewrite_wished.emit(self._passage, wish)

    @property
    def has_new_passage(self) -> bool:
        """Whether there is a new passage that the person has neither taken nor left."""
        return self._result is not None and not self.isHidden()

    def go_to(self) -> None:
        """Gives the focus to Take, where there is something to take, else to the line with the wish."""
        (self.take if self.take.isEnabled() else self.wish).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _take(self) -> None:
        if self._result is not None:
            self.taken.emit(self._result)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            return
        super().keyPressEvent(event)


def _marks(text: QPlainTextEdit, parts: Iterable[tuple[bool, str]]) -> list[QTextEdit.ExtraSelection]:
    """An underline below each part that is not the same in both."""
    marks, place = [], 0
    for same, part in parts:
        length = len(part.encode("utf-16-le", "surrogatepass")) // 2  # as Qt counts
        if not same and part.strip():
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(text.document())
            cursor.setPosition(place)
            cursor.setPosition(place + length, QTextCursor.MoveMode.KeepAnchor)
            look = QTextCharFormat()
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            look.setUnderlineColor(text.palette().color(QPalette.ColorRole.Highlight))
            mark.cursor, mark.format = cursor, look
            marks.append(mark)
        place += length
    return marks


def _named(name: str) -> str:
    """The name of a menu's entry on a button, without the key that it has in the menu: "缩短(&S)" is "缩短"."""
    return re.sub(r"\(&\w\)|&", "", translate("RewriteMenu", name))


def _spoken(wish: Wish) -> str:
    """The wish as it stands in the line where the person can change it."""
    if wish.how == "tone":
        tone = translate("RewriteWish", _TONES[wish.words]) if wish.words in _TONES else wish.words
        return translate("RewriteWish", "tone: {tone}").format(tone=tone)
    return wish.words or (translate("RewriteWish", _WAYS[wish.how]) if wish.how in _WAYS else "")


def _meant(text: str) -> Wish:
    """The wish that the line says; the name of a way stands for that way."""
    said = " ".join(text.split())
    for way, name in _WAYS.items():
        if said.casefold() in (name, translate("RewriteWish", name).casefold()):
            return Wish(way)
    name, colon, tone = said.replace("：", ":", 1).partition(":")
    if not colon or name.strip().casefold() not in ("tone", translate("RewriteWish", "tone").casefold()):
        return read_wish(said)
    names = {translate("RewriteWish", shown_name).casefold(): known for known, shown_name in _TONES.items()}
    return read_wish(f"tone:{names.get(tone.strip().casefold(), tone)}")
