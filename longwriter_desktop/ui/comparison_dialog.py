"""Comparing versions of a section: the text in place beside another one, and passages taken from either."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from longwriter_desktop.agentwrite.comparison import Comparison, compared
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.ui.calm_fields import CalmComboBox
from longwriter_desktop.ui.comparison_model import ShownRow, shown_rows
from longwriter_desktop.ui.comparison_table import ComparisonTable
from longwriter_desktop.ui.edited_document import EditedDocument
from longwriter_desktop.ui.fitted_dialog import FittedDialog
from longwriter_desktop.ui.length_words import length_sign
from longwriter_desktop.ui.models.background import Background, Report
from longwriter_desktop.ui.theme import Palette, book_family, scaled, small_font
from longwriter_desktop.ui.translation import in_a_row, shown
from longwriter_desktop.ui.version_browser import origin_words, time_words, version_words, versions_of

LOOK_AFTER_MS = 300
"""So long after a change of the text it is compared anew: while it is being written, not with every word."""
_PREVIOUS_KEY, _NEXT_KEY = "Shift+F7", "F7"
_TEXT_PX = 15


@dataclass(frozen=True, slots=True)
class _Compared:
    """What was compared, and what came of it."""

    present: str
    version: Version
    comparison: Comparison
    rows: list[ShownRow]


class ComparisonDialog(FittedDialog):
    """Follows one section of the document in hand. It is no modal box: the window goes on beside it."""

    def __init__(
        self,
        edited: EditedDocument,
        section_id: str,
        version: Version | None,
        palette: Palette,
        clock: Callable[[], float],
        parent: QWidget | None = None,
    ) -> None:
        """``version`` is the one to begin with; None is the newest with another text, if there is one a model wrote."""
        super().__init__(parent)
        room = self.screen().availableGeometry()
        self.resize(max(scaled(1040), room.width() * 7 // 10), max(scaled(640), room.height() * 3 // 4))
        self._edited = edited
        self._section_id = section_id
        self._palette = palette
        self._clock = clock
        self._versions: list[Version] = []
        self._titles: list[str] = []
        self._seen = self._section
        self._shown: _Compared | None = None
        self._told = ""
        self._put_in: str | None = None
        """The text that this dialog has put in place last."""
        self._has_changed = self.tr("The text in place has changed, so it was compared anew. Choose again.")
        self._comparing = Background("comparing", self)
        self._comparing.done.connect(self._show)
        self._comparing.failed.connect(self._say)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(LOOK_AFTER_MS)
        self._soon.timeout.connect(self._look_at_section)
        self._make_parts()
        self._lay_out()
        self._list_versions(version)
        self.choice.currentIndexChanged.connect(lambda _: self._compare())
        self.table.rows.taken_changed.connect(self._show_taken)
        self.previous.clicked.connect(lambda: self.table.go_to_change(-1))
        self.next.clicked.connect(lambda: self.table.go_to_change(1))
        self._key(_PREVIOUS_KEY, lambda: self.table.go_to_change(-1))
        self._key(_NEXT_KEY, lambda: self.table.go_to_change(1))
        self._key(QKeySequence.StandardKey.Undo, edited.undo)
        self._key(QKeySequence.StandardKey.Redo, edited.redo)
        self.take.clicked.connect(self._take)
        self.take_all.clicked.connect(self._take_all)
        edited.document_changed.connect(self._changed)
        self.finished.connect(lambda _: self._comparing.close())
        self._compare()

    def _make_parts(self) -> None:
        self.choice = CalmComboBox()
        self.choice.setAccessibleName(self.tr("Version to compare with"))
        self.choice.setMinimumWidth(scaled(360))
        self.origin = QLabel()
        self.origin.setTextFormat(Qt.TextFormat.PlainText)
        self.origin.setProperty("role", "muted")
        self.origin.setFont(small_font(self.font()))
        self.origin.setWordWrap(True)
        self.table = ComparisonTable(self._palette, self._font())
        self.about = QLabel()
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setWordWrap(True)
        self.about.setFont(small_font(self.font()))
        self.previous = QPushButton(self.tr("Previous change"))
        self.previous.setToolTip(_PREVIOUS_KEY)
        self.next = QPushButton(self.tr("Next change"))
        self.next.setToolTip(_NEXT_KEY)
        self.take_all = QPushButton(self.tr("Take the whole version"))
        self.take_all.setToolTip(
            self.tr("Puts the other version in place as a whole; the present text is kept as a version")
        )
        self.take = QPushButton(self.tr("Take"))
        self.take.setProperty("role", "main")
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.clicked.connect(self.reject)
        for button in (self.previous, self.next, self.take_all, self.take, self.close_button):
            button.setAutoDefault(False)  # Enter in the table chooses a side.

    def _key(self, keys: str | QKeySequence.StandardKey, do: Callable[[], object]) -> None:
        # A button's own shortcut would press the button for a tenth of a second first.
        QShortcut(QKeySequence(keys), self).activated.connect(do)

    def _lay_out(self) -> None:
        label = QLabel(self.tr("Compare with"))
        label.setBuddy(self.choice)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(label)
        top.addWidget(self.choice)
        top.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.previous)
        buttons.addWidget(self.next)
        buttons.addStretch(1)
        for button in (self.close_button, self.take_all, self.take):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(top)
        layout.addWidget(self.origin)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.about)
        layout.addLayout(buttons)

    def set_palette(self, palette: Palette) -> None:
        self._palette = palette
        self.table.set_look(palette, self._font())

    def _font(self) -> QFont:
        font = QFont(book_family(self._edited.document.language))
        font.setPixelSize(scaled(_TEXT_PX))
        return font

    # -- what is compared --------------------------------------------------------------------------

    @property
    def version(self) -> Version | None:
        """The version that the text in place is compared with."""
        at = self.choice.currentIndex()
        return self._versions[at] if 0 <= at < len(self._versions) else None

    @property
    def is_compared(self) -> bool:
        """Whether the table shows the text in place beside the chosen version, row heights and all."""
        found = self._shown
        is_of_now = found is not None and (found.present, found.version) == (self._present, self.version)
        return is_of_now and self.table.is_measured and not self._comparing.is_busy

    @property
    def _section(self) -> Section | None:
        document = self._edited.document
        return document.section(self._section_id) if document.has_section(self._section_id) else None

    @property
    def _present(self) -> str:
        return self._section.text if self._section is not None else ""

    def _list_versions(self, wanted: Version | None) -> None:
        """Lists the versions with another text, newest first, and chooses ``wanted`` among them, if it is there."""
        section, document = self._section, self._edited.document
        if section is None:
            return
        title = self.tr("Compare versions of section {number}")
        self.setWindowTitle(title.format(number=document.index(section.id) + 1))
        versions = versions_of(section)
        others = [(number, each) for number, each in enumerate(versions, start=1) if each.text != section.text]
        self._versions = [each for _, each in reversed(others)]
        self.choice.blockSignals(True)
        self.choice.clear()
        self._titles = []
        for number, each in reversed(others):
            which = self.tr("Version {number} of {count}").format(number=number, count=len(versions))
            length = f"{each.words:,} {length_sign(document.language)}"
            self._titles.append(f"{which} · {length}")
            self.choice.addItem(f"{which} · {version_words(each, self._clock())} · {length}")
        found = [at for at, each in enumerate(self._versions) if each == wanted]
        found += [at for at, each in enumerate(self._versions) if each.origin == "generated"]
        self.choice.setCurrentIndex(found[0] if found else min(0, len(self._versions) - 1))
        self.choice.blockSignals(False)

    def _changed(self, _document: Document) -> None:
        section = self._section
        if section is not self._seen:  # What is written into other sections would put the look off for ever.
            self._seen = section
            self._soon.start()

    def _look_at_section(self) -> None:
        """The document has changed: the section may be gone, have another text, or more versions."""
        section = self._section
        if section is None:
            self.reject()
            return
        listed = {(each.text, each.created_at) for each in section.versions if each.text != section.text}
        if listed != {(each.text, each.created_at) for each in self._versions}:
            self._list_versions(self.version)
        now_shown = self._shown
        if now_shown is None:
            if self.version is not None:  # There is something to compare with again.
                self._compare()
        elif (now_shown.present, now_shown.version) != (section.text, self.version):
            is_own = section.text == self._put_in
            is_lost = now_shown.present != section.text and bool(self.table.rows.taken)
            if not is_own:
                self._told, self._put_in = self._has_changed if is_lost else "", None
            self._compare()

    def _compare(self) -> None:
        version = self.version
        for button in (self.take, self.take_all, self.previous, self.next):
            button.setEnabled(False)
        if version is None:
            self._comparing.forget()
            self._shown = None
            self.origin.clear()
            self.table.rows.set_rows([], ("", ""))
            self.about.setText(
                self.tr("There is no other version to compare with. Write the section again, or edit it.")
            )
            return
        self.origin.setText(origin_words(version))
        self.take_all.setText(
            self.tr("Take the whole version of {time}").format(time=time_words(version, self._clock()))
        )
        present = self._present

        def work(_report: Report, _stop: object) -> _Compared:
            comparison = compared(present, version.text)
            return _Compared(present, version, comparison, shown_rows(comparison))

        self._comparing.start(work)

    def _say(self, sentence: str) -> None:
        self.about.setText(shown(sentence))

    def _show(self, found: object) -> None:
        if not isinstance(found, _Compared):
            return
        self._shown = found
        unit = length_sign(self._edited.document.language)
        other = self._titles[self._versions.index(found.version)] if found.version in self._versions else ""
        present = self.tr("In place now")
        self.table.rows.set_rows(found.rows, (f"{present} · {count_words(found.present):,} {unit}", other))
        for button in (self.take_all, self.previous, self.next):
            button.setEnabled(bool(self.table.rows.changes))
        self.table.go_to_change(1)
        self._told = ""

    def _show_taken(self) -> None:
        changes, taken = len(self.table.rows.changes), len(self.table.rows.taken)
        self.take.setEnabled(taken > 0)
        take = self.tr("Take {count} passages").format(count=taken) if taken else self.tr("Take")
        self.take.setText(self.tr("Take 1 passage") if taken == 1 else take)
        if self._told:
            self.about.setText(self._told)
        elif not changes:
            self.about.setText(self.tr("The two texts are the same."))
        elif taken and self._shown is not None:
            words = count_words(self._shown.comparison.mixed(self.table.rows.taken))
            unit = length_sign(self._edited.document.language)
            told = self.tr("{taken} of {changes} changes are taken: {words} {unit}.").format(
                taken=taken, changes=changes, words=f"{words:,}", unit=unit
            )
            if self.table.rows.has_taken_together:
                told = in_a_row((told, self.tr("What has moved to another place is taken with both places.")))
            self.about.setText(told)
        else:
            how = self.tr("Choose the side that is to stand in the text: click on it, or press Space.")
            self.about.setText(in_a_row((how, *self._what_is_marked())))

    def _what_is_marked(self) -> tuple[str, ...]:
        """A sentence about what is underlined, where anything is: two quite different sentences are not."""
        rows = self.table.rows
        marked = [rows.rows[at].is_marked for at in rows.changes]
        if all(marked):
            return (self.tr("What differs is underlined."),)
        return (self.tr("Where the two sides are alike, what differs is underlined."),) if any(marked) else ()

    # -- taking ------------------------------------------------------------------------------------

    def _take(self) -> None:
        found = self._shown
        if found is None or not self.table.rows.taken:
            return
        count, mixed = len(self.table.rows.taken), found.comparison.mixed(self.table.rows.taken)
        if self._edited.take_passages(self._section_id, found.present, mixed):
            one, several = self.tr("1 passage was taken."), self.tr("{count} passages were taken.")
            self._has_put_in(mixed, one if count == 1 else several.format(count=count))
        else:
            self._told = self._has_changed
            self._compare()

    def _take_all(self) -> None:
        if self._shown is not None:
            version = self._shown.version
            self._edited.use_version(self._section_id, version)
            told = self.tr("The whole version of {time} was taken.")
            self._has_put_in(version.text, told.format(time=time_words(version, self._clock())))

    def _has_put_in(self, text: str, told: str) -> None:
        """Says what was taken and how it is taken back, and compares anew at once."""
        if self._present != text:
            self.about.setText(self.tr("Nothing was taken: the document cannot be changed now."))
            return
        keys = QKeySequence(QKeySequence.StandardKey.Undo).toString(QKeySequence.SequenceFormat.NativeText)
        back = self.tr("{keys} brings the text before it back.").format(keys=keys)
        self._told, self._put_in = in_a_row((told, back)), text
        self.about.setText(self._told)
        self._look_at_section()
