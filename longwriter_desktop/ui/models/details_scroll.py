"""The part of a models dialog that scrolls: what is said of one model, as high as it is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


class DetailsScroll(QScrollArea):
    """Scrolls ``column``, and only up and down: texts are wrapped to its width."""

    def __init__(self, left: int, spacing: int, parent: QWidget | None = None) -> None:
        """``left`` is the margin on the left and ``spacing`` the room between the parts, in pixels."""
        super().__init__(parent)
        inner = QWidget()
        inner.setObjectName("modelDetails")
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(left, 0, 8, 0)
        self.column.setSpacing(spacing)
        self.setObjectName("modelDetailsScroll")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)
