"""The first page: what is to be written, how long, in which language, with which model; and what was written lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from longwriter_desktop.agentwrite.request import understand
from longwriter_desktop.project.recent import RecentDocument
from longwriter_desktop.ui.calm_fields import CalmComboBox
from longwriter_desktop.ui.instruction_box import InstructionBox
from longwriter_desktop.ui.key_names import shown_keys
from longwriter_desktop.ui.model_combo import ModelChoice, ModelCombo, is_made_for
from longwriter_desktop.ui.notice import Notice, NoticeAction
from longwriter_desktop.ui.recent_list import RecentList
from longwriter_desktop.ui.templates import beginnings
from longwriter_desktop.ui.templates_row import TemplatesRow
from longwriter_desktop.ui.theme import Palette, small_font, title_font
from longwriter_desktop.ui.translation import interface_language, shown
from longwriter_desktop.ui.words_field import WordsField

PLAN_KEYS = ("Ctrl+Return", "Ctrl+Enter")
"""Both Enter keys make a plan, wherever on the page the cursor is."""
COLUMN_PX = 720
_COLUMN_LETTERS = 84
"""The column is at least this many letters of the interface's font wide, so that a large font has room."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person has asked for on the start page. ``words`` is None when the instruction decides."""

    instruction: str
    words: int | None
    language: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands on the page, for another one to show it again; ``given`` is as in `InstructionBox`."""

    instruction: str = ""
    given: frozenset[str] = frozenset()
    words: str = ""
    language: str = "auto"


class StartPage(QWidget):
    """Asks for everything a document needs, and shows what was understood while the person types."""

    plan_requested = Signal(object)  # Make a plan; a Wish
    own_outline_requested = Signal(object)  # Start with my own outline; a Wish
    model_chosen = Signal(object)  # another model was picked; a ModelChoice
    models_requested = Signal()  # the person wants to see all models, or has none to write with
    model_file_requested = Signal()  # the person wants to open a GGUF file
    guide_requested = Signal()  # the person wants the guided document
    noticed = Signal(object)  # something is to be told; a Notice

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("startPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Start"))
        self.instruction = InstructionBox()
        self.instruction.setAccessibleName(self.tr("What would you like to write?"))
        self.templates = TemplatesRow()
        self.words = WordsField()
        self.language = CalmComboBox()
        self.language.setAccessibleName(self.tr("Language"))
        self.language.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.language.setMinimumWidth(126)
        for name, code in ((self.tr("Automatic"), "auto"), ("English", "en"), ("中文", "zh")):
            self.language.addItem(name, code)
        self.model = ModelCombo(palette)
        self._auto = self.language.itemText(0)
        self._found_language = ""
        self._templates_in = ""
        self._places_wanted = False
        self.hint = QLabel()
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setWordWrap(True)
        self.hint.setProperty("role", "muted")
        self.get_model = QPushButton()
        self.get_model.setProperty("role", "link")
        self.plan_button = QPushButton(self.tr("Make a plan"))
        self.plan_button.setProperty("role", "main")
        self.plan_button.setToolTip(shown_keys([PLAN_KEYS[0]]))
        self.outline_button = QPushButton(self.tr("Start with my own outline"))
        self.promise = QLabel(self.tr("You edit the plan before a word is written."))
        self.promise.setProperty("role", "muted")
        self.promise.setWordWrap(True)
        self.recent = RecentList(palette)
        self.recent_label = QLabel(self.tr("Recent"))
        self.recent_label.setProperty("role", "strong")
        self.guide = QPushButton(self.tr("New here? Open the guided document"))
        self.guide.setProperty("role", "link")
        self.guide.setProperty("flush", "true")
        self._lay_out()
        self._order_by_keys()
        self._connect()
        self._understand()

    def _lay_out(self) -> None:
        title = QLabel(self.tr("What would you like to write?"))
        title.setFont(title_font(28, title.text()))
        title.setWordWrap(True)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.setContentsMargins(0, 0, 0, 0)
        for space, part in (
            *((32, title), (8, self.instruction), (8, self.templates), (16, self._fields())),
            *((4, self._row((self.hint, 1), (self.get_model, 0))),),
            (12, self._row((self.plan_button, 0), (self.outline_button, 0), (self.promise, 1))),
            *((28, self.recent_label), (8, self.recent), (8, self._row((self.guide, 0)))),
        ):
            column.addSpacing(space)
            if isinstance(part, QWidget):
                column.addWidget(part)
            else:
                column.addLayout(part)
        column.addSpacing(24)
        column.addStretch(1)
        inner = QWidget()
        inner.setObjectName("startColumn")
        centred = QHBoxLayout(inner)
        centred.setContentsMargins(24, 0, 24, 0)
        holder = QWidget()
        letters = self.fontMetrics().averageCharWidth() * _COLUMN_LETTERS
        holder.setMaximumWidth(max(COLUMN_PX, letters))
        holder.setLayout(column)
        centred.addStretch(1)
        centred.addWidget(holder, 1000)
        centred.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _order_by_keys(self) -> None:
        """Tab goes first through what nearly every document needs, to the button; what takes its place comes later."""
        needed = (self.instruction, self.words, self.language, self.model, self.plan_button, self.outline_button)
        offered = (*self.templates.templates.buttons, *self.templates.examples.buttons)
        for one, other in pairwise((*needed, *offered, self.get_model, self.recent, self.guide)):
            self.setTabOrder(one, other)

    def _row(self, *parts: tuple[QWidget, int]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for part, stretch in parts:
            row.addWidget(part, stretch)
        if not any(stretch for _, stretch in parts):
            row.addStretch(1)
        return row

    def _fields(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        for name, field, stretch in (
            (self.tr("Words"), self.words, 0),
            (self.tr("Language"), self.language, 0),
            (self.tr("Model"), self.model, 1),
        ):
            label = QLabel(name)
            label.setProperty("role", "label")
            label.setFont(small_font(self.font()))
            label.setBuddy(field)
            under = QVBoxLayout()
            under.setSpacing(4)
            under.addWidget(label)
            under.addWidget(field)
            row.addLayout(under, stretch)
        return row

    def _connect(self) -> None:
        self.instruction.textChanged.connect(self._understand)
        for key in PLAN_KEYS:
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.ask_for_plan)
        self.templates.chosen.connect(self._put_in)
        self.guide.clicked.connect(self.guide_requested)
        self.plan_button.clicked.connect(self.ask_for_plan)
        self.outline_button.clicked.connect(lambda: self.own_outline_requested.emit(self.wish))
        self.words.returnPressed.connect(self.ask_for_plan)
        self.model.choice_made.connect(self._model_chosen)
        self.model.more_requested.connect(self.models_requested)
        self.model.file_requested.connect(self.model_file_requested)
        self.get_model.clicked.connect(self.models_requested)
        self.language.currentIndexChanged.connect(self._language_chosen)

    @property
    def wish(self) -> Wish:
        return Wish(self.instruction.toPlainText().strip(), self.words.words, self.language.currentData())

    @property
    def typed(self) -> Typed:
        """What the person has typed and chosen here."""
        box = self.instruction
        return Typed(box.toPlainText(), box.given, self.words.text(), str(self.language.currentData()))

    def type_again(self, typed: Typed) -> None:
        """Shows what the person has typed and chosen in another window."""
        self.language.setCurrentIndex(max(0, self.language.findData(typed.language)))
        self.words.setText(typed.words)
        self.instruction.given = typed.given
        self.instruction.setPlainText(typed.instruction)

    def ask_for_plan(self) -> None:
        """What Make a plan does: leads to what is missing: instruction, place of a template, length or model."""
        if not self.wish.instruction:
            self.instruction.setFocus()
        elif self.instruction.open_places:
            self._places_wanted = True
            self._show_hint()
            self.instruction.setFocus()
            self.instruction.go_to_open_place()
        elif self.words.is_unusable:
            self.words.setFocus()
            self.words.explain()
        elif self.model.choice is None:
            self.models_requested.emit()
        else:
            self.plan_requested.emit(self.wish)

    def show_models(self, choices: Sequence[ModelChoice], current: str) -> None:
        """The models on this machine; ``current`` is the name of the one in use."""
        self.model.show_choices(choices, current)
        self._show_hint()

    def show_recent(self, entries: list[RecentDocument], now: float) -> None:
        self.recent.show_documents(entries, now)
        self.recent_label.setVisible(bool(entries))
        self.recent.setVisible(bool(entries))

    def set_palette(self, palette: Palette) -> None:
        self.recent.set_palette(palette)
        self.model.set_palette(palette)

    def start_afresh(self) -> None:
        """Empties the page for a new document; undo in the box brings back what was typed there."""
        self.instruction.put_in("")
        self.words.clear()
        self.language.setCurrentIndex(0)
        self.instruction.setFocus()

    def _understand(self) -> None:
        text = self.instruction.toPlainText()
        request = understand(text)
        self.words.show_found(request.words)
        found = "中文" if request.language == "zh" else "English"
        self.language.setItemText(0, self.tr("Auto: {language}").format(language=found) if text.strip() else self._auto)
        if self._places_wanted and not self.instruction.open_places:
            self._places_wanted = False
            self._show_hint()
        if request.language != self._found_language:
            self._found_language = request.language
            self._show_hint()
        if bool(text.strip()) != self.plan_button.isEnabled():
            self.plan_button.setEnabled(bool(text.strip()))
            self._show_hint()
        self._show_templates()

    def _invite(self, language: str) -> None:
        invitation = self.tr("Say what it is about, for whom, how long and in what tone. For example: {example}")
        self.instruction.setPlaceholderText(invitation.format(example=beginnings(language).examples[0].text))

    def _put_in(self, text: str) -> None:
        """Puts in a template or an example. What the person has typed is not lost without a word."""
        before = self.instruction.toPlainText()
        is_own = bool(before.strip()) and not self.templates.counterpart(before, self._language_of_templates)
        self.instruction.put_in(text)
        self.instruction.setFocus()
        if is_own:
            told = self.tr("What you had typed has made room for this text.")
            undo = NoticeAction(self.tr("Undo"), lambda: self._bring_back(before))
            self.noticed.emit(Notice(told, actions=(undo,)))

    def _bring_back(self, typed: str) -> None:
        self.instruction.bring_back(typed)
        self.instruction.setFocus()

    def _language_chosen(self) -> None:
        """A template or example that stands in the box as it shipped is put there in the new language."""
        self._show_hint()
        self._show_templates()
        text = self.instruction.toPlainText()
        other = self.templates.counterpart(text, self._language_of_templates)
        if other and other != text:
            self.instruction.put_in(other)

    @property
    def _language_of_templates(self) -> str:
        """The document's language as far as it is known, else the window's."""
        return self._language_of_document or interface_language()

    @property
    def _language_of_document(self) -> str:
        """The one that was chosen, or that was found in what is typed; "" as long as nothing says which."""
        chosen = str(self.language.currentData())
        if chosen != "auto":
            return chosen
        return self._found_language if self.instruction.toPlainText().strip() else ""

    def _show_templates(self) -> None:
        if (language := self._language_of_templates) != self._templates_in:
            self._templates_in = language
            self._invite(language)
            self.templates.show_language(language)

    def _model_chosen(self, choice: ModelChoice) -> None:
        self._show_hint()
        self.model_chosen.emit(choice)

    def _show_hint(self) -> None:
        choice = self.model.choice
        self.model.show_language(self._language_of_document)
        if self._places_wanted:
            text = self.tr("Fill in what still stands in brackets, or delete it; Tab goes from one place to the next.")
        else:
            text = self._hint_about(choice)
        self.hint.setText(text)
        self.hint.setVisible(bool(text))
        self.hint.setProperty("role", "muted" if choice is not None and not self._places_wanted else "warning")
        self.hint.style().unpolish(self.hint)
        self.hint.style().polish(self.hint)
        self.get_model.setText(self.tr("Get a model…") if choice is None else self.tr("See more models…"))
        self.get_model.setVisible(bool(text) and not self._places_wanted)

    def _hint_about(self, choice: ModelChoice | None) -> str:
        """What there is to say about the model in the field, the most important first; "" when all is well."""
        if choice is None:
            return self.tr(
                "Nothing can be written without a model. Choose one that fits this computer; what you type here stays. "
                "Without a network, a GGUF file from a disk or stick will do: drop it on this window."
            )
        language = self._language_of_document
        if not is_made_for(choice, language):
            name = self.tr("Chinese") if language == "zh" else self.tr("English")
            return self.tr(
                "{title} was not made for {language}: what it writes there will be poor. Choose a model for {language}."
            ).format(title=choice.model.title, language=name)
        if choice.for_trying:
            return self.tr(
                "This small model comes with the app and is for trying things out. LongWriter-8B is the one for "
                "writing, where the computer has the memory for it."
            )
        return shown(choice.reason)
