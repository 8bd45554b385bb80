"""The app as the kill tests run it: its real main, a scripted engine or the starter, a journal of what it was given.

Each function in `ROLES` runs in a process of its own until it is killed. The journal is a file to which every line
goes with one write, so a kill can neither lose nor tear one. Times are of the clock that the parent reads too.
"""

import hashlib
import json
import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from unittest import mock

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from longwriter_desktop import cli, opened_model
from longwriter_desktop.agentwrite.engine import EngineEvent, Prompt, Sampling, TextChunk
from longwriter_desktop.document.document import Document
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.autosave import Autosave
from longwriter_desktop.project.store import Project
from longwriter_desktop.ui import app
from longwriter_desktop.ui.main_window import MainWindow
from longwriter_desktop.ui.writing import Activity
from tests.ui.scripted_engine import ScriptedEngine, planner_and_writer

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
KEY = Qt.Key
DELAY_S = 0.004
"""Between two words of the scripted engine."""
SYLLABLES = tuple(f"{consonant}{vowel}" for consonant in "bdfgklmnprstvz" for vowel in "aeiou")
TICK_S = 0.05
LONGEST_PAUSE_MS = 60
"""Between two deeds of the person."""


def state_of(document: Document) -> str:
    """Tells whether two documents are the same in everything: texts, outline, versions, trash, settings."""
    return hashlib.blake2b(repr(document).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def replaced(owner: object, name: str, new: object) -> None:
    """Puts something else in the place of a part, for as long as the process lives."""
    mock.patch.object(owner, name, new).start()


class Journal:
    """Lines of JSON in a file, each with the time in seconds of time.monotonic."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY)

    def note(self, kind: str, what: str = "") -> None:
        os.write(self._file, json.dumps([kind, time.monotonic(), what]).encode() + b"\n")

    def follow_waiting(self) -> None:
        """From now on notes "tick" every 50 ms; where one is late, this process was kept from running."""

        def watch() -> None:
            while True:
                self.note("tick")
                time.sleep(TICK_S)

        threading.Thread(target=watch, daemon=True).start()

    def follow_saving(self, path: Path) -> None:
        """From now on notes what is handed over to be saved, and what has been saved in the file at ``path``.

        Other files, such as a recovery file, are not followed.
        """
        hand_over, save = Autosave.document_changed, Project.save
        create = Project.create.__func__  # type: ignore[attr-defined]  # a classmethod has one

        def handed_over(autosave: Autosave, document: Document) -> None:
            self.note("handed", state_of(document))
            hand_over(autosave, document)

        def saved(project: Project, document: Document) -> None:
            if project.path != path:
                save(project, document)
                return
            self.note("begun", state_of(document))
            save(project, document)
            self.note("saved", state_of(document))

        def created(kind: type[Project], new: Path, document: Document) -> Project:
            if new == path:
                self.note("begun", state_of(document))
            project: Project = create(kind, new, document)
            if new == path:
                self.note("saved", state_of(document))
            return project

        replaced(Autosave, "document_changed", handed_over)
        replaced(Project, "save", saved)
        replaced(Project, "create", classmethod(created))


class NotingEngine(ScriptedEngine):
    """Writes sentences of which each has a number of its own, and notes when one has been handed out in full."""

    def __init__(self, journal: Journal, delay_s: float = DELAY_S, start: int = 0) -> None:
        super().__init__(self._answered, delay_s)
        self._journal = journal
        self._number = start
        self._chance = random.Random()
        self._replies = 0

    def _answered(self, prompt: Prompt) -> str:
        answer = planner_and_writer(prompt)
        if not answer.startswith("In year"):
            return answer
        sentences = " ".join(self._sentence() for _ in range(60))
        return f" {sentences}" if prompt.reply_prefix.strip() else sentences

    def _sentence(self) -> str:
        """Words that nobody has said before, so that nothing is taken for a loop; the last one is the number."""
        self._number += 1
        words = ["".join(self._chance.choice(SYLLABLES) for _ in range(3)) for _ in range(9)]
        return f"{' '.join(words).capitalize()} n{self._number}."

    @override
    def generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[EngineEvent]:
        self._replies += 1
        for event in super().generate(prompt, sampling):
            yield event
            if isinstance(event, TextChunk):
                word = event.text.strip()
                if word.endswith("."):
                    self._journal.note("heard", f"{self._replies} {word}")

    def __enter__(self) -> "NotingEngine":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


# -- the person at the window ----------------------------------------------------------------------------


class Person:
    """Does one thing after another in the window, with pauses of up to 60 ms, for ever."""

    def __init__(self, window: MainWindow, journal: Journal, deeds: Callable[["Person"], None]) -> None:
        self.window = window
        self.session = window.session
        self.chance = random.Random()
        self._journal = journal
        self._deeds = deeds
        self._typed = 0
        self._begin()

    def _begin(self) -> None:
        if not self.session.has_document:
            QTimer.singleShot(5, self._begin)
            return
        self._journal.note("ready")
        self._go_on()

    def _go_on(self) -> None:
        if self.session.document.sections:
            self._deeds(self)
        QTimer.singleShot(self.chance.randrange(LONGEST_PAUSE_MS), self._go_on)

    def any_section(self) -> str:
        return self.chance.choice(self.session.document.sections).id

    def type_a_word(self) -> None:
        """At the end of the first paragraph of a section; a word that is nowhere else."""
        manuscript = self.window.workspace.manuscript
        manuscript.show_section(self.any_section())
        manuscript.setFocus()
        manuscript.flush()
        manuscript.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
        self._typed += 1
        word = f"typed{os.getpid()}x{self._typed}"
        QTest.keyClicks(manuscript, f" {word}.")
        self._journal.note("typed", word)

    def type_often(self) -> None:
        if self.chance.random() < 0.1:
            QTest.keyClick(self._focused(), KEY.Key_Left)
        self.type_a_word()

    def write_and_type(self) -> None:
        if self.session.activity is Activity.IDLE:
            QTest.keyClick(self._focused(), KEY.Key_Return, CTRL)
        elif self.chance.random() < 0.05:
            self.type_a_word()

    def edit_the_outline(self) -> None:
        """Moves, deletes, adds and edits sections, writes, and undoes and redoes any of it."""
        session, rows = self.session, self.window.workspace.outline.list
        self._journal.note("undone")
        rows.setFocus()
        rows.choose_section(self.any_section())
        match self.chance.randrange(9):
            case 0 if len(session.document.sections) > 2:
                QTest.keyClick(rows, KEY.Key_Delete)
            case 1:
                QTest.keyClick(rows, KEY.Key_Up, ALT)
            case 2:
                QTest.keyClick(rows, KEY.Key_Down, ALT)
            case 3 if len(session.document.sections) < 12:
                session.insert_section(self.chance.randrange(8), "A new point")
            case 4:
                session.set_main_point(self.any_section(), f"Point {self.chance.random()}")
            case 5:
                self._use_a_version()
            case 6 | 7:
                QTest.keyClick(rows, KEY.Key_Z, CTRL)
            case _:
                self.write_and_type()

    def _use_a_version(self) -> None:
        section = self.session.document.section(self.any_section())
        if section.versions:
            self.session.use_version(section.id, self.chance.choice(section.versions))

    def _focused(self) -> QWidget:
        return QApplication.focusWidget() or self.window


def _window(path: Path, journal: Journal, deeds: Callable[[Person], None], *, scripted: bool) -> None:
    if scripted:
        engine = NotingEngine(journal)
        replaced(app, "LlamaEngine", lambda *_, **__: engine)
    make_window = app.make_window
    people = []

    def attended(paths: AppPaths) -> MainWindow:
        window = make_window(paths)
        people.append(Person(window, journal, deeds))
        return window

    replaced(app, "make_window", attended)
    journal.follow_waiting()
    journal.follow_saving(path)
    cli.main([str(path)])


def _commands(
    path: Path,
    journal: Journal,
    arguments: Callable[[int], list[str]],
    *,
    scripted: bool = True,
    times: int = 1_000_000,
    delay_s: float = DELAY_S,
) -> None:
    if scripted:
        replaced(opened_model, "LlamaEngine", lambda *_, **__: NotingEngine(journal, delay_s))
    journal.follow_saving(path)
    journal.follow_waiting()
    journal.note("ready")
    for time_ in range(times):
        status = cli.main(arguments(time_))
        journal.note("done", str(status))
    time.sleep(60)


# -- what is killed --------------------------------------------------------------------------------------


def window_typing(path: Path, journal: Journal) -> None:
    """The window; the person types."""
    _window(path, journal, Person.type_often, scripted=True)


def window_writing(path: Path, journal: Journal) -> None:
    """The window; the writer writes, the person types now and then."""
    _window(path, journal, Person.write_and_type, scripted=True)


def window_outline(path: Path, journal: Journal) -> None:
    """The window; the person edits the outline, undoes and writes. Words may go with what is undone."""
    _window(path, journal, Person.edit_the_outline, scripted=True)


def window_starter(path: Path, journal: Journal) -> None:
    """The window with the real worker and the starter model."""
    _window(path, journal, Person.write_and_type, scripted=False)


def command_write(path: Path, journal: Journal) -> None:
    """`write`, once; then all of it again and again."""
    _commands(path, journal, lambda turn: ["write", str(path), "--json", *(["--again"] if turn else [])])


def command_starter(path: Path, journal: Journal) -> None:
    """`write` with the real worker and the starter model."""
    _commands(path, journal, lambda _turn: ["write", str(path), "--json"], scripted=False, times=1)


def command_outline(path: Path, journal: Journal) -> None:
    """`outline --load`, one plan after another."""
    plans = [path.parent.parent / f"plan {number}.txt" for number in range(2)]
    for number, plan in enumerate(plans):
        lines = [
            f"Paragraph {line + 1} - Main Point: Thing {line} of plan {number} - Word Count: {100 + 10 * line} words"
            for line in range(4 + 3 * number)
        ]
        plan.write_text("\n\n".join(lines), "utf-8")
    _commands(path, journal, lambda turn: ["outline", str(path), "--load", str(plans[turn % 2])])


def command_rewrite(path: Path, journal: Journal) -> None:
    """`rewrite` of one word after the other of what the first section of `a_document` says."""
    words = "first lamp fire hill".split()

    def arguments(turn: int) -> list[str]:
        word, how = words[turn % len(words)], ("shorten", "expand")[turn % 2]
        return ["rewrite", str(path), "--section", "1", "--find", word, "--how", how]

    _commands(path, journal, arguments, times=len(words), delay_s=0.0002)


def command_draft(path: Path, journal: Journal) -> None:
    """`draft` into a new file."""
    instruction = "Write a 1,200-word history of lighthouses"
    _commands(path, journal, lambda _turn: ["draft", instruction, "-o", str(path), "--json"], times=1)


def write_to_the_end(path: Path, journal: Journal) -> int:
    """Not to be killed: `write` on what a kill has left. Returns the exit status."""
    replaced(opened_model, "LlamaEngine", lambda *_, **__: NotingEngine(journal, 0.0, start=1_000_000))
    return cli.main(["write", str(path), "--json"])


ROLES: dict[str, Callable[[Path, Journal], None]] = {
    "window, typing": window_typing,
    "window, writing": window_writing,
    "window, outline and undo": window_outline,
    "window, starter": window_starter,
    "write": command_write,
    "write, starter": command_starter,
    "outline --load": command_outline,
    "rewrite": command_rewrite,
    "draft": command_draft,
}
