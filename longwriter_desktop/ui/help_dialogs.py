"""Help: the sheet of keys, and what this app is made of."""

import platform
from importlib import metadata

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QGridLayout, QLabel, QVBoxLayout, QWidget

from longwriter_desktop import __version__
from longwriter_desktop.ui.status_bar import PRIVACY
from longwriter_desktop.ui.theme import small_font

OUTLINE_KEYS = (
    ("Edit main point and word target", "F2 or Enter"),
    ("Move section", "Alt+Up, Alt+Down"),
    ("Add section below", "Ins"),
    ("Delete section", "Del"),
)
MADE_OF = (
    ("PySide6-Essentials", "Qt for Python, LGPL-3.0"),
    ("llama-cpp-python", "llama.cpp, MIT"),
    ("python-docx", "MIT"),
    ("huggingface-hub", "Apache-2.0"),
    ("Jinja2", "BSD-3-Clause"),
    ("Markdown", "BSD-3-Clause"),
    ("msgspec", "BSD-3-Clause"),
    ("psutil", "BSD-3-Clause"),
    ("platformdirs", "MIT"),
    ("tomli-w", "MIT"),
    ("typing-extensions", "PSF-2.0"),
)


class KeysDialog(QDialog):
    """Every key in two columns."""

    def __init__(self, keys: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        rows = [*keys, *((f"Outline: {what[0].lower()}{what[1:]}", key) for what, key in OUTLINE_KEYS)]
        half = (len(rows) + 1) // 2
        for at, (what, key) in enumerate(rows):
            column = 0 if at < half else 2
            name, value = QLabel(what), QLabel(key)
            value.setProperty("role", "muted")
            grid.addWidget(name, at % half, column)
            grid.addWidget(value, at % half, column + 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(grid)
        layout.addWidget(_close_button(self))


class AboutDialog(QDialog):
    """Versions and licences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About LongWriter Desktop")
        title = QLabel(f"LongWriter Desktop {__version__}")
        title.setProperty("role", "strong")
        what = QLabel(
            "Plan, write and export long documents with a language model on your own computer. "
            f"{PRIVACY} Apache License 2.0. The method is AgentWrite, from “LongWriter: Unleashing 10,000+ Word "
            "Generation from Long Context LLMs” (Bai et al., 2024)."
        )
        what.setWordWrap(True)
        parts = QFormLayout()
        parts.setHorizontalSpacing(24)
        for name, licence in MADE_OF:
            value = QLabel(licence)
            value.setProperty("role", "muted")
            parts.addRow(f"{name} {_version(name)}", value)
        fonts = QLabel("The Literata Project Authors, OFL-1.1")
        fonts.setProperty("role", "muted")
        parts.addRow("Literata", fonts)
        system = QLabel(f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform(terse=True)}")
        system.setProperty("role", "muted")
        system.setFont(small_font(self.font()))
        system.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        for widget in (title, what):
            layout.addWidget(widget)
        layout.addLayout(parts)
        layout.addWidget(system)
        layout.addWidget(_close_button(self))
        self.setFixedWidth(480)


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _close_button(dialog: QDialog) -> QDialogButtonBox:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    return buttons
