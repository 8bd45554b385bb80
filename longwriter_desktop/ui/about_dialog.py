"""Help > About: versions, and the licences of everything that the app is made of."""

import platform
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from longwriter_desktop import __version__
from longwriter_desktop.ui.about_parts import Part, made_of
from longwriter_desktop.ui.fitted_dialog import FittedDialog
from longwriter_desktop.ui.models.background import Background
from longwriter_desktop.ui.plain_tip import plain_tip
from longwriter_desktop.ui.theme import scaled, small_font

_LICENCE_COLUMNS = 81
"""Most licences are laid out in lines of up to 80 characters."""


class AboutDialog(FittedDialog):
    """What this is, its versions to be copied, and a list of parts with the licence of the one in hand.

    ``llama_version`` tells llama.cpp's version; it is asked on another thread, for it may take a second.
    """

    def __init__(self, llama_version: Callable[[], str] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About LongWriter Desktop"))
        self._parts = made_of()
        self._llama = ""
        title = QLabel(f"LongWriter Desktop {__version__}")
        title.setProperty("role", "strong")
        what = QLabel(
            self.tr(
                "Plan, write and export long documents with a language model on your own computer. Everything stays "
                "on this computer. Apache License 2.0. The method is AgentWrite, from “LongWriter: Unleashing 10,000+ "
                "Word Generation from Long Context LLMs” (Bai et al., 2024)."
            )
        )
        what.setWordWrap(True)
        self.versions = QLabel()
        self.versions.setProperty("role", "muted")
        self.versions.setWordWrap(True)
        self.versions.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.versions.setAccessibleName(self.tr("Versions"))
        self.parts = QListWidget()
        self.parts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.parts.setAccessibleName(self.tr("What the app is made of"))
        self.licence = QPlainTextEdit()
        self.licence.setAccessibleName(self.tr("Licence"))
        self.licence.setReadOnly(True)
        self.licence.setTabChangesFocus(True)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(small_font(self.font()).pixelSize())
        self.licence.setFont(fixed)
        self.copy = QPushButton(self.tr("&Copy versions"))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.versions.text()))
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.reject)
        close.setDefault(True)
        self._lay_out((title, what, self.versions), close)
        self._fill()
        self._asking = Background("asking llama.cpp for its version", self)
        self._asking.done.connect(self._show_llama_version)
        self.finished.connect(lambda _: self._asking.close())
        if llama_version is not None:
            self._asking.start(lambda _report, _stop: llama_version())

    def _lay_out(self, above: tuple[QWidget, ...], close: QPushButton) -> None:
        panes = QSplitter()
        panes.setChildrenCollapsible(False)
        panes.addWidget(self.parts)
        panes.addWidget(self.licence)
        panes.setStretchFactor(1, 1)
        text_px = self.licence.fontMetrics().averageCharWidth() * _LICENCE_COLUMNS + 48
        list_px = self.fontMetrics().averageCharWidth() * 38
        panes.setSizes([list_px, text_px])
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        for widget in above:
            layout.addWidget(widget)
        layout.addWidget(panes, 1)
        layout.addLayout(buttons)
        self.resize(list_px + text_px + 56, scaled(640))

    def _fill(self) -> None:
        self.parts.ensurePolished()  # Else its rows are as high as text alone, without what the style puts around it.
        for part in self._parts:
            name = " ".join(filter(None, (part.name, part.version)))
            item = QListWidgetItem(f"{name}\n{part.licence}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {part.licence}")
            item.setToolTip(plain_tip(f"{name}\n{part.licence}"))
            self.parts.addItem(item)
        self.parts.currentRowChanged.connect(self._show_licence)
        self.parts.setCurrentRow(0)
        self._show_versions()

    def _show_licence(self, row: int) -> None:
        part = self._parts[row]
        self.licence.setPlainText(part.text or self._where(part))

    def _where(self, part: Part) -> str:
        told = self.tr(
            "The text of this licence is not among the installed files. It can be read at "
            "https://spdx.org/licenses/ under “{licence}”."
        )
        return told.format(licence=part.licence)

    def _show_versions(self) -> None:
        names = (f"LongWriter Desktop {__version__}", f"Python {platform.python_version()}", f"Qt {qVersion()}")
        llama = f"llama.cpp {self._llama}" if self._llama else ""
        self.versions.setText(", ".join(filter(None, (*names, llama, platform.platform(terse=True)))))

    def _show_llama_version(self, version: Any) -> None:
        self._llama = str(version)
        self._show_versions()
