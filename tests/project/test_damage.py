"""Files with flipped bytes, cut ends and strange pages: opened with what can be saved, or refused in words."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from longwriter_desktop.errors import ProjectProblem
from longwriter_desktop.project.store import Project
from tests.project.saving_child import nth


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "a.longwriter"
    Project.create(path, nth(20)).close()
    return path


flips = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8)
near_the_head = st.lists(st.tuples(st.floats(0, 0.02), st.integers(0, 255)), max_size=4)


@given(changes=flips | near_the_head, kept=st.just(1.0) | st.floats(0, 1))
@hypothesis_settings(max_examples=120, deadline=None)
def test_any_damage_gives_a_document_or_one_clear_problem_and_the_file_is_not_written_to(
    tmp_path_factory: pytest.TempPathFactory, whole: Path, changes: list[tuple[float, int]], kept: float
) -> None:
    content = bytearray(whole.read_bytes())
    for where, byte in changes:
        content[int(where * len(content))] = byte
    content = content[: int(kept * len(content))]
    folder = tmp_path_factory.mktemp("damaged")
    path = folder / "a.longwriter"
    path.write_bytes(content)
    for read_only in (True, False):
        try:
            project = Project.open(path, read_only=read_only)
        except ProjectProblem as problem:
            assert str(path) in str(problem)  # noqa: PT017 - either way is fine
            assert path.read_bytes() == content
            assert [each.name for each in folder.iterdir()] == [path.name]
        else:
            assert project.document.statuses().keys() == {section.id for section in project.document.sections}
    shutil.rmtree(folder)
