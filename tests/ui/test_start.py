"""What the start of the window loads, and what it leaves for later."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

LATER = {
    # each takes from a hundredth to half a second to load
    *("docx", "lxml", "markdown", "jinja2", "numpy", "matplotlib", "tqdm", "wakepy", "jeepney", "chunspell", "keyring"),
    *("huggingface_hub", "httpx2", "llama_cpp", "http.client", "asyncio", "xml.dom", "PySide6.QtNetwork"),
    *("longwriter_desktop.command_line", "longwriter_desktop.evaluation", "longwriter_desktop.export.to_docx"),
}

START = """
import gc, json, sys
from PySide6.QtWidgets import QApplication
def turn_once(*_):
    QApplication.processEvents()
    window = next(each for each in QApplication.topLevelWidgets() if each.objectName() == "" and each.isWindow()
                  and type(each).__name__ == "MainWindow")
    print(json.dumps({"modules": sorted(sys.modules), "collects": gc.isenabled(), "frozen": gc.get_freeze_count(),
                      "shown": window.isVisible()}))
    window.close()
    return 0
QApplication.exec = turn_once
from longwriter_desktop.cli import main
sys.exit(main([]))
"""


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What a window says of its process when its loop begins to turn."""
    home: Path = tmp_path_factory.mktemp("home")
    environment = {**os.environ, "LONGWRITER_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", START], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def test_what_takes_long_to_load_is_left_until_it_is_needed(started: dict[str, object]) -> None:
    loaded = started["modules"]
    assert isinstance(loaded, list)
    assert started["shown"]
    assert "longwriter_desktop.ui.main_window" in loaded
    assert LATER & set(loaded) == set()


def test_garbage_is_collected_again_once_the_window_is_there_but_not_looked_for_in_what_was_loaded(
    started: dict[str, object],
) -> None:
    assert started["collects"]
    frozen = started["frozen"]
    assert isinstance(frozen, int)
    assert frozen > 50_000
