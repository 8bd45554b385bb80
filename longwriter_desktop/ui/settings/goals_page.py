"""Settings > Goals: how many words a day."""

from PySide6.QtWidgets import QWidget

from longwriter_desktop.ui.settings.page import SettingsPage
from longwriter_desktop.ui.statistics.days_page import MOST_WORDS
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP


class GoalsPage(SettingsPage):
    """The goal of the day, which the statistics show."""

    TITLE = QT_TRANSLATE_NOOP("GoalsPage", "Goals")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = self.add_number(
            "daily_word_goal",
            self.tr("Words a day"),
            self.tr("View > Statistics shows how far you have come today."),
            (0, MOST_WORDS),
        )
        words.setSingleStep(50)
        words.setSpecialValueText(self.tr("no goal"))
        self.add_check(
            "goal_counts_generated",
            self.tr("Count what the model writes, too"),
            self.tr("Otherwise only the words that you type yourself count."),
        )
        self.add_stretch()
