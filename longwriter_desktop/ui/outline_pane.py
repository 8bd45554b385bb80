"""The outline on the left: its heading, the tree, what the plan check finds, and the words asked and planned."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from longwriter_desktop.agentwrite.request import MAX_WORDS
from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.icons import icon
from longwriter_desktop.ui.outline_model import OutlineModel
from longwriter_desktop.ui.outline_view import OutlineView
from longwriter_desktop.ui.plain_tip import plain_tip
from longwriter_desktop.ui.plan_findings import PlanFindings
from longwriter_desktop.ui.theme import Palette, scaled, small_font, with_tabular_numbers
from longwriter_desktop.ui.undo_keys import UndoKeys, forget_typing, is_half_typed
from longwriter_desktop.ui.word_target_field import WordTargetField

SMALL_DIFFERENCE = 0.02
"""As a share of the asked length: what planned and asked may differ without being mentioned."""


class OutlinePane(QWidget):
    """The outline with its heading, its totals, and a word of invitation while it is empty."""

    total_edited = Signal(int)  # the person wants the whole document to have another length; words

    def __init__(self, model: OutlineModel, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outlinePane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Outline panel"))
        self.list = OutlineView(model, palette, self)
        self._heading = QLabel(self.tr("Outline"))
        self._heading.setProperty("role", "strong")
        self._count = QLabel()
        self._count.setProperty("role", "muted")
        self._add = QToolButton()
        self._add.setAccessibleName(self.tr("Add section"))
        self._add.setToolTip(self.tr("Add section (Ins)"))
        self._add.clicked.connect(self._add_section)
        self._empty = QLabel()
        self.show_planning(False)
        self._empty.setWordWrap(True)
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._empty.setContentsMargins(14, 12, 14, 12)
        self.findings = PlanFindings(self, is_typing=lambda: self.list.is_editing)
        self.findings.total_wished.connect(self.total_edited)
        self.totals = QWidget()
        self.totals.setObjectName("outlineTotals")
        self._asked, self._planned = QLabel(self.tr("Asked")), QLabel()
        self.total = WordTargetField()
        self.total.setAccessibleName(self.tr("Words asked for in all"))
        tip = self.tr("The words of the whole document. The sections' word targets follow; locked ones keep theirs.")
        self.total.setToolTip(plain_tip(tip))
        self.total.setRange(0, MAX_WORDS)
        self.total.setSpecialValueText(self.tr("none"))
        self.total.setFixedWidth(scaled(88))
        self._asked.setBuddy(self.total)
        self.total.valueChanged.connect(self._total_changed)
        self.total.editingFinished.connect(lambda: forget_typing(self.total))
        UndoKeys(self).watch(self.total)
        self._showing = False
        self._asked_words = 0
        self._lay_out()
        self.set_palette(palette)
        model.rearranged.connect(self._show_count)
        self._show_count()

    def _lay_out(self) -> None:
        small = with_tabular_numbers(small_font(self.font()))
        for label in (self._heading, self._count, self._asked, self._planned):
            label.setFont(small)
        top = QHBoxLayout()
        top.setContentsMargins(14, 8, 8, 8)
        top.addWidget(self._heading)
        top.addStretch(1)
        top.addWidget(self._count)
        top.addSpacing(6)
        top.addWidget(self._add)
        self._middle = QStackedLayout()
        self._middle.addWidget(self.list)
        self._middle.addWidget(self._empty)
        totals = QHBoxLayout(self.totals)
        totals.setContentsMargins(14, 6, 14, 6)
        totals.addWidget(self._asked)
        totals.addWidget(self.total)
        totals.addStretch(1)
        self._planned.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        totals.addWidget(self._planned)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addLayout(self._middle, 1)
        whole.addWidget(self.findings)
        whole.addWidget(self.totals)

    def show_planning(self, is_planning: bool) -> None:
        """What stands where no section is yet: that the model is making the plan, or how to come to one."""
        no_plan = self.tr("No plan yet.")
        invitation = self.tr(
            "Make a plan, or add sections of your own: the main point and the number of words of each."
        )
        self._empty.setText(self.tr("The plan is being made…") if is_planning else f"{no_plan}\n\n{invitation}")

    def commit(self) -> None:
        """Takes over what is typed in a row that is open, and in the field of the total."""
        self.list.commit()
        self.total.interpretText()

    def set_palette(self, palette: Palette) -> None:
        self._palette = palette
        self._add.setIcon(icon("plus", palette.muted))
        self.list.delegate.set_palette(palette)
        self.list.viewport().update()

    def show_totals(self, document: Document) -> None:
        """Asked and planned words; planned in the warning colour and with the difference where they part."""
        asked, planned = document.word_target, document.words_planned
        is_new, self._asked_words = asked != self._asked_words, asked
        if is_new or not is_half_typed(self.total):
            self._show_asked()
        difference = planned - asked
        off = bool(asked and planned and abs(difference) > asked * SMALL_DIFFERENCE)
        note = f"<br>{'+' if difference > 0 else '−'}{abs(difference):,}" if off else ""
        colour = self._palette.warning if off else self._palette.ink
        words = f'<b><span style="color:{colour}">{planned:,}{note}</span></b>'
        self._planned.setText(self.tr("Planned {words}").format(words=words) if planned else "")

    def _show_count(self) -> None:
        rows = len(self.list.outline.rows)
        count = self.tr("1 section") if rows == 1 else self.tr("{count} sections").format(count=rows)
        self._count.setText(count if rows else "")
        self._middle.setCurrentIndex(0 if rows else 1)

    def _total_changed(self, words: int) -> None:
        if self._showing:
            return
        if words:
            self.total_edited.emit(words)
        elif self._asked_words:
            self._show_asked()
            told = self.tr("A document cannot have 0 words. It stays at {words}.")
            self.total.note.say(told.format(words=f"{self._asked_words:,}"))
        forget_typing(self.total)

    def _show_asked(self) -> None:
        self._showing = True
        self.total.setValue(min(MAX_WORDS, self._asked_words))
        self._showing = False

    def _add_section(self) -> None:
        self.list.insert_wished.emit(self.list.place_below(self.list.selected_sections))
