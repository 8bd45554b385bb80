import itertools
import re
from collections import Counter

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from longwriter_desktop.paths import resource_path
from longwriter_desktop.ui.icons import icon
from longwriter_desktop.ui.theme import (
    DARK,
    LIGHT,
    Palette,
    Theme,
    book_font,
    contrast,
    load_fonts,
    scaled,
    stylesheet,
    text_px,
    title_font,
)
from longwriter_desktop.ui.translation import has_chinese_font
from tests.ui.conftest import show_active

AA_TEXT = 4.5
AA_SHAPES = 3.0


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_colour_can_be_read_on_every_ground_it_stands_on(palette: Palette) -> None:
    grounds = {name: getattr(palette, name) for name in ("paper", "ground", "raised", "selected")}
    texts = {name: getattr(palette, name) for name in ("ink", "muted", "accent", "warning", "stale")}
    poor = [
        f"{text} on {ground}: {contrast(texts[text], grounds[ground]):.2f}"
        for text, ground in itertools.product(texts, grounds)
        if contrast(texts[text], grounds[ground]) < AA_TEXT
    ]
    assert not poor
    assert contrast(palette.on_accent, palette.accent) >= AA_TEXT
    assert contrast(palette.on_accent, palette.accent_hover) >= AA_TEXT


def test_what_is_to_stand_out_does_so_in_chinese(qtbot: QtBot, qapp: QApplication) -> None:
    """Most Chinese fonts have but one weight, of which Qt draws a bold one itself, and no half bold one."""
    if not has_chinese_font():
        pytest.skip("no Chinese font is installed")
    qapp.setStyleSheet(stylesheet(LIGHT))
    try:
        plain, strong, title = (QLabel("第三节：灯塔") for _ in range(3))
        for label in (plain, strong, title):
            qtbot.addWidget(label)
        strong.setProperty("role", "strong")
        assert ink(strong) > 1.2 * ink(plain)
        title.setFont(book_font(28))
        before = ink(title)
        title.setFont(title_font(28, title.text()))
        assert ink(title) > 1.2 * before
        assert title_font(28, "Lighthouses").weight() == QFont.Weight.DemiBold
    finally:
        qapp.setStyleSheet("")


def ink(label: QLabel) -> int:
    """How dark a label is, all its pixels together."""
    label.ensurePolished()
    label.adjustSize()
    image = label.grab().toImage()
    return sum(255 - image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height()))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_alive_stands_out_from_the_bar_and_the_panels(palette: Palette) -> None:
    for ground in (palette.line, palette.ground, palette.paper, palette.raised):
        assert contrast(palette.accent, ground) >= AA_SHAPES


def test_the_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#FFFFFF") == pytest.approx(1)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_stylesheet_uses_only_colours_of_its_own_theme(palette: Palette) -> None:
    text = stylesheet(palette)
    known = {getattr(palette, name) for name in Palette.__slots__}
    assert set(re.findall(r"#[0-9A-F]{6}\b", text)) <= known
    assert "$" not in text
    for file in re.findall(r'url\("([^"]+)"\)', text):
        assert resource_path("icons", file.rsplit("/", 1)[-1]).is_file()


def test_a_chosen_theme_holds_whatever_the_system_says(qapp: QApplication) -> None:
    theme = Theme("dark")
    heard: list[Palette] = []
    theme.palette_changed.connect(heard.append)
    assert theme.palette is DARK
    theme.choose("light")
    assert theme.palette is LIGHT
    assert heard == [LIGHT]
    assert qapp.palette().window().color() == QColor(LIGHT.ground)


def test_the_book_face_ships_with_the_app_in_four_styles(qapp: QApplication) -> None:
    load_fonts()
    assert {"Regular", "Italic", "SemiBold", "SemiBold Italic"} <= set(QFontDatabase.styles("Literata"))
    assert sum(file.stat().st_size for file in resource_path("fonts").glob("*.ttf")) < 1_000_000
    assert "SIL Open Font License" in resource_path("fonts", "OFL.txt").read_text("utf-8")
    assert book_font(17, QFont.Weight.DemiBold).pixelSize() == 17


@pytest.mark.parametrize("name", sorted(file.stem for file in resource_path("icons").glob("*.svg")))
def test_every_icon_is_drawn(name: str, qapp: QApplication) -> None:
    picture = icon(name, "#FF0000").pixmap(32, 32).toImage()
    assert any(picture.pixelColor(x, y).alpha() > 100 for x in range(32) for y in range(32))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_edge_of_what_can_be_filled_in_or_ticked_is_seen_on_every_ground(palette: Palette) -> None:
    for ground in (palette.paper, palette.ground, palette.raised, palette.selected):
        assert contrast(palette.field, ground) >= AA_SHAPES
        assert contrast(palette.muted, ground) >= AA_TEXT  # what is turned off can still be read


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_an_empty_box_to_tick_is_seen_and_a_ticked_one_differs_in_its_shape(palette: Palette, qtbot: QtBot) -> None:
    box = QCheckBox("Match case")
    qtbot.addWidget(box)
    box.setStyleSheet(stylesheet(palette) + f"QCheckBox {{ background: {palette.ground}; }}")
    box.resize(box.sizeHint())
    side = box.height()

    def colours() -> Counter[str]:
        image = box.grab(QRect(0, 0, side, side)).toImage()
        return Counter(image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height()))

    empty = colours()
    assert empty[palette.field.lower()] > side  # an outline all around
    box.setChecked(True)
    ticked = colours()
    assert ticked[palette.accent.lower()] > 3 * side
    assert any(contrast(colour, palette.accent) > AA_SHAPES for colour, count in ticked.items() if count > 2)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_main_button_with_the_focus_has_one_even_frame_and_keeps_its_size(palette: Palette, qtbot: QtBot) -> None:
    button = QPushButton("Make the folder")
    qtbot.addWidget(button)
    button.setProperty("role", "main")
    button.setStyleSheet(stylesheet(palette))
    before = button.sizeHint()
    button.resize(before)
    show_active(button, qtbot)
    button.setFocus()
    image = button.grab().toImage()
    beside_text = [image.pixelColor(9, y).name() for y in range(image.height())]
    frame, inside = [palette.ink.lower()] * 2, [palette.accent.lower()] * (image.height() - 4)
    assert beside_text == [*frame, *inside, *frame]
    across = [image.pixelColor(x, image.height() // 2).name() for x in range(image.width())]
    assert across[:2] == across[-2:] == frame
    assert contrast(palette.ink, palette.ground) >= AA_SHAPES
    assert button.sizeHint() == before


def test_lengths_grow_with_the_text_of_the_system_and_never_shrink(qapp: QApplication) -> None:
    before = qapp.font()
    try:
        larger = QFont(before)
        larger.setPixelSize(26)
        qapp.setFont(larger)
        assert text_px() == 26
        assert scaled(100) == 200
        assert book_font(17).pixelSize() == 34
        smaller = QFont(before)
        smaller.setPixelSize(8)
        qapp.setFont(smaller)
        assert scaled(100) == 100
        assert "width: 14px" in stylesheet(LIGHT)
        assert "width: 28px" in stylesheet(LIGHT, text_px=26)
    finally:
        qapp.setFont(before)
