import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.models.download_record import (
    DownloadRecord,
    forget_record,
    keep_record,
    record_of,
    records,
)

RECORD = DownloadRecord("m", "M", "a/b", "m.gguf", "/nowhere/m.part", 100, 5.0)
texts = st.text(max_size=40)


def test_a_record_is_found_again_until_it_is_forgotten(tmp_path: Path) -> None:
    part = tmp_path / "part"
    part.write_bytes(b"x" * 40)
    files = (str(tmp_path / "one"), str(tmp_path / "two"))
    record = DownloadRecord("m", "M", "a/b", "m.gguf", str(part), 100, 5.0, files, files[:1])
    assert record.own_files == files[1:]
    keep_record(record, tmp_path / "records")
    assert record_of("m", tmp_path / "records") == record
    assert record.done_bytes == 40
    part.unlink()
    assert record.done_bytes == 0
    forget_record("m", tmp_path / "records")
    forget_record("m", tmp_path / "records")
    assert records(tmp_path / "records") == []


def test_going_on_keeps_the_time_of_the_beginning_and_another_part_does_not(tmp_path: Path) -> None:
    keep_record(RECORD, tmp_path)
    keep_record(DownloadRecord("m", "M", "a/b", "m.gguf", "/nowhere/m.part", 100, 9.0), tmp_path)
    assert [each.started_at for each in records(tmp_path)] == [5.0]
    keep_record(DownloadRecord("m", "M", "a/b", "m.gguf", "/nowhere/other.part", 100, 9.0), tmp_path)
    assert [each.started_at for each in records(tmp_path)] == [9.0]


def test_records_come_in_the_order_in_which_they_were_begun(tmp_path: Path) -> None:
    for name, started_at in (("b", 2.0), ("c", 1.0), ("a", 3.0)):
        keep_record(DownloadRecord(name, "M", "a/b", "m.gguf", "/nowhere", 100, started_at), tmp_path)
    assert [each.name for each in records(tmp_path)] == ["c", "b", "a"]


@given(title=texts, file=texts, total=st.integers(0, 2**60), started=st.floats(0, 1e12))
@settings(max_examples=50)
def test_any_record_is_read_as_it_was_written(title: str, file: str, total: int, started: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        record = DownloadRecord("m", title, "a/b", file, "/nowhere", total, started)
        keep_record(record, Path(folder))
        assert record_of("m", Path(folder)) == record


@given(
    st.one_of(
        st.binary(max_size=60),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=9),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(("name", "title", "repository", "file", "part", "total_bytes", "started_at")), inner
                )
            ),
        ).map(lambda value: json.dumps(value).encode()),
    )
)
@settings(max_examples=100)
def test_whatever_stands_in_a_record_it_is_read_or_left_out(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "m.json").write_bytes(content)
        for record in records(Path(folder)):
            assert record.name == "m"
            assert record.done_bytes >= 0
