import os

import psutil
import pytest

from longwriter_desktop.backend.cores import choose_threads, usable_cores
from longwriter_desktop.backend.options import EngineOptions


def machine(monkeypatch: pytest.MonkeyPatch, physical: int | None, logical: int, allowed: int) -> None:
    monkeypatch.setattr(psutil, "cpu_count", lambda logical=True: logical if logical else physical)
    monkeypatch.setattr(os, "cpu_count", lambda: logical)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: set(range(allowed)), raising=False)


@pytest.mark.parametrize(
    ("physical", "logical", "allowed", "writing", "reading"),
    [
        (1, 1, 1, 1, 1),
        (2, 4, 4, 2, 2),
        (4, 8, 8, 3, 4),
        (8, 16, 16, 7, 8),
        (8, 16, 2, 2, 2),
        (None, 2, 2, 2, 2),
    ],
)
def test_writing_leaves_a_core_to_the_window_where_there_are_enough(
    monkeypatch: pytest.MonkeyPatch, physical: int | None, logical: int, allowed: int, writing: int, reading: int
) -> None:
    machine(monkeypatch, physical, logical, allowed)
    assert usable_cores() == reading
    assert choose_threads(EngineOptions()) == (writing, reading)


def test_what_the_person_asked_for_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch, 4, 8, 8)
    assert choose_threads(EngineOptions(writing_threads=5, reading_threads=6)) == (5, 6)
