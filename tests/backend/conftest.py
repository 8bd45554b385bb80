"""The backend's tests run llama.cpp in real processes; a process that is left behind fails the test."""

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.paths import AppPaths

EXACT = EngineOptions(adapt_threads=False, state_limit_bytes=0)
"""Everything is read afresh, with the same number of threads: then the same prompt gives the same text."""


def app_paths(home: Path) -> AppPaths:
    return AppPaths.of_this_machine({"LONGWRITER_HOME": str(home)})


@pytest.fixture
def paths(longwriter_home: Path) -> AppPaths:
    return app_paths(longwriter_home)


@pytest.fixture(scope="module")
def engine(starter_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlamaEngine]:
    """The starter model, loaded once for all tests of a module."""
    paths = app_paths(tmp_path_factory.mktemp("home"))
    with LlamaEngine(ModelSpec("starter", starter_model), paths=paths, options=EXACT) as engine:
        yield engine


@pytest.fixture
def own_engine(starter_model: Path, paths: AppPaths) -> Iterator[LlamaEngine]:
    """The starter model in a process for this test alone."""
    with LlamaEngine(ModelSpec("starter", starter_model), paths=paths) as engine:
        yield engine


@pytest.fixture(scope="session", autouse=True)
def _no_process_is_left() -> Iterator[None]:
    yield
    left = [child for child in psutil.Process().children(recursive=True) if _is_worker(child)]
    assert not left


def _is_worker(process: psutil.Process) -> bool:
    try:
        return "longwriter_desktop.backend.worker" in process.cmdline()
    except psutil.Error:
        return False
