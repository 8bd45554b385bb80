"""What a trial needs of the app: a process of its own for the model, and that nothing else needs the memory now."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from longwriter_desktop.backend.gguf_split import parts_of
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.errors import ModelProblem
from longwriter_desktop.models.fit import Machine, fit
from longwriter_desktop.models.library import Model
from longwriter_desktop.models.machine import machine_here
from longwriter_desktop.models.own_models import TemplateTrial, template_trial
from longwriter_desktop.models.speeds import record_speed
from longwriter_desktop.models.trial import TRIAL_CONTEXT_TOKENS, Said, Trial, speed_of, try_model
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import load_settings
from longwriter_desktop.size_words import memory_words
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.translation import interface_language, translate
from longwriter_desktop.ui.writing import Activity, OwnedEngine

_MARGIN_BYTES = 1_500_000_000
"""Beside the file: context, buffers, and what other programs take meanwhile."""
_SECONDS_TO_UNLOAD = 3.0
_TICK_S = 0.1


class TrialRun:
    """Tries a model beside the one of the session, and keeps how fast it was.

    ``open_engine`` makes an engine that starts its process at first use; ``clock`` gives Unix seconds.
    """

    def __init__(
        self,
        session: Session,
        paths: AppPaths,
        open_engine: Callable[[Model], OwnedEngine],
        clock: Callable[[], float],
    ) -> None:
        self._session = session
        self._paths = paths
        self._open_engine = open_engine
        self._clock = clock
        self._language = "en"

    def refusal(self, _model: Model) -> str:
        """The sentence why nothing can be tried now, or ""."""
        session = self._session
        if session.activity is Activity.IDLE:
            return ""
        title = session.model.title if session.model is not None else translate("TrialRun", "The model")
        busy = translate("TrialRun", "“{title}” is at work on your document now. Pause it, then try this model.")
        return busy.format(title=title)

    def make_room(self, model: Model) -> None:
        """Called before a trial: reading ahead ends, and where memory may be short, the session's model is unloaded.

        The trial is in the document's language, without one in that of the window, where the model may know it, else
        in the model's own. An entry of the person's own has English alone where its file names no language.
        """
        entry = model.entry
        is_told = entry is not None and not (entry.path and entry.languages == ("en",))
        known = entry.languages if entry is not None and is_told else ("en", "zh")
        language = self._session.document.language if self._session.has_document else interface_language()
        self._language = language if language in known else next(iter(known), "en")
        size = sum(part.stat().st_size for part in parts_of(model.path) if part.is_file())
        free = Machine.of_this(self._paths.data).available_ram_bytes
        self._session.writing.rest(unload=size + _MARGIN_BYTES > free)

    def leave(self) -> None:
        """Called after a trial, however it ended: reading ahead may go on."""
        self._session.writing.wake()

    def try_model(self, model: Model, said: Callable[[Said], None], stop: threading.Event) -> Trial | None:
        """Tries ``model`` on the calling thread; None when it was stopped.

        Raises what `models.trial.try_model` raises, and ModelProblem where memory is short.
        """
        self._check_memory(model, stop)
        engine = self._open_engine(model)
        try:
            trial = try_model(model, engine, said, stop.is_set, language=self._language)
            if trial is not None:
                record_speed(self._paths, speed_of(trial, model, engine.device, self._clock()))
            return trial
        finally:
            engine.close()

    def try_template(
        self, path: Path, template: str, said: Callable[[str], None], stop: threading.Event
    ) -> TemplateTrial | None:
        """Asks the model at ``path`` one question with that template ("": its own); None when it was stopped."""
        self._check_memory(Model(str(path), path.stem, path), stop)
        return template_trial(path, template, self._paths, said, stop.is_set)

    def _check_memory(self, model: Model, stop: threading.Event) -> None:
        """Raises ModelProblem where there is not enough of it, also after what `make_room` has unloaded is gone."""
        settings = load_settings(self._paths)
        machine = machine_here(self._paths, settings)
        needs = fit(model, machine, context_tokens=TRIAL_CONTEXT_TOKENS, options=EngineOptions.of(settings)).needs_bytes
        ends = time.monotonic() + _SECONDS_TO_UNLOAD
        while needs > (free := _free(machine)):
            if stop.wait(_TICK_S) or time.monotonic() > ends:
                short = translate(
                    "TrialRun",
                    "Trying {title} needs {needs}, and {free} of memory are free now. Close other programs, then try "
                    "again.",
                )
                raise ModelProblem(short.format(title=model.title, needs=memory_words(needs), free=memory_words(free)))


def _free(machine: Machine) -> int:
    """Bytes: of the computer's memory now, or of the devices as they were, whichever is more."""
    now = Machine.of_this().available_ram_bytes
    return max(now, machine.gpu_memory_bytes, sum(room.free_bytes for room in machine.all_rooms if not room.shares_ram))
