"""Asking for an access token of the Hugging Face hub, for models that are given only to who has asked for them."""

from html import escape

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from longwriter_desktop.models.catalogue import ModelEntry
from longwriter_desktop.models.download_request import hub_website
from longwriter_desktop.ui.models.before_download import BeforeDownload
from longwriter_desktop.ui.models.labels import link, with_links, wrapped
from longwriter_desktop.ui.theme import Palette
from longwriter_desktop.ui.translation import shown


class TokenDialog(BeforeDownload):
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
        self.setWindowTitle(self.tr("Access token"))
        self.go_on.setText(self.tr("Download"))
        self.entry = entry
        self.what = with_links(self._what(palette, refused=bool(refusal)))
        self.refusal = wrapped(shown(refusal), "warning")
        self.refusal.setVisible(bool(refusal))
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("Access token"))
        self.field.setPlaceholderText("hf_…")
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.keep = QCheckBox(self.tr("Keep it in {keyring}").format(keyring=shown(keyring)))
        self.keep.setVisible(bool(keyring))
        self.keep.setChecked(bool(keyring))
        self.field.textChanged.connect(lambda: self.go_on.setEnabled(bool(self.token)))
        self.fill(self.refusal, self.what, self.field, self.keep, wrapped(self._note(keyring), "muted"))
        self.field.setFocus()

    @property
    def token(self) -> str:
        """What was pasted, without the space around it."""
        return self.field.text().strip()

    @property
    def is_to_be_kept(self) -> bool:
        """Whether the person wants it in the keyring."""
        return self.keep.isVisibleTo(self) and self.keep.isChecked()

    def _note(self, keyring: str) -> str:
        if keyring:
            return self.tr("It goes to the hub alone, and is never written into a file of the app's.")
        return self.tr("This system has no keyring that the app can use, so the token is forgotten when the app ends.")

    def _what(self, palette: Palette, *, refused: bool) -> str:
        """How to come by a token of the hub that is set for this computer, as HTML."""
        form = self.tr(
            "The makers of {title} give it only to people who have asked for it. On {page}, log in and ask for access; "
            "then make an access token that may read on {tokens} and paste it here."
        )
        if refused:
            form = self.tr("Access is asked for on {page}. A token that may read is made on {tokens}; paste it here.")
        page, tokens = (
            link(address, address.partition("://")[2], palette)
            for address in (f"{hub_website()}/{self.entry.repository}", f"{hub_website()}/settings/tokens")
        )
        return form.format(title=escape(self.entry.title), page=page, tokens=tokens)
