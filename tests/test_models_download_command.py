import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from longwriter_desktop.cli import main
from longwriter_desktop.models.catalogue import load_catalogue
from longwriter_desktop.models.download import part_bytes
from longwriter_desktop.paths import AppPaths
from tests.models.hub_server import HubServer, hub_server, small_gguf

ROOT = Path(__file__).resolve().parents[1]
SIZE = 1_000_000
CATALOGUE = """
[models.small]
title = "Small"
repository = "somebody/small-GGUF"
file = "small.gguf"
licence = "Apache-2.0"
licence_url = "https://www.apache.org/licenses/LICENSE-2.0"

[models.strict]
title = "Strict"
repository = "somebody/small-GGUF"
file = "small.gguf"
licence = "Strict Licence"
licence_url = "https://example.org/strict"
licence_accept = true
"""


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    paths = AppPaths.of_this_machine()
    paths.settings.mkdir(parents=True)
    (paths.settings / "models.toml").write_text(CATALOGUE)
    for name in ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_HUB_OFFLINE", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with hub_server() as server:
        server.content.add("somebody/small-GGUF", "small.gguf", small_gguf(SIZE, 3))
        monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
        monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
        monkeypatch.setenv("HF_ENDPOINT", server.endpoint)
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        yield server


def lines_of(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_download_ends_with_the_place_of_the_file(hub: HubServer, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "download", "small"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("Small is here, whole and checked (1 MB): ")
    assert Path(said.out.strip().rpartition(": ")[2]).read_bytes() == small_gguf(SIZE, 3)
    shown = said.err.splitlines()
    assert shown[0] == "Licence of Small: Apache-2.0 https://www.apache.org/licenses/LICENSE-2.0"
    assert shown[1] == "Asking for Small"
    assert main(["models", "download", "small"]) == 0
    assert capsys.readouterr().out.startswith("Small is on this computer already: ")


def test_as_json_there_is_an_object_a_step_and_a_summary(hub: HubServer, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "download", "SMALL", "--json"]) == 0
    *steps, summary = lines_of(capsys.readouterr().out)
    assert {each["event"] for each in steps} == {"progress"}
    assert steps[0]["phase"] == "asking"
    assert (steps[-1]["phase"], steps[-1]["done_bytes"], steps[-1]["total_bytes"]) == ("done", SIZE, SIZE)
    assert (summary["event"], summary["name"], summary["bytes"], summary["was_here"]) == (
        "summary", "small", SIZE, False,
    )  # fmt: skip


def test_a_licence_that_asks_for_it_is_agreed_to_first(
    hub: HubServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert main(["models", "download", "strict"]) == 1
    said = capsys.readouterr().err
    assert "https://example.org/strict" in said
    assert said.endswith("then add --accept-licence.\n")
    assert hub.content.asked == []
    assert main(["models", "download", "strict", "--accept-licence"]) == 0
    assert main(["models", "download", "strict"]) == 0  # it is not asked again


def test_a_problem_is_one_message_and_exit_status_1(hub: HubServer, capsys: pytest.CaptureFixture[str]) -> None:
    hub.content.files.clear()
    assert main(["models", "download", "small"]) == 1
    assert "There is no repository somebody/small-GGUF" in capsys.readouterr().err
    assert main(["models", "download", "smal"]) == 1
    assert "There is no model 'smal' to download. There are: " in capsys.readouterr().err


def test_an_interrupted_download_is_listed_gone_on_with_or_discarded(
    hub: HubServer, capsys: pytest.CaptureFixture[str]
) -> None:
    interrupt(hub)
    paths = AppPaths.of_this_machine()
    entry = load_catalogue(paths).by_name("small")
    assert entry is not None
    kept = part_bytes(entry, paths)
    assert main(["models", "download", "--json"]) == 0
    (begun, summary) = lines_of(capsys.readouterr().out)
    assert (begun["name"], begun["done_bytes"], begun["total_bytes"]) == ("small", kept, SIZE)
    assert summary == {"event": "summary", "unfinished": 1}
    hub.content.asked.clear()
    assert main(["models", "download", "small"]) == 0
    assert hub.content.sent_bytes == SIZE - kept
    capsys.readouterr()
    assert main(["models", "download"]) == 0
    assert capsys.readouterr().out.startswith("No download was begun.")


def test_what_has_come_is_discarded_on_request(hub: HubServer, capsys: pytest.CaptureFixture[str]) -> None:
    interrupt(hub)
    assert main(["models", "download"]) == 0
    assert "small: " in capsys.readouterr().out
    assert main(["models", "download", "small", "--discard"]) == 0
    assert "are free again" in capsys.readouterr().out
    assert main(["models", "download", "small", "--discard", "--json"]) == 0
    assert lines_of(capsys.readouterr().out) == [{"event": "summary", "name": "small", "freed_bytes": 0}]


def interrupt(hub: HubServer) -> None:
    """Begins a download and presses Ctrl+C when something has come."""
    hub.content.bytes_per_second = 400_000
    command = [sys.executable, "-m", "longwriter_desktop.cli", "models", "download", "small", "--json"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, cwd=ROOT) as app:
        assert app.stdout is not None
        assert app.stderr is not None
        for line in app.stdout:
            step = json.loads(line)
            if step["phase"] == "downloading" and step["done_bytes"] > 50_000:
                break
        app.send_signal(signal.SIGINT)
        app.stdout.read()
        said = app.stderr.read()
        assert app.wait(30) == 130
    assert "Paused." in said
    assert "the same command goes on from there" in said
    hub.content.bytes_per_second = 0


def test_a_token_comes_from_standard_input_and_is_not_kept_without_a_keyring(
    hub: HubServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.content.gated.add("somebody/small-GGUF")
    hub.content.good_tokens.add("hf_secret")
    hub.content.admitted_tokens.add("hf_secret")
    monkeypatch.setattr("sys.stdin", io.StringIO("not a token\n"))
    assert main(["models", "download", "small", "--token"]) == 1
    assert "That is not a token" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO("hf_secret\n"))
    assert main(["models", "download", "small", "--token"]) == 0
    assert "hf_secret" not in "".join(capsys.readouterr())


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel is asked to watch in Linux's way")
def test_lists_wait_for_no_network(tmp_path: Path) -> None:
    environment = os.environ | {"HF_ENDPOINT": "http://192.0.2.1", "HF_TOKEN": "hf_any", "HF_HOME": str(tmp_path)}
    watched = [sys.executable, str(ROOT / "tests/privacy/without_network.py"), sys.executable]
    command = [*watched, "-m", "longwriter_desktop.cli", "models", "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert lines_of(done.stdout)[-1]["event"] == "summary"
    # The same watch ends what does use one.
    command = [
        *watched,
        "-m",
        "longwriter_desktop.cli",
        "models",
        "download",
        "longwriter-8b-q4_k_m",
        "--accept-licence",
    ]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 1
    assert "ended by itself (status -31)" in done.stderr  # SIGSYS
