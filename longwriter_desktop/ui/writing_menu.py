"""What the menu Write and the main button do: plan, write, pause, and write a part."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject

from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.menus import Menus
from longwriter_desktop.ui.notice import NoticeAction
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.status_bar import StatusBar
from longwriter_desktop.ui.workspace import Workspace
from longwriter_desktop.ui.writing import Activity

SECOND_PRESS_MS = 1000
"""The key that has begun a plan, pressed again within this time, is a slip and does not stop it."""


class WritingMenu(QObject):
    """Connects the entries that begin and stop the model's work with a session."""

    def __init__(
        self,
        session: Session,
        workspace: Workspace,
        menus: Menus,
        status: StatusBar,
        dismiss_notice: Callable[[], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._workspace = workspace
        self._dismiss_notice = dismiss_notice
        self._since_plan = QElapsedTimer()
        session.activity_changed.connect(self._activity_changed)
        menus.write_menu.aboutToShow.connect(lambda: menus.show_begun(_has_text(session)))
        for signal, do in (
            (menus.plan.triggered, session.make_plan),
            (menus.write.triggered, session.write_or_pause),
            (menus.pause.triggered, self._pause_by_key),
            (menus.write_from_here.triggered, self.write_from_here),
            (menus.write_stale.triggered, session.write_stale),
            (menus.write_parallel.triggered, session.write_parallel),
            (menus.alternatives.triggered, self._write_alternatives),
            (status.main_button_pressed, session.write_or_pause),
        ):
            signal.connect(lambda _=False, do=do: self._do(do))

    def write_from_here(self) -> None:
        """Writes what is not written yet from the section in hand on; those before it are left as they are."""
        document = self._session.document
        if not document.has_section(self._workspace.current_section):
            return
        number = document.index(self._workspace.current_section) + 1
        ids = [section.id for section in document.sections[number - 1 :] if not section.locked]
        if any(_is_left(document, each) for each in ids):
            self._session.write_sections(ids, again=False)
        elif ids:
            again = NoticeAction(self.tr("Write them again"), lambda: self._session.write_sections(ids, again=True))
            told = self.tr("From section {number} on, everything is written, so nothing was begun.")
            self._session.tell(told.format(number=number), again)
        else:
            told = self.tr("From section {number} on, all sections are locked, so nothing was begun.")
            self._session.tell(told.format(number=number))

    def _do(self, do: Callable[[], object]) -> None:
        """Does something after taking over what is half typed in a field."""
        self._workspace.commit()
        self._dismiss_notice()
        do()

    def _write_alternatives(self) -> None:
        if self._workspace.current_section:
            self._session.write_alternatives(self._workspace.current_section)

    def _pause_by_key(self) -> None:
        is_slip = self._since_plan.isValid() and self._since_plan.elapsed() < SECOND_PRESS_MS
        if self._session.activity is not Activity.PLANNING or not is_slip:
            self._session.pause()

    def _activity_changed(self, activity: Activity) -> None:
        if activity is Activity.PLANNING:
            self._since_plan.start()


def _has_text(session: Session) -> bool:
    """Whether something of the document is written."""
    return session.has_document and any(section.text.strip() for section in session.document.sections)


def _is_left(document: Document, section_id: str) -> bool:
    section = document.section(section_id)
    return not (section.complete and section.text.strip())
