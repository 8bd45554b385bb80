"""The whole app is killed at random moments: a slice of tests/benchmarks/document_kills.py."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KILLS = 32

pytestmark = [
    pytest.mark.alone,
    pytest.mark.window,
    pytest.mark.skipif(sys.platform == "win32", reason="uses SIGKILL and fork"),
    pytest.mark.skipif(sys.platform == "darwin", reason="Qt on macOS does not work in a forked process"),
]


def test_after_kills_of_window_and_commands_every_file_opens_and_nothing_older_than_a_second_is_missing(
    starter_model: Path,
) -> None:
    """All kinds of runs, the real worker among them; the rest of CI's fifty is in tests/project/test_kills.py."""
    run = subprocess.run(
        [sys.executable, "tests/benchmarks/document_kills.py", "--kills", str(KILLS), "--seed", "7"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert f"{KILLS} kills, 0 faults" in run.stdout
