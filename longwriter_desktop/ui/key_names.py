"""How keys are written: as this system does, and in Chinese with the names that stand on the keys themselves."""

import re
from collections.abc import Iterable

from PySide6.QtGui import QKeySequence

from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, translate

OF_QT = (
    QT_TRANSLATE_NOOP("QShortcut", "Return"),
    QT_TRANSLATE_NOOP("QShortcut", "Enter"),
    QT_TRANSLATE_NOOP("QShortcut", "Backspace"),
    QT_TRANSLATE_NOOP("QShortcut", "Up"),
    QT_TRANSLATE_NOOP("QShortcut", "Down"),
    QT_TRANSLATE_NOOP("QShortcut", "Left"),
    QT_TRANSLATE_NOOP("QShortcut", "Right"),
    QT_TRANSLATE_NOOP("QFileDialog", "Alt+Up"),
    QT_TRANSLATE_NOOP("QFileDialog", "Alt+Left"),
    QT_TRANSLATE_NOOP("QFileDialog", "Alt+Right"),
    QT_TRANSLATE_NOOP("QKeySequenceEdit", "Press shortcut"),
)
"""Texts of Qt's own that are translated anew: its Chinese has other names than the keys, such as 回车 for Enter. The
app's translator is asked before Qt's, since it is installed last."""


_MNEMONIC = re.compile(r"\(&[^&]\)|&(?!&)")
"""The letter that chooses an entry: as it stands in English, and in brackets in Chinese."""


def plain_text(action_text: str) -> str:
    """The text of a menu or an entry without the letter that chooses it: "&Find…" and "查找(&F)…" without "&F"."""
    return _MNEMONIC.sub("", action_text).replace("&&", "&")


def shown_keys(keys: Iterable[str | QKeySequence]) -> str:
    """Keys as they are written on this system, such as "F2, Enter", each name once."""
    texts = (QKeySequence(each).toString(QKeySequence.SequenceFormat.NativeText) for each in keys)
    return translate("KeyNames", ", ").join(dict.fromkeys(texts))  # In Chinese, both Return keys have one name.
