"""The document's page: outline, manuscript and section panel side by side, following one session."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from longwriter_desktop.agentwrite.passage import Passage
from longwriter_desktop.agentwrite.rewrite_events import RewriteFinished, Wish
from longwriter_desktop.document.document import Document
from longwriter_desktop.settings import Settings
from longwriter_desktop.ui.comparing import Comparing
from longwriter_desktop.ui.manuscript.fields import heading_key, text_key
from longwriter_desktop.ui.manuscript.manuscript import Manuscript
from longwriter_desktop.ui.manuscript.rewrite_menu import rewrite_menu
from longwriter_desktop.ui.manuscript.writing_page import WritingPage
from longwriter_desktop.ui.menus import Menus
from longwriter_desktop.ui.outline_control import OutlineControl
from longwriter_desktop.ui.outline_model import OutlineModel
from longwriter_desktop.ui.outline_pane import OutlinePane
from longwriter_desktop.ui.rewrite_panel import RewritePanel
from longwriter_desktop.ui.section_panel import SectionPanel
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.theme import Palette, book_family, scaled
from longwriter_desktop.ui.writing import Activity

USUAL_SIZES = (296, 712, 272)
LEAST_SIZES = (260, 360, 220)


class Workspace(QWidget):
    """Lays out the three panels and connects them with the session."""

    outline_wanted = Signal()  # something is to be typed in the outline, which may be hidden

    def __init__(
        self,
        session: Session,
        palette: Palette,
        settings: Settings,
        clock: Callable[[], float],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("workspace")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._settings = settings
        self.outline_model = OutlineModel(session.tally, self)
        self.outline = OutlinePane(self.outline_model, palette)
        self.outline_control = OutlineControl(session, clock, self)
        self.manuscript = Manuscript(palette, session.history)
        self.writing_page = WritingPage(self.manuscript, palette, lambda: not session.file.read_only)
        self.section = SectionPanel(palette, session.tally, clock)
        self.comparing = Comparing(session, palette, clock, self)
        self.rewriting = RewritePanel()
        self.rewriting.hide()
        # What may stand below the panels, and how the focus gets there.
        self.further_panels: list[tuple[QWidget, Callable[[], None]]] = [(self.rewriting, self.rewriting.go_to)]
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for at, (pane, least) in enumerate(zip(self._panes(), self._least_sizes(), strict=True)):
            pane.setMinimumWidth(max(least, pane.minimumSizeHint().width()) if pane is self.section else least)
            self.splitter.addWidget(pane)
            self.splitter.setStretchFactor(at, 1 if pane is self.writing_page else 0)
        sizes = settings.splitter_sizes
        usual = [scaled(size) for size in USUAL_SIZES]
        self.splitter.setSizes(list(sizes) if len(sizes) == len(usual) and min(sizes) > 0 else usual)
        self.outline.setVisible(settings.show_outline)
        self.section.setVisible(settings.show_section_panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.splitter, 1)
        layout.addWidget(self.rewriting)
        self.set_type(settings.manuscript_font_size)
        self._follow_session()
        self._follow_outline()
        self._follow_manuscript()
        self._follow_section_panel()
        self._follow_rewriting()

    def _panes(self) -> tuple[QWidget, QWidget, QWidget]:
        return self.outline, self.writing_page, self.section

    # -- looks -------------------------------------------------------------------------------------

    def _least_sizes(self) -> tuple[int, int, int]:
        """The panels grow with the system's text, as far as the screen has room for that."""
        outline, text, section = LEAST_SIZES
        larger = scaled(outline), text, scaled(section)
        return larger if sum(larger) <= self.screen().availableGeometry().width() else LEAST_SIZES

    def set_palette(self, palette: Palette) -> None:
        self.outline.set_palette(palette)
        self.manuscript.set_palette(palette)
        self.writing_page.set_palette(palette)
        self.section.set_palette(palette)
        self.comparing.set_palette(palette)
        self.outline.show_totals(self._session.document)

    def set_type(self, size_px: int) -> None:
        """The size of the manuscript's text, in pixels."""
        family = self._settings.manuscript_font_family or book_family(self._session.document.language)
        self.manuscript.set_type(family, size_px, self._settings.line_height, self._settings.measure)
        self._size_px = size_px

    def use_settings(self, settings: Settings) -> None:
        """Sets the manuscript as other settings ask."""
        self._settings = settings
        self.set_type(settings.manuscript_font_size)

    @property
    def size_px(self) -> int:
        return self._size_px

    @property
    def current_section(self) -> str:
        """The id of the section in hand, or ""."""
        return self.outline.list.current_section

    @property
    def selected_sections(self) -> tuple[str, ...]:
        """The ids of the sections in hand, where several can be."""
        return self.outline.list.selected_sections

    # -- going from panel to panel -------------------------------------------------------------------

    def go_to_outline(self) -> None:
        self.outline.show()
        self.outline.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to_manuscript(self) -> None:
        self.manuscript.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to_section(self) -> None:
        self.section.show()
        self.section.main_point.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to_next_panel(self) -> None:
        """Outline, manuscript, section panel, what is open below them, and round again; hidden ones are passed over."""
        go = (self.go_to_outline, self.go_to_manuscript, self.go_to_section)
        panels = [*zip(self._panes(), go, strict=True), *self.further_panels]
        focus = QApplication.focusWidget()
        here = next((at for at, (pane, _) in enumerate(panels) if focus is not None and _within(pane, focus)), -1)
        for step in range(1, len(panels) + 1):
            pane, go_to = panels[(here + step) % len(panels)]
            if pane.isVisible():
                go_to()
                return

    # -- following -----------------------------------------------------------------------------------

    def _follow_session(self) -> None:
        session, manuscript = self._session, self.manuscript
        session.document_opened.connect(self._open)
        session.document_changed.connect(self._show)
        session.manuscript_outdated.connect(manuscript.set_document)
        session.text_written.connect(manuscript.append_text)
        session.text_cut.connect(manuscript.cut_text)
        session.text_cleared.connect(manuscript.clear_section)
        session.section_started.connect(lambda _: self._mark_writing())
        session.section_finished.connect(lambda _: self._mark_writing())
        session.activity_changed.connect(self._activity_changed)
        session.draft_changed.connect(self.outline_model.set_draft)
        session.text_wanted.connect(manuscript.flush)
        session.text_undo_wished.connect(manuscript.undo)
        session.text_redo_wished.connect(manuscript.redo)
        session.place_wished.connect(self._show_place)

    def _follow_outline(self) -> None:
        session, control, rows = self._session, self.outline_control, self.outline.list
        rows.section_chosen.connect(self._section_chosen)
        rows.section_opened.connect(self.manuscript.show_section)
        rows.move_wished.connect(control.move)
        rows.move_refused.connect(session.tell)
        rows.insert_wished.connect(self.add_section_at)
        rows.delete_wished.connect(control.delete)
        rows.lock_wished.connect(control.toggle_lock)
        rows.accept_wished.connect(control.accept)
        rows.write_wished.connect(lambda ids: control.write(ids, again=False))
        rows.write_again_wished.connect(lambda ids: control.write(ids, again=True))
        rows.split_wished.connect(self.split_section)
        rows.join_wished.connect(control.join)
        rows.duplicate_wished.connect(control.duplicate)
        rows.chapter_wished.connect(control.begin_chapter)
        rows.delegate.point_edited.connect(session.set_main_point)
        rows.delegate.target_edited.connect(session.set_target)
        rows.delegate.heading_edited.connect(session.set_heading)
        rows.delegate.edit_given_up.connect(session.give_up_section)
        control.sections_made.connect(self._show_made)
        control.half_made.connect(self._edit_half)
        control.chapter_begun.connect(self._name_chapter)
        self.outline.total_edited.connect(control.set_total)
        self.outline.findings.repair_wished.connect(session.repair_plan)
        self.outline.findings.section_wished.connect(rows.choose_section)

    def _follow_manuscript(self) -> None:
        session, manuscript = self._session, self.manuscript
        manuscript.text_edited.connect(session.set_text)
        manuscript.texts_edited.connect(session.set_texts)
        manuscript.undo_elsewhere.connect(session.undo)
        manuscript.redo_elsewhere.connect(session.redo)
        manuscript.heading_edited.connect(session.set_heading_in_manuscript)
        manuscript.title_edited.connect(session.set_title)
        manuscript.section_entered.connect(self.outline.list.choose_section)
        manuscript.writing_touched.connect(lambda _: self._pause_for_typing())
        manuscript.count_with(lambda: session.tally.total(session.document), self.outline_model.counted)

    def _follow_section_panel(self) -> None:
        session, panel = self._session, self.section
        panel.heading_edited.connect(session.set_heading)
        panel.main_point_edited.connect(session.set_main_point)
        panel.target_edited.connect(session.set_target)
        panel.direction_edited.connect(session.set_direction)
        panel.summary_edited.connect(session.set_summary)
        panel.lock_toggled.connect(session.toggle_lock)
        panel.version_wanted.connect(session.use_version)
        panel.comparison_wished.connect(self.comparing.show)
        session.alternatives_grew.connect(panel.show_alternatives)
        panel.write_again_wished.connect(session.write_again)
        panel.alternatives_wished.connect(session.write_alternatives)

    def _follow_rewriting(self) -> None:
        session, panel = self._session, self.rewriting
        self.manuscript.rewrite_wished.connect(self._rewrite)
        panel.rewrite_wished.connect(session.rewrite)
        panel.taken.connect(self._take_rewrite)
        panel.cancelled.connect(self._cancel_rewrite)
        session.rewrite_grew.connect(panel.show_new)
        session.rewrite_finished.connect(panel.finish)
        session.passage_taken.connect(self.manuscript.replace_text)
        session.document_opened.connect(lambda _: panel.hide())
        session.document_closed.connect(panel.hide)

    def _open(self, document: Document) -> None:
        self.set_type(self._size_px)
        self.manuscript.set_document(document)
        self.outline_model.set_document(document)
        self.outline_model.refresh()
        self._section_chosen(self.current_section)
        self.outline.show_totals(document)
        self._check_plan(document)

    def _show(self, document: Document) -> None:
        self.outline_model.set_document(document)
        self.section.show_section(document, self.current_section, self._session.sections_in_work)
        self.outline.show_totals(document)
        self._check_plan(document)

    def _check_plan(self, document: Document) -> None:
        engine, model = self._session.writing.engine, self._session.model
        context_tokens = engine.context_tokens if engine is not None else 0
        if not context_tokens and model is not None and model.entry is not None:
            context_tokens = model.entry.default_context_tokens
        self.outline.findings.set_document(document, context_tokens)

    def _section_chosen(self, section_id: str) -> None:
        self.section.show_section(self._session.document, section_id, self._session.sections_in_work)
        if section_id and self.outline.list.hasFocus():
            self.manuscript.show_section(section_id)

    def _show_made(self, section_ids: tuple[str, ...]) -> None:
        """What a deed has made or moved is chosen in the outline, and the cursor goes to where it begins."""
        self.outline.list.choose_sections(section_ids)
        if section_ids:
            self.manuscript.show_section(section_ids[0])

    def _edit_half(self, section_id: str) -> None:
        """Opens the second part of a split section for editing; who has split text at the cursor writes on there."""
        has_point = bool(self._session.document.section(section_id).main_point)
        if not (has_point and self.manuscript.hasFocus()):
            self.outline.list.edit_section(section_id)

    def _name_chapter(self, section_id: str) -> None:
        """Opens the chapter's row for its name, or marks the heading in the text where the chapter has no row."""
        field = self.manuscript.page.field(heading_key(section_id))
        if not self.outline.list.edit_chapter(section_id) and field is not None:
            cursor = QTextCursor(self.manuscript.document())
            cursor.setPosition(field.start.position())
            cursor.setPosition(self.manuscript.page.end_of(field), QTextCursor.MoveMode.KeepAnchor)
            self.manuscript.select(cursor)
            self.go_to_manuscript()

    def _show_place(self, section_id: str) -> None:
        """Where undo or redo of a deed has changed something."""
        self.outline.list.choose_section(section_id)
        self.manuscript.show_section(section_id)

    def _mark_writing(self) -> None:
        self.manuscript.set_writing(self._session.section_in_work)
        self.manuscript.set_in_work(self._session.sections_in_work)
        self.outline_model.set_writing(*self._session.sections_in_work)

    def _activity_changed(self, activity: Activity) -> None:
        if activity is not Activity.WRITING:
            self._mark_writing()
        for panel in (self.outline, self.section):
            panel.show_planning(activity is Activity.PLANNING)
        self.rewriting.show_going_on(activity is Activity.REWRITING)
        if activity is not Activity.TRYING:
            self.section.show_alternatives(self.section.section_id, {})

    def _pause_for_typing(self) -> None:
        # First everything that was written, then what is typed: the text must not change places.
        self._session.pause_for_typing()
        self.manuscript.flush()

    def offer(self, menus: Menus) -> None:
        """Fills in what the menus offer for the section in hand and for what is selected."""
        menus.compare.triggered.connect(lambda: self.comparing.show(self.current_section))
        ways = rewrite_menu(menus.rewrite_menu, self.rewrite_selection)
        menus.rewrite_menu.addActions(ways.actions()[:-1])
        menus.rewrite_menu.addAction(menus.rewrite_selection)
        menus.rewrite_selection.triggered.connect(lambda: self.rewrite_selection(Wish("own")))

    def rewrite_selection(self, wish: Wish) -> None:
        """Rewrites what is selected in the manuscript, or says that nothing is."""
        passage = self.manuscript.selected_passage()
        if passage is None:
            self._session.tell(self.tr("Nothing was rewritten: select words of one section first, then choose how."))
        else:
            self._rewrite(passage, wish)

    def _rewrite(self, passage: Passage, wish: Wish) -> None:
        self.commit()
        if self._session.activity is Activity.REWRITING:
            self._session.rewrite(passage, wish)  # It says that the model is at work; that passage stays in sight.
        else:
            self.rewriting.begin(passage, wish, self._session.document.language)

    def _take_rewrite(self, event: RewriteFinished) -> None:
        before = self._session.document
        self._session.take_rewrite(event)
        if self._session.document is not before:  # Else the new passage stays in sight: it stands nowhere else.
            self.rewriting.hide()
            self.go_to_manuscript()

    def _cancel_rewrite(self) -> None:
        if self._session.activity in (Activity.REWRITING, Activity.STOPPING):  # It may only be about to begin.
            self._session.pause()
        self.rewriting.hide()
        self.go_to_manuscript()

    def add_section_at(self, index: int) -> None:
        """Adds a section and opens it for editing; not while a plan is being made, which would replace it.

        Where the section in hand is new and still empty, it is opened again instead.
        """
        if self._session.activity is Activity.PLANNING:
            return
        self.commit()
        rows = self.outline.list
        is_there = self._session.is_new_and_empty(rows.current_section)
        rows.edit_section(rows.current_section if is_there else self._session.insert_section(index))

    def add_section(self) -> None:
        """Adds a section below the one in hand."""
        self.outline_wanted.emit()
        self.outline.show()
        self.add_section_at(self.outline.list.place_below(self.selected_sections))

    def split_section(self, section_id: str) -> None:
        """Makes two sections of one: where the cursor stands in its text, else in the middle."""
        self.commit()
        page, position = self.manuscript.page, self.manuscript.textCursor().position()
        field = page.field_at(position)
        inside = field.key == text_key(section_id)
        self.outline_control.split(section_id, page.offset(field, position) if inside else 0)

    def commit(self) -> None:
        """Takes over what was typed in a field and not finished with Enter."""
        self.outline.commit()
        self.section.commit()
        self.manuscript.flush()


def _within(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)
