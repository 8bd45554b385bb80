"""Measures how long the first word takes once the model has read ahead, and how many tokens are read for it.

    python tests/benchmarks/first_word.py [MODEL.gguf] [--layouts guided,continuous] [--words 120]

A session as the window has it, without the window: sections are written, each thing is asked when reading
ahead has ended, and the clock runs from there to the first text that would be shown. *token* is the model's
first token; text is shown a little later, when it is clear that a line is no heading or remark ("none": the
writer has taken nothing of the reply). The last row is the next section again in a new process that has read
nothing ahead, the loading of the model included; it finds what was kept on disk. There is no goal for it.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from PySide6.QtCore import QCoreApplication
from typing_extensions import override

from longwriter_desktop.agentwrite.engine import EngineEvent, Prompt, PromptProgress, Sampling, TextChunk
from longwriter_desktop.agentwrite.prompts import Layout
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.document.outline import Step
from longwriter_desktop.models.catalogue import load_catalogue
from longwriter_desktop.models.library import Model, default_model, find_model
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.prompt_files import load_templates
from longwriter_desktop.ui.document_file import DocumentFile
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.warming import Warming
from longwriter_desktop.ui.writing import Activity

GOAL_S = 0.5
"""With the starter model."""
MOST_S = 1800.0
POINTS = (
    "Fire on the headland: why sailors feared the coast more than the open sea",
    "Pharos of Alexandria: how high it stood and how it was paid for",
    "Glass and oil: the lamp of Argand and the lens of Fresnel",
    "The keepers: pay, loneliness and the log books that they left",
    "Wrecks that stopped: insurance figures before and after",
    "Museums: who keeps the towers now",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", nargs="?", type=Path, help="the starter model when left out")
    parser.add_argument("--layouts", help="the model's own when left out; all: " + ",".join(get_args(Layout)))
    parser.add_argument("--words", type=int, default=120, help="of each section")
    options = parser.parse_args()
    app = QCoreApplication(sys.argv[:1])
    with TemporaryDirectory() as home:
        paths = AppPaths.of_this_machine({"LONGWRITER_HOME": home})
        catalogue = load_catalogue(paths)
        model = (
            find_model(str(options.model), catalogue, paths) if options.model else default_model(catalogue, paths, "")
        )
        print(f"{model.title}; goal {GOAL_S} s with the starter model")
        print(f"{'layout':14}{'asked':32}{'read':>7}{'token, s':>10}{'text, s':>10}")
        for layout in get_args(Layout):
            if layout in (options.layouts or model.layout).split(","):
                Measured(
                    app, _InLayout(model.name, model.title, model.path, model.entry, model.header, layout), paths
                ).run(options.words)


@dataclass(frozen=True, slots=True)
class _InLayout(Model):
    """A model that is asked in another layout than its own."""

    wanted: Layout = "continuous"

    @property
    @override
    def layout(self) -> Layout:
        return self.wanted


class _Listening(LlamaEngine):
    """Notes when the first token came, and how many were read until then."""

    read: int | None = None
    first_token_at: float | None = None

    def ask(self) -> None:
        self.read = self.first_token_at = None

    @override
    def generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[EngineEvent]:
        for event in super().generate(prompt, sampling):
            if isinstance(event, PromptProgress) and self.read is None:
                self.read = event.total - event.reused
            if isinstance(event, TextChunk) and self.first_token_at is None:
                self.first_token_at = time.monotonic()
            yield event


class Measured:
    """One model in one layout."""

    def __init__(self, app: QCoreApplication, model: Model, paths: AppPaths) -> None:
        self._app = app
        self._model = model
        self._paths = paths
        self._text_at: float | None = None
        self._session = Session(
            file=DocumentFile(paths),
            open_engine=lambda chosen: _Listening(chosen, paths=paths),
            templates=lambda language: load_templates("zh" if language == "zh" else "en", paths),
        )
        self._session.text_written.connect(self._note)
        Warming(self._session, may_load=lambda _: True, least_percent=lambda: 0, battery=lambda: None, pause_ms=50)

    def run(self, words: int) -> None:
        session = self._session
        session.choose_model(self._model)
        steps = tuple(Step(number, point, words) for number, point in enumerate(POINTS, start=1))
        session.new_document_with_outline("Write a history of lighthouses", None, "en", steps)
        ids = [section.id for section in session.document.sections]
        self._wait_until_warm()
        session.write()
        self._until_finished(ids[2])
        self._measure("next section", session.write)
        self._until(lambda: session.document.section(ids[3]).words >= words // 3)
        self._pause()
        self._measure("pause, then write", session.write)
        self._until_finished(ids[3])
        self._measure("again: the last section", lambda: session.write_again(ids[3]))
        self._until_finished(ids[3])
        self._measure("again: a middle section", lambda: session.write_again(ids[1]))
        self._until_finished(ids[1])
        self._measure_in_a_new_process(words)
        session.close()

    def _measure_in_a_new_process(self, words: int) -> None:
        """As the next section, without reading ahead: what that spares."""
        document = self._session.document
        self._session.close_document()
        self._until(lambda: not self._session.writing.is_warming)
        if (engine := self._engine()) is not None:
            engine.close()
        for warming in self._session.findChildren(Warming):
            warming.deleteLater()
        self._session.new_document_with_outline("", None, "en", (Step(1, "x", words),))
        self._session.put(document)
        self._measure("next section, new process", self._session.write, warm=False)

    def _measure(self, what: str, ask: Callable[[], None], *, warm: bool = True) -> None:
        if warm:
            self._wait_until_warm()
        if (engine := self._engine()) is not None:
            engine.ask()
        self._text_at = None
        began = time.monotonic()
        ask()
        self._until(lambda: self._text_at is not None or self._session.activity is Activity.IDLE)
        engine = self._engine()
        token_at = engine.first_token_at if engine is not None else None
        token, text = (f"{at - began:.2f}" if at is not None else "none" for at in (token_at, self._text_at))
        read = engine.read if engine is not None else None
        print(f"{self._model.layout:14}{what:32}{read!s:>7}{token:>10}{text:>10}", flush=True)

    def _engine(self) -> _Listening | None:
        engine = self._session.writing.engine
        return engine if isinstance(engine, _Listening) else None

    def _note(self) -> None:
        if self._text_at is None:
            self._text_at = time.monotonic()

    def _wait_until_warm(self) -> None:
        """Until reading ahead has had its chance, and is done."""
        quiet_since = time.monotonic()

        def quiet() -> bool:
            nonlocal quiet_since
            if self._session.writing.is_warming or self._session.activity is not Activity.IDLE:
                quiet_since = time.monotonic()
            return time.monotonic() - quiet_since > 0.5

        self._until(quiet)

    def _until_finished(self, section_id: str) -> None:
        self._until(lambda: self._session.document.section(section_id).complete)
        self._pause()

    def _pause(self) -> None:
        self._session.pause()
        self._until(lambda: self._session.activity is Activity.IDLE)

    def _until(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + MOST_S
        while not done():
            self._app.processEvents()
            time.sleep(0.002)
            if time.monotonic() > deadline:
                sys.exit(f"it did not happen within {MOST_S:.0f} s")


if __name__ == "__main__":
    main()
