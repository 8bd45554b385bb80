import ast
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import OutOfMemory, ProjectProblem, PromptTooLong
from longwriter_desktop.paths import resource_path
from longwriter_desktop.settings import Settings
from longwriter_desktop.ui.chinese_font import NO_CHINESE_FONT, ChineseFontWatch
from longwriter_desktop.ui.key_names import shown_keys
from longwriter_desktop.ui.language_names import language_name
from longwriter_desktop.ui.notice import Notice
from longwriter_desktop.ui.notice_strip import NoticeStrip
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.theme import LIGHT
from longwriter_desktop.ui.translation import Translation, interface_language, language_for, shown
from tests.ui.conftest import Desk

ROOT = Path(__file__).parents[2]
TRANSLATIONS = resource_path("translations")
AREAS = ("help", "manuscript", "messages", "models", "sections", "settings", "window")
FIELD = re.compile(r"\{[a-z_0-9]*\}")
NAMES = re.compile(
    r"LongWriter(?: Desktop|-8B)?|SmolLM2 135M \(starter\)|Scripted 1B(?:  ·  fits)?|GGUF|hf_|JSON|DOCX|CPU|GB"
    r"|(?:Ctrl|Alt|Shift|Esc|F\d+)(?:\+\S+)?"
)


def messages(path: Path) -> Iterator[tuple[str, str, ET.Element]]:
    """Context, source and translation of each entry."""
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314 - our own file
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            yield context.findtext("name", ""), message.findtext("source", ""), translation


@pytest.mark.parametrize("area", AREAS)
def test_every_text_of_an_area_is_translated_with_the_fields_that_it_has(area: str) -> None:
    wrong = [
        (context, source, translation.text)
        for context, source, translation in messages(TRANSLATIONS / f"{area}.zh_CN.ts")
        if translation.get("type") is not None
        or not translation.text
        or set(FIELD.findall(source)) != set(FIELD.findall(translation.text))
        or source.count("&") - 2 * source.count("&&") < translation.text.count("&") - 2 * translation.text.count("&&")
    ]
    assert wrong == []


def test_the_files_are_what_the_source_makes_of_them(tmp_path: Path) -> None:
    subprocess.run(["sh", str(ROOT / "packaging" / "translations"), str(tmp_path)], check=True, capture_output=True)
    stale = [
        made.name
        for made in (*tmp_path.glob("*.ts"), tmp_path / "zh_CN.qm")
        if made.read_bytes() != (TRANSLATIONS / made.name).read_bytes()
    ]
    sentences = ROOT / "longwriter_desktop" / "ui" / "core_sentences"
    stale += [
        made.name
        for made in (tmp_path / "core_sentences").glob("*.py")
        if made.read_bytes() != (sentences / made.name).read_bytes()
    ]
    assert stale == [], "run `sh packaging/translations` and translate what is new"


@pytest.mark.parametrize(
    ("choice", "system", "language"),
    [
        ("system", ["zh-Hans-CN", "en"], "zh"),
        ("system", ["zh_TW"], "zh"),
        ("system", ["de-DE", "en-US", "zh-CN"], "en"),
        ("system", ["fr-FR", "zh-CN"], "zh"),
        ("system", ["C"], "en"),
        ("system", [], "en"),
        ("en", ["zh-CN"], "en"),
        ("zh", ["de-DE"], "zh"),
    ],
)
def test_the_language_follows_the_choice_or_else_the_system(choice: str, system: list[str], language: str) -> None:
    assert language_for(choice, system) == language  # type: ignore[arg-type] # parametrised


def test_without_a_chinese_font_only_who_asks_for_chinese_gets_it() -> None:
    assert language_for("system", ["zh-CN"], has_chinese_font=False) == "en"
    assert language_for("zh", ["zh-CN"], has_chinese_font=False) == "zh"


def test_qts_own_texts_and_numbers_follow_and_everything_is_as_before_in_the_end(qapp: QApplication) -> None:
    before, font = QLocale(), qapp.font()
    translation = Translation(qapp)
    assert translation.use("zh") == interface_language() == "zh"
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert "取消" in box.buttons()[0].text()
    assert QLocale().language() is QLocale.Language.Chinese
    assert translation.use("en") == interface_language() == "en"
    english = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert english.buttons()[0].text() == "Cancel"
    translation.close()
    assert (QLocale(), qapp.font()) == (before, font)


def test_an_update_that_writes_into_the_file_in_use_harms_nothing(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from longwriter_desktop.ui import translation\n"
        "translation.resource_path = lambda *_: Path(sys.argv[1])\n"
        "translation.Translation(QApplication([])).use('zh')\n"
        "(Path(sys.argv[1]) / 'zh_CN.qm').write_bytes(b'')\n"
        "sys.exit(0 if translation.interface_language() == 'zh' else 3)\n"
    )
    shutil.copy(TRANSLATIONS / "zh_CN.qm", tmp_path)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    run = [sys.executable, "-c", script, str(tmp_path)]
    assert subprocess.run(run, cwd=ROOT, env=environment, check=False).returncode == 0


@pytest.mark.usefixtures("chinese")
def test_a_sentence_of_the_core_comes_out_in_chinese_with_its_values(qtbot: QtBot) -> None:
    assert shown(str(PromptTooLong(9_000, 1_200, 8_192))).startswith("正文已有 9,000 词元，加上回答所需的 1,200 词元")
    strip = NoticeStrip(LIGHT)
    qtbot.addWidget(strip)
    problem = ProjectProblem(
        "“/home/ann/b. c.longwriter” could not be saved: the disk is full. The file still holds what was saved before. "
        "Make room on the disk and try again, or save it in another place."
    )
    strip.show_notice(Notice(str(problem), "problem"))
    assert strip.text == (
        "“/home/ann/b. c.longwriter”未能保存：磁盘已满。文件中仍是上次保存的内容。"
        "请腾出磁盘空间后重试，或保存到其他位置。"
    )
    own = str(OutOfMemory("Something that the core never says."))
    strip.show_notice(Notice(own, "problem"))
    assert strip.text == own


@pytest.mark.usefixtures("chinese")
def test_no_english_is_left_on_the_menus_and_the_start_page(desk: Desk) -> None:
    texts = [action.text() for action in desk.window.findChildren(QAction) if not action.isSeparator()]
    for widget in desk.window.start_page.findChildren(QWidget):
        texts += [widget.toolTip(), widget.accessibleName()]
        if isinstance(widget, (QLabel, QPushButton)):
            texts.append(widget.text())
    plain = [re.sub(r"\(&[A-Z]\)|<[^>]*>|&\w+;", "", text) for text in texts]
    assert [text for text in plain if re.search(r"[A-Za-z]{2,}", NAMES.sub("", text))] == []


@pytest.mark.usefixtures("chinese")
def test_no_key_is_underlined_twice_in_a_chinese_menu(desk: Desk) -> None:
    bar = desk.window.menuBar()
    for menu in [bar, *bar.findChildren(QMenu)]:
        keys = [found for action in menu.actions() for found in re.findall(r"&([A-Za-z0-9])", action.text())]
        assert len(keys) == len(set(keys)), [action.text() for action in menu.actions()]


@pytest.mark.usefixtures("chinese")
def test_keys_and_languages_have_the_names_that_stand_on_them() -> None:
    assert shown_keys(("F2", "Return", "Enter", "Alt+Up")) == "F2、Enter、Alt+↑"
    assert [language_name(each) for each in ("en_US", "de", "xx_none")] == ["英语（美国）", "德语", "xx_none"]


@pytest.mark.usefixtures("chinese")
def test_qt_s_own_file_dialog_has_no_english_left(qtbot: QtBot) -> None:
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    labels = [label.text() for label in dialog.findChildren(QLabel)]
    assert labels
    assert not [text for text in labels if re.search(r"[A-Za-z]{2,}", text)]


@pytest.mark.usefixtures("chinese")
def test_the_bar_at_the_bottom_speaks_chinese_of_a_document(desk: Desk, qtbot: QtBot) -> None:
    desk.session.new_document("写一篇关于灯塔的文章", 1000, "zh")
    assert desk.window.status.button.text() == "制定计划"
    desk.session.make_plan()
    qtbot.waitUntil(lambda: bool(desk.session.document.sections), timeout=10_000)
    qtbot.waitUntil(lambda: desk.window.status.button.text() == "开始写作", timeout=10_000)


def test_a_missing_font_is_told_once_when_it_is_wanted(session: Session, qtbot: QtBot) -> None:
    heard: list[Notice] = []
    session.noticed.connect(heard.append)
    ChineseFontWatch(session, is_there=lambda: False)
    session.new_document("About lighthouses", None, "en")
    assert heard == []
    session.new_document("灯塔", None, "zh")
    session.new_document("灯塔", None, "zh")
    assert heard == [Notice(NO_CHINESE_FONT, "problem")]


def test_with_a_font_nothing_is_told(session: Session) -> None:
    heard: list[Notice] = []
    session.noticed.connect(heard.append)
    watch = ChineseFontWatch(session, is_there=lambda: True)
    session.document_opened.emit(Document(language="zh"))
    watch.look()
    assert heard == []


def test_the_choice_of_a_language_is_a_setting() -> None:
    assert Settings().language == "system"


SHOWS = frozenset(
    "setText setToolTip setStatusTip setWhatsThis setAccessibleName setAccessibleDescription setWindowTitle setTitle "
    "setPlaceholderText setInformativeText setHeaderLabels addAction addMenu addButton addTab addItem addItems addRow "
    "QLabel QPushButton QCheckBox QRadioButton QGroupBox QAction Notice NoticeAction tell show_doing plain_tip".split()
)
"""What puts its first texts before the person's eyes."""


def shown_literals(path: Path) -> Iterator[str]:
    """Literals that are shown without a way for a translator to come between."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in SHOWS:
            for argument in node.args[:1]:
                parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
                texts = [part.value for part in parts if isinstance(part, ast.Constant)]
                if any(isinstance(text, str) and re.search(r"[A-Za-z]{2,}", NAMES.sub("", text)) for text in texts):
                    yield f"{path.name}:{node.lineno} {ast.unparse(argument)}"


def test_nothing_is_shown_past_the_translator() -> None:
    ui = ROOT / "longwriter_desktop" / "ui"
    found = [literal for path in sorted(ui.rglob("*.py")) for literal in shown_literals(path)]
    assert found == []
