"""Days as they are shown, in both languages of the window."""

from datetime import date

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from longwriter_desktop.ui.day_words import day_words

DAY = date(2026, 3, 5)


def test_a_day_is_said_as_briefly_as_is_wished() -> None:
    assert day_words(DAY) == "5 Mar"
    assert day_words(DAY, year=True) == "5 Mar 2026"
    assert day_words(DAY, year=True, weekday=True) == "Thu 5 Mar 2026"


def test_months_go_with_the_language_of_the_window_and_not_with_the_system(qapp: QApplication) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    try:
        assert day_words(DAY) == "5 Mar"
    finally:
        QLocale.setDefault(before)


@pytest.mark.usefixtures("chinese")
def test_in_chinese_the_year_comes_first_and_the_weekday_last() -> None:
    assert day_words(DAY) == "3月5日"
    assert day_words(DAY, year=True, weekday=True) == "2026年3月5日 周四"
