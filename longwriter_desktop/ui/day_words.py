"""A day as it is shown: in the language of the window, whatever the system calls its months."""

from datetime import date

from PySide6.QtCore import QDate, QLocale

from longwriter_desktop.ui.translation import interface_language, translate


def day_words(day: date, *, year: bool = False, weekday: bool = False) -> str:
    """ "22 Nov", "22 Nov 2026", "Sun 22 Nov 2026"; in the order that the language has."""
    form = translate("DayWords", "d MMM yyyy") if year else translate("DayWords", "d MMM")
    if weekday:
        form = translate("DayWords", "ddd {day}").format(day=form)
    return QLocale(interface_language()).toString(QDate(day.year, day.month, day.day), form)
