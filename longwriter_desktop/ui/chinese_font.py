"""Whether Chinese text can be read on this computer, and what to say where no font has its characters."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.notice import Notice
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.translation import has_chinese_font

NO_CHINESE_FONT = (
    "No Chinese font is installed on this computer, so Chinese text is shown as empty boxes. Install one, such as "
    "Noto Sans CJK SC (on Debian and Ubuntu: fonts-noto-cjk), then start the app again."
)
"""In English on purpose: Chinese could not be read."""


class ChineseFontWatch(QObject):
    """Says once that a font is missing: when the interface is Chinese, or when a Chinese document is opened."""

    def __init__(self, session: Session, is_there: Callable[[], bool] = has_chinese_font) -> None:
        super().__init__(session)
        self._session = session
        self._is_there = is_there
        self._is_told = False
        session.document_opened.connect(self._opened)

    def look(self) -> None:
        """Chinese is going to be shown."""
        if not self._is_told and not self._is_there():
            self._is_told = True
            self._session.noticed.emit(Notice(NO_CHINESE_FONT, "problem"))

    def _opened(self, document: Document) -> None:
        if document.language == "zh":
            self.look()
