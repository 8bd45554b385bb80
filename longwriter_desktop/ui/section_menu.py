"""What the menu Section does with the sections that are chosen in the outline, wherever the focus is."""

from collections.abc import Callable

from PySide6.QtCore import QObject, SignalInstance

from longwriter_desktop.ui.menus import Menus
from longwriter_desktop.ui.workspace import Workspace


class SectionMenu(QObject):
    """Stands behind the menu Section, and behind writing the chosen sections in the menu Write."""

    def __init__(
        self, workspace: Workspace, menus: Menus, dismiss_notice: Callable[[], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._dismiss_notice = dismiss_notice
        control, rows = workspace.outline_control, workspace.outline.list
        menus.add_section.triggered.connect(workspace.add_section)
        self._with_chosen(menus.split_section.triggered, lambda _: workspace.split_section(workspace.current_section))
        self._with_chosen(menus.join_sections.triggered, control.join)
        self._with_chosen(menus.duplicate_sections.triggered, control.duplicate)
        self._with_chosen(menus.move_up.triggered, lambda ids: rows.move_by(ids, -1))
        self._with_chosen(menus.move_down.triggered, lambda ids: rows.move_by(ids, 1))
        self._with_chosen(menus.begin_chapter.triggered, lambda ids: control.begin_chapter(ids[0]))
        self._with_chosen(menus.lock_sections.triggered, control.toggle_lock)
        self._with_chosen(menus.keep_stale.triggered, control.accept)
        self._with_chosen(menus.delete_sections.triggered, control.delete)
        self._with_chosen(menus.write_section.triggered, lambda ids: control.write(ids, again=False))
        self._with_chosen(menus.write_again.triggered, lambda ids: control.write(ids, again=True))

    def _with_chosen(self, signal: SignalInstance, do: Callable[[tuple[str, ...]], object]) -> None:
        """Does something with the chosen sections, after taking over what is half typed in a field."""

        def chosen(_checked: bool = False) -> None:
            self._workspace.commit()
            self._dismiss_notice()
            if ids := self._workspace.selected_sections:
                do(ids)

        signal.connect(chosen)
