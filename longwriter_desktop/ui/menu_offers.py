"""Entries of the menus that can do nothing now are grey while their menu is open."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.ui.menus import Menus
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.undo_keys import is_half_typed
from longwriter_desktop.ui.workspace import Workspace
from longwriter_desktop.ui.writing import Activity

_Offers = Mapping[QAction, bool]


class MenuOffers(QObject):
    """Looks what can be done only when a menu opens, which costs nothing while the person types.

    When it closes, all is as it was: an action that is turned off would not hear its key, and what a key can do may
    be another thing by then. A key that can do nothing is answered in words.
    """

    def __init__(self, session: Session, workspace: Workspace, menus: Menus) -> None:
        super().__init__(menus)
        self._session = session
        self._workspace = workspace
        self._menus = menus
        self._greyed: list[QAction] = []
        self._greyed_in = self._state()
        self._watch(menus.edit_menu, self._edit)
        self._watch(menus.section_menu, self._section)
        self._watch(menus.write_menu, self._write)

    def _watch(self, menu: QMenu, offers: Callable[[], _Offers]) -> None:
        menu.aboutToShow.connect(lambda: self._grey(offers()))
        menu.aboutToHide.connect(self._as_before)

    def _grey(self, offers: _Offers) -> None:
        self._as_before()
        self._greyed_in = self._state()
        self._greyed = [action for action, can_be_done in offers.items() if not can_be_done and action.isEnabled()]
        for action in self._greyed:
            action.setEnabled(False)

    def _as_before(self) -> None:
        menus, greyed, self._greyed = self._menus, self._greyed, []
        if self._state() != self._greyed_in:  # Meanwhile another document has turned on and off what it needs.
            greyed = [action for action in (menus.undo, menus.redo) if not self._session.file.read_only]
        beginning = {menus.write, menus.write_parallel} if self._session.is_busy else set()  # It has begun meanwhile.
        for action in greyed:
            action.setEnabled(action not in beginning)

    def _state(self) -> tuple[bool, bool]:
        return self._session.has_document, self._session.file.read_only

    def _edit(self) -> _Offers:
        history, is_typing = self._session.history, is_half_typed(QApplication.focusWidget())
        return {
            self._menus.undo: is_typing or history.next_undo() is not None,
            self._menus.redo: is_typing or history.next_redo() is not None,
        }

    def _chosen(self) -> tuple[str, ...]:
        """The ids of the chosen sections; none when the document that they were chosen in is closed."""
        document = self._session.document
        return tuple(each for each in self._workspace.selected_sections if document.has_section(each))

    def _section(self) -> _Offers:
        menus, document, chosen = self._menus, self._session.document, self._chosen()
        ids = [section.id for section in document.sections]
        has_next = bool(chosen) and chosen[-1] != ids[-1]
        offers = dict.fromkeys(menus.changing_sections(), bool(chosen))
        offers[menus.deleted_sections] = bool(document.trash)
        offers[menus.add_section] = self._session.activity is not Activity.PLANNING
        stale = set(document.stale_sections())
        offers[menus.keep_stale] = any(each in stale for each in chosen)
        offers[menus.join_sections] = len(chosen) > 1 or has_next
        offers[menus.move_up] = self._workspace.outline.list.can_move(chosen, -1)
        offers[menus.move_down] = self._workspace.outline.list.can_move(chosen, 1)
        return offers

    def _write(self) -> _Offers:
        menus, document, current = self._menus, self._session.document, self._workspace.current_section
        in_hand = [document.section(each) for each in self._chosen()]
        left = any(map(can_be_written, document.sections))
        return {
            menus.write: left or not document.sections,
            menus.write_parallel: left,
            menus.write_again: any(map(can_be_written_again, in_hand)),
            menus.write_section: any(map(can_be_written, in_hand)),
            menus.write_from_here: bool(in_hand),
            menus.alternatives: document.has_section(current) and not document.section(current).locked,
            menus.compare: _has_other_version(document, current),
            menus.write_stale: bool(document.stale_sections()),
            menus.rewrite_menu.menuAction(): self._session.has_document
            and self._workspace.manuscript.selected_passage() is not None,
            menus.deleted_sections: bool(document.trash),
            menus.clean_up_versions: any(section.versions for section in document.sections),
        }


def can_be_written(section: Section) -> bool:
    """Whether the writer may write a section, or go on with it: it is not locked, and not written to its end."""
    return not section.locked and not (section.complete and section.text.strip())


def can_be_written_again(section: Section) -> bool:
    """Whether a section has a text that the writer may write anew."""
    return not section.locked and bool(section.text.strip())


def _has_other_version(document: Document, section_id: str) -> bool:
    if not document.has_section(section_id):
        return False
    section = document.section(section_id)
    return any(version.text != section.text for version in section.versions)
