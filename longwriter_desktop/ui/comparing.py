"""Opens the comparison of a section with a version of it, one at a time."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from longwriter_desktop.document.section import Version
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.theme import Palette
from longwriter_desktop.ui.translation import translate

if TYPE_CHECKING:
    from longwriter_desktop.ui.comparison_dialog import ComparisonDialog


class Comparing:
    """Opens the comparison of a section, one at a time."""

    def __init__(self, session: Session, palette: Palette, clock: Callable[[], float], window: QWidget) -> None:
        self._session = session
        self._palette = palette
        self._clock = clock
        self._window = window
        self.dialog: ComparisonDialog | None = None
        session.document_opened.connect(lambda _: self.close())
        session.document_closed.connect(self.close)

    def show(self, section_id: str, version: Version | None = None) -> None:
        """Compares the text in place with ``version``, or with the newest other one; says so where there is none."""
        from longwriter_desktop.ui.comparison_dialog import ComparisonDialog

        document = self._session.document
        if not document.has_section(section_id):
            return
        section = document.section(section_id)
        if all(each.text == section.text for each in section.versions):
            number = document.index(section_id) + 1
            none = translate("Comparing", "Section {number} has no other version yet. Write it again to have one.")
            self._session.tell(none.format(number=number))
            return
        self.close()
        window = self._window.window()
        self.dialog = ComparisonDialog(self._session, section_id, version, self._palette, self._clock, window)
        self.dialog.finished.connect(self._closed)
        self.dialog.show()
        self.dialog.table.setFocus()

    def close(self) -> None:
        if self.dialog is not None:
            self.dialog.reject()

    def _closed(self, _result: int) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()

    def set_palette(self, palette: Palette) -> None:
        self._palette = palette
        if self.dialog is not None:
            self.dialog.set_palette(palette)
