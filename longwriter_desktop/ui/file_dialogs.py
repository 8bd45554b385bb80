"""Asking for a file: to open, to export to, to use as a model."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, shown, translate

OF_QT = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Folder"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "File"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "%1 File"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Drive"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Unknown"),
)
"""Texts of Qt's own file dialog, for systems without one, that its Chinese lacks."""


def ask_document_to_open(parent: QWidget, folder: Path) -> Path | None:
    """The .longwriter file, or document exported as JSON, that the person chooses; None when they cancel."""
    name, _ = QFileDialog.getOpenFileName(
        parent,
        translate("FileDialogs", "Open a document"),
        str(folder),
        translate("FileDialogs", "LongWriter documents (*.longwriter *.json);;All files (*)"),
    )
    return Path(name) if name else None


def ask_model_file(parent: QWidget, folder: Path) -> Path | None:
    """The GGUF file that the person chooses; None when they cancel."""
    name, _ = QFileDialog.getOpenFileName(
        parent,
        translate("FileDialogs", "Open a model file"),
        str(folder),
        translate("FileDialogs", "GGUF models (*.gguf);;All files (*)"),
    )
    return Path(name) if name else None


def ask_copy_target(parent: QWidget, proposed: Path) -> Path | None:
    """Where a copy of the document is to go; None when they cancel. The dialog asks before overwriting."""
    kind = translate("FileDialogs", "LongWriter documents (*.longwriter)")
    name, _ = QFileDialog.getSaveFileName(parent, translate("FileDialogs", "Save a copy"), str(proposed), kind)
    if not name:
        return None
    path = Path(name)
    return path if path.suffix else path.with_suffix(".longwriter")


def ask_export_target(parent: QWidget, proposed: Path, formats: dict[str, str]) -> Path | None:
    """Where the export is to go; None when they cancel.

    ``formats`` has the name of each format by its suffix (".docx"); the one of ``proposed`` comes first.
    A name without a known suffix gets that of the chosen format.
    """
    filters = {f"{shown(name)} (*{suffix})": suffix for suffix, name in formats.items()}
    first = next((each for each, suffix in filters.items() if suffix == proposed.suffix), "")
    name, chosen = QFileDialog.getSaveFileName(
        parent, translate("FileDialogs", "Export"), str(proposed), ";;".join(filters), first
    )
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() in formats:
        return path
    return path.with_name(path.name + filters.get(chosen, proposed.suffix))


def ask_about_discarding(parent: QWidget, title: str) -> bool:
    """Asked before text that could not be saved is deleted."""
    answer = QMessageBox.question(
        parent,
        translate("FileDialogs", "Discard kept text"),
        translate("FileDialogs", "Delete the kept text of “{title}” for good? It is saved nowhere else.").format(
            title=title
        ),
    )
    return answer == QMessageBox.StandardButton.Yes


def ask_about_unsaved(parent: QWidget, sentence: str, kept: bool = False) -> QMessageBox.StandardButton:
    """Asked when a document that cannot be saved is to be closed: Save (in another place), Discard or Cancel.

    ``kept``: its newest text is in the app's own folder, and the next start offers to recover it.
    """
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(translate("FileDialogs", "The document is not saved"))
    box.setTextFormat(Qt.TextFormat.PlainText)  # It holds the file's name.
    box.setText(shown(sentence))
    box.setInformativeText(
        translate(
            "FileDialogs",
            "The newest text is kept in the app's own folder. When you close, the next start offers to recover it.",
        )
        if kept
        else translate("FileDialogs", "The newest text is only in this window. Save it in another place?")
    )
    save = box.addButton(translate("FileDialogs", "Save in another place…"), QMessageBox.ButtonRole.AcceptRole)
    later, without = translate("FileDialogs", "Close, recover later"), translate("FileDialogs", "Close without saving")
    discard = box.addButton(later if kept else without, QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(save)
    box.exec()
    if box.clickedButton() is save:
        return QMessageBox.StandardButton.Save
    return QMessageBox.StandardButton.Discard if box.clickedButton() is discard else QMessageBox.StandardButton.Cancel
