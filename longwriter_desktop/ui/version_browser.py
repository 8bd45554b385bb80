"""Every text that a section has had: one at a time, to be read and to be used again."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.ui.icons import icon
from longwriter_desktop.ui.theme import Palette, book_font, small_font, with_tabular_numbers

_PREVIEW_PX = 14


def versions_of(section: Section, now: float) -> list[Version]:
    """All texts that a section has had, oldest first, with the present one among them."""
    versions = list(section.versions)
    if section.text.strip() and all(version.text != section.text for version in versions):
        versions.append(Version(section.text, now, "edited"))
    return versions


def version_words(version: Version, now: float) -> str:
    """When and how a version came about: "09:41 · temperature 0.5", "12 Nov 09:41 · edited"; local time."""
    when = datetime.fromtimestamp(version.created_at)  # noqa: DTZ006 - a person reads local time
    today = datetime.fromtimestamp(now)  # noqa: DTZ006 - a person reads local time
    day = "" if when.date() == today.date() else f"{when.day} {when:%b} "
    how = "edited"
    if version.origin == "generated":
        how = "generated" if version.temperature is None else f"temperature {version.temperature:g}"
    return f"{day}{when:%H:%M} · {how}"


class VersionBrowser(QWidget):
    """Shows which version is in place, and the text of another one when the person looks at it."""

    version_wanted = Signal(object)  # Use this one was pressed; a Version
    write_again_wished = Signal()  # Write again was pressed
    alternatives_wished = Signal()  # Alternatives was pressed

    def __init__(self, palette: Palette, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._section: Section | None = None
        self._looked_at = -1  # index among the versions; -1 follows the text in place
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setAccessibleName("Version")
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.older = self._arrow("Older version", -1)
        self.newer = self._arrow("Newer version", +1)
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setFont(book_font(_PREVIEW_PX))
        self.preview.setTabChangesFocus(True)
        self.preview.setAccessibleName("Text of this version")
        self.use = QPushButton("Use this one")
        self.use.clicked.connect(self._use)
        self.again = QPushButton("Write again")
        self.again.clicked.connect(self.write_again_wished)
        self.alternatives = QPushButton("Alternatives")
        self.alternatives.setToolTip("Writes three texts at the same time, to choose from among the versions")
        self.alternatives.clicked.connect(self.alternatives_wished)
        self._lay_out()
        self.set_palette(palette)

    def _arrow(self, name: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(lambda: self._look(step))
        return button

    def _lay_out(self) -> None:
        title = QLabel("Versions")
        title.setProperty("role", "label")
        title.setFont(small_font(self.font()))
        self.label.setFont(with_tabular_numbers(small_font(self.font())))
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(title, 1)
        top.addWidget(self.older)
        top.addWidget(self.newer)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.again)
        buttons.addWidget(self.alternatives)
        buttons.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(top)
        whole.addWidget(self.label)
        whole.addWidget(self.preview, 1)
        whole.addWidget(self.use, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addSpacing(8)
        whole.addLayout(buttons)
        whole.addStretch(0)

    def set_palette(self, palette: Palette) -> None:
        self.older.setIcon(icon("chevron-left", palette.ink))
        self.newer.setIcon(icon("chevron-right", palette.ink))

    def show_section(self, section: Section) -> None:
        """Shows the versions of ``section``; after a change of its text, the one in place."""
        old, self._section = self._section, section
        if old is None or (old.id, old.text, old.versions) != (section.id, section.text, section.versions):
            self._looked_at = -1
        self.again.setEnabled(bool(section.text.strip()) and not section.locked)
        self.alternatives.setEnabled(not section.locked)
        self._show()

    def _versions(self) -> tuple[list[Version], int]:
        """The versions, and the index of the one in place (past the end when the section is empty)."""
        if self._section is None:
            return [], 0
        versions, text = versions_of(self._section, self._clock()), self._section.text
        return versions, next((at for at, each in enumerate(versions) if each.text == text), len(versions))

    def _show(self) -> None:
        versions, present = self._versions()
        at = present if self._looked_at < 0 else min(self._looked_at, len(versions) - 1)
        self.older.setEnabled(at > 0)
        self.newer.setEnabled(at + 1 < len(versions))
        shown = min(at, len(versions) - 1)
        self.label.setText(
            f"{shown + 1} of {len(versions)} · {self._words(versions[shown])}" if versions else "None yet"
        )
        other = versions[at] if at != present and at < len(versions) else None
        self.preview.setVisible(other is not None)
        self.use.setVisible(other is not None)
        if other is not None and self.preview.toPlainText() != other.text:
            self.preview.setPlainText(other.text)

    def _words(self, version: Version) -> str:
        section = self._section
        if section is not None and not section.complete and version not in section.versions:
            return "not finished"
        return version_words(version, self._clock())

    def _look(self, step: int) -> None:
        versions, present = self._versions()
        if versions:
            at = (present if self._looked_at < 0 else self._looked_at) + step
            self._looked_at = max(0, min(at, len(versions) - 1))
            self._show()

    def _use(self) -> None:
        versions, _ = self._versions()
        if 0 <= self._looked_at < len(versions):
            self.version_wanted.emit(versions[self._looked_at])
