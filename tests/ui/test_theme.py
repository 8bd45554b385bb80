import itertools
import re

import pytest
from PySide6.QtGui import QColor, QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from longwriter_desktop.paths import resource_path
from longwriter_desktop.ui.icons import icon
from longwriter_desktop.ui.theme import DARK, LIGHT, Palette, Theme, book_font, contrast, load_fonts, stylesheet

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
