"""The line under the title: how many words there are of how many asked. Counted a little at a time."""

import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from longwriter_desktop.document.counting import count_words

_DELAY_MS = 150
"""How long after a change the counting begins, in milliseconds."""
_SLICE_S = 0.004
"""How long one turn of counting may take, in seconds."""


class CountLine(QObject):
    """Counts the words of texts by section id, each text once, and hands the line to ``show``.

    Where somebody else counts them already, it says what they say (see `count_with`).
    """

    def __init__(self, texts: Callable[[], Mapping[str, str]], show: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._texts = texts
        self._show = show
        self._asked = 0
        self._language = "en"
        self._counted: dict[str, tuple[str, int]] = {}
        self._words: Callable[[], int] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._count)

    def count_with(self, words: Callable[[], int]) -> None:
        """``words`` counts from now on; when there is another number, is told by `refresh`."""
        self._words = words

    def refresh(self) -> None:
        """Shows what the one who counts says now."""
        if self._words is not None:
            self._show(count_line(self._words(), self._asked, self._language))

    def set_asked(self, words: int, language: str) -> None:
        """``words`` is the length asked for, 0 for none."""
        self._asked = words
        self._language = language
        self.refresh()
        self.count_soon()

    def count_soon(self) -> None:
        """A text has changed."""
        if self._words is None and not self._timer.isActive():
            self._timer.start(_DELAY_MS)

    def _count(self) -> None:
        texts = self._texts()
        end = time.perf_counter() + _SLICE_S
        known = {key: counted for key, counted in self._counted.items() if key in texts}
        self._counted = known
        for key, text in texts.items():
            if key in known and known[key][0] is text:
                continue
            if time.perf_counter() > end:
                self._timer.start(0)
                return
            known[key] = (text, count_words(text))
        self._show(count_line(sum(words for _, words in known.values()), self._asked, self._language))


def count_line(words: int, asked: int, language: str) -> str:
    """The line itself, in the language of the document's own count: Chinese is counted in characters."""
    if language == "zh":
        return f"{words:,} / {asked:,} 字" if asked else f"{words:,} 字"
    if asked:
        line = QCoreApplication.translate("CountLine", "{words} of {asked} words")
    elif words == 1:
        line = QCoreApplication.translate("CountLine", "1 word")
    else:
        line = QCoreApplication.translate("CountLine", "{words} words")
    return line.format(words=f"{words:,}", asked=f"{asked:,}")
