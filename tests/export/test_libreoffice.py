"""Another program opens the exported file; where LibreOffice is not installed, nothing is tested."""

import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from longwriter_desktop.export.options import ExportOptions
from longwriter_desktop.export.registry import export
from tests.export.reading import document, text_of

SOFFICE = shutil.which("soffice")
TEXT_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_file_and_finds_headings_lists_notes_and_tables(tmp_path: Path) -> None:
    source = document(
        (
            "One",
            "a[^1] **b** [c](http://d.e/)\n\n1. x\n   - y\n\ntext\n\n1. z\n\n[^1]: note\n\n"
            "### Inner\n\n| h |\n|---|\n| i |",
        ),
        ("二", "中文"),
        title="Title",
    )
    export(source, tmp_path / "a.docx", options=ExportOptions(region="US"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        str(SOFFICE),
        profile,
        "--headless",
        "--convert-to",
        "fodt",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    root = etree.parse(tmp_path / "a.fodt").getroot()
    headings = [(h.get(f"{TEXT_NAMESPACE}outline-level"), text_of(h)) for h in root.iter(f"{TEXT_NAMESPACE}h")]
    assert [each for each in headings if each[1] != "Title"] == [("1", "One"), ("2", "Inner"), ("1", "二")]
    assert len(list(root.iter(f"{TEXT_NAMESPACE}note"))) == 1
    assert len(list(root.iter(f"{TEXT_NAMESPACE}list"))) >= 3
    assert len(list(root.iter(f"{TEXT_NAMESPACE}a"))) == 1
    assert "note" in text_of(root)
