"""Changing what was asked: the instruction and the length of the document in hand."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from longwriter_desktop.agentwrite.request import understand
from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.fitted_dialog import FittedDialog
from longwriter_desktop.ui.theme import book_font, scaled, small_font
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, translate
from longwriter_desktop.ui.words_field import WordsField

NOTE = QT_TRANSLATE_NOOP(
    "InstructionDialog", "What is written stays. The next plan and the next sections follow the new instruction."
)


class InstructionDialog(FittedDialog):
    """Shows the instruction and the asked length for editing."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Instruction"))
        self.resize(scaled(620), scaled(320))
        title = QLabel(self.tr("Instruction"))
        title.setProperty("role", "strong")
        self.instruction = QPlainTextEdit(document.instruction)
        self.instruction.setObjectName("instruction")
        self.instruction.setAccessibleName(self.tr("Instruction"))
        self.instruction.setFont(book_font(17))
        self.instruction.setTabChangesFocus(True)
        label = QLabel(self.tr("Words"))
        label.setProperty("role", "label")
        label.setFont(small_font(self.font()))
        self.words = WordsField()
        label.setBuddy(self.words)
        self.words.show_words(document.word_target)
        note = QLabel(translate("InstructionDialog", NOTE))
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        self.keep = QPushButton(self.tr("OK"))
        self.keep.setProperty("role", "main")
        self.keep.setDefault(True)
        self.keep.clicked.connect(self.accept)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(note, 1)
        row.addWidget(cancel)
        row.addWidget(self.keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(self.instruction, 1)
        layout.addWidget(label)
        layout.addWidget(self.words)
        layout.addSpacing(4)
        layout.addLayout(row)
        self.instruction.textChanged.connect(self._understand)
        self._understand()

    @property
    def text(self) -> str:
        return self.instruction.toPlainText().strip()

    @property
    def asked(self) -> int:
        """The asked length in words: the number in the field, else the one in the instruction, else 0."""
        return self.words.words or understand(self.text).words or 0

    def _understand(self) -> None:
        self.words.show_found(understand(self.text).words)
        self.keep.setEnabled(bool(self.text))
