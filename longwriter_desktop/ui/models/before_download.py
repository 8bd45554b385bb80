"""The form of what is asked of the person before a file is fetched: some sentences, a field, and going on or not."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from longwriter_desktop.ui.fitted_dialog import FittedDialog

WIDTH_EMS = 30
"""Of the dialog, in widths of the letter M: in pixels it would be too narrow for a larger font."""


class BeforeDownload(FittedDialog):
    """A narrow dialog as high as its sentences; `go_on` accepts it and is disabled until there is an answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.go_on = QPushButton()
        self.go_on.setProperty("role", "main")
        self.go_on.setEnabled(False)
        self.leave = QPushButton(self.tr("Cancel"))
        self.leave.setAutoDefault(False)
        self.go_on.clicked.connect(self.accept)
        self.leave.clicked.connect(self.reject)

    def fill(self, *parts: QWidget) -> None:
        """Lays out ``parts`` one below the other, with the buttons below them."""
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.go_on)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        for part in parts:
            layout.addWidget(part)
        layout.addSpacing(4)
        layout.addLayout(buttons)
        self.ensurePolished()
        width = max(480, self.fontMetrics().horizontalAdvance("M") * WIDTH_EMS)
        self.setFixedWidth(width)
        self.resize(width, layout.totalHeightForWidth(width))  # Else wrapped labels are given too much.
