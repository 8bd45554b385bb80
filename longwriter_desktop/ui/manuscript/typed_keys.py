"""What keys mean in a text: which type something, and which delete how much."""

import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor

_Key = QKeySequence.StandardKey
_Move = QTextCursor.MoveOperation
_DELETIONS = (
    (_Key.Backspace, _Move.PreviousCharacter),
    (_Key.Delete, _Move.NextCharacter),
    (_Key.DeleteStartOfWord, _Move.PreviousWord),
    (_Key.DeleteEndOfWord, _Move.NextWord),
    (_Key.DeleteEndOfLine, _Move.EndOfBlock),
    (_Key.DeleteCompleteLine, _Move.StartOfBlock),
)


def deletion(event: QKeyEvent) -> QTextCursor.MoveOperation | None:
    """What a key deletes, from the cursor to the end of the move; None where it deletes nothing."""
    for key, move in _DELETIONS:
        if event.matches(key):
            return move
    # Qt has no key sequence for Backspace on most systems; like Qt, it is taken with Shift and without.
    if event.key() == Qt.Key.Key_Backspace and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
        return _Move.PreviousCharacter
    return None


def types_text(event: QKeyEvent) -> bool:
    """Whether a key types something; after Qt's own QInputControl::isAcceptableInput."""
    text = event.text()
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    control = Qt.KeyboardModifier.ControlModifier
    if not text or modifiers in (control, control | Qt.KeyboardModifier.ShiftModifier):
        return False
    return text[0].isprintable() or unicodedata.category(text[0]) in ("Cf", "Co", "Zs")
