"""What is loaded now, and its memory: a line in the models dialog, and the tip of the model in the bottom bar."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from longwriter_desktop.size_words import memory_words
from longwriter_desktop.ui.plain_tip import plain_tip
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.theme import with_tabular_numbers
from longwriter_desktop.ui.translation import shown, translate

REFRESH_MS = 2_000


def loaded_words(session: Session) -> str:
    """The model of a session, where it computes, the memory of its process and the context that is open."""
    model, engine = session.model, session.writing.engine
    if model is None:
        return translate("LoadedLine", "No model is chosen, and none is loaded.")
    if engine is None or not engine.device or not engine.memory_bytes:
        chosen = translate("LoadedLine", "{title} is chosen. It is loaded when you make a plan or write.")
        return chosen.format(title=model.title)
    memory = translate("LoadedLine", "{amount} of memory").format(amount=memory_words(engine.memory_bytes))
    context = translate("LoadedLine", "context of {tokens} tokens").format(tokens=f"{engine.context_tokens:,}")
    facts = (shown(engine.device), memory, context if engine.context_tokens else "")
    loaded = translate("LoadedLine", "Loaded now: {title} · {facts}")
    return loaded.format(title=model.title, facts=" · ".join(fact for fact in facts if fact))


class LoadedLine(QLabel):
    """`loaded_words` as they are now; looked at every two seconds while it is shown."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "muted")
        self.setFont(with_tabular_numbers(self.font()))
        # A name of any length may not widen the dialog.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        session.model_changed.connect(self.refresh)
        session.activity_changed.connect(self.refresh)

    def refresh(self, *_: object) -> None:
        """Shows what is loaded now."""
        words = loaded_words(self._session)
        self.setText(words)
        self.setToolTip(plain_tip(words))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()
        self._timer.start()
        super().showEvent(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)
