"""Cleaning up versions: of which sections, how many remain of each, and how many that deletes."""

from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.version_cleanup import cleaned_up, version_count
from longwriter_desktop.ui.calm_fields import CalmSpinBox
from longwriter_desktop.ui.fitted_dialog import FittedDialog

MOST_KEPT = 99
USUALLY_KEPT = 3


class VersionCleanupDialog(FittedDialog):
    """Asks what to clean up in a document; ``section_id`` is the section in hand, or ""."""

    def __init__(self, document: Document, section_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Clean up versions"))
        self._document = document
        self._section_id = section_id if document.has_section(section_id) else ""
        number = document.index(section_id) + 1 if self._section_id else 0
        section = self.tr("Section {number}").format(number=number)
        self.one = QRadioButton(section if number else self.tr("The section in hand"))
        self.one.setEnabled(bool(number))
        self.all = QRadioButton(self.tr("All sections"))
        (self.one if number else self.all).setChecked(True)
        group = QButtonGroup(self)
        group.addButton(self.one)
        group.addButton(self.all)
        self.newest = CalmSpinBox()
        self.newest.setRange(0, MOST_KEPT)
        self.newest.setValue(USUALLY_KEPT)
        # The stylesheet cannot pad the field inside a spin box.
        self.newest.lineEdit().setTextMargins(6, 0, 0, 0)
        self.newest.setAccessibleName(self.tr("Newest versions that are kept of each section"))
        self.found = QLabel()
        self.found.setWordWrap(True)
        self.found.setProperty("role", "muted")
        self.delete = QPushButton()
        self.delete.setAutoDefault(False)
        self.delete.clicked.connect(self.accept)
        self._lay_out()
        group.buttonToggled.connect(lambda *_: self._count())
        self.newest.valueChanged.connect(lambda _: self._count())
        self._count()

    def _lay_out(self) -> None:
        keep = QHBoxLayout()
        label = QLabel(self.tr("Keep of each section, beside the text that stands in it, the newest"))
        label.setBuddy(self.newest)
        keep.addWidget(label)
        keep.addWidget(self.newest)
        keep.addStretch(1)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setDefault(True)  # Enter in the field takes the number over, and deletes nothing.
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.delete)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(self.one)
        layout.addWidget(self.all)
        layout.addSpacing(8)
        layout.addLayout(keep)
        layout.addWidget(self.found)
        layout.addSpacing(8)
        layout.addLayout(row)

    def cleaned(self, document: Document) -> Document:
        """``document``, the one in hand or what has become of it, without what the person wants to be rid of."""
        return cleaned_up(document, self.newest.value(), self._wanted())

    def _wanted(self) -> set[str] | None:
        return {self._section_id} if self.one.isChecked() else None

    def _count(self) -> None:
        wanted = self._wanted()
        before, after = (version_count(each, wanted) for each in (self._document, self.cleaned(self._document)))
        gone = before - after
        told = self.tr("Versions now: {before}, afterwards: {after}. What stands in the text is not changed.")
        self.found.setText(told.format(before=f"{before:,}", after=f"{after:,}"))
        delete = self.tr("Delete 1 version") if gone == 1 else self.tr("Delete {count} versions")
        self.delete.setText(delete.format(count=f"{gone:,}") if gone else self.tr("Nothing to delete"))
        self.delete.setEnabled(gone > 0)
