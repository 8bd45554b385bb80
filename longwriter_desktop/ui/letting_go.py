"""Whether the document in hand may be put away: nothing is lost by that, or the person does not mind."""

from PySide6.QtWidgets import QMessageBox, QWidget

from longwriter_desktop.ui import file_dialogs
from longwriter_desktop.ui.saving_trouble import SavingTrouble
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.translation import translate
from longwriter_desktop.ui.unfinished_work import may_leave_passage, may_stop
from longwriter_desktop.ui.workspace import Workspace


class LettingGo:
    """Asks what has to be asked before the document goes, with ``window`` behind the questions."""

    def __init__(self, session: Session, workspace: Workspace, trouble: SavingTrouble, window: QWidget) -> None:
        self._session = session
        self._workspace = workspace
        self._trouble = trouble
        self._window = window

    def may_go(self) -> bool:
        """Whether the document may go. Then nothing is being written any more, and all of it is on the disk or kept."""
        self._workspace.commit()
        if not may_stop(self._session, self._window):
            return False
        if self._workspace.rewriting.has_new_passage and not may_leave_passage(self._window):
            return False
        self._session.pause_and_wait()
        file = self._session.file
        if not self._session.has_document or file.save_now():
            return True
        late = translate("LettingGo", "The document could not be saved in time.")
        match file_dialogs.ask_about_unsaved(self._window, str(file.problem or late), file.keeps_unsaved):
            case QMessageBox.StandardButton.Save:
                return self._trouble.save_in_another_place()
            case QMessageBox.StandardButton.Discard:
                return True
        return False
