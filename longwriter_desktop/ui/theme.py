"""How the window looks: the colours of both themes, the stylesheet, the fonts, and which theme is on."""

from dataclasses import dataclass
from string import Template
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from longwriter_desktop.document.counting import chinese_share
from longwriter_desktop.paths import resource_path

ThemeChoice = Literal["system", "light", "dark"]

BOOK_FAMILY = "Literata"
"""The face of the manuscript; ships in resources/fonts under the Open Font License."""
CHINESE_BOOK_FAMILIES = ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "STSong", "SimSun")
"""Serif faces for Chinese, best first; the system's own fallback where none is installed."""
CHINESE_SANS_FAMILIES = ("Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei")
"""Faces without serifs for Chinese, best first."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, as #RRGGBB.

    ``accent`` marks what is alive: the section being written, the main button, progress, focus.
    ``field`` outlines what can be filled in or ticked, so that it is seen where it is empty (3:1 on every ground);
    ``border`` outlines buttons, which have a label; ``line`` is the hairline between panels.
    """

    name: Literal["light", "dark"]
    paper: str
    ground: str
    raised: str
    line: str
    border: str
    field: str
    ink: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    selected: str
    warning: str
    stale: str


LIGHT = Palette(
    name="light",
    paper="#FBFAF7",
    ground="#F1EFEA",
    raised="#FFFFFF",
    line="#E2DED5",
    border="#D5D0C4",
    field="#8A8478",
    ink="#24211C",
    muted="#6F6A60",
    accent="#2F6F62",
    accent_hover="#285F54",
    on_accent="#FFFFFF",
    selected="#E4EFEB",
    warning="#9A5B13",
    stale="#6A5A9A",
)
DARK = Palette(
    name="dark",
    paper="#1B1D1C",
    ground="#151716",
    raised="#232625",
    line="#343937",
    border="#3D4341",
    field="#787F7C",
    ink="#E6E3DC",
    muted="#9C988F",
    accent="#6FBBA8",
    accent_hover="#82C8B7",
    on_accent="#10201C",
    selected="#25332F",
    warning="#E0A65A",
    stale="#A99BD6",
)

_DRAWN_FOR_PX = 13
"""The size of the interface's text, in pixels, that lengths in the stylesheet and elsewhere are made for."""
_STILL = "QWidget { widget-animation-duration: 0; }"
_EFFECTS = (
    *(Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_FadeMenu, Qt.UIEffect.UI_AnimateCombo),
    *(Qt.UIEffect.UI_AnimateTooltip, Qt.UIEffect.UI_FadeTooltip, Qt.UIEffect.UI_AnimateToolBox),
)
_ICONS = ("chevron-down", "check", "arrow-left", "arrow-right", "arrow-up", "new-folder", "list", "details")
"""Those that the stylesheet names, each drawn for either theme."""
_LINEAR_BELOW = 0.04045  # where sRGB's curve begins (IEC 61966-2-1)

SCROLL_BAR_PX = 10
STRONG = QFont.Weight.Bold
"""The weight of what is to stand out. Of a typeface with but one weight, as many Chinese ones are, Qt draws a bold one
itself, yet none that is only half bold (QFontEngineFT::init, Qt 6.11)."""
_STYLESHEET = Template("""
QWidget { color: $ink; }
QMainWindow, QDialog, QMessageBox, QFileDialog { background: $ground; }
#startPage, #startPage QScrollArea, #startColumn, #workspace { background: $paper; }
#outlinePane, #sectionPane, #sectionPane QScrollArea, #sectionFields, #bottomBar, #rewritePanel,
#outlinePane QTreeView {
    background: $ground; border: none;
}
#bottomBar, #rewritePanel { border-top: 1px solid $line; }
#findBar { background: $ground; border-bottom: 1px solid $line; }
#outlineTotals { border-top: 1px solid $line; }
QSplitter::handle { background: $line; }
QMenuBar { background: $ground; border-bottom: 1px solid $line; padding: 2px 0px; }
QMenuBar::item { background: transparent; color: $muted; padding: 5px 9px; border-radius: 4px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $selected; color: $ink; }
#menuTitle { font-weight: $strong; padding: 5px 14px 5px 8px; }
QMenu { background: $raised; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 24px; border-radius: 4px; }
QMenu::item:selected { background: $selected; color: $ink; }
QMenu::item:disabled { color: $muted; background: transparent; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QToolTip { background: $raised; color: $ink; border: 1px solid $border; padding: 4px; }
QLabel[role="muted"], QLabel[role="label"] { color: $muted; }
QLabel[role="strong"] { font-weight: $strong; }
QLabel[role="accent"] { color: $accent; }
QLabel[role="warning"] { color: $warning; }
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox {
    background: $raised; border: 1px solid $field; border-radius: 6px; padding: 5px 8px;
    selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $muted;
}
QSpinBox QLineEdit { border: none; padding: 0px; background: transparent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QComboBox:focus, QComboBox:on {
    border: 2px solid $accent; padding: 4px 7px;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled, QComboBox:disabled {
    color: $muted; background: transparent; border-color: $border;
}
#instruction { padding: 12px 13px; }
#instruction:focus { padding: 11px 12px; }
QSpinBox QLineEdit:focus { border: none; padding: 0px; }
QSpinBox::up-button, QSpinBox::down-button { width: 0px; border: none; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url("$chevron_down"); width: 12px; height: 12px; }
QComboBox { combobox-popup: 0; }
QComboBox QAbstractItemView {
    background: $raised; border: 1px solid $border; padding: 4px; outline: none;
    selection-background-color: $selected; selection-color: $ink;
}
QComboBox QAbstractItemView::item { padding: 5px 8px; border: none; }
QComboBox QAbstractItemView::item:selected { background: $selected; color: $ink; }
QPushButton {
    background: $raised; border: 1px solid $border; border-radius: 6px; padding: 6px 12px; font-weight: 500;
}
QPushButton:hover { border-color: $muted; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 11px; }
QPushButton:pressed { background: $selected; }
QPushButton:disabled { color: $muted; background: transparent; border-color: $line; }
QPushButton[role="main"] {
    background: $accent; color: $on_accent; border: 2px solid $accent; padding: 5px 11px; font-weight: $strong;
}
QPushButton[role="main"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="main"]:focus { border-color: $ink; }
QPushButton[role="main"]:disabled { background: $selected; border-color: $line; color: $muted; }
QPushButton[role="link"] {
    background: transparent; border: none; color: $accent; padding: 4px 6px; font-weight: $strong;
}
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus { border: 2px solid $accent; padding: 2px 4px; }
QPushButton[role="link"][flush="true"] { border: 2px solid transparent; padding: 2px 4px 2px 0px; }
QPushButton[role="link"][flush="true"]:focus { border-color: $accent; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px; }
QToolButton:hover { background: $selected; }
QToolButton:checked { background: $selected; border-color: $accent; color: $accent; }
QToolButton:focus { border-color: $accent; }
QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox:focus, QRadioButton:focus { color: $accent; text-decoration: underline; }
QCheckBox:disabled, QRadioButton:disabled { color: $muted; }
QCheckBox::indicator, QListView::indicator, QTreeView::indicator, QTableView::indicator, QGroupBox::indicator {
    width: ${box}px; height: ${box}px; border: 1px solid $field; border-radius: 3px; background: $raised;
}
QCheckBox::indicator:checked, QListView::indicator:checked, QTreeView::indicator:checked,
QTableView::indicator:checked, QGroupBox::indicator:checked {
    border-color: $accent; background: $accent; image: url("$check");
}
QCheckBox::indicator:focus { border-color: $accent; }
QCheckBox::indicator:disabled { border-color: $border; background: transparent; }
QRadioButton::indicator {
    width: ${ring}px; height: ${ring}px; border: 2px solid $muted; border-radius: ${round}px; background: $raised;
}
QRadioButton::indicator:checked {
    width: ${dot}px; height: ${dot}px; border: ${thick}px solid $accent; border-radius: ${round}px; background: $raised;
}
QRadioButton::indicator:disabled { border-color: $border; }
#notice { background: $selected; border-top: 1px solid $line; }
#notice[kind="problem"] { border-top: 2px solid $warning; background: $raised; }
QListView#recentDocuments {
    background: $raised; border: 1px solid $line; border-radius: 6px; outline: none; padding: 0px;
}
QListView#recentDocuments:focus { border: 1px solid $accent; }
#dropArea { border: 1px dashed $border; border-radius: 6px; padding: 16px; color: $muted; }
#hairline { background: $line; }
#fieldNote { background: $raised; color: $ink; border: 1px solid $warning; border-radius: 6px; padding: 4px 8px; }
#modelDetails, #modelDetailsScroll { background: transparent; }
QListView, QTreeView, QTableView { outline: none; }
QDialog QTableView { background: $raised; border: 1px solid $border; border-radius: 6px; padding: 1px; }
QDialog QTableView:focus { border: 2px solid $accent; padding: 0px; }
QDialog QTableView::item { padding: 0px 8px; border: none; }
QDialog QTableView::item:selected { background: $selected; color: $ink; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { color: $muted; padding: 6px 12px; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $ink; border-bottom: 2px solid $accent; font-weight: $strong; }
QTabBar::tab:hover { color: $ink; }
QTabBar::tab:selected:focus { background: $selected; }
QDialog QListView, QDialog QTreeView {
    background: $raised; border: 1px solid $border; border-radius: 6px; padding: 3px; show-decoration-selected: 1;
}
QDialog QListView:focus, QDialog QTreeView:focus { border: 2px solid $accent; padding: 2px; }
QDialog QListView::item, QDialog QTreeView::item { padding: 6px 8px; border: none; }
QDialog QListView::item:selected, QDialog QTreeView::item:selected { background: $selected; color: $ink; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
    background: transparent; color: $muted; border: none; border-bottom: 1px solid $line; padding: 6px 8px;
}
QDialog QSplitter::handle { background: transparent; }
QFileDialog {
    backward-icon: url("$arrow_left"); forward-icon: url("$arrow_right");
    filedialog-parent-directory-icon: url("$arrow_up"); filedialog-new-directory-icon: url("$new_folder");
    filedialog-listview-icon: url("$list"); filedialog-detailedview-icon: url("$details");
}
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QScrollBar:vertical { background: transparent; width: ${scroll_bar}px; margin: 0px; }
QScrollBar::handle:vertical { background: $border; border-radius: 4px; min-height: 32px; margin: 2px; }
QScrollBar::handle:vertical:hover { background: $muted; }
QScrollBar:horizontal { background: transparent; height: ${scroll_bar}px; margin: 0px; }
QScrollBar::handle:horizontal { background: $border; border-radius: 4px; min-width: 32px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def stylesheet(palette: Palette, text_px: int = _DRAWN_FOR_PX, still: bool = False) -> str:
    """The one stylesheet of the app, in the colours of ``palette``.

    ``text_px`` is the size of the interface's text in pixels: boxes to tick grow with it. ``still``: nothing moves.
    """
    files = {name.replace("-", "_"): resource_path("icons", f"{name}-{palette.name}.svg").as_posix() for name in _ICONS}
    colours = {name: getattr(palette, name) for name in Palette.__slots__}
    box = max(12, round(text_px * 14 / _DRAWN_FOR_PX))
    thick = round((box + 2) * 5 / 16)
    sizes = {"box": box, "ring": box - 2, "round": box // 2 + 1, "dot": box + 2 - 2 * thick, "thick": thick}
    sizes["scroll_bar"] = SCROLL_BAR_PX
    sizes["strong"] = STRONG.value
    return _STYLESHEET.substitute(colours, **files, **sizes) + (_STILL if still else "")


def qt_palette(palette: Palette) -> QPalette:
    """The same colours for whatever the stylesheet does not reach, such as text selections and placeholders."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: palette.ground,
        QPalette.ColorRole.WindowText: palette.ink,
        QPalette.ColorRole.Base: palette.raised,
        QPalette.ColorRole.AlternateBase: palette.ground,
        QPalette.ColorRole.Text: palette.ink,
        QPalette.ColorRole.PlaceholderText: palette.muted,
        QPalette.ColorRole.Button: palette.raised,
        QPalette.ColorRole.ButtonText: palette.ink,
        QPalette.ColorRole.BrightText: palette.on_accent,
        QPalette.ColorRole.Highlight: palette.accent,
        QPalette.ColorRole.HighlightedText: palette.on_accent,
        QPalette.ColorRole.Accent: palette.accent,
        QPalette.ColorRole.Link: palette.accent,
        QPalette.ColorRole.ToolTipBase: palette.raised,
        QPalette.ColorRole.ToolTipText: palette.ink,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(palette.muted))
    return made


def load_fonts() -> None:
    """Makes the fonts that ship with the app known to Qt. A font that cannot be read is left out."""
    for file in sorted(resource_path("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def book_family(language: str) -> str:
    """The family for reading text in ``language`` ("en" or "zh")."""
    if language != "zh":
        return BOOK_FAMILY
    installed = set(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
    for family in CHINESE_BOOK_FAMILIES:
        if family in installed:
            return family
    return BOOK_FAMILY


def chinese_family() -> str:
    """The family that Chinese text is set in; "" where none of the known ones is installed."""
    installed = set(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
    return next((each for each in (*CHINESE_BOOK_FAMILIES, *CHINESE_SANS_FAMILIES) if each in installed), "")


def text_px() -> int:
    """The size of the interface's text in pixels, which the person's system decides."""
    return QFontInfo(QGuiApplication.font()).pixelSize()


def scaled(pixels: int) -> int:
    """A length that was drawn beside text of the usual size, beside the text that the person's system asks for."""
    return max(pixels, round(pixels * text_px() / _DRAWN_FOR_PX))


def book_font(size_px: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The book face for headings and the instruction: ``size_px`` pixels, or more where the system's text is larger."""
    font = QFont(BOOK_FAMILY)
    font.setPixelSize(scaled(size_px))
    font.setWeight(weight)
    return font


def title_font(size_px: int, text: str) -> QFont:
    """The book face for the title ``text``: half bold, a weight that it has; bold for Chinese, as `STRONG` says."""
    return book_font(size_px, STRONG if chinese_share(text) > 0 else QFont.Weight.DemiBold)


def small_font(font: QFont) -> QFont:
    """``font`` one step down, for labels."""
    smaller = QFont(font)
    smaller.setPixelSize(max(11, round(QFontInfo(font).pixelSize() * 0.92)))
    return smaller


def with_tabular_numbers(font: QFont) -> QFont:
    """``font`` with figures of one width, so that counting numbers do not dance."""
    tabular = QFont(font)
    tabular.setFeature(QFont.Tag.fromString("tnum"), 1)
    return tabular


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1.0 to 21.0. Source: WCAG 2.2, "contrast ratio"."""

    def luminance(colour: str) -> float:
        channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        red, green, blue = (
            value / 12.92 if value <= _LINEAR_BELOW else ((value + 0.055) / 1.055) ** 2.4 for value in channels
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


class Theme(QObject):
    """Which theme is on. Follows the system's colour scheme unless the person has chosen one."""

    palette_changed = Signal(object)  # after the colours of the whole app have changed; carries the Palette

    def __init__(self, choice: ThemeChoice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self._still = False
        self._effects: list[Qt.UIEffect] = []
        self._palette = LIGHT
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._scheme_changed)
        self._use(self._wanted())

    @property
    def palette(self) -> Palette:
        return self._palette

    @property
    def choice(self) -> ThemeChoice:
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Sets the theme; "system" follows the system from now on."""
        self._choice = choice
        wanted = self._wanted()
        if wanted is not self._palette:
            self._use(wanted)

    def be_still(self, still: bool) -> None:
        """Whether menus, lists and tips appear at once instead of growing or fading in."""
        if still != self._still:
            self._still = still
            if still:
                self._effects = [effect for effect in _EFFECTS if QApplication.isEffectEnabled(effect)]
            for effect in self._effects:
                QApplication.setEffectEnabled(effect, not still)
            self._dress()

    @property
    def is_still(self) -> bool:
        return self._still

    def _scheme_changed(self) -> None:
        wanted = self._wanted()
        if wanted is not self._palette:
            self._use(wanted)

    def _wanted(self) -> Palette:
        if self._choice != "system":
            return DARK if self._choice == "dark" else LIGHT
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT

    def _use(self, palette: Palette) -> None:
        self._palette = palette
        self._undress()
        self._dress()
        self.palette_changed.emit(palette)

    @staticmethod
    def _undress() -> None:
        """Takes the old stylesheet away before all of it is another one.

        Where one is there, Qt styles each widget once more for every widget that it is in, which takes three times as
        long as styling each of them twice (QStyleSheetStyle::updateObjects; measured with Qt 6.11).
        """
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setStyleSheet("")

    def _dress(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(qt_palette(self._palette))
            app.setStyleSheet(stylesheet(self._palette, text_px(), self._still))
