"""The licence of a model, to be read and agreed to before its file is fetched."""

from html import escape

from PySide6.QtWidgets import QCheckBox, QWidget

from longwriter_desktop.models.catalogue import ModelEntry
from longwriter_desktop.ui.models.before_download import BeforeDownload
from longwriter_desktop.ui.models.labels import link, with_links, wrapped
from longwriter_desktop.ui.theme import Palette


class LicenceDialog(BeforeDownload):
    """Accepted when the person agrees."""

    def __init__(self, entry: ModelEntry, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Licence"))
        self.go_on.setText(self.tr("Agree and download"))
        self.entry = entry
        what = self.tr(
            "{title} comes under the licence below. Its makers want you to agree to it before you use the model; the "
            "app keeps that and when you did. Nothing is sent to anybody."
        )
        unknown = self.tr("Where the licence can be read is not known to the app. Look for it on the model's own page.")
        address = entry.licence_url
        self.link = with_links(link(address, address, palette) if address else escape(unknown))
        self.link.setAccessibleName(self.tr("Address of the licence"))
        self.agrees = QCheckBox(self.tr("I have read the licence and agree to it"))
        self.agrees.toggled.connect(self.go_on.setEnabled)
        self.fill(wrapped(what.format(title=entry.title)), wrapped(entry.licence, "strong"), self.link, self.agrees)
        self.agrees.setFocus()
