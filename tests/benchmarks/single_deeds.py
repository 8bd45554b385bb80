"""Measures what single deeds cost the window: replacing everywhere, moving a section, another theme, and so on.

    python tests/benchmarks/single_deeds.py [WORDS ...] [--times 5] [--only REPLACE ...]

Without WORDS: written documents of 10,000 and 100,000 words, each in a window of its own with real files, offscreen; no
model is needed. Prints a table in Markdown, with three figures of each deed in milliseconds: the *longest event* that
the main thread was busy with from the wish until all was quiet again, painting included, by the clock and, as *own*,
in processor time of that thread; and the time until what was wished was *painted* in full, by the clock. All are the
median and the longest of so many times; what is only there once, such as opening the settings for the first time, is
done once. ``--only`` takes the deeds whose names hold one of the words.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from longwriter_desktop.document.document import Document
from longwriter_desktop.models.library import Model
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.store import Project
from longwriter_desktop.ui.main_window import MainWindow
from longwriter_desktop.ui.theme import load_fonts
from tests.benchmarks.event_loop import (
    GOAL_EVENT,
    SETTLE_S,
    PacedEngine,
    ProbedApplication,
    run_for,
    wait_until,
    window_of,
)
from tests.benchmarks.manuscript_latency import document as sample

SIZES = (10_000, 100_000)
QUIET_S = 0.4
"""So long after a deed the loop is still watched for what follows from it."""
GIVE_UP_S = 20.0
FOUND, INSTEAD = "the", "some"
"""Stands about 10,000 times in 100,000 words."""


def always() -> bool:
    return True


@dataclass
class Deed:
    """Something a person does: ``do`` begins it, ``is_done`` says when it has happened, ``painted`` shows it then.

    ``before`` and ``after`` are not measured. ``once``: it is another thing when it is done again.
    """

    name: str
    do: Callable[[], object]
    painted: QWidget
    is_done: Callable[[], bool] = always
    before: Callable[[], object] = always
    after: Callable[[], object] = always
    once: bool = False
    longest: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    until_painted: list[float] = field(default_factory=list)


def measure(app: ProbedApplication, deed: Deed) -> None:
    """Does it once, as an event of its own, and keeps what it cost."""
    deed.before()
    run_for(QUIET_S)
    began, painted_at = 0.0, 0.0

    def do() -> None:
        nonlocal began
        began = time.perf_counter()
        deed.do()
        deed.painted.update()

    def painted(now: float) -> None:
        nonlocal painted_at
        if began and not painted_at:
            if deed.is_done():
                painted_at = now
            else:
                deed.painted.update()

    app.events, app.painted, app.on_paint = [], deed.painted, painted
    QTimer.singleShot(0, do)
    wait_until(lambda: bool(painted_at), GIVE_UP_S)
    if not painted_at:
        raise SystemExit(f"“{deed.name}” has not happened within {GIVE_UP_S:.0f} s.")
    run_for(QUIET_S)
    events, app.on_paint = app.events, None
    deed.longest.append(max(each.wall for each in events))
    deed.own.append(max(each.own for each in events))
    deed.until_painted.append(1000 * (painted_at - began))
    deed.after()


def deeds_of(window: MainWindow) -> Iterator[Deed]:
    """What is measured, in an order in which each finds the document as it was opened."""
    page = window.workspace.manuscript.viewport()
    yield from _replacing(window, page)
    yield from _settings(window)
    yield from _sections(window, page)
    yield from _typing(window, page)
    yield Deed(
        "save, with a change in it",
        window.menus.save.trigger,
        window.status,
        before=lambda: window.session.set_title(f"{window.session.document.title}."),
    )


def _replacing(window: MainWindow, page: QWidget) -> Iterator[Deed]:
    writing, session = window.workspace.writing_page, window.session
    bar, finder = writing.find_bar, writing.finder
    start = session.document

    def is_everywhere(word: str) -> Callable[[], bool]:
        return lambda: f" {word} " in session.document.sections[-1].text and not finder.is_looking

    def look() -> None:
        writing.open_find_bar(replacing=True)
        bar.whole_words.setChecked(True)
        bar.query.setText(FOUND)

    def found() -> bool:
        return bool(finder.tally.places) and not finder.is_looking

    def find_again() -> None:
        look()
        wait_until(found, GIVE_UP_S)

    def replace_all() -> None:
        bar.instead.setText(INSTEAD)
        bar.replace_all.click()

    def is_as_before() -> bool:
        return session.document.sections[-1].text == start.sections[-1].text

    def do_all() -> None:
        find_again()
        replace_all()
        wait_until(is_everywhere(INSTEAD), GIVE_UP_S)

    def undo_all() -> None:
        session.undo()
        wait_until(is_as_before, GIVE_UP_S)
        writing.close_find_bar()

    yield Deed("find: the first answer", look, page, found, after=writing.close_find_bar)
    yield Deed("replace everywhere", replace_all, page, is_everywhere(INSTEAD), before=find_again, after=undo_all)
    yield Deed("undo of it", session.undo, page, is_as_before, before=do_all, after=writing.close_find_bar)


def _settings(window: MainWindow) -> Iterator[Deed]:
    themes = {action.data(): action for action in window.menus.themes.actions()}
    name = "another theme"
    yield Deed(name, themes["dark"].trigger, window, after=themes["light"].trigger)
    first = Deed("settings for the first time", window.menus.settings.trigger, window, once=True)
    first.after = lambda: _close_settings(window)
    yield first
    yield Deed("settings once more", window.menus.settings.trigger, window, after=lambda: _close_settings(window))
    yield Deed("another theme, with settings made", themes["dark"].trigger, window, after=themes["light"].trigger)


def _close_settings(window: MainWindow) -> None:
    dialog = window.preferences.dialog
    if dialog is None or not dialog.isVisible():
        raise SystemExit("The settings have not opened.")
    dialog.close()


def _sections(window: MainWindow, page: QWidget) -> Iterator[Deed]:
    session, control = window.session, window.workspace.outline_control
    sections = session.document.sections
    middle = sections[len(sections) // 2].id
    headings = [at for at, each in enumerate(sections) if each.heading]
    chapter = [each.id for each in sections[headings[len(headings) // 2] :][:3]]

    def is_as_before() -> bool:
        return [each.id for each in session.document.sections] == [each.id for each in sections]

    def differs() -> bool:
        return not is_as_before()

    yield Deed("move a section", lambda: control.move([middle], 1), page, differs, after=session.undo)
    yield Deed("join two sections", lambda: control.join([middle]), page, differs, after=session.undo)
    yield Deed("duplicate a section", lambda: control.duplicate([middle]), page, differs, after=session.undo)
    yield Deed("delete a chapter", lambda: control.delete(chapter), page, differs, after=session.undo)
    yield Deed("undo of it", session.undo, page, is_as_before, before=lambda: control.delete(chapter))


def _typing(window: MainWindow, page: QWidget) -> Iterator[Deed]:
    manuscript, session = window.workspace.manuscript, window.session
    sections = session.document.sections

    def at_end_of(section_id: str) -> Callable[[], None]:
        def go() -> None:
            manuscript.show_section(section_id)
            manuscript.setFocus()
            cursor = manuscript.textCursor()
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            manuscript.setTextCursor(cursor)

        return go

    def at_end() -> None:
        manuscript.setFocus()
        manuscript.moveCursor(QTextCursor.MoveOperation.End)

    def press() -> None:
        QTest.keyClick(manuscript.viewport(), Qt.Key.Key_Y)

    yield Deed("one key in the middle", press, page, before=at_end_of(sections[len(sections) // 2].id))
    yield Deed("one key at the end", press, page, before=at_end)


def written(words: int) -> Document:
    """A document of so many words that is written to its end."""
    whole = sample(words)
    return replace(whole, sections=tuple(replace(each, complete=True) for each in whole.sections))


@contextmanager
def opened(words: int, home: Path) -> Iterator[MainWindow]:
    """The whole window with a document of so many words, when all that follows from opening it is done."""
    path = home / f"{words}.longwriter"
    with Project.create(path, written(words)):
        pass
    paths = AppPaths.of_this_machine({"LONGWRITER_HOME": str(home)})
    window = window_of(paths, Model("paced", "Paced", Path("/nowhere/paced.gguf")), lambda _: PacedEngine(1))
    window.open(path)
    wait_until(lambda: window.session.has_document, GIVE_UP_S)
    run_for(SETTLE_S)
    wait_until(lambda: window.workspace.manuscript.highlighter.is_done, GIVE_UP_S)
    yield window
    window.close()
    window.deleteLater()
    run_for(0.2)


def row(deed: Deed) -> str:
    def figures(values: list[float]) -> str:
        middle, longest = statistics.median(values), max(values)
        return f"{middle:.1f}" if len(values) == 1 else f"{middle:.1f} / {longest:.1f}"

    longest = figures(deed.longest)
    if statistics.median(deed.longest) > GOAL_EVENT:
        longest = f"**{longest}**"
    return f"| {deed.name} | {longest} | {figures(deed.own)} | {figures(deed.until_painted)} |"


def report(app: ProbedApplication, words: int, options: argparse.Namespace, home: Path) -> None:
    with opened(words, home) as window:
        sections = len(window.session.document.sections)
        head = f"{words:,} words in {sections} sections, ms", "longest event", "the same, own", "until painted"
        print(f"\n| {' | '.join(head)} |\n|---|---|---|---|")
        for deed in deeds_of(window):
            if options.only and not any(word in deed.name for word in options.only):
                continue
            for _ in range(1 if deed.once else options.times):
                measure(app, deed)
            print(row(deed), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", type=int, nargs="*")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--only", nargs="*", default=[], help="words of the names of deeds")
    options = parser.parse_args()
    with TemporaryDirectory(ignore_cleanup_errors=True) as home:
        os.environ["LONGWRITER_HOME"] = home
        app = ProbedApplication(sys.argv[:1])
        app.setStyle("Fusion")
        load_fonts()
        for words in options.words or SIZES:
            report(app, words, options, Path(home))
        sys.stdout.flush()
        # An application whose `notify` is Python's is taken down in an order that Qt does not like.
        QTimer.singleShot(0, app.quit)
        app.exec()


if __name__ == "__main__":
    main()
