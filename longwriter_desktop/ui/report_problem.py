"""Help > Report a problem: puts a folder together that the person can look through and send. The app sends nothing."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from longwriter_desktop.doctor import examine, report
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.ui.accessible_roles import read_aloud
from longwriter_desktop.ui.fitted_dialog import FittedDialog
from longwriter_desktop.ui.models.background import Background, Report
from longwriter_desktop.ui.report_folder import make_report
from longwriter_desktop.ui.translation import shown

log = logging.getLogger(__name__)
_WIDTH_LETTERS = 64
"""The width of the dialog; it is as high as its text."""


def examined(paths: AppPaths) -> str:
    """What `doctor` says. A fault in it is a reason for a report, not against one."""
    try:
        return report(examine(paths))
    except Exception:
        log.exception("the computer could not be examined for a report")
        return "The computer could not be examined; the log says why.\n"


class ReportDialog(FittedDialog):
    """Says what will be in the folder, makes it, and opens it. ``open_folder`` is False where no program does that."""

    def __init__(
        self,
        paths: AppPaths,
        open_folder: Callable[[Path], bool],
        clock: Callable[[], float],
        parent: QWidget | None = None,
        examine_all: Callable[[AppPaths], str] = examined,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Report a problem"))
        self._paths = paths
        self._open_folder = open_folder
        self._clock = clock
        self._examine = examine_all
        self.folder: Path | None = None
        self._copies_path = False  # There is no program that shows folders.
        self.said = QLabel(
            self.tr(
                "This makes a folder with the app’s logs and versions, its settings for the model, the names of your "
                "models, what it knows of this computer, and a page on which you write what happened. No word of your "
                "documents is in it, nor their names; your home folder is written as “~”.\n\n"
                "Nothing is sent. You look through the folder, and give it to whom you like."
            )
        )
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.make = QPushButton(self.tr("&Make the folder"))
        self.make.setProperty("role", "main")
        self.make.setDefault(True)
        self.make.clicked.connect(self._go_on)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setAutoDefault(False)  # Enter goes on, also while nothing has the focus.
        self.cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.make)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addWidget(self.said)
        layout.addStretch(1)
        layout.addLayout(buttons)
        self.make.setFocus()
        width = max(480, _WIDTH_LETTERS * self.fontMetrics().averageCharWidth())
        self.resize(width, layout.totalHeightForWidth(width))
        self._work = Background("making a report", self)
        self._work.done.connect(self._made)
        self._work.failed.connect(self._failed)
        self.finished.connect(lambda _: self._work.close())

    def _go_on(self) -> None:
        """Makes the folder; when it is there, shows it again, or copies its path where nothing shows folders."""
        if self.folder is not None and self._copies_path:
            QGuiApplication.clipboard().setText(str(self.folder))
            self._say(self.tr("The path is copied:\n{folder}").format(folder=self.folder))
            return
        if self.folder is not None:
            self._show_folder(self.folder)
            return
        self.make.setEnabled(False)
        self._say(self.tr("Asking llama.cpp and the system, and copying the logs…"))
        paths, at, page, name = self._paths, self._clock(), self._page(), self.tr("What happened.txt")

        def work(_report: Report, stop: threading.Event) -> object:
            found = self._examine(paths)
            return None if stop.is_set() else make_report(paths, {"doctor.txt": found, name: page}, at)

        self._work.start(work)

    def _page(self) -> str:
        return self.tr(
            "What did you do before it happened?\n\n\n"
            "What did you expect?\n\n\n"
            "What happened instead?\n\n\n"
            "Does it happen again when you do the same?\n\n\n"
            "----\n"
            "The other files here were made by LongWriter Desktop on this computer: doctor.txt says what the app runs "
            "on, the .log files hold errors and places in the app's code. No word of your documents is in them. Look "
            "through them before you pass the folder on. Nothing was sent.\n"
        )

    def _made(self, folder: object) -> None:
        if not isinstance(folder, Path):
            return
        self.folder = folder
        self.make.setEnabled(True)
        self.make.setText(self.tr("&Open the folder"))
        self.make.setFocus()
        self.cancel.setText(self.tr("Close"))
        told = self.tr("The folder is made:\n{folder}\n\nWrite into “What happened” what went wrong. Nothing was sent.")
        self._say(told.format(folder=folder))
        self._show_folder(folder)

    def _show_folder(self, folder: Path) -> None:
        if not self._open_folder(folder):
            told = self.tr("This system names no program that shows folders. You find it here:\n{folder}")
            self._say(told.format(folder=folder))
            self._copies_path = True
            self.make.setText(self.tr("&Copy the path"))

    def _failed(self, sentence: str) -> None:
        self.make.setEnabled(True)
        self._say(shown(sentence))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setAccessibleName(text)
        read_aloud(self.said)
