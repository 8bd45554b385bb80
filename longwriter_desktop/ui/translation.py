"""What the person reads, in the person's language: English, as in the source, or Simplified Chinese.

The source says its texts in English, with `QObject.tr` or `translate`; resources/translations holds what they are in
Chinese (see packaging/translations). The core knows no Qt: what it says is shown through `shown`.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from longwriter_desktop.paths import resource_path
from longwriter_desktop.settings import InterfaceLanguage
from longwriter_desktop.ui.theme import CHINESE_SANS_FAMILIES

if TYPE_CHECKING:
    from longwriter_desktop.ui.sentences import Sentences

translate = QCoreApplication.translate


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Marks a text for lupdate where no translator is there yet; PySide6's own says that it gives an ``object``."""
    return text


Language = Literal["en", "zh"]
_LANGUAGE = QT_TRANSLATE_NOOP("Translation", "en")


def interface_language() -> Language:
    """The language that the interface is in now."""
    return "zh" if translate("Translation", _LANGUAGE) == "zh" else "en"


def in_a_row(sentences: Iterable[str]) -> str:
    """Sentences behind each other, in the interface's language: in Chinese nothing stands between them."""
    return ("" if interface_language() == "zh" else " ").join(filter(None, sentences))


def shown(text: str) -> str:
    """A sentence of the core in the interface's language; what is not known there stays as it is."""
    if interface_language() == "en":
        return text
    return _core().translated(text, lambda template: translate("Core", template))


@lru_cache(maxsize=1)
def _core() -> "Sentences":
    # Only what is shown in Chinese needs them.
    from longwriter_desktop.ui.core_sentences import SENTENCES
    from longwriter_desktop.ui.sentences import Sentences

    return Sentences(str(each) for each in SENTENCES)


def language_for(choice: InterfaceLanguage, system: Sequence[str], has_chinese_font: bool = True) -> Language:
    """The language that a choice means. ``system``: the system's languages, the best first, as QLocale.uiLanguages.

    Whoever reads traditional characters gets simplified ones rather than English. Where the choice is left to the
    system and no font has Chinese characters, it is English.
    """
    if choice == "system":
        first = next((name for name in system if name.lower().startswith(("zh", "en"))), "")
        return "zh" if first.lower().startswith("zh") and has_chinese_font else "en"
    return "zh" if choice == "zh" else "en"


def has_chinese_font() -> bool:
    """Whether a font on this computer has Chinese characters."""
    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))


class _FileTranslator(QTranslator):
    """The texts of one file as they are now; empty where it cannot be read.

    Qt maps a file into memory, and then crashes when an update writes into it. So it gets bytes, which live as long
    as it does.
    """

    def __init__(self, file: Path, parent: QObject) -> None:
        super().__init__(parent)
        try:
            self._texts = file.read_bytes()
        except OSError:
            return
        self.load(self._texts)


class Translation(QObject):
    """The translators of the app. Whatever is shown after `use` is in its language; what is shown already stays."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._installed: list[QTranslator] = []
        self._font = app.font()
        self._locale = QLocale()

    @staticmethod
    def meant_by(choice: InterfaceLanguage) -> Language:
        """The language that a choice means on this computer."""
        return language_for(choice, QLocale.system().uiLanguages(), has_chinese_font())

    def use(self, choice: InterfaceLanguage) -> Language:
        """Has all texts that are made from now on in the language of ``choice``; returns that language.

        Numbers in fields follow it, and so do the forms of characters that Chinese and Japanese fonts draw differently.
        """
        language = self.meant_by(choice)
        for each in self._installed:
            self._app.removeTranslator(each)
            each.deleteLater()
        self._installed = []
        if self._app.font() != self._font:  # one that was never set goes on following the system's
            self._app.setFont(self._font)
        if language == "en":
            QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.system().territory()))
            return language
        QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        for file in (qt / "qtbase_zh_CN.qm", resource_path("translations") / "zh_CN.qm"):
            translator = _FileTranslator(file, self)
            if not translator.isEmpty():
                self._app.installTranslator(translator)
                self._installed.append(translator)
        self._app.setFont(self._with_chinese(self._font))
        return language

    @staticmethod
    def _with_chinese(font: QFont) -> QFont:
        """``font``, with the forms of characters that are used in mainland China where it has none of its own."""
        installed = set(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
        with_chinese = QFont(font)
        with_chinese.setFamilies([*font.families(), *(each for each in CHINESE_SANS_FAMILIES if each in installed)])
        return with_chinese

    def close(self) -> None:
        """Takes all translators away, and leaves font and locale as they were before."""
        for each in self._installed:
            self._app.removeTranslator(each)
        self._installed = []
        if self._app.font() != self._font:  # one that was never set goes on following the system's
            self._app.setFont(self._font)
        QLocale.setDefault(self._locale)
