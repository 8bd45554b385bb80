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
    *("huggingface_hub", "httpx2", "llama_cpp", "http.client", "asyncio", "PySide6.QtNetwork"),
    *("longwriter_desktop.command_line", "longwriter_desktop.evaluation", "longwriter_desktop.export.to_docx"),
    # dialogs, until they are opened
    *(f"longwriter_desktop.ui.{name}_dialog" for name in ("about", "backups", "comparison", "instruction", "trash")),
    *("longwriter_desktop.ui.help_dialogs", "longwriter_desktop.ui.report_problem", "longwriter_desktop.doctor"),
    *("longwriter_desktop.ui.settings.settings_dialog", "longwriter_desktop.ui.settings.page"),
    *("longwriter_desktop.ui.models.models_dialog", "longwriter_desktop.ui.models.own_file_dialog"),
    *("longwriter_desktop.ui.statistics.statistics_dialog", "longwriter_desktop.ui.statistics.bar_plot"),
    # what plans, writes and checks, until there is something to plan, write or check
    *(f"longwriter_desktop.agentwrite.{name}" for name in ("plan", "writer", "rewrite", "stray_text", "plan_check")),
    # what only a window in Chinese needs
    *("longwriter_desktop.ui.core_sentences", "longwriter_desktop.ui.sentences"),
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


LONGEST_MS = 60
"""Far above what one takes alone; a module that takes another dozen along is longer."""

AHEAD = """
import json, sys, time
import longwriter_desktop.ui.app
from PySide6.QtCore import QCoreApplication
from longwriter_desktop.ui import loading_ahead
loading_ahead.AFTER_MS = loading_ahead.BETWEEN_MS = 0
app = QCoreApplication([])
ahead = loading_ahead.LoadingAhead()
longest = 0.0
while not ahead.is_done:
    began = time.thread_time()
    app.processEvents()
    longest = max(longest, time.thread_time() - began)
print(json.dumps({"left": [name for name in loading_ahead.MODULES if name not in sys.modules], "ms": 1000 * longest}))
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


@pytest.mark.alone
def test_what_the_window_will_need_is_loaded_soon_after_it_is_there_a_little_at_a_time() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", AHEAD], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["left"] == []
    assert found["ms"] < LONGEST_MS
