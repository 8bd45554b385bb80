"""What is asked before a download is stopped or a model deleted. Each question waits without holding up the window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from longwriter_desktop.models.manage import Removal
from longwriter_desktop.size_words import size_words
from longwriter_desktop.ui.models.model_rows import ModelRow, Transfer, progress_words

KEEP_PART, DELETE_PART, GO_ON = "Stop, go on later", "Stop and delete it", "Go on downloading"
DELETE, TAKE_OFF, LEAVE = "Delete the file", "Only take it off the list", "Cancel"
DELETE_IT, KEEP_IT, TAKE_IT_OFF = "Delete it", "Keep it", "Take it off the list"
QUIT_LATER, STAY = "Quit, go on later", "Stay"

_NO_FILE = "You have added it yourself. None of its files is deleted."


@dataclass(frozen=True, slots=True)
class Answer:
    """A button and what it does. ``destroys``: it deletes something for good."""

    label: str
    do: Callable[[], object]
    destroys: bool = False


def ask_about_cancelling(
    parent: QWidget, title: str, transfer: Transfer, keep: Callable[[], object], delete: Callable[[], object]
) -> QMessageBox:
    """Whether what has come of a download is kept; one that has stopped already can only be discarded."""
    has = progress_words(transfer.done_bytes, transfer.total_bytes).replace(" / ", " of ")
    if not transfer.is_running:
        return _ask(
            parent,
            "Discard a download",
            f"Delete what has come of {title}?",
            f"{has} are here. While they are kept, the download can go on from there.",
            (Answer(DELETE_IT, delete, destroys=True),),
            leave=KEEP_IT,
        )
    return _ask(
        parent,
        "Stop the download",
        f"Stop the download of {title}?",
        f"{has} are here. They can be kept, so that it goes on from there another time, or deleted.",
        (Answer(KEEP_PART, keep), Answer(DELETE_PART, delete, destroys=True)),
        leave=GO_ON,
    )


def ask_about_removing(
    parent: QWidget,
    row: ModelRow,
    planned: Removal | None,
    delete: Callable[[], object],
    take_off: Callable[[], object],
) -> QMessageBox:
    """Whether a model's file is deleted; for an entry of the person's own it can be just taken off the list."""
    answers = []
    told = ""
    if planned is not None:
        freed = f"{size_words(planned.frees_bytes)} become free. " if planned.frees_bytes else ""
        shared = "Other programs that use the Hugging Face cache lose it too. "
        told = f"{row.path}\n\n{freed}{shared if planned.kept == 'Hugging Face cache' else ''}{planned.asks}"
        answers.append(Answer(DELETE, delete, destroys=True))
    if row.is_own_entry:
        answers.insert(0, Answer(TAKE_OFF, take_off))
    if planned is None and row.path is None:
        question = f"Take {row.title} off the list?"
        return _ask(parent, "Take a model off the list", question, _NO_FILE, [Answer(TAKE_IT_OFF, take_off)], LEAVE)
    return _ask(parent, "Delete a model", f"Delete {row.title}?", told.strip(), answers, leave=LEAVE)


def ask_about_quitting(parent: QWidget, title: str, transfer: Transfer) -> bool:
    """Asked when the window is to be closed while a download goes on; True to close it all the same."""
    amount = progress_words(transfer.done_bytes, transfer.total_bytes).replace(" / ", " of ")
    has = f" ({amount})" if transfer.done_bytes else ""
    box = _box(
        parent,
        "A download goes on",
        f"{title} is being downloaded{has}.",
        "What has come is kept, and the next start goes on with it.",
    )
    leave = box.addButton(QUIT_LATER, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(STAY, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(leave)
    box.exec()
    return box.clickedButton() is leave


def _ask(
    parent: QWidget, window_title: str, question: str, told: str, answers: Sequence[Answer], leave: str
) -> QMessageBox:
    """A question that does not hold up the window."""
    box = _box(parent, window_title, question, told)
    deeds: dict[object, Callable[[], object]] = {}
    for answer in answers:
        role = QMessageBox.ButtonRole.DestructiveRole if answer.destroys else QMessageBox.ButtonRole.AcceptRole
        deeds[box.addButton(answer.label, role)] = answer.do
    box.setDefaultButton(box.addButton(leave, QMessageBox.ButtonRole.RejectRole))

    def answered(_result: int) -> None:
        deed = deeds.get(box.clickedButton())
        box.deleteLater()
        if deed is not None:
            deed()

    box.finished.connect(answered)
    box.open()
    return box


def _box(parent: QWidget, window_title: str, question: str, told: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setWindowTitle(window_title)
    box.setTextFormat(Qt.TextFormat.PlainText)  # It holds names of files.
    box.setText(question)
    box.setInformativeText(told)
    return box
