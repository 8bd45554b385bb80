"""Asking before the model is stopped in the middle of something that would be lost by that."""

from PySide6.QtWidgets import QMessageBox, QWidget

from longwriter_desktop.ui.run_notices import lost_by_stopping
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.translation import translate


def may_stop(session: Session, parent: QWidget) -> bool:
    """Whether the model may be stopped now. Where something would be lost, the person is asked."""
    told = lost_by_stopping(session.activity, session.document)
    title = translate("UnfinishedWork", "The model is not done yet")
    stop, stay = translate("UnfinishedWork", "Stop it"), translate("UnfinishedWork", "Let it go on")
    return not told or ask_about_losing(parent, title, told, stop, stay)


def may_leave_passage(parent: QWidget) -> bool:
    """Whether a new passage may go that the person has not taken yet."""
    title = translate("UnfinishedWork", "A new passage is not taken yet")
    told = translate("UnfinishedWork", "The passage that was rewritten is not in the text. It would be lost.")
    leave, stay = translate("UnfinishedWork", "Leave it"), translate("UnfinishedWork", "Back to it")
    return ask_about_losing(parent, title, told, leave, stay)


def ask_about_losing(parent: QWidget, title: str, told: str, lose: str, stay: str) -> bool:
    """Says what would be lost; True where it may be. ``lose`` and ``stay`` are what the buttons say."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(title)
    box.setText(told)
    loses = box.addButton(lose, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(box.addButton(stay, QMessageBox.ButtonRole.RejectRole))
    box.exec()
    box.deleteLater()
    return box.clickedButton() is loses
