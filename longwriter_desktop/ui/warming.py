"""When the model reads ahead: while the person reads or edits, so that Write begins with its first word."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from longwriter_desktop.document.document import Document
from longwriter_desktop.models.library import Model
from longwriter_desktop.ui.battery import Battery, battery_of_this_computer
from longwriter_desktop.ui.models.background import Background
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.writing import Activity, Ending, WarmingEnding

PAUSE_MS = 1_000
"""After the last change: reading what the person is about to change again would be for nothing."""
BATTERY_CHECK_MS = 30_000


class Warming(QObject):
    """Has the model of a session read what Write would need next, whenever nothing else goes on.

    It begins a moment after the last change, and gives way to whatever else is asked. On battery it does
    nothing below ``least_percent()`` of charge; the battery is asked on another thread, because some answer
    slowly. ``is_wanted`` tells whether the person wants it, ``may_load``
    whether a model that is not loaded yet may be loaded for this alone. What goes wrong is not told: it is told
    when the person asks for writing.
    """

    def __init__(
        self,
        session: Session,
        *,
        may_load: Callable[[Model], bool],
        least_percent: Callable[[], float],
        is_wanted: Callable[[], bool] = lambda: True,
        battery: Callable[[], Battery | None] = battery_of_this_computer,
        pause_ms: int = PAUSE_MS,
        battery_check_ms: int = BATTERY_CHECK_MS,
    ) -> None:
        super().__init__(session)
        self._session = session
        self._may_load = may_load
        self._least_percent = least_percent
        self._is_wanted = is_wanted
        self._battery = battery
        self._asking = Background("battery", self)
        self._asking.done.connect(self._battery_told)
        self._pause_ms = pause_ms
        self._warmed: Document | None = None
        """What the model has read last, while nothing else was asked of it."""
        self._has_failed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._begin)
        self._watch = QTimer(self)
        self._watch.setInterval(battery_check_ms)
        self._watch.timeout.connect(self._check_battery)
        session.document_opened.connect(self._start_afresh)
        session.document_closed.connect(self._document_closed)
        session.document_changed.connect(self._document_changed)
        session.model_changed.connect(self._start_afresh)
        session.writing.activity_changed.connect(self._activity_changed)
        session.writing.ended.connect(self._run_ended)
        session.writing.warming_ended.connect(self._warming_ended)

    def consider(self, *_: object) -> None:
        """Begins or ends reading ahead, as the settings ask now."""
        if not self._is_wanted():
            self._timer.stop()
            self._session.writing.stop_warming(at_once=True)
        elif self._session.activity is Activity.IDLE and not self._timer.isActive():
            self._timer.start(self._pause_ms)

    def _start_afresh(self) -> None:
        """Another document or model: what went wrong with the last one need not go wrong with this one."""
        self._warmed = None
        self._has_failed = False
        self._timer.start(self._pause_ms)

    def _document_closed(self) -> None:
        self._timer.stop()
        self._session.writing.stop_warming()

    def _document_changed(self) -> None:
        self._session.writing.stop_warming()
        if self._session.activity is Activity.IDLE:
            self._timer.start(self._pause_ms)

    def _activity_changed(self, activity: Activity) -> None:
        self._warmed = None
        if activity is Activity.IDLE:
            self._timer.start(0)
        else:
            self._timer.stop()

    def _run_ended(self, ending: Ending) -> None:
        self._has_failed = ending.failure is not None

    def _warming_ended(self, ending: WarmingEnding) -> None:
        self._watch.stop()
        if ending.done:
            self._warmed = ending.document
        self._has_failed = self._has_failed or ending.failure is not None
        if not self._timer.isActive():
            self._timer.start(self._pause_ms)

    def _begin(self) -> None:
        """Has the model read ahead, if there is something to read and nothing speaks against it."""
        if self._session.writing.is_warming:
            return
        self._watch.stop()
        if self._is_something_to_read():
            self._ask_battery()

    def _is_something_to_read(self) -> bool:
        session = self._session
        is_free = session.model is not None and not self._has_failed and session.activity is Activity.IDLE
        if not is_free or not self._is_wanted():
            return False
        return session.document is not self._warmed and _is_something_left(session.document)

    def _check_battery(self) -> None:
        """Every so often while something is read, or would be if the charge were not low."""
        if self._session.writing.is_warming:
            self._ask_battery()
        elif not self._timer.isActive():
            self._begin()

    def _ask_battery(self) -> None:
        if not self._asking.is_busy:
            battery = self._battery
            self._asking.start(lambda _report, _stop: battery())

    def _battery_told(self, battery: Battery | None) -> None:
        """Begins or ends reading ahead, as the charge allows."""
        is_low = battery is not None and not battery.power_plugged and battery.percent < self._least_percent()
        if self._session.writing.is_warming:
            if is_low:
                self._session.writing.stop_warming(at_once=True)
        elif self._timer.isActive() or not self._is_something_to_read():
            return  # Something has changed while the battery was asked.
        elif is_low:
            self._watch.start()
        else:
            self._read_ahead()

    def _read_ahead(self) -> None:
        session, model, engine = self._session, self._session.model, self._session.writing.engine
        is_loaded = engine is not None and engine.context_tokens > 0
        if model is not None and (is_loaded or self._may_load(model)):
            session.writing.warm(session.document, model.layout)
            self._watch.start()


def _is_something_left(document: Document) -> bool:
    """Whether writing the document on would ask the model for anything."""
    return any(not each.locked and not (each.complete and each.text.strip()) for each in document.sections)
