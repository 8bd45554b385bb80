from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QContextMenuEvent, QCursor, QImage
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.spelling.dictionaries import Dictionary, dictionaries, dictionary_folders
from longwriter_desktop.ui.manuscript.spelling import ASK_AFTER_MS, LOOKING, NO_SUGGESTIONS, WAVE, Spelling
from longwriter_desktop.ui.manuscript.spelling_process import FAILED, SpellingProcess
from longwriter_desktop.ui.theme import LIGHT, contrast
from tests.ui.manuscript.desk import Desk, document, section

RIGHT = set(
    "the first light was a fire and it is not what one would think of this many here title heading don't".split()
)
ANY = Dictionary("en_XX", Path("/nowhere"))


class Process(QObject):
    """Answers at once or, while ``holds`` is set, when it is told to."""

    checked = Signal(object)
    suggested = Signal(str, object)
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.started: list[Dictionary] = []
        self.suggestions = ["first", "thirst"]
        self.is_open = False

    def start(self, dictionary: Dictionary) -> None:
        self.started.append(dictionary)
        self.is_open = True

    def check(self, words: list[str]) -> None:
        self.asked += words
        self.checked.emit({word: word.lower() in RIGHT for word in words})

    def suggest(self, word: str) -> None:
        self.suggested.emit(word, self.suggestions)

    def close(self) -> None:
        self.is_open = False


class Checked:
    """A manuscript whose spelling is checked."""

    def __init__(self, desk: Desk, process: Process, qtbot: QtBot) -> None:
        self.desk = desk
        self.process = process
        self.spelling = Spelling(desk.manuscript, process)  # type: ignore[arg-type] # what of it is used
        # What is code is known once a line is highlighted.
        qtbot.waitUntil(lambda: desk.manuscript.highlighter.is_done)
        self.spelling.use(ANY, frozenset())
        self.told: list[str] = []
        self.spelling.told.connect(self.told.append)
        self._qtbot = qtbot

    def waves(self) -> int:
        """How many pixels of the view have the wave's colour."""
        self.desk.manuscript.viewport().repaint()
        self._qtbot.wait(2 * ASK_AFTER_MS)
        image = self.desk.manuscript.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3]
        wave = np.array([30, 38, 179])  # as it lies in memory: blue, green, red
        return int((np.abs(pixels.astype(int) - wave).sum(axis=2) < 90).sum())

    def menu_at(self, word: str) -> QMenu:
        self.desk.place(word, 1)
        manuscript = self.desk.manuscript
        where = manuscript.cursorRect().center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, where, manuscript.viewport().mapToGlobal(where))
        QApplication.sendEvent(manuscript.viewport(), event)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu


@pytest.fixture
def checked(desk_with: Callable[[Document], Desk], qtbot: QtBot) -> Callable[..., Checked]:
    def make(*texts: str, heading: str = "") -> Checked:
        sections = [section("abcd"[at], text, heading=heading if at == 0 else "") for at, text in enumerate(texts)]
        return Checked(desk_with(document(*sections)), Process(), qtbot)

    return make


@pytest.fixture(autouse=True)
def _no_menu_stays(qapp: QApplication) -> Iterator[None]:
    yield
    while (menu := QApplication.activePopupWidget()) is not None:
        menu.close()


def test_a_misspelt_word_has_a_wave_and_a_right_one_has_none(checked: Callable[..., Checked]) -> None:
    assert checked("The first light was a fire.").waves() == 0
    assert checked("The frist light was a fire.").waves() > 20
    assert contrast(WAVE["light"], LIGHT.paper) >= 3


def test_code_and_chinese_are_not_asked_for(checked: Callable[..., Checked]) -> None:
    person = checked("the `qwrt` 灯塔\n\n```\nzxcv\n```\n\nlight", heading="heading")
    person.waves()
    assert person.process.asked.count("the") == 1  # and never again
    assert set(person.process.asked) == {"Title", "heading", "the", "light"}


def test_what_does_not_show_is_not_looked_at(checked: Callable[..., Checked]) -> None:
    person = checked("\n\n".join(["the light"] * 300) + "\n\nzxcv")
    person.waves()
    assert "zxcv" not in person.process.asked


def test_a_word_is_not_marked_while_it_is_typed(checked: Callable[..., Checked]) -> None:
    person = checked("The light ")
    person.desk.place("The light ", 10)
    person.desk.type("frst")
    assert person.waves() == 0
    person.desk.type(" a")
    assert person.waves() > 20


def test_the_word_that_streams_in_is_not_marked(checked: Callable[..., Checked]) -> None:
    person = checked("", "The light")
    person.desk.begin_writing("a")
    person.desk.append("a", "The ligh")
    person.desk.manuscript.flush()
    assert person.waves() == 0
    person.desk.append("a", " was")
    person.desk.manuscript.flush()
    assert person.waves() > 20


def test_suggestions_stand_at_the_top_of_the_texts_menu_and_are_put_in_place(checked: Callable[..., Checked]) -> None:
    person = checked("A 😀 frist light.")
    person.waves()
    menu = person.menu_at("frist")
    assert [action.text() for action in menu.actions()][:2] == ["first", "thirst"]
    menu.actions()[0].trigger()
    assert person.desk.text("a") == "A 😀 first light."
    person.desk.undo()
    assert person.desk.text("a") == "A 😀 frist light."


def test_a_curved_apostrophe_stays_curved(checked: Callable[..., Checked]) -> None:
    person = checked("It dosn’t.")
    person.process.suggestions = ["doesn't"]
    person.waves()
    person.menu_at("dosn").actions()[0].trigger()
    assert person.desk.text("a") == "It doesn’t."


def test_suggestions_come_when_they_come_and_their_absence_is_said(
    checked: Callable[..., Checked], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = checked("frist light.")
    person.waves()
    monkeypatch.setattr(person.process, "suggest", lambda _: None)  # It takes its time.
    menu = person.menu_at("frist")
    assert menu.actions()[0].text() == LOOKING
    person.process.suggested.emit("other", ["x"])
    assert menu.actions()[0].text() == LOOKING
    person.process.suggested.emit("frist", [])
    assert menu.actions()[0].text() == NO_SUGGESTIONS
    menu.close()
    person.process.suggested.emit("frist", ["late"])  # for a menu that is gone


def test_a_right_word_has_the_plain_menu(checked: Callable[..., Checked]) -> None:
    person = checked("frist light.")
    person.waves()
    assert person.menu_at("light").actions()[0].text() == "&Undo"


def test_a_word_can_be_taken_among_the_persons_own(checked: Callable[..., Checked]) -> None:
    person = checked("frist light.")
    person.waves()
    wished: list[str] = []
    person.spelling.add_wished.connect(wished.append)
    menu = person.menu_at("frist")
    next(action for action in menu.actions() if "to my words" in action.text()).trigger()
    menu.close()
    assert wished == ["frist"]
    person.spelling.use(ANY, frozenset({"frist"}))
    assert person.waves() == 0


def test_one_misspelt_word_after_another_is_selected_and_round(checked: Callable[..., Checked], qtbot: QtBot) -> None:
    person = checked("The frst.\n\n" + "the light\n\n" * 200, "the lst 😀 one is secnd.")
    selected: list[str] = []
    for _ in range(4):
        person.spelling.go_to_next()
        qtbot.waitUntil(lambda: person.desk.manuscript.textCursor().selectedText() not in ["", *selected[-1:]])
        selected.append(person.desk.manuscript.textCursor().selectedText())
    assert selected == ["frst", "lst", "secnd", "frst"]


def test_that_no_word_is_misspelt_is_told(checked: Callable[..., Checked], qtbot: QtBot) -> None:
    person = checked("The light.", "The fire.")
    person.spelling.go_to_next()
    qtbot.waitUntil(lambda: person.told == ["No misspelt word was found."])


def test_a_process_that_fails_ends_the_checking_and_is_told(checked: Callable[..., Checked]) -> None:
    person = checked("frist")
    assert person.waves() > 0
    person.process.failed.emit("It has ended.")
    assert person.told == ["It has ended."]
    assert person.spelling.dictionary is None
    assert not person.process.is_open
    assert person.waves() == 0


def test_the_real_process_answers_and_its_end_is_told(longwriter_home: Path, qtbot: QtBot) -> None:
    english = dictionaries(dictionary_folders(AppPaths.of_this_machine()))["en_US"]
    process = SpellingProcess()
    process.start(english)
    with qtbot.waitSignal(process.checked, timeout=30_000) as verdicts:
        process.check(["lighthouse", "lighthuose"])
    assert verdicts.args == [{"lighthouse": True, "lighthuose": False}]
    with qtbot.waitSignal(process.suggested, timeout=30_000) as suggestions:
        process.suggest("lighthuose")
    assert "lighthouse" in (suggestions.args or [])[1]
    with qtbot.waitSignal(process.failed, timeout=30_000) as failure:
        process.findChildren(QObject)[0].kill()  # type: ignore[attr-defined] # the QProcess
    assert failure.args == [FAILED]
    assert not process.is_running
    process.close()


def test_a_dictionary_that_cannot_be_read_is_told(tmp_path: Path, qtbot: QtBot) -> None:
    process = SpellingProcess()
    with qtbot.waitSignal(process.failed, timeout=30_000) as failure:
        process.start(Dictionary("en_XX", tmp_path))
    assert "en_XX" in (failure.args or [""])[0]
    process.close()


def test_a_line_without_end_is_not_looked_at(checked: Callable[..., Checked]) -> None:
    person = checked("zxcv " * 5000 + "\n\nthe light")
    person.waves()
    assert "zxcv" not in person.process.asked


def test_a_suggestion_is_put_in_also_when_text_has_streamed_in_above_meanwhile(checked: Callable[..., Checked]) -> None:
    person = checked("", "A frist light.")
    person.desk.begin_writing("a")
    person.waves()
    menu = person.menu_at("frist")
    person.desk.append("a", "The light was a fire.")
    person.desk.manuscript.flush()
    menu.actions()[0].trigger()
    assert person.desk.text("b") == "A first light."
    assert person.desk.text("a") == "The light was a fire."


def test_that_the_word_has_gone_is_told_and_nothing_else_is_selected(checked: Callable[..., Checked]) -> None:
    person = checked("A frist light.", "the light")
    person.waves()
    menu = person.menu_at("frist")
    person.desk.show(person.desk.document.with_text("a", "Another."))
    menu.actions()[0].trigger()
    assert person.told == ["“frist” does not stand there any more, so nothing was replaced."]
    assert not person.desk.manuscript.textCursor().hasSelection()
    assert person.desk.text("a") == "Another."


def test_who_has_gone_to_another_entry_stays_there_when_suggestions_come(
    checked: Callable[..., Checked], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = checked("frist light.")
    person.waves()
    monkeypatch.setattr(person.process, "suggest", lambda _: None)
    menu = person.menu_at("frist")
    entry = next(action for action in menu.actions() if action.text() == "Select &All")
    menu.setActiveAction(entry)
    person.process.suggested.emit("frist", ["first"])
    assert menu.activeAction() is entry


def shown_texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.isVisible() and not action.isSeparator()]


@pytest.mark.parametrize("is_over", [False, True])
def test_late_suggestions_move_no_entry_of_the_menu_below_the_mouse(
    checked: Callable[..., Checked], monkeypatch: pytest.MonkeyPatch, is_over: bool
) -> None:
    person = checked("frist light.")
    person.waves()
    monkeypatch.setattr(person.process, "suggest", lambda _: None)
    menu = person.menu_at("frist")
    menu.popup(person.desk.manuscript.mapToGlobal(QPoint(10, 10)))
    entry = next(action for action in menu.actions() if action.text() == "Select &All")
    before = menu.actionGeometry(entry).top()
    place = menu.mapToGlobal(menu.actionGeometry(entry).center())
    monkeypatch.setattr(QCursor, "pos", lambda: place if is_over else menu.mapToGlobal(QPoint(1, 1)))
    person.process.suggested.emit("frist", ["first", "thirst"])
    assert shown_texts(menu)[:2] == ["first", "thirst"]
    if is_over:
        assert menu.actionGeometry(entry).top() == before
    else:
        assert "" not in shown_texts(menu)
    menu.close()


def test_text_that_streams_in_above_does_not_bring_the_search_back_to_the_same_word(
    checked: Callable[..., Checked], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = checked("", "A frist light.\n\nthe frist light")
    person.desk.begin_writing("a")
    person.desk.place("A frist", len("A frist"))
    asked: list[str] = []
    monkeypatch.setattr(person.process, "check", asked.extend)
    person.spelling.go_to_next()
    person.desk.append("a", "Some text that comes meanwhile.")
    person.desk.manuscript.flush()
    cursor = person.desk.manuscript.textCursor
    for _ in range(20):
        qtbot.waitUntil(lambda: bool(asked) or cursor().hasSelection())
        if cursor().hasSelection():
            break
        words, asked[:] = list(asked), []
        person.process.checked.emit({word: word != "frist" for word in words})
    assert (cursor().selectedText(), cursor().block().text()) == ("frist", "the frist light")


def test_words_of_many_lines_are_asked_for_together(
    checked: Callable[..., Checked], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"{one}{other}" for one in "abcdefghij" for other in "klmnopqrst"]
    person = checked("\n\n".join(f"the light {name}" for name in names))
    asked: list[int] = []

    def check(words: list[str]) -> None:
        asked.append(len(words))
        person.process.checked.emit(dict.fromkeys(words, True))

    monkeypatch.setattr(person.process, "check", check)
    person.spelling.go_to_next()
    qtbot.waitUntil(lambda: bool(person.told))
    assert sum(asked) >= len(names)
    assert len(asked) < len(names) / 4


def test_code_without_end_ends_with_its_section(checked: Callable[..., Checked]) -> None:
    person = checked("```\nzxcv", "The frist light.")
    person.waves()
    assert "frist" in person.process.asked
    assert "zxcv" not in person.process.asked
