"""What is asked before a download is stopped or a model deleted. Each question waits without holding up the window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from longwriter_desktop.models.manage import Removal
from longwriter_desktop.ui.length_words import shown_size
from longwriter_desktop.ui.models.model_rows import ModelRow, Transfer
from longwriter_desktop.ui.models.model_words import sentences
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, shown, translate

KEEP_PART = QT_TRANSLATE_NOOP("Questions", "Stop, go on later")
DELETE_PART = QT_TRANSLATE_NOOP("Questions", "Stop and delete it")
GO_ON = QT_TRANSLATE_NOOP("Questions", "Go on downloading")
DELETE = QT_TRANSLATE_NOOP("Questions", "Delete the file")
TAKE_OFF = QT_TRANSLATE_NOOP("Questions", "Only take it off the list")
LEAVE = QT_TRANSLATE_NOOP("Questions", "Cancel")
DELETE_IT = QT_TRANSLATE_NOOP("Questions", "Delete it")
KEEP_IT = QT_TRANSLATE_NOOP("Questions", "Keep it")
TAKE_IT_OFF = QT_TRANSLATE_NOOP("Questions", "Take it off the list")
QUIT_LATER = QT_TRANSLATE_NOOP("Questions", "Quit, go on later")
STAY = QT_TRANSLATE_NOOP("Questions", "Stay")


@dataclass(frozen=True, slots=True)
class Answer:
    """A button and what it does. ``destroys``: it deletes something for good; ``label`` is in English."""

    label: str
    do: Callable[[], object]
    destroys: bool = False


def ask_about_cancelling(
    parent: QWidget, title: str, transfer: Transfer, keep: Callable[[], object], delete: Callable[[], object]
) -> QMessageBox:
    """Whether what has come of a download is kept; one that has stopped already can only be discarded."""
    has = transfer.has_come
    if not transfer.is_running:
        told = translate("Questions", "{amount} are here. While they are kept, the download can go on from there.")
        return _ask(
            parent,
            translate("Questions", "Discard a download"),
            translate("Questions", "Delete what has come of {title}?").format(title=title),
            told.format(amount=has),
            (Answer(DELETE_IT, delete, destroys=True),),
            leave=KEEP_IT,
        )
    told = translate(
        "Questions", "{amount} are here. They can be kept, so that it goes on from there another time, or deleted."
    )
    return _ask(
        parent,
        translate("Questions", "Stop the download"),
        translate("Questions", "Stop the download of {title}?").format(title=title),
        told.format(amount=has),
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
    if planned is not None:
        answers.append(Answer(DELETE, delete, destroys=True))
    if row.is_own_entry:
        answers.insert(0, Answer(TAKE_OFF, take_off))
    if planned is None and row.path is None:
        return _ask(
            parent,
            translate("Questions", "Take a model off the list"),
            translate("Questions", "Take {title} off the list?").format(title=row.title),
            translate("Questions", "You have added it yourself. None of its files is deleted."),
            [Answer(TAKE_IT_OFF, take_off)],
            LEAVE,
        )
    question = translate("Questions", "Delete {title}?").format(title=row.title)
    told = _what_goes(row, planned) if planned is not None else ""
    return _ask(parent, translate("Questions", "Delete a model"), question, told, answers, leave=LEAVE)


def _what_goes(row: ModelRow, planned: Removal) -> str:
    """What deleting a file does, beginning with where it is."""
    freed = translate("Questions", "{size} become free.").format(size=shown_size(planned.frees_bytes))
    shared = translate("Questions", "Other programs that use the Hugging Face cache lose it too.")
    told = sentences(
        freed if planned.frees_bytes else "",
        shared if planned.kept == "Hugging Face cache" else "",
        shown(planned.asks) if planned.asks else "",
    )
    return f"{row.path}\n\n{told}".strip()


def ask_about_quitting(parent: QWidget, title: str, transfer: Transfer) -> bool:
    """Asked when the window is to be closed while a download goes on; True to close it all the same."""
    being = translate("Questions", "{title} is being downloaded.").format(title=title)
    if transfer.done_bytes:
        form = translate("Questions", "{title} is being downloaded ({amount}).")
        being = form.format(title=title, amount=transfer.has_come)
    box = _box(
        parent,
        translate("Questions", "A download goes on"),
        being,
        translate("Questions", "What has come is kept, and the next start goes on with it."),
    )
    leave = box.addButton(translate("Questions", QUIT_LATER), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(translate("Questions", STAY), QMessageBox.ButtonRole.RejectRole)
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
        deeds[box.addButton(translate("Questions", answer.label), role)] = answer.do
    box.setDefaultButton(box.addButton(translate("Questions", leave), QMessageBox.ButtonRole.RejectRole))

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
