"""The panel on the right: everything about the section in hand."""

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.length_score import length_score
from longwriter_desktop.document.section import Section
from longwriter_desktop.ui.icons import icon
from longwriter_desktop.ui.tally import Tally
from longwriter_desktop.ui.target_offer import TargetOffer
from longwriter_desktop.ui.theme import Palette, small_font, with_tabular_numbers
from longwriter_desktop.ui.undo_keys import UndoKeys, forget_typing
from longwriter_desktop.ui.version_browser import VersionBrowser
from longwriter_desktop.ui.word_target_field import MOST_WORDS, WordTargetField


class GrowingField(QPlainTextEdit):
    """A text of a few lines, as high as its text. Enter takes it: these texts have no paragraphs."""

    taken = Signal()  # the person has finished typing: Enter, or the focus has gone elsewhere

    def __init__(self, name: str, least_lines: int, most_lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least_lines, most_lines
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._given = ""
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self._fit()

    def show_text(self, text: str) -> None:
        """Shows ``text``; the cursor stays where it is when nothing changes."""
        if self.toPlainText() != text:
            self.setPlainText(text)
        self._given = self.toPlainText()

    @property
    def is_typed_in(self) -> bool:
        """Whether another text stands here than was put in: a field can show some texts only nearly as they are."""
        return self.toPlainText() != self._given

    def _fit(self) -> None:
        lines = max(self._least, min(self._most, round(self.document().size().height())))
        margins = round(2 * self.document().documentMargin())
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + margins + 16)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()  # A text that was put in while the field was hidden is wrapped only now.

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.taken.emit()
            return
        super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.taken.emit()


class SummaryField(QWidget):
    """What stands for a section in prompts that have no room for it: one line, which opens for editing.

    Hidden while there is no summary; with the text cleared, the model makes another one when it needs it.
    """

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.toggle = QToolButton()
        self.toggle.setText(self.tr("Summary"))
        self.toggle.setCheckable(True)
        self.toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toggle.setToolTip(self.tr("Stands for this section where the text is too long for the model to read."))
        self.field = GrowingField(self.tr("Summary for the model"), 2, 10)
        self.field.setPlaceholderText(self.tr("Empty: the model makes one when it needs it."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(4)
        column.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.field)
        self.toggle.toggled.connect(lambda _: self._show_open())
        self.set_palette(palette)

    def set_palette(self, palette: Palette) -> None:
        self._palette = palette
        self.toggle.setFont(small_font(self.font()))
        self._show_open()

    def show_summary(self, summary: str) -> None:
        """Shows the summary; nothing at all without one."""
        self.field.show_text(summary)
        self.setVisible(bool(summary))

    def text(self) -> str:
        return " ".join(self.field.toPlainText().split())

    def _show_open(self) -> None:
        is_open = self.toggle.isChecked()
        self.field.setVisible(is_open)
        self.toggle.setIcon(icon("chevron-down" if is_open else "chevron-right", self._palette.muted))


class SectionPanel(QWidget):
    """Shows one section of a document and says what the person wants with it."""

    heading_edited = Signal(str, str)  # the heading was changed here; section id, heading
    main_point_edited = Signal(str, str)  # the main point was changed here; section id, main point
    target_edited = Signal(str, int)  # the word target was changed here; section id, words
    direction_edited = Signal(str, str)  # the note for the writer was changed; section id, direction
    summary_edited = Signal(str, str)  # the summary was changed here, or cleared; section id, summary
    lock_toggled = Signal(str)  # lock or unlock was pressed; section id
    version_wanted = Signal(str, object)  # Use this one was pressed; section id, Version
    comparison_wished = Signal(str, object)  # Compare was pressed; section id, the Version looked at or None
    write_again_wished = Signal(str)  # Write again was pressed; section id
    alternatives_wished = Signal(str)  # Alternatives was pressed; section id

    def __init__(
        self, palette: Palette, tally: Tally, clock: Callable[[], float], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sectionPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Section panel"))
        self._tally = tally
        self._palette = palette
        self._section: Section | None = None
        self._busy = False
        self.title = QLabel(self.tr("Section"))
        self.title.setProperty("role", "strong")
        self.lock = QToolButton()
        self.lock.setCheckable(True)
        keeps_place = self.lock.sizePolicy()
        keeps_place.setRetainSizeWhenHidden(True)
        self.lock.setSizePolicy(keeps_place)
        self.locked = QLabel(self.tr("Locked: the model and Replace leave it as it is. You can still type in it."))
        self.locked.setProperty("role", "muted")
        self.locked.setFont(small_font(self.font()))
        self.locked.setWordWrap(True)
        self.heading = QLineEdit()
        self.heading.setAccessibleName(self.tr("Heading"))
        self.heading.setPlaceholderText(self.tr("No heading: runs on"))
        self.main_point = GrowingField(self.tr("Main point"), 2, 8)
        self.target = WordTargetField()
        self.score = QLabel("–")
        self.score.setAccessibleName(self.tr("Length score"))
        self.score.setProperty("role", "strong")
        self.score.setToolTip(self.tr("100 when the section has just the length that was asked for."))
        self.direction = GrowingField(self.tr("Direction for the writer"), 3, 10)
        self.direction.setPlaceholderText(self.tr("For example: begin with a scene. No list."))
        self.offer = TargetOffer()
        self.summary = SummaryField(palette)
        self.versions = VersionBrowser(palette, clock)
        self._lay_out()
        self._connect()
        self.set_palette(palette)
        self._show_section()

    # -- laying out --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.title.setFont(small_font(self.font()))
        for widget in (self.target, self.score):
            widget.setFont(with_tabular_numbers(self.font()))
        self._empty = QLabel()
        self.show_planning(False)
        self._empty.setWordWrap(True)
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(14, 0, 14, 0)
        self._scroll = scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._fields())
        top = QHBoxLayout()
        top.setContentsMargins(14, 8, 8, 8)
        top.addWidget(self.title)
        top.addStretch(1)
        top.addWidget(self.lock)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(scroll)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addLayout(self._pages, 1)

    @override
    def minimumSizeHint(self) -> QSize:
        """Wide enough that no field is cut off beside the bar that scrolls them."""
        hint = super().minimumSizeHint()
        fields, bar = self._scroll.widget(), self._scroll.verticalScrollBar()
        least = fields.minimumSizeHint().width() if fields is not None else 0
        return hint.expandedTo(QSize(least + bar.sizeHint().width(), 0))

    def _fields(self) -> QWidget:
        fields = QWidget()
        fields.setObjectName("sectionFields")
        column = QVBoxLayout(fields)
        column.setContentsMargins(14, 0, 14, 16)
        column.setSpacing(4)
        self.locked.setContentsMargins(0, 0, 0, 8)
        column.addWidget(self.locked)
        self._add(column, self.tr("Heading"), self.heading)
        self._add(column, self.tr("Main point"), self.main_point)
        numbers = QGridLayout()
        numbers.setHorizontalSpacing(12)
        numbers.setVerticalSpacing(4)
        numbers.addWidget(self._label(self.tr("Word target"), self.target), 0, 0)
        numbers.addWidget(self._label(self.tr("Length score")), 0, 1)
        numbers.addWidget(self.target, 1, 0)
        numbers.addWidget(self.score, 1, 1)
        column.addLayout(numbers)
        column.addSpacing(8)
        self._add(column, self.tr("Direction for the writer"), self.direction)
        column.addWidget(self.offer)
        column.addWidget(self.summary)
        column.addWidget(self.versions, 1)
        column.addStretch(0)
        return fields

    def _label(self, text: str, field: QWidget | None = None) -> QLabel:
        label = QLabel(text)
        label.setProperty("role", "label")
        label.setFont(small_font(self.font()))
        if field is not None:
            label.setBuddy(field)
        return label

    def _add(self, column: QVBoxLayout, name: str, field: QWidget) -> None:
        column.addWidget(self._label(name, field))
        column.addWidget(field)
        column.addSpacing(8)

    def _connect(self) -> None:
        self.heading.editingFinished.connect(self.commit)
        self.main_point.taken.connect(self.commit)
        self.direction.taken.connect(self.commit)
        self.summary.field.taken.connect(self.commit)
        self.target.editingFinished.connect(self.commit)
        self.target.valueChanged.connect(self._target_changed)
        # While it is typed, so that no button is moved away under a click.
        self.direction.textChanged.connect(self._show_offer)
        self.offer.target_wished.connect(self._take_offer)
        UndoKeys(self).watch(*self._typed_fields())
        self.lock.clicked.connect(lambda: self._with_section(self.lock_toggled.emit))
        self.versions.version_wanted.connect(
            lambda version: self._with_section(lambda section_id: self.version_wanted.emit(section_id, version))
        )
        self.versions.comparison_wished.connect(
            lambda version: self._with_section(lambda section_id: self.comparison_wished.emit(section_id, version))
        )
        self.versions.write_again_wished.connect(lambda: self._with_section(self.write_again_wished.emit))
        self.versions.alternatives_wished.connect(lambda: self._with_section(self.alternatives_wished.emit))

    def set_palette(self, palette: Palette) -> None:
        self._palette = palette
        self.summary.set_palette(palette)
        self.versions.set_palette(palette)
        self._show_lock()

    # -- showing -----------------------------------------------------------------------------------

    def show_planning(self, is_planning: bool) -> None:
        """What stands where no section is shown: to choose one, or that there is none to choose yet."""
        planning = self.tr("The plan is being made. When it is there, you see here what each section is to be.")
        choose = self.tr("Choose a section to see its main point, its word target and its versions.")
        self._empty.setText(planning if is_planning else choose)

    @property
    def section_id(self) -> str:
        """The id of the section that is shown, or ""."""
        return "" if self._section is None else self._section.id

    def show_section(self, document: Document, section_id: str, writing: Collection[str] = ()) -> None:
        """Shows a section of ``document``; "" shows none. ``writing`` are the ids of those being written."""
        section = document.section(section_id) if section_id and document.has_section(section_id) else None
        if section is not None and self._section is not None and section.id != self._section.id:
            self.commit()
        number = document.index(section.id) + 1 if section is not None else 0
        self.title.setText(self.tr("Section {number}").format(number=number) if number else self.tr("Section"))
        old, self._section = self._section, section
        busy = section is not None and section.id in writing
        if section is old and busy == self._busy:
            return
        self._busy = busy
        self._show_section(old if old is not None and section is not None and old.id == section.id else None)

    def _show_section(self, before: Section | None = None) -> None:
        """Shows the section in hand. ``before`` is the same section as it was shown: only what differs is touched.

        So what is typed and not taken yet stays while text arrives.
        """
        section = self._section
        self._pages.setCurrentIndex(0 if section is None else 1)
        if before is None or section is None or before.locked != section.locked:
            self._show_lock()
        if section is None:
            return
        if before is None or before.heading != section.heading:
            self.heading.setText(section.heading)
            self.heading.setCursorPosition(0)
        if before is None or before.main_point != section.main_point:
            self.main_point.show_text(section.main_point)
        if before is None or before.direction != section.direction:
            self.direction.show_text(section.direction)
        if before is None or before.summary != section.summary:
            self.summary.show_summary(section.summary)
        if before is None or before.word_target != section.word_target:
            self.target.blockSignals(True)
            self.target.setValue(section.word_target)
            self.target.blockSignals(False)
        words = self._tally.words(section)
        done = section.complete and words and section.word_target
        self.score.setText(f"{length_score(section.word_target, words):.0f}" if done else "–")
        self.versions.show_section(section)
        self._show_offer()

    def _show_offer(self) -> None:
        self.offer.show_for(self._section, self.direction.toPlainText())

    def _take_offer(self, words: int) -> None:
        self.target.setFocus()  # The button goes when it has been pressed.
        self.target.setValue(words)

    def _show_lock(self) -> None:
        locked = self._section is not None and self._section.locked
        self.lock.setVisible(self._section is not None)
        self.lock.setChecked(locked)
        self.lock.setIcon(icon("lock" if locked else "unlock", self._palette.accent if locked else self._palette.muted))
        self.lock.setAccessibleName(self.tr("Unlock section") if locked else self.tr("Lock section"))
        self.lock.setToolTip(
            self.tr("Unlock: the model and Replace may change it again")
            if locked
            else self.tr("Lock: the model and Replace leave it as it is; you can still type in it")
        )
        self.locked.setVisible(locked)

    def show_alternatives(self, section_id: str, texts: Mapping[int, str]) -> None:
        """Shows what is being written for the person to choose from, if it is for the section in hand."""
        if section_id == self.section_id:
            self.versions.show_growing(texts)

    # -- what the person has typed -----------------------------------------------------------------

    def commit(self) -> None:
        """Hands over whatever was typed and not taken yet."""
        section = self._section
        if section is None:
            return
        # All is read before any of it is told: whoever hears of it may have another section shown here.
        heading, direction = self.heading.text().strip(), self.direction.toPlainText().strip()
        main_point, summary = " ".join(self.main_point.toPlainText().split()), self.summary.text()
        is_directed, is_pointed = self.direction.is_typed_in, self.main_point.is_typed_in
        words = self._typed_target()
        if is_pointed and main_point != section.main_point:
            self.main_point_edited.emit(section.id, main_point)
        if heading != section.heading.strip():
            self.heading_edited.emit(section.id, heading)
        if is_directed and direction != section.direction:
            self.direction_edited.emit(section.id, direction)
        if summary != " ".join(section.summary.split()):
            self.summary_edited.emit(section.id, summary)
        if words != min(MOST_WORDS, section.word_target):
            self.target_edited.emit(section.id, words)
        forget_typing(*self._typed_fields())

    def _typed_target(self) -> int:
        """The word target as it stands in the field, which tells of it only when it is left."""
        self.target.blockSignals(True)
        self.target.interpretText()
        self.target.blockSignals(False)
        return self.target.value()

    def _typed_fields(self) -> tuple[QWidget, ...]:
        return self.heading, self.main_point, self.target, self.direction, self.summary.field

    def _target_changed(self, words: int) -> None:
        if self._section is not None and words != self._section.word_target:
            self.target_edited.emit(self._section.id, words)

    def _with_section(self, do: Callable[[str], object]) -> None:
        if self._section is not None:
            do(self._section.id)
