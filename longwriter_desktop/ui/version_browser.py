"""Every text that a section has had: one at a time, to be read and to be used again."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
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

from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.ui.day_words import day_words
from longwriter_desktop.ui.icons import icon
from longwriter_desktop.ui.plain_tip import plain_tip
from longwriter_desktop.ui.theme import Palette, book_font, small_font, with_tabular_numbers
from longwriter_desktop.ui.translation import translate

_PREVIEW_PX = 14
_ENOUGH_TO_KNOW = 60
"""So many characters tell one alternative from another."""
NO_TIME = 0.0
_MOST_OF_DIRECTION = 40
"""So many characters of a direction are named with a version."""


def versions_of(section: Section) -> list[Version]:
    """All texts that a section has had, oldest first, with the present one among them.

    A present text that is not kept as a version has no time yet, which is `NO_TIME`.
    """
    versions = list(section.versions)
    if section.text.strip() and all(version.text != section.text for version in versions):
        versions.append(Version(section.text, NO_TIME, "edited"))
    return versions


def time_words(version: Version, now: float) -> str:
    """When a version came about: "09:41", "12 Nov 09:41"; local time. "now" for a text that may still change."""
    if version.created_at == NO_TIME:
        return translate("Version", "now")
    when = datetime.fromtimestamp(version.created_at)  # noqa: DTZ006 - a person reads local time
    today = datetime.fromtimestamp(now)  # noqa: DTZ006 - a person reads local time
    time = f"{when:%H:%M}"
    if when.date() != today.date():
        time = f"{day_words(when.date(), year=when.year != today.year)} {time}"
    return time


def version_words(version: Version, now: float) -> str:
    """When and how a version came about: "09:41 · temperature 0.5", "12 Nov 09:41 · edited", "09:41 · “shorter”"."""
    direction = _direction(version)
    if version.origin != "generated":
        how = translate("Version", "edited")
    elif direction:
        short = (
            direction if len(direction) <= _MOST_OF_DIRECTION else f"{direction[: _MOST_OF_DIRECTION - 1].rstrip()}…"
        )
        how = translate("Version", "“{direction}”").format(direction=short)
    elif version.temperature is None:
        how = translate("Version", "generated")
    else:
        how = _temperature(version.temperature)
    return f"{time_words(version, now)} · {how}"


def _direction(version: Version) -> str:
    return " ".join(version.direction.split())


def _temperature(value: float) -> str:
    return translate("Version", "temperature {value}").format(value=f"{value:g}")


def origin_words(version: Version) -> str:
    """How a version came about, in full: "Direction: shorter. Written by Qwen, temperature 0.5, seed 7."."""
    if version.origin == "edited":
        return translate("Version", "Edited by hand.")
    parts = [translate("Version", "Written by a model")]
    if version.model:
        parts = [translate("Version", "Written by {model}").format(model=version.model)]
    if version.temperature is not None:
        parts.append(_temperature(version.temperature))
    if version.seed is not None:
        parts.append(translate("Version", "seed {number}").format(number=version.seed))
    how = translate("Listing", ", ").join(parts)
    direction = _direction(version)
    if not direction:
        return translate("Version", "{how}.").format(how=how)
    ends = direction.endswith((".", "!", "?", "…", "。", "！", "？"))
    told = translate("Version", "Direction: {direction} {how}.") if ends else ""
    return (told or translate("Version", "Direction: {direction}. {how}.")).format(how=how, direction=direction)


class VersionBrowser(QWidget):
    """Shows which version is in place, and the text of another one when the person looks at it."""

    version_wanted = Signal(object)  # Use this one was pressed; a Version
    comparison_wished = Signal(object)  # Compare was pressed; the Version that is looked at, or None
    write_again_wished = Signal()  # Write again was pressed
    alternatives_wished = Signal()  # Alternatives was pressed

    def __init__(self, palette: Palette, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._section: Section | None = None
        self._growing: dict[int, str] = {}
        self._looked_at: Version | int | None = None  # or the number of an alternative; None follows the text in place
        self._previewed = ""
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setAccessibleName(self.tr("Version"))
        self.label.setWordWrap(True)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.older = self._arrow(self.tr("Older version"), -1)
        self.newer = self._arrow(self.tr("Newer version"), +1)
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setFont(book_font(_PREVIEW_PX))
        self.preview.setTabChangesFocus(True)
        self.preview.setAccessibleName(self.tr("Text of this version"))
        self.use = QPushButton(self.tr("Use this one"))
        self.use.clicked.connect(self._use)
        self.compare = QPushButton(self.tr("Compare…"))
        self.compare.setToolTip(self.tr("Shows two versions side by side, to take all or single passages"))
        self.compare.clicked.connect(lambda: self.comparison_wished.emit(self._other()))
        self.again = QPushButton(self.tr("Write again"))
        self.again.setToolTip(
            self.tr("Writes the section anew, by its direction; the present text stays among its versions")
        )
        self.again.clicked.connect(self.write_again_wished)
        self.alternatives = QPushButton(self.tr("Alternatives"))
        self.alternatives.setToolTip(self.tr("Writes three texts at the same time, to choose from among the versions"))
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
        title = QLabel(self.tr("Versions"))
        title.setProperty("role", "label")
        title.setFont(small_font(self.font()))
        self.label.setFont(with_tabular_numbers(small_font(self.font())))
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(title, 1)
        top.addWidget(self.older)
        top.addWidget(self.newer)
        writing, using = QHBoxLayout(), QHBoxLayout()
        for row, buttons in ((writing, (self.again, self.alternatives)), (using, (self.compare, self.use))):
            row.setSpacing(8)
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(writing)
        whole.addSpacing(12)
        whole.addLayout(top)
        whole.addWidget(self.label)
        whole.addWidget(self.preview, 1)
        whole.addSpacing(4)
        whole.addLayout(using)
        whole.addStretch(0)

    def set_palette(self, palette: Palette) -> None:
        self.older.setIcon(icon("chevron-left", palette.ink))
        self.newer.setIcon(icon("chevron-right", palette.ink))

    def show_section(self, section: Section) -> None:
        """Shows the versions of ``section``. The one that is looked at stays in sight until it is the one in place."""
        old, self._section = self._section, section
        if old is None or old.id != section.id:
            self._looked_at = None
            self._growing = {}
        self.again.setEnabled(bool(section.text.strip()) and not section.locked)
        self.alternatives.setEnabled(not section.locked)
        self._show()

    def show_growing(self, texts: Mapping[int, str]) -> None:
        """Shows alternatives of the section behind its versions while they are written, each by its number."""
        before, self._growing = self._growing, dict(texts)
        looked = self._looked_at
        if texts and not before:
            self._looked_at = min(texts)  # There is something to read.
        elif isinstance(looked, int) and looked not in texts:
            self._looked_at = self._version_of(before[looked])  # It is done, and somebody is reading it.
        self._show()

    def _version_of(self, text: str) -> Version | None:
        """The newest version that begins like an alternative did when it was seen last."""
        versions, _ = self._versions()
        begin = text.strip()[:_ENOUGH_TO_KNOW]
        return next((each for each in reversed(versions) if begin and each.text.strip().startswith(begin)), None)

    def _versions(self) -> tuple[list[Version], int]:
        """The versions, and the index of the one in place (past the end when the section is empty)."""
        if self._section is None:
            return [], 0
        versions, text = versions_of(self._section), self._section.text
        return versions, next((at for at, each in enumerate(versions) if each.text == text), len(versions))

    def _places(self) -> list[Version | int]:
        """All that can be looked at: the versions, and the numbers of the alternatives that are being written."""
        return [*self._versions()[0], *sorted(self._growing)]

    def _other(self) -> Version | None:
        """The version that is looked at; None while it is the one in place, or one that is still being written."""
        return self._looked_at if isinstance(self._looked_at, Version) else None

    def _show(self) -> None:
        versions, present = self._versions()
        looked = self._looked_at
        if looked not in self._places() or looked in versions[present : present + 1]:
            looked = self._looked_at = None
        self.older.setEnabled(self._place_beside(-1) is not None)
        self.newer.setEnabled(self._place_beside(+1) is not None)
        text: str | None = None
        if isinstance(looked, int):
            text = self._show_growing_label(looked)
        elif looked is not None:
            self._show_label(versions, versions.index(looked))
            text = looked.text
        else:
            self._show_label(versions, present)
        self.preview.setVisible(text is not None)
        self.use.setVisible(isinstance(looked, Version))
        is_empty = self._section is None or all(each.text == self._section.text for each in self._section.versions)
        self.compare.setEnabled(not is_empty)
        if text is not None:
            self._show_text(text)

    def _show_label(self, versions: list[Version], place: int) -> None:
        if place >= len(versions):
            one, several = self.tr("1 version, none in place"), self.tr("{count} versions, none in place")
            kept = one if len(versions) == 1 else several.format(count=len(versions))
            self.label.setText(kept if versions else self.tr("None yet"))
            self.label.setToolTip("")
            return
        version = versions[place]
        which = self.tr("{number} of {count}").format(number=place + 1, count=len(versions))
        self.label.setText(f"{which} · {self._words(version)}")
        self.label.setToolTip(plain_tip(origin_words(version)))

    def _show_growing_label(self, number: int) -> str:
        text = self._growing[number]
        told = self.tr("Alternative {number} · being written · {words}")
        self.label.setText(told.format(number=number, words=f"{count_words(text):,}"))
        self.label.setToolTip(self.tr("It is among the versions as soon as it is done."))
        return text

    def _show_text(self, text: str) -> None:
        """What has been added is put behind what is there, so that who reads is not disturbed."""
        shown, self._previewed = self._previewed, text
        if shown and text.startswith(shown):
            if len(text) > len(shown):
                cursor = QTextCursor(self.preview.document())
                cursor.movePosition(QTextCursor.MoveOperation.End)
                cursor.insertText(text[len(shown) :])
        elif shown != text:
            self.preview.setPlainText(text)

    def _words(self, version: Version) -> str:
        section = self._section
        if section is not None and not section.complete and version not in section.versions:
            return self.tr("not finished")
        return version_words(version, self._clock())

    def _place_beside(self, step: int) -> Version | int | None:
        """What stands before (-1) or behind (+1) what is looked at now; None where nothing does."""
        places, (versions, present) = self._places(), self._versions()
        at = present if self._looked_at is None else places.index(self._looked_at)
        if self._looked_at is None and present == len(versions) and step > 0:
            at -= 1  # Nothing is in place: what is being written comes next.
        return places[at + step] if 0 <= at + step < len(places) else None

    def _look(self, step: int) -> None:
        self._looked_at = self._place_beside(step)
        self._show()

    def _use(self) -> None:
        other = self._other()
        if other is not None:
            self.version_wanted.emit(other)
