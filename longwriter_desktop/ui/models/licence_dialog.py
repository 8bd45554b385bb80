"""The licence of a model, to be read and agreed to before its file is fetched."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from longwriter_desktop.models.catalogue import ModelEntry
from longwriter_desktop.ui.theme import Palette

_WIDTH_PX = 480
_WHAT = (
    "{title} comes under the licence below. Its makers want you to agree to it before you use the model; the app keeps "
    "that and when you did. Nothing is sent to anybody."
)
_UNKNOWN = "Where the licence can be read is not known to the app. Look for it on the model's own page."
_AGREE = "I have read the licence and agree to it"


class LicenceDialog(QDialog):
    """Accepted when the person agrees."""

    def __init__(self, entry: ModelEntry, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Licence")
        self.entry = entry
        what = QLabel(_WHAT.format(title=entry.title))
        what.setTextFormat(Qt.TextFormat.PlainText)
        what.setWordWrap(True)
        name = QLabel(entry.licence)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setProperty("role", "strong")
        name.setWordWrap(True)
        self.link = QLabel(_link(entry, palette))
        self.link.setTextFormat(Qt.TextFormat.RichText)
        self.link.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.link.setOpenExternalLinks(True)
        self.link.setWordWrap(True)
        self.link.setAccessibleName("Address of the licence")
        self.agrees = QCheckBox(_AGREE)
        self.go_on = QPushButton("Agree and download")
        self.go_on.setProperty("role", "main")
        self.go_on.setEnabled(False)
        self.leave = QPushButton("Cancel")
        self.agrees.toggled.connect(self.go_on.setEnabled)
        self.go_on.clicked.connect(self.accept)
        self.leave.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.go_on)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(what)
        layout.addWidget(name)
        layout.addWidget(self.link)
        layout.addWidget(self.agrees)
        layout.addSpacing(4)
        layout.addLayout(buttons)
        self.agrees.setFocus()
        self.setFixedWidth(_WIDTH_PX)
        self.ensurePolished()
        self.resize(_WIDTH_PX, layout.totalHeightForWidth(_WIDTH_PX))  # Else wrapped labels are given too much.


def _link(entry: ModelEntry, palette: Palette) -> str:
    address = entry.licence_url
    if not address.startswith("https://"):
        return escape(address or _UNKNOWN)
    return f'<a href="{escape(address)}" style="color:{palette.accent}">{escape(address)}</a>'
