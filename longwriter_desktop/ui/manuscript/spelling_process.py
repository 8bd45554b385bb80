"""The spelling process from the window's side: words go to it and verdicts come back, without waiting."""

import json
import os
import site
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from longwriter_desktop.backend.process import command_of_our_own
from longwriter_desktop.spelling.dictionaries import Dictionary
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, translate

# Named here and not imported: the module that answers loads Hunspell.
WORKER, SPELLING_SWITCH = "longwriter_desktop.spelling.worker", "--spelling"
_END_MS = 2000
FAILED = QT_TRANSLATE_NOOP(
    "SpellingProcess",
    "The spelling is not checked any more: the program that does it has ended. Nothing of your text was changed.",
)


class SpellingProcess(QObject):
    """Runs while there is a dictionary to look words up in. Nothing here waits, but for `close`."""

    checked = Signal(object)  # words were looked up; a dict of word and whether it is right
    suggested = Signal(str, object)  # a word, and a list of words that may have been meant
    failed = Signal(str)  # the dictionary cannot be read or the process has ended; a sentence

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._rest = b""

    @property
    def is_running(self) -> bool:
        return self._process is not None

    def start(self, dictionary: Dictionary) -> None:
        """Looks words up in ``dictionary`` from now on."""
        self.close()
        process = QProcess(self)
        process.setProcessEnvironment(_environment())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._ended)
        self._process = process
        program, *arguments = command_of_our_own(WORKER, SPELLING_SWITCH)
        process.start(program, arguments)
        self._ask({"load": dictionary.language, "folder": str(dictionary.folder)})

    def check(self, words: list[str]) -> None:
        """Has words looked up; `checked` follows."""
        if words:
            self._ask({"check": words})

    def suggest(self, word: str) -> None:
        """Has words looked for that may have been meant; `suggested` follows."""
        self._ask({"suggest": word})

    def close(self) -> None:
        """Ends the process. What it was asked is not answered any more."""
        process, self._process, self._rest = self._process, None, b""
        if process is None:
            return
        process.blockSignals(True)
        process.closeWriteChannel()
        if process.state() is not QProcess.ProcessState.NotRunning:
            process.kill()  # It has nothing to put away.
            process.waitForFinished(_END_MS)
        process.deleteLater()

    def _ask(self, request: dict[str, object]) -> None:
        if self._process is not None:
            self._process.write(json.dumps(request).encode() + b"\n")

    def _read(self) -> None:
        if self._process is None:
            return
        *lines, self._rest = (self._rest + bytes(self._process.readAllStandardOutput().data())).split(b"\n")
        for line in lines:
            match json.loads(line):
                case {"wrong": list(wrong), "right": list(right)}:
                    self.checked.emit(dict.fromkeys(wrong, False) | dict.fromkeys(right, True))
                case {"suggestions": list(suggestions), "of": str(word)}:
                    self.suggested.emit(word, suggestions)
                case {"problem": str(problem)}:
                    self.failed.emit(problem)

    def _ended(self) -> None:
        if self._process is not None:
            self.close()
            self.failed.emit(translate("SpellingProcess", FAILED))


def _environment() -> QProcessEnvironment:
    environment = QProcessEnvironment.systemEnvironment()
    root = str(Path(__file__).resolve().parents[3])
    if root not in site.getsitepackages():
        # A checkout that is not installed: the process has to find the same package as the window.
        paths = [root, environment.value("PYTHONPATH", "")]
        environment.insert("PYTHONPATH", os.pathsep.join(path for path in paths if path))
    return environment
