"""Asking for a file: to open, to export to, to use as a model."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from longwriter_desktop.project.schema import SUFFIX
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, shown, translate

OF_QT = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
    QT_TRANSLATE_NOOP("QFileSystemModel", "Size"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Folder"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "File"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "%1 File"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Drive"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Unknown"),
)
"""Texts of Qt's own file dialog, for systems without one, that its Chinese lacks or says oddly."""


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
    """Where a copy of the document is to go; None when they cancel.

    Not asked is whether a file that is there may go: no document is ever written over another.
    """
    kind = translate("FileDialogs", "LongWriter documents (*.longwriter)")
    title, unasked = translate("FileDialogs", "Save a copy"), QFileDialog.Option.DontConfirmOverwrite
    name, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), kind, options=unasked)
    if not name:
        return None
    path = Path(name)
    # Not its suffix: "Report v1.2" has one, too.
    return path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)


def ask_export_target(parent: QWidget, proposed: Path, formats: dict[str, str]) -> Path | None:
    """Where the export is to go; None when they cancel.

    ``formats`` has the name of each format by its suffix (".docx"); the one of ``proposed`` comes first.
    A name without a known suffix gets that of the chosen format. Nothing is written over without a question.
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
    path = path.with_name(path.name + filters.get(chosen, proposed.suffix))
    return path if not path.exists() or _ask_about_replacing(parent, path) else None


def _ask_about_replacing(parent: QWidget, path: Path) -> bool:
    """Asked where the file that is there is not the one whose name was typed: the dialog has not asked about it."""
    told = translate("FileDialogs", "There is a file “{name}” already. Replace it?")
    return _yes(parent, translate("FileDialogs", "Export"), told.format(name=path.name))


def _yes(parent: QWidget, title: str, question: str) -> bool:
    """Asks whether something that cannot be taken back is to be done; it is not unless the person says so."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)  # It holds a title, or a file's name.
    box.setText(question)
    box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
    box.setDefaultButton(QMessageBox.StandardButton.No)
    answer = box.exec()
    box.deleteLater()
    return answer == QMessageBox.StandardButton.Yes


def ask_about_discarding(parent: QWidget, title: str) -> bool:
    """Asked before text that could not be saved is deleted."""
    told = translate("FileDialogs", "Delete the kept text of “{title}” for good? It is saved nowhere else.")
    return _yes(parent, translate("FileDialogs", "Discard kept text"), told.format(title=title))


def ask_about_going_back(parent: QWidget, when: str, words: int, lost: int) -> bool:
    """Asked before a document goes back to how it was opened ``when``, with ``words``, and has ``lost`` words less."""
    told = translate(
        "FileDialogs",
        "The document is to be as it was opened, {when}: it had {words} words then, {lost} fewer than now. Undo brings "
        "them back.",
    )
    title = translate("FileDialogs", "Revert to last opened")
    return _yes(parent, title, told.format(when=when, words=f"{words:,}", lost=f"{lost:,}"))


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
