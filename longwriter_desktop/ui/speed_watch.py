"""Keeps how fast a model has written a document, so that what is told beforehand learns from what came true."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject

from longwriter_desktop.backend.gguf_check import read_header
from longwriter_desktop.errors import LongWriterError
from longwriter_desktop.models.expected_speed import token_seconds_behind
from longwriter_desktop.models.library import Model
from longwriter_desktop.models.speeds import Speed, load_speeds, record_speed
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.writing import Activity, Ending

log = logging.getLogger(__name__)

LEAST_WORDS = 200
"""The speed over fewer words says less than a trial."""
AS_MUCH_AS_WORDS = 1_000
"""What was known before a run counts as much as so many words of it: other programs slow a short one down."""
_TRIAL_DEPTH = 200
"""How many tokens stand before what a trial measures, of which `Speed.tokens_per_second` is."""


class SpeedWatch(QObject):
    """After each run of writing notes its speed in data/speeds.json, in the place of a trial's.

    Sections that were written at the same time are not measured: together they are faster than any one of them.
    ``clock`` gives Unix seconds.
    """

    def __init__(self, session: Session, paths: AppPaths, clock: Callable[[], float]) -> None:
        super().__init__(session)
        self._session = session
        self._paths = paths
        self._clock = clock
        self._several = False
        self._model: Model | None = None
        self._depth = 0
        self._pool = ThreadPoolExecutor(1, "speed")
        session.activity_changed.connect(self._activity_changed)
        session.section_started.connect(self._section_started)
        session.writing.ended.connect(self._ended)

    def close(self) -> None:
        """Ends its thread; what is to be noted is noted before."""
        self._pool.shutdown(wait=True)

    def _activity_changed(self, activity: Activity) -> None:
        if activity is Activity.WRITING:
            self._several, self._model = False, self._session.model
            self._depth = self._session.tally.total(self._session.document)

    def _section_started(self, _section_id: str) -> None:
        self._several = self._several or len(self._session.sections_in_work) > 1

    def _ended(self, ending: Ending) -> None:
        session = self._session
        run, model, engine = session.run, session.model, session.writing.engine
        if ending.activity is not Activity.WRITING or self._several or engine is None:
            return
        if model is None or model is not self._model:
            return
        words = run.words_written(session.document)
        if words < LEAST_WORDS or run.seconds <= 0 or not run.tokens_timed or not engine.device:
            return
        tokens_a_word = run.tokens / words
        depth = round((self._depth + words / 2) * tokens_a_word)
        if engine.context_tokens:
            depth = min(depth, engine.context_tokens)
        seconds, device, at = run.seconds / run.tokens_timed, engine.device, self._clock()
        share = words / (words + AS_MUCH_AS_WORDS)
        self._pool.submit(lambda: self._note(model, device, seconds, depth, tokens_a_word, at, share))

    def _note(
        self, model: Model, device: str, seconds: float, depth: int, tokens_a_word: float, at: float, share: float
    ) -> None:
        """On its own thread. ``seconds`` are of a token behind ``depth`` tokens; ``share``: what the run counts."""
        try:
            header = model.header or read_header(model.path)
        except (LongWriterError, OSError) as problem:
            log.warning("the speed of a run was not kept: %s", problem)
            return
        on_device = not device.startswith("CPU")
        at_first = token_seconds_behind(_TRIAL_DEPTH, header, seconds, depth, on_device=on_device)
        rate, words = 1 / at_first, 60 / (at_first * tokens_a_word)
        for known in load_speeds(self._paths):
            if (known.model, known.device, known.file_bytes) == (model.name, device, header.file_bytes):
                rate = known.tokens_per_second ** (1 - share) * rate**share
                words = known.words_per_minute ** (1 - share) * words**share
        speed = Speed(
            model=model.name,
            tokens_per_second=rate,
            words_per_minute=words,
            prompt_tokens_per_second=0.0,
            device=device,
            measured_at=at,
            title=model.title,
            file_bytes=header.file_bytes,
            layers=header.number("block_count"),
        )
        record_speed(self._paths, speed)
