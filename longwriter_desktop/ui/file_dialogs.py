"""Asking for a file: to open, to export to, to use as a model."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget


def ask_document_to_open(parent: QWidget, folder: Path) -> Path | None:
    """The .longwriter file that the person chooses; None when they cancel."""
    name, _ = QFileDialog.getOpenFileName(
        parent, "Open a document", str(folder), "LongWriter documents (*.longwriter);;All files (*)"
    )
    return Path(name) if name else None


def ask_model_file(parent: QWidget, folder: Path) -> Path | None:
    """The GGUF file that the person chooses; None when they cancel."""
    name, _ = QFileDialog.getOpenFileName(
        parent, "Open a model file", str(folder), "GGUF models (*.gguf);;All files (*)"
    )
    return Path(name) if name else None


def ask_copy_target(parent: QWidget, proposed: Path) -> Path | None:
    """Where a copy of the document is to go; None when they cancel. The dialog asks before overwriting."""
    name, _ = QFileDialog.getSaveFileName(parent, "Save a copy", str(proposed), "LongWriter documents (*.longwriter)")
    if not name:
        return None
    path = Path(name)
    return path if path.suffix else path.with_suffix(".longwriter")


def ask_export_target(parent: QWidget, proposed: Path, formats: dict[str, str]) -> Path | None:
    """Where the export is to go; None when they cancel.

    ``formats`` has the name of each format by its suffix (".docx"); the one of ``proposed`` comes first.
    A name without a known suffix gets that of the chosen format.
    """
    filters = {f"{name} (*{suffix})": suffix for suffix, name in formats.items()}
    first = next((each for each, suffix in filters.items() if suffix == proposed.suffix), "")
    name, chosen = QFileDialog.getSaveFileName(parent, "Export", str(proposed), ";;".join(filters), first)
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() in formats:
        return path
    return path.with_name(path.name + filters.get(chosen, proposed.suffix))


def ask_about_unsaved(parent: QWidget, sentence: str) -> QMessageBox.StandardButton:
    """Asked when a document that cannot be saved is to be closed: Save (a copy), Discard or Cancel."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("The document is not saved")
    box.setText(sentence)
    box.setInformativeText("The newest text is only in this window. Save a copy of it somewhere else?")
    save = box.addButton("Save a copy…", QMessageBox.ButtonRole.AcceptRole)
    discard = box.addButton("Close without saving", QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(save)
    box.exec()
    if box.clickedButton() is save:
        return QMessageBox.StandardButton.Save
    return QMessageBox.StandardButton.Discard if box.clickedButton() is discard else QMessageBox.StandardButton.Cancel
