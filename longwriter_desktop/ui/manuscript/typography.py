"""How the manuscript's text is set: faces, sizes, line height, measure, spacing and colours."""

from enum import IntEnum

from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QFontMetricsF,
    QGuiApplication,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
)

from longwriter_desktop.ui.manuscript.fields import Kind
from longwriter_desktop.ui.theme import BOOK_FAMILY, CHINESE_BOOK_FAMILIES, CHINESE_SANS_FAMILIES, Palette

MEASURE = 72
"""Width of the text in letters of average English, so that whole words come to about 65 a line."""
_AVERAGE = "The quick brown fox jumps over the lazy dog, and the keepers of the light wrote it all down. "
CHINESE_MEASURE = 34
"""Width of a Chinese text in its square characters."""
CHINESE_EXTRA_LINE_HEIGHT = 0.15
"""What a Chinese line is higher than a Latin one: characters without ascenders fill it."""
MARK_WIDTH = 28
"""Pixels to the left and right of the text inside the viewport; the marks stand there."""

_TITLE, _HEADING, _SUBHEADING, _COUNT, _PLACEHOLDER = 1.82, 1.32, 1.12, 0.76, 0.97
"""Sizes as multiples of the text's."""
_FALLBACK_FAMILIES = ("Noto Serif", "Georgia", "Times New Roman", "Liberation Serif", "DejaVu Serif")

_ROLE = QTextFormat.Property.UserProperty.value
_FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value


class Role(IntEnum):
    """What a line of the document is. FIRST and EMPTY begin a section's text; a GAP is the blank line
    between two paragraphs and stands for their spacing."""

    BODY = 0
    TITLE = 1
    COUNT = 2
    HEADING = 3
    FIRST = 4
    EMPTY = 5
    GAP = 6


def role_of(block_format: QTextBlockFormat) -> Role:
    return Role(block_format.intProperty(_ROLE))


class Typography:
    """One setting of the type. ``size_px`` is the size of the text in pixels, ``line_height`` a multiple of it.

    ``measure`` is the width of the text in letters of average English; Chinese follows in proportion.
    """

    def __init__(
        self,
        palette: Palette,
        family: str = BOOK_FAMILY,
        size_px: int = 17,
        line_height: float = 1.65,
        language: str = "en",
        measure: int = MEASURE,
    ) -> None:
        self.palette = palette
        self.family = family
        self.size_px = size_px
        self.line_height = line_height
        self.language = language
        self.measure = measure
        self._settings = (palette, family, size_px, line_height, language, measure)
        chinese = language == "zh"
        latin = (family, *_FALLBACK_FAMILIES)
        self.latin_families = [*latin, *CHINESE_BOOK_FAMILIES, *CHINESE_SANS_FAMILIES]
        has_chinese = QFontDatabase.WritingSystem.SimplifiedChinese in QFontDatabase.writingSystems(family)
        own = [family] if has_chinese else []
        self._families = (
            [*own, *CHINESE_BOOK_FAMILIES, *CHINESE_SANS_FAMILIES, *latin]
            if chinese
            else [*latin, *CHINESE_BOOK_FAMILIES]
        )
        self._line_ratio = line_height + (CHINESE_EXTRA_LINE_HEIGHT if chinese else 0)
        # Most Chinese faces have no half-bold weight, and Qt draws one by itself only from Bold on.
        self.strong = QFont.Weight.Bold if chinese else QFont.Weight.DemiBold
        self.body_font = self._font(1.0)
        self.title_font = self._font(_TITLE, self.strong)
        self.heading_font = self._font(_HEADING, self.strong)
        self.subheading_font = self._font(_SUBHEADING, self.strong)
        self.placeholder_font = self._font(_PLACEHOLDER, italic=not chinese)
        self.count_font = QFont(QGuiApplication.font())
        self.count_font.setPixelSize(round(size_px * _COUNT))
        self.code_family = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)).family()
        self.line_px = round(size_px * self._line_ratio)
        self.gap_px = round(self.line_px / 2)
        self.measure_px = self._measure()
        self._blocks: dict[tuple[Role, int, int], QTextBlockFormat] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Typography) and self._settings == other._settings

    def is_set_like(self, other: "Typography") -> bool:
        """Whether the two differ in their colours at most."""
        return self._settings[1:] == other._settings[1:]

    def __hash__(self) -> int:
        return hash(self._settings)

    def _font(self, ratio: float, weight: QFont.Weight = QFont.Weight.Normal, italic: bool = False) -> QFont:
        font = QFont()
        font.setFamilies(self._families)
        font.setPixelSize(max(1, round(self.size_px * ratio)))
        font.setWeight(weight)
        font.setItalic(italic)
        return font

    def _measure(self) -> int:
        if self.language == "zh":
            return round(CHINESE_MEASURE * self.measure / MEASURE) * self.size_px
        return round(self.measure * QFontMetricsF(self.body_font).horizontalAdvance(_AVERAGE) / len(_AVERAGE))

    def font_of(self, kind: Kind) -> QFont:
        fonts = {Kind.TITLE: self.title_font, Kind.COUNT: self.count_font, Kind.HEADING: self.heading_font}
        return fonts.get(kind, self.body_font)

    def line_px_of(self, kind: Kind) -> int:
        """The height of a line in a field of that kind, in pixels."""
        if kind is Kind.TEXT:
            return self.line_px
        ratio = {Kind.TITLE: 1.3, Kind.HEADING: 1.35}.get(kind, 1.5)
        return round(self.font_of(kind).pixelSize() * ratio)

    def characters(self, kind: Kind) -> QTextCharFormat:
        """The character format of a field."""
        made = QTextCharFormat()
        if kind is Kind.TEXT:
            return made
        made.setFont(self.font_of(kind), QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesAll)
        if kind is Kind.COUNT:
            made.setForeground(QColor(self.palette.muted))
        return made

    def block(self, role: Role, top_px: int = 0, bottom_px: int = 0) -> QTextBlockFormat:
        """The block format of a line; ``top_px`` and ``bottom_px`` are margins."""
        made = self._blocks.get((role, top_px, bottom_px))
        if made is None:
            made = QTextBlockFormat()
            made.setProperty(_ROLE, int(role))
            made.setLineHeight(self._height_of(role), _FIXED)
            made.setTopMargin(top_px)
            made.setBottomMargin(bottom_px)
            self._blocks[role, top_px, bottom_px] = made
        return made

    def _height_of(self, role: Role) -> int:
        if role is Role.GAP:
            return self.gap_px
        kinds = {Role.TITLE: Kind.TITLE, Role.COUNT: Kind.COUNT, Role.HEADING: Kind.HEADING}
        return self.line_px_of(kinds.get(role, Kind.TEXT))

    @property
    def section_top_px(self) -> int:
        """Space above a section's text that has no heading; the same as between paragraphs."""
        return self.gap_px

    @property
    def heading_top_px(self) -> int:
        return round(self.line_px * 1.2)

    @property
    def heading_bottom_px(self) -> int:
        return round(self.size_px * 0.35)

    @property
    def count_top_px(self) -> int:
        return round(self.size_px * 0.2)

    @property
    def count_bottom_px(self) -> int:
        return round(self.line_px * 1.15)
