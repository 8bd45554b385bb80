"""Text that would do something if it were let: exported, it is text."""

import re
import zipfile
from io import BytesIO

import pytest
from lxml import etree

from longwriter_desktop.export.options import ExportOptions
from longwriter_desktop.export.to_docx import to_docx
from tests.export.reading import W, document, docx_text, parts

HOSTILE = (
    "<script>fetch('http://evil.example/')</script>",
    '<img src="http://evil.example/a.png" onerror="alert(1)">',
    "![picture](http://evil.example/a.png)",
    "![picture](file:///etc/passwd)",
    "![picture](//server/share/a.png)",
    "![by name][1]\n\n[1]: http://evil.example/b.png",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt&colon;alert(1))",
    "[click](file:///etc/passwd)",
    "[click](\\\\server\\share\\a.docx)",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "[click](ms-word:ofe|u|http://evil.example/a.docx)",
    "<javascript:alert(1)>",
    '<iframe src="http://evil.example/"></iframe><object data="x"></object><embed src="x">',
    '<style>@import url("http://evil.example/a.css")</style><link rel=stylesheet href="http://evil.example/a.css">',
    '<a href="http://evil.example/" ping="http://evil.example/">x</a>',
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    '{ INCLUDEPICTURE "http://evil.example/a.png" }',
    '=HYPERLINK("http://evil.example/") DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc.exe"',
    "]]><w:altChunk r:id='rId1'/><!--",
)
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_MAY_BE_CLICKED = re.compile(r"(https?|ftp)://[A-Za-z0-9]|mailto:")


@pytest.mark.parametrize("hostile", [*HOSTILE, "\n\n".join(HOSTILE)], ids=lambda each: each[:30])
def test_nothing_in_a_docx_file_is_fetched_or_run_when_it_is_opened(hostile: str) -> None:
    inside = f"- {hostile}\n\n> {hostile}\n\nNote[^1]\n\n[^1]: {hostile}"
    found = parts(document((hostile, hostile), ("", inside), title=hostile))
    for name, root in found.items():
        for element in root.iter("{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"):
            if element.get("TargetMode") == "External":
                assert element.get("Type") == _LINK, name
                assert _MAY_BE_CLICKED.match(element.get("Target", "")), name
    names = {element.tag for root in found.values() for element in root.iter(etree.Element)}
    acting = ("altChunk", "object", "control", "drawing", "pict", "attachedTemplate", "subDoc", "ffData")
    assert not names & {f"{W}{tag}" for tag in acting}
    fields = [element.text for root in found.values() for element in root.iter(f"{W}instrText")]
    fields += [element.get(f"{W}instr") for root in found.values() for element in root.iter(f"{W}fldSimple")]
    assert {(field or "").split()[0] for field in fields} <= {"PAGE", "NUMPAGES"}


def test_a_docx_file_carries_no_macro_and_no_other_part_that_runs() -> None:
    content = to_docx(document(("", "\n\n".join(HOSTILE))), ExportOptions())
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert all(name.endswith((".xml", ".rels", ".jpeg", ".ttf", ".odttf")) for name in archive.namelist())


def test_the_words_of_a_script_are_kept_as_words() -> None:
    exported = to_docx(document(("", "Type <script>alert(1)</script> there.")), ExportOptions())
    assert "alert(1)" in docx_text(exported)
