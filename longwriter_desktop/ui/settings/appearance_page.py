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
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, in_a_row


class AppearancePage(SettingsPage):
    """What is also in the menu View stands here, too, and both always agree."""

    TITLE = QT_TRANSLATE_NOOP("AppearancePage", "Appearance")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._add_window()
        self.add_title(self.tr("Text"))
        self._add_text()
        self.add_title(self.tr("Focus mode"))
        self._add_focus()
        self.add_stretch()

    def _add_window(self) -> None:
        self.add_title(self.tr("Window"))
        as_system = self.tr("Same as the system")
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
            self.tr("The language of menus and messages. The language of your documents stays as it is."),
            ((as_system, "system"), ("English", "en"), ("简体中文", "zh")),
        )
        self.add_check(
            "reduce_motion",
            self.tr("Reduce motion"),
            self.tr("Menus and lists appear at once, without sliding or fading, whatever the system is set to."),
        )

    def _add_text(self) -> None:
        self.family = ChoiceField()
        why = self.tr("Used for your text. Menus and panels keep the system's typeface.")
        if chinese := chinese_family():
            told = self.tr("Chinese characters come from {family} if the typeface has none.").format(family=chinese)
            why = in_a_row((why, told))
        self.add_row(self.tr("Typeface"), why, self.family)
        self.bind_combo("manuscript_font_family", self.family)
        self._shows["manuscript_font_family"] = self._show_family
        self.add_number(
            "manuscript_font_size",
            self.tr("Size"),
            self.tr("You can also hold Ctrl and turn the mouse wheel over the text."),
            FONT_STEPS_PX,
            self.tr(" px"),
        )
        self.add_hundredths(
            "line_height",
            self.tr("Line height"),
            self.tr("The distance from line to line, as a multiple of the size. Chinese text gets a little more."),
            (1, 3),
        )
        self.add_number(
            "measure",
            self.tr("Width of the page"),
            self.tr(
                "How many English letters a line holds; 65 to 75 are easiest to read. A line of {letters} "
                "letters holds {characters} Chinese characters."
            ).format(letters=MEASURE, characters=CHINESE_MEASURE),
            (40, 160),
        )
        self.add_check(
            "show_origins",
            self.tr("Mark generated, edited and own text"),
            self.tr(
                "Marks in the margin show what the model wrote, what you changed of it, and what you typed yourself."
            ),
        )

    def _add_focus(self) -> None:
        self.add_choice(
            "focus_dims",
            self.tr("What stays clear"),
            self.tr("Focus mode dims everything else."),
            (
                (self.tr("The paragraph"), "paragraph"),
                (self.tr("The sentence"), "sentence"),
                (self.tr("Everything"), "nothing"),
            ),
        )
        self.add_check(
            "typewriter",
            self.tr("Keep the line in the middle"),
            self.tr("The text moves up as you type, as in a typewriter."),
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
