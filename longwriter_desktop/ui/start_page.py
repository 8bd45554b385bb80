"""The first page: what is to be written, how long, in which language, with which model; and what was written lately."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from longwriter_desktop.agentwrite.request import understand
from longwriter_desktop.project.recent import RecentDocument
from longwriter_desktop.ui.model_combo import ModelChoice, ModelCombo
from longwriter_desktop.ui.recent_list import RecentList
from longwriter_desktop.ui.theme import Palette, book_font, small_font
from longwriter_desktop.ui.words_field import WordsField

COLUMN_PX = 720
EXAMPLE = (
    "For example: A 10,000-word history of lighthouses for general readers, from the Pharos to automation, "
    "warm in tone, each chapter opening with a scene."
)
LANGUAGES = (("Automatic", "auto"), ("English", "en"), ("中文", "zh"))
STARTER_HINT = (
    "This small model comes with the app and is for trying things out. LongWriter-8B is the one for writing, "
    "where the computer has the memory for it."
)
NO_MODEL_HINT = (
    "Nothing can be written without a model. Choose one that fits this computer; what you type here stays. "
    "Without a network, a GGUF file from a disk or stick will do: drop it on this window."
)
NOT_ITS_LANGUAGE = (
    "{title} was not made for {language}: what it writes there will be poor. Choose a model for {language}."
)
GET_MODEL, MORE_MODELS = "Get a model…", "See more models…"
LANGUAGE_NAMES = {"en": "English", "zh": "Chinese"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person has asked for on the start page. ``words`` is None when the instruction decides."""

    instruction: str
    words: int | None
    language: str


class StartPage(QWidget):
    """Asks for everything a document needs, and shows what was understood while the person types."""

    plan_requested = Signal(object)  # Make a plan; a Wish
    own_outline_requested = Signal(object)  # Start with my own outline; a Wish
    model_chosen = Signal(object)  # another model was picked; a ModelChoice
    models_requested = Signal()  # the person wants to see all models, or has none to write with
    model_file_requested = Signal()  # the person wants to open a GGUF file

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("startPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Start")
        self.instruction = QPlainTextEdit()
        self.instruction.setObjectName("instruction")
        self.instruction.setAccessibleName("What would you like to write?")
        self.instruction.setPlaceholderText(EXAMPLE)
        self.instruction.setTabChangesFocus(True)
        self.instruction.setFont(book_font(17))
        self.instruction.setFixedHeight(132)
        self.words = WordsField()
        self.language = QComboBox()
        self.language.setAccessibleName("Language")
        self.language.setFixedWidth(126)
        for name, code in LANGUAGES:
            self.language.addItem(name, code)
        self.model = ModelCombo(palette)
        self._found_language = ""
        self.hint = QLabel()
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setWordWrap(True)
        self.hint.setProperty("role", "muted")
        self.get_model = QPushButton()
        self.get_model.setProperty("role", "link")
        self.plan_button = QPushButton("Make a plan")
        self.plan_button.setProperty("role", "main")
        self.plan_button.setToolTip("Ctrl+Return")
        self.outline_button = QPushButton("Start with my own outline")
        self.promise = QLabel("You edit the plan before a word is written.")
        self.promise.setProperty("role", "muted")
        self.recent = RecentList(palette)
        self.recent_label = QLabel("Recent")
        self.recent_label.setProperty("role", "strong")
        self._lay_out()
        self._connect()
        self._understand()

    def _lay_out(self) -> None:
        title = QLabel("What would you like to write?")
        title.setFont(book_font(28, QFont.Weight.DemiBold))
        column = QVBoxLayout()
        column.setSpacing(0)
        column.setContentsMargins(0, 0, 0, 0)
        column.addSpacing(48)
        column.addWidget(title)
        column.addSpacing(8)
        column.addWidget(self.instruction)
        column.addSpacing(12)
        column.addLayout(self._fields())
        column.addSpacing(4)
        advice = QHBoxLayout()
        advice.setSpacing(8)
        advice.addWidget(self.hint, 1)
        advice.addWidget(self.get_model, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(advice)
        column.addSpacing(12)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for widget in (self.plan_button, self.outline_button):
            buttons.addWidget(widget)
        buttons.addSpacing(8)
        buttons.addWidget(self.promise)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addSpacing(40)
        column.addWidget(self.recent_label)
        column.addSpacing(8)
        column.addWidget(self.recent)
        column.addSpacing(40)
        column.addStretch(1)
        inner = QWidget()
        inner.setObjectName("startColumn")
        centred = QHBoxLayout(inner)
        centred.addStretch(1)
        holder = QWidget()
        holder.setFixedWidth(COLUMN_PX)
        holder.setLayout(column)
        centred.addWidget(holder)
        centred.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _fields(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        for name, field, stretch in (
            ("Words", self.words, 0),
            ("Language", self.language, 0),
            ("Model", self.model, 1),
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
        self.instruction.installEventFilter(self)
        self.plan_button.clicked.connect(self.ask_for_plan)
        self.outline_button.clicked.connect(lambda: self.own_outline_requested.emit(self.wish))
        self.words.returnPressed.connect(self.ask_for_plan)
        self.model.choice_made.connect(self._model_chosen)
        self.model.more_requested.connect(self.models_requested)
        self.model.file_requested.connect(self.model_file_requested)
        self.get_model.clicked.connect(self.models_requested)
        self.language.currentIndexChanged.connect(self._show_hint)

    @property
    def wish(self) -> Wish:
        return Wish(self.instruction.toPlainText().strip(), self.words.words, self.language.currentData())

    def ask_for_plan(self) -> None:
        """What Make a plan does: nothing without an instruction; without a model, one is asked for first."""
        if not self.wish.instruction:
            self.instruction.setFocus()
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
        """Empties the page for a new document."""
        self.instruction.clear()
        self.words.clear()
        self.language.setCurrentIndex(0)
        self.instruction.setFocus()

    def _understand(self) -> None:
        text = self.instruction.toPlainText()
        request = understand(text)
        self.words.show_found(request.words)
        found = "中文" if request.language == "zh" else "English"
        self.language.setItemText(0, f"Auto: {found}" if text.strip() else "Automatic")
        if request.language != self._found_language:
            self._found_language = request.language
            self._show_hint()
        self.plan_button.setEnabled(bool(text.strip()))

    def _model_chosen(self, choice: ModelChoice) -> None:
        self._show_hint()
        self.model_chosen.emit(choice)

    def _show_hint(self) -> None:
        choice = self.model.choice
        text = self._hint_about(choice)
        self.hint.setText(text)
        self.hint.setVisible(bool(text))
        self.hint.setProperty("role", "muted" if choice is not None else "warning")
        self.hint.style().unpolish(self.hint)
        self.hint.style().polish(self.hint)
        self.get_model.setText(GET_MODEL if choice is None else MORE_MODELS)
        self.get_model.setVisible(bool(text))

    def _hint_about(self, choice: ModelChoice | None) -> str:
        """What there is to say about the model in the field, the most important first; "" when all is well."""
        if choice is None:
            return NO_MODEL_HINT
        asked = self.language.currentData()
        language = self._found_language if asked == "auto" else asked
        if choice.languages and language not in choice.languages and self.wish.instruction:
            return NOT_ITS_LANGUAGE.format(title=choice.model.title, language=LANGUAGE_NAMES.get(language, language))
        return STARTER_HINT if choice.for_trying else choice.reason

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.ask_for_plan()
                return True
        return super().eventFilter(watched, event)
