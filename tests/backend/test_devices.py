import os
import subprocess
import sys
from pathlib import Path

import pytest

from longwriter_desktop.backend.devices import inspect_backend
from longwriter_desktop.errors import BackendCrashed
from longwriter_desktop.paths import AppPaths

pytestmark = pytest.mark.counted

ROOT = Path(__file__).resolve().parents[2]


def test_the_backend_describes_itself_without_being_imported(paths: AppPaths) -> None:
    info = inspect_backend(paths)
    assert info.library_version.startswith("0.3.")
    assert "CPU" in info.system_info
    cpu = next(device for device in info.devices if device.kind == "CPU")
    assert cpu.name
    assert cpu.memory_total_bytes > 0


def test_the_windows_side_of_the_backend_never_loads_llama_cpp() -> None:
    script = (
        "import sys\n"
        "from longwriter_desktop.backend import client, devices, gguf_check, memory, model_spec\n"
        "assert not any(name.split('.')[0] in ('llama_cpp', 'numpy') for name in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})


def test_a_library_that_is_missing_is_said_to_be_missing(paths: AppPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLAMA_CPP_LIB_PATH", "/nowhere")
    with pytest.raises(BackendCrashed, match=r"cannot be used here.*Install llama-cpp-python again"):
        inspect_backend(paths)
