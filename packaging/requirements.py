"""Prints those requirements of pyproject.toml that one part of the set-up installs, one a line.

``llama``: llama-cpp-python alone, which is installed first because it may have to be compiled.
``core``: what the rooms without Qt and llama.cpp need, and the tools that run their tests.
"""

import re
import sys
import tomllib
from pathlib import Path

LLAMA = "llama-cpp-python"
NOT_CORE = {LLAMA, "numpy", "pyside6-essentials", "huggingface-hub", "httpx2", "keyring"} | {
    *("pytest-qt", "mypy", "ruff", "import-linter"),
}


def name(requirement: str) -> str:
    """The package's name in a requirement line, as the index writes it."""
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def main(part: str) -> None:
    project = tomllib.loads(Path(__file__).parent.parent.joinpath("pyproject.toml").read_text("utf-8"))["project"]
    app, test = project["dependencies"], project["optional-dependencies"]["test"]
    wanted = {
        "llama": [line for line in app if name(line) == LLAMA],
        "core": [line for line in [*app, *test] if name(line) not in NOT_CORE],
    }
    print("\n".join(wanted[part]))


if __name__ == "__main__":
    main(sys.argv[1])
