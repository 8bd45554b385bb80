"""Asking for an access token of the Hugging Face hub, for models that are given only to who has asked for them."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from longwriter_desktop.models.catalogue import ModelEntry
from longwriter_desktop.ui.theme import Palette

_WIDTH_PX = 480
_HUB = "https://huggingface.co"
_WHAT = (
    "The makers of {title} give it only to people who have asked for it. On {page}, log in and ask for access; then "
    "make an access token that may read on {tokens} and paste it here."
)
_WHERE = "Access is asked for on {page}. A token that may read is made on {tokens}; paste it here."
_KEEP = "Keep it in {keyring}"
_NO_KEYRING = "This system has no keyring that the app can use, so the token is forgotten when the app ends."
_ONLY_NOW = "It goes to the hub alone, and is never written into a file of the app's."


class TokenDialog(QDialog):
    """Accepted with a token.

    ``keyring`` is what the system's keyring is called, "" where there is none; ``refusal`` why there is no access yet.
    """

    def __init__(
        self,
        entry: ModelEntry,
        palette: Palette,
        *,
        keyring: str,
        refusal: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Access token")
        self.entry = entry
        self.what = QLabel(_what(entry, palette, _WHERE if refusal else _WHAT))
        self.what.setTextFormat(Qt.TextFormat.RichText)
        self.what.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.what.setOpenExternalLinks(True)
        self.what.setWordWrap(True)
        self.refusal = QLabel(refusal)
        self.refusal.setTextFormat(Qt.TextFormat.PlainText)
        self.refusal.setWordWrap(True)
        self.refusal.setProperty("role", "warning")
        self.refusal.setVisible(bool(refusal))
        self.field = QLineEdit()
        self.field.setAccessibleName("Access token")
        self.field.setPlaceholderText("hf_…")
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.keep = QCheckBox(_KEEP.format(keyring=keyring))
        self.keep.setVisible(bool(keyring))
        self.keep.setChecked(bool(keyring))
        note = QLabel(_ONLY_NOW if keyring else _NO_KEYRING)
        note.setWordWrap(True)
        note.setProperty("role", "muted")
        self.go_on = QPushButton("Download")
        self.go_on.setProperty("role", "main")
        self.go_on.setEnabled(False)
        self.leave = QPushButton("Cancel")
        self.leave.setAutoDefault(False)
        self.field.textChanged.connect(lambda: self.go_on.setEnabled(bool(self.token)))
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
        for widget in (self.refusal, self.what, self.field, self.keep, note):
            layout.addWidget(widget)
        layout.addSpacing(4)
        layout.addLayout(buttons)
        self.field.setFocus()
        self.setFixedWidth(_WIDTH_PX)
        self.ensurePolished()
        self.resize(_WIDTH_PX, layout.totalHeightForWidth(_WIDTH_PX))  # Else wrapped labels are given too much.

    @property
    def token(self) -> str:
        """What was pasted, without the space around it."""
        return self.field.text().strip()

    @property
    def is_to_be_kept(self) -> bool:
        """Whether the person wants it in the keyring."""
        return self.keep.isVisibleTo(self) and self.keep.isChecked()


def _what(entry: ModelEntry, palette: Palette, form: str) -> str:
    page = _link(f"{_HUB}/{entry.repository}", palette)
    tokens = _link(f"{_HUB}/settings/tokens", palette)
    return form.format(title=escape(entry.title), page=page, tokens=tokens)


def _link(address: str, palette: Palette) -> str:
    shown = escape(address.removeprefix("https://"))
    return f'<a href="{escape(address)}" style="color:{palette.accent}">{shown}</a>'
