"""The names of languages for the person: as their speakers call them, in the Chinese interface in Chinese."""

from PySide6.QtCore import QLocale

from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, interface_language, translate

KNOWN = (
    QT_TRANSLATE_NOOP("Languages", "Arabic"),
    QT_TRANSLATE_NOOP("Languages", "Bulgarian"),
    QT_TRANSLATE_NOOP("Languages", "Catalan"),
    QT_TRANSLATE_NOOP("Languages", "Croatian"),
    QT_TRANSLATE_NOOP("Languages", "Czech"),
    QT_TRANSLATE_NOOP("Languages", "Danish"),
    QT_TRANSLATE_NOOP("Languages", "Dutch"),
    QT_TRANSLATE_NOOP("Languages", "English"),
    QT_TRANSLATE_NOOP("Languages", "Esperanto"),
    QT_TRANSLATE_NOOP("Languages", "Estonian"),
    QT_TRANSLATE_NOOP("Languages", "French"),
    QT_TRANSLATE_NOOP("Languages", "German"),
    QT_TRANSLATE_NOOP("Languages", "Greek"),
    QT_TRANSLATE_NOOP("Languages", "Hebrew"),
    QT_TRANSLATE_NOOP("Languages", "Hindi"),
    QT_TRANSLATE_NOOP("Languages", "Hungarian"),
    QT_TRANSLATE_NOOP("Languages", "Indonesian"),
    QT_TRANSLATE_NOOP("Languages", "Italian"),
    QT_TRANSLATE_NOOP("Languages", "Korean"),
    QT_TRANSLATE_NOOP("Languages", "Latvian"),
    QT_TRANSLATE_NOOP("Languages", "Lithuanian"),
    QT_TRANSLATE_NOOP("Languages", "Mongolian"),
    QT_TRANSLATE_NOOP("Languages", "Norwegian Bokmål"),
    QT_TRANSLATE_NOOP("Languages", "Norwegian Nynorsk"),
    QT_TRANSLATE_NOOP("Languages", "Polish"),
    QT_TRANSLATE_NOOP("Languages", "Portuguese"),
    QT_TRANSLATE_NOOP("Languages", "Romanian"),
    QT_TRANSLATE_NOOP("Languages", "Russian"),
    QT_TRANSLATE_NOOP("Languages", "Serbian"),
    QT_TRANSLATE_NOOP("Languages", "Slovak"),
    QT_TRANSLATE_NOOP("Languages", "Slovenian"),
    QT_TRANSLATE_NOOP("Languages", "Spanish"),
    QT_TRANSLATE_NOOP("Languages", "Swedish"),
    QT_TRANSLATE_NOOP("Languages", "Thai"),
    QT_TRANSLATE_NOOP("Languages", "Tibetan"),
    QT_TRANSLATE_NOOP("Languages", "Turkish"),
    QT_TRANSLATE_NOOP("Languages", "Ukrainian"),
    QT_TRANSLATE_NOOP("Languages", "Vietnamese"),
    QT_TRANSLATE_NOOP("Languages", "Argentina"),
    QT_TRANSLATE_NOOP("Languages", "Australia"),
    QT_TRANSLATE_NOOP("Languages", "Austria"),
    QT_TRANSLATE_NOOP("Languages", "Belgium"),
    QT_TRANSLATE_NOOP("Languages", "Brazil"),
    QT_TRANSLATE_NOOP("Languages", "Canada"),
    QT_TRANSLATE_NOOP("Languages", "France"),
    QT_TRANSLATE_NOOP("Languages", "Germany"),
    QT_TRANSLATE_NOOP("Languages", "India"),
    QT_TRANSLATE_NOOP("Languages", "Ireland"),
    QT_TRANSLATE_NOOP("Languages", "Italy"),
    QT_TRANSLATE_NOOP("Languages", "Mexico"),
    QT_TRANSLATE_NOOP("Languages", "Netherlands"),
    QT_TRANSLATE_NOOP("Languages", "New Zealand"),
    QT_TRANSLATE_NOOP("Languages", "Portugal"),
    QT_TRANSLATE_NOOP("Languages", "Russia"),
    QT_TRANSLATE_NOOP("Languages", "South Africa"),
    QT_TRANSLATE_NOOP("Languages", "Spain"),
    QT_TRANSLATE_NOOP("Languages", "Switzerland"),
    QT_TRANSLATE_NOOP("Languages", "United Kingdom"),
    QT_TRANSLATE_NOOP("Languages", "United States"),
)
"""What Qt calls the languages and countries of the usual spelling dictionaries: Qt names them in English alone."""


def language_name(language: str) -> str:
    """The name of a dictionary's language such as "de_AT"; the name of its files where Qt does not know it."""
    locale = QLocale(language)
    if locale.language() in (QLocale.Language.C, QLocale.Language.AnyLanguage):
        return language
    name = QLocale.languageToString(locale.language())
    if interface_language() == "en" or name not in KNOWN:
        return f"{locale.nativeLanguageName()} ({language})"
    country = QLocale.territoryToString(locale.territory())
    if "_" not in language and "-" not in language:
        return translate("Languages", name)
    if country not in KNOWN:
        country = locale.nativeTerritoryName()
    return f"{translate('Languages', name)}（{translate('Languages', country)}）"
