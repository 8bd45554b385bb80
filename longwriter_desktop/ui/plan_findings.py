"""What the plan check finds, under the outline: one finding at a time, with its repair."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.flow_layout import FlowLayout
from longwriter_desktop.ui.plain_tip import plain_tip
from longwriter_desktop.ui.theme import small_font
from longwriter_desktop.ui.translation import shown

if TYPE_CHECKING:
    from longwriter_desktop.agentwrite.plan_check import Finding

LOOK_AFTER_MS = 600
"""So long after a change of the plan; somebody may be in the middle of several."""
SLICE_MS = 4
"""So long is looked at a time. A plan of 250 sections takes a tenth of a second, in which the window would stand."""
_LINK_PADDING_PX = 6
"""What a link has around its words (see `theme`): the texts beside and above it are as far in."""


class PlanFindings(QWidget):
    """Follows a document's plan; hidden while there is nothing to say.

    ``is_typing`` says whether a line of the plan is open for typing.
    """

    repair_wished = Signal(object)  # a Finding whose repair the person wants, or None for all
    total_wished = Signal(int)  # instead of changing the plan, so many words are to be asked for
    section_wished = Signal(str)  # the section that the shown finding is about

    def __init__(self, parent: QWidget | None = None, is_typing: Callable[[], bool] = lambda: False) -> None:
        super().__init__(parent)
        self._is_typing = is_typing
        self.setObjectName("outlineTotals")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Plan check"))
        self._document = Document()
        self._plan: object = None
        self._context_tokens = 0
        self._findings: tuple[Finding, ...] = ()
        self._shown = 0
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._place = QLabel()
        self._place.setProperty("role", "muted")
        self._next = self._link(self.tr("Next"), self._show_next)
        self._repair = self._link(self.tr("Repair"), self._wish_repair)
        self._repair_all = self._link(self.tr("Repair all"), lambda: self.repair_wished.emit(None))
        self._other_total = self._link("", self._wish_other_total)
        self._go_there = self._link(self.tr("Show"), self._wish_section)
        self._lay_out()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LOOK_AFTER_MS)
        self._later.timeout.connect(self._begin_unless_typing)
        self._slices: Iterator[Finding | None] = iter(())
        self._found: list[Finding] = []
        self._between = QTimer(self)
        self._between.setSingleShot(True)
        self._between.setInterval(0)
        self._between.timeout.connect(self._look_on)
        self.hide()

    def _link(self, text: str, do: object) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "link")
        button.setAccessibleName(text)
        button.clicked.connect(do)
        return button

    def _lay_out(self) -> None:
        small = small_font(self.font())
        for widget in (self._text, self._place):
            widget.setFont(small)
        self._place.setContentsMargins(_LINK_PADDING_PX, 0, _LINK_PADDING_PX, 0)
        row = FlowLayout(2)
        row.addWidget(self._place)
        # What is not there for every finding comes last, so that the others stay where they are from one to the next.
        for button in (self._next, self._repair, self._repair_all, self._other_total, self._go_there):
            row.addWidget(button)
        self._text.setContentsMargins(_LINK_PADDING_PX, 0, 0, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14 - _LINK_PADDING_PX, 8, 8, 6)
        whole.setSpacing(2)
        whole.addWidget(self._text)
        whole.addLayout(row)

    # -- following the document ----------------------------------------------------------------------

    def set_document(self, document: Document, context_tokens: int = 0) -> None:
        """Looks at the plan of ``document`` a moment later, if it has changed.

        ``context_tokens`` is what the model holds, 0 when that is not known.
        """
        self._document = document
        lines = tuple((each.id, each.heading, each.direction, each.locked, each.complete) for each in document.sections)
        plan = (lines, document.steps, document.instruction, document.word_target)
        if plan != self._plan or context_tokens != self._context_tokens:
            self._plan, self._context_tokens = plan, context_tokens
            self._between.stop()
            self._later.start()

    @property
    def findings(self) -> "tuple[Finding, ...]":
        """What was found when it was looked at last."""
        return self._findings

    def look(self) -> None:
        """Looks at the plan now, all at once."""
        self._begin(SLICE_MS * 1000)

    def _begin_unless_typing(self) -> None:
        """What is still being typed into a line of the plan is not held against it."""
        if self._is_typing():
            self._later.start()
        else:
            self._begin()

    def _begin(self, slice_ms: int = SLICE_MS) -> None:
        self._later.stop()
        has_plan = bool(self._document.sections)
        from longwriter_desktop.agentwrite.plan_check import findings_in_slices

        self._slices = findings_in_slices(self._document, self._context_tokens) if has_plan else iter(())
        self._found = []
        self._look_on(slice_ms)

    def _look_on(self, slice_ms: int = SLICE_MS) -> None:
        self._between.stop()
        clock = QElapsedTimer()
        clock.start()
        for finding in self._slices:
            if finding is not None:
                self._found.append(finding)
            elif clock.elapsed() >= slice_ms:
                self._between.start()
                return
        self._settle(tuple(self._found))

    def _settle(self, found: "tuple[Finding, ...]") -> None:
        before = self._findings[self._shown] if self._shown < len(self._findings) else None
        self._findings = found
        self._show(found.index(before) if before in found else 0)

    # -- showing -------------------------------------------------------------------------------------

    def _show(self, place: int) -> None:
        self._shown = place
        self.setVisible(bool(self._findings))
        if not self._findings:
            return
        finding, count = self._findings[place], len(self._findings)
        self._text.setText(shown(finding.text))
        self._place.setText(self.tr("{number} of {count}").format(number=place + 1, count=count))
        self._place.setVisible(count > 1)
        self._next.setVisible(count > 1)
        self._go_there.setVisible(bool(finding.sections))
        # Where others have one, its place stays free: what stands behind it is not to move from one to the next.
        keeps_place = self._repair.sizePolicy()
        keeps_place.setRetainSizeWhenHidden(count > 1 and any(each.repair for each in self._findings))
        self._repair.setSizePolicy(keeps_place)
        self._repair.setVisible(bool(finding.repair))
        # What changes all targets, or the request, says so on the button.
        self._name(self._repair, shown(finding.repair) if finding.other_total else self.tr("Repair"))
        self._repair.setToolTip(plain_tip(shown(finding.repair)))
        self._other_total.setVisible(bool(finding.other_total))
        self._name(self._other_total, self.tr("Ask for {words} instead").format(words=f"{finding.other_total:,}"))
        self._repair_all.setVisible(sum(bool(each.repair) for each in self._findings) > 1)

    def _name(self, button: QPushButton, text: str) -> None:
        button.setText(text)
        button.setAccessibleName(text)

    def _show_next(self) -> None:
        self._show((self._shown + 1) % len(self._findings))

    def _wish_section(self) -> None:
        self.section_wished.emit(self._findings[self._shown].sections[0])

    def _wish_other_total(self) -> None:
        self.total_wished.emit(self._findings[self._shown].other_total)

    def _wish_repair(self) -> None:
        self.repair_wished.emit(self._findings[self._shown])
