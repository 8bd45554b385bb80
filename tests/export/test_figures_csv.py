import csv
import io
from datetime import date

from longwriter_desktop.agentwrite.figures import figures
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.export.figures_csv import days_csv, sections_csv
from longwriter_desktop.project.writing_days import Day


def rows(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_each_section_is_a_row() -> None:
    sections = (
        Section('Says "no", twice', 100, heading="灯塔", text="word " * 125, complete=True, id="a"),
        Section("=1+1", 0, heading="- a\nlist", locked=True, id="b"),
    )
    found = rows(sections_csv(figures(Document(sections=sections), lambda section: section.words)))
    assert found[0][:5] == ["section", "heading", "main point", "asked", "delivered"]
    assert found[1] == ["1", "灯塔", 'Says "no", twice', "100", "125", "25.0", "91.7", "written", "no"]
    assert found[2] == ["2", "'- a list", "'=1+1", "0", "0", "", "", "planned", "yes"]


def test_each_day_is_a_row_oldest_first() -> None:
    days = {date(2026, 11, 21): Day(120, 3400, 1830.0), date(2026, 11, 2): Day(5, 0, 0)}
    assert rows(days_csv(days)) == [
        ["day", "typed", "generated", "minutes"],
        ["2026-11-02", "5", "0", "0.0"],
        ["2026-11-21", "120", "3400", "30.5"],
    ]
