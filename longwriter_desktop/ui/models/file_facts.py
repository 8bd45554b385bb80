"""What a GGUF file says about itself, as a person reads it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from longwriter_desktop.models.listing import LANGUAGE_NAMES
from longwriter_desktop.models.own_models import ModelFacts
from longwriter_desktop.size_words import size_words
from longwriter_desktop.ui.theme import with_tabular_numbers

_MOST_LANGUAGES = 4
_LINES = 6


def facts_lines(facts: ModelFacts) -> list[tuple[str, str]]:
    """Name and value of each fact; what the file does not say is left out."""
    weights = " · ".join(
        part
        for part in (
            facts.architecture,
            f"{parameter_words(facts.parameters)} parameters" if facts.parameters else "",
            facts.quantization,
            f"{facts.layers} layers" if facts.layers else "",
        )
        if part
    )
    context = f"made for up to {facts.context_tokens:,} tokens, about {context_words(facts.context_tokens)} words"
    template = "in the file" if facts.template == "in the file" else "none in the file"
    lines = [
        ("Model", weights),
        ("Size", size_words(facts.size_bytes)),
        ("Context", context if facts.context_tokens else ""),
        ("Chat template", template),
        ("Languages", language_words(facts.languages)),
        ("Licence", facts.licence),
    ]
    return [(name, value) for name, value in lines if value]


def parameter_words(parameters: int) -> str:
    """Such as "8.0 billion", "135 million"."""
    return f"{parameters / 1e9:.1f} billion" if parameters >= 1e9 else f"{parameters / 1e6:.0f} million"


def context_words(tokens: int) -> str:
    """About how many English words fit: 10,000 of them are about 13,300 tokens."""
    return f"{round(tokens * 0.75, -3 if tokens >= 4096 else -2):,.0f}"


def language_words(languages: tuple[str, ...]) -> str:
    """The names of languages, the first few."""
    names = [LANGUAGE_NAMES.get(each, each) for each in languages]
    more = len(names) - _MOST_LANGUAGES
    return ", ".join(names[:_MOST_LANGUAGES]) + (f" and {more} more" if more > 0 else "")


class FileFacts(QWidget):
    """`facts_lines` in two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self._labels: list[tuple[QLabel, QLabel]] = []
        for at in range(_LINES):
            name, value = QLabel(), QLabel()
            name.setProperty("role", "muted")
            value.setWordWrap(True)
            value.setFont(with_tabular_numbers(self.font()))
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            for label in (name, value):
                label.setTextFormat(Qt.TextFormat.PlainText)  # Whoever made the file chose the words.
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, at, 1)
            self._labels.append((name, value))
        self.show_facts(None)

    @property
    def shown(self) -> dict[str, str]:
        """What is shown, by name."""
        return {name.text(): value.text() for name, value in self._labels if name.text()}

    def show_facts(self, facts: ModelFacts | None) -> None:
        """Shows what a file says; None shows nothing."""
        lines = facts_lines(facts) if facts is not None else []
        for at, (name, value) in enumerate(self._labels):
            told, said = lines[at] if at < len(lines) else ("", "")
            name.setText(told)
            value.setText(said)
            name.setVisible(bool(told))
            value.setVisible(bool(told))
        self.setVisible(bool(lines))
