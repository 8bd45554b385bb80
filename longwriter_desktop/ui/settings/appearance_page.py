"""Settings > Appearance: colours, the language of the interface, how the text is set, focus mode."""

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from longwriter_desktop.settings import Settings
from longwriter_desktop.ui.manuscript.typography import CHINESE_MEASURE, MEASURE
from longwriter_desktop.ui.settings.fields import ChoiceField
from longwriter_desktop.ui.settings.page import SettingsPage
from longwriter_desktop.ui.text_menu import FONT_STEPS_PX
from longwriter_desktop.ui.theme import BOOK_FAMILY, chinese_family
from longwriter_desktop.ui.translation import in_a_row


class AppearancePage(SettingsPage):
    """What is also in the menu View stands here, too, and both always agree."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = self.tr("Appearance")
        self._add_window()
        self.add_title(self.tr("Text"))
        self._add_text()
        self.add_title(self.tr("Focus mode"))
        self._add_focus()
        self.add_stretch()

    def _add_window(self) -> None:
        self.add_title(self.tr("Window"))
        as_system = self.tr("As the system")
        self.add_choice(
            "theme",
            self.tr("Theme"),
            self.tr("The colours of the window."),
            ((as_system, "system"), (self.tr("Light"), "light"), (self.tr("Dark"), "dark")),
        )
        # The names of languages are not translated: whoever does not read the one finds the other.
        self.add_choice(
            "language",
            self.tr("Language"),
            self.tr("Of menus and messages. Your documents are written in the language that each has."),
            ((as_system, "system"), ("English", "en"), ("简体中文", "zh")),
        )
        self.add_check(
            "reduce_motion",
            self.tr("Reduce motion"),
            self.tr("Nothing slides or fades, whatever the system says."),
        )

    def _add_text(self) -> None:
        self.family = ChoiceField()
        why = self.tr("Of the text; all else has the system's.")
        if chinese := chinese_family():
            told = self.tr("One without Chinese characters has those of {family}.").format(family=chinese)
            why = in_a_row((why, told))
        self.add_row(self.tr("Typeface"), why, self.family)
        self.bind_combo("manuscript_font_family", self.family)
        self._shows["manuscript_font_family"] = self._show_family
        self.add_number(
            "manuscript_font_size",
            self.tr("Size"),
            self.tr("Ctrl and the mouse wheel change it, too."),
            FONT_STEPS_PX,
            self.tr(" px"),
        )
        self.add_hundredths(
            "line_height",
            self.tr("Line height"),
            self.tr("A multiple of the size; Chinese gets a little more."),
            (1, 3),
        )
        self.add_number(
            "measure",
            self.tr("Width of the page"),
            self.tr(
                "In letters of English; 65 to 75 are read most easily. {letters} letters are as wide as {characters} "
                "Chinese characters."
            ).format(letters=MEASURE, characters=CHINESE_MEASURE),
            (40, 160),
        )
        self.add_check(
            "show_origins",
            self.tr("Mark generated, edited and own text"),
            self.tr("Marks in the margin show who wrote what."),
        )

    def _add_focus(self) -> None:
        self.add_choice(
            "focus_dims",
            self.tr("What stays clear"),
            self.tr("All else is dimmed in focus mode."),
            (
                (self.tr("The paragraph"), "paragraph"),
                (self.tr("The sentence"), "sentence"),
                (self.tr("Everything"), "nothing"),
            ),
        )
        self.add_check(
            "typewriter",
            self.tr("Keep the line in the middle"),
            self.tr("The text moves below the cursor, as in a typewriter."),
        )

    @override
    def show_settings(self, settings: Settings) -> None:
        if not self.family.count():
            self.family.addItem(self.tr("The app's own ({family})").format(family=BOOK_FAMILY), "")
            for family in QFontDatabase.families():
                if not QFontDatabase.isPrivateFamily(family):
                    self.family.addItem(family, family)
        super().show_settings(settings)

    def _show_family(self, family: str) -> None:
        """A typeface that is not on this computer now stays chosen."""
        if self.family.findData(family) < 0:
            self.family.addItem(self.tr("{family} (not found now)").format(family=family), family)
        self.family.setCurrentIndex(self.family.findData(family))
