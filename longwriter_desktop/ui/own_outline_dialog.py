"""Starting from the person's own outline: paste it, see at once what was understood."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from longwriter_desktop.agentwrite.plan_text import parse_plan
from longwriter_desktop.document.outline import Step
from longwriter_desktop.ui.fitted_dialog import FittedDialog
from longwriter_desktop.ui.theme import scaled
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, translate

EXAMPLE = QT_TRANSLATE_NOOP(
    "OwnOutlineDialog",
    "One line a section. For example:\n\n"
    "1. Why sailors feared the coast more than the open sea (600 words)\n"
    "2. The Pharos of Alexandria: how high, how bright, how paid for (800 words)\n"
    "3. Fresnel's lens",
)


class OwnOutlineDialog(FittedDialog):
    """Takes AgentWrite lines, numbered or bulleted lists and plain lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Start with my own outline"))
        self.resize(scaled(620), scaled(420))
        label = QLabel(self.tr("Your outline"))
        label.setProperty("role", "strong")
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("Your outline"))
        self.text.setPlaceholderText(translate("OwnOutlineDialog", EXAMPLE))
        self.text.setTabChangesFocus(True)
        label.setBuddy(self.text)
        self.found = QLabel()
        self.found.setProperty("role", "muted")
        self.start = QPushButton(self.tr("Start"))
        self.start.setProperty("role", "main")
        self.start.setDefault(True)
        self.start.clicked.connect(self.accept)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.found, 1)
        row.addWidget(cancel)
        row.addWidget(self.start)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(label)
        layout.addWidget(self.text, 1)
        layout.addLayout(row)
        self._steps: tuple[Step, ...] = ()
        self.text.textChanged.connect(self._understand)
        self._understand()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The sections that were understood; a word count of 0 was not given."""
        return self._steps

    def _understand(self) -> None:
        self._steps = parse_plan(self.text.toPlainText())
        self.found.setText(self._found())
        self.start.setEnabled(bool(self._steps))

    def _found(self) -> str:
        """What was understood, in words."""
        count, words = len(self._steps), sum(step.words for step in self._steps)
        given = sum(step.words > 0 for step in self._steps)
        if not count:
            return self.tr("No sections yet")
        sections = self.tr("1 section") if count == 1 else self.tr("{count} sections").format(count=count)
        if not words:
            return sections
        if given < count:
            told = self.tr("{sections}, {given} of them with a number: {words} words")
        else:
            told = self.tr("{sections}, {words} words")
        return told.format(sections=sections, given=given, words=f"{words:,}")
