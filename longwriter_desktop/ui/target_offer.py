"""Offers another word target where a direction asks for a shorter or longer text, which the target would prevent."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from longwriter_desktop.agentwrite.length_wish import target_for_direction
from longwriter_desktop.document.section import Section


class TargetOffer(QWidget):
    """A button, there only while there is something to offer. Its room is always there, so that nothing moves."""

    target_wished = Signal(int)  # the button was pressed; the word target that it offers

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._target = 0
        self.button = QPushButton()
        why = self.tr("The word target decides the length, not the direction.")
        self.button.setToolTip(why)
        self.button.setAccessibleDescription(why)
        self.button.clicked.connect(lambda: self.target_wished.emit(self._target))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.button.setText(self.tr("Target {old} → {new}").format(old=0, new=0))
        keeps_place = self.sizePolicy()
        keeps_place.setRetainSizeWhenHidden(True)
        self.setSizePolicy(keeps_place)
        self.hide()

    def show_for(self, section: Section | None, direction: str) -> None:
        """Shows what goes with ``direction``, if it asks for another length than the section's target."""
        target = target_for_direction(section, direction) if section is not None and not section.locked else None
        self._target = target or 0
        if section is not None and target is not None:
            told = self.tr("Target {old} → {new}")
            self.button.setText(told.format(old=f"{section.word_target:,}", new=f"{target:,}"))
            spoken = self.tr("Change the word target from {old} to {new}")
            self.button.setAccessibleName(spoken.format(old=f"{section.word_target:,}", new=f"{target:,}"))
        self.setVisible(target is not None)
