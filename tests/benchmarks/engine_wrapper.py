"""An engine around another: what a measurement needs that looks at, or counts, what a writer asks for."""

from collections.abc import Iterator

from longwriter_desktop.agentwrite.engine import Engine, EngineEvent, Prompt, Sampling, Usage


class EngineWrapper:
    """Passes everything on to ``engine``. Override what is to be listened to, and call it here."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def model_name(self) -> str:
        return self._engine.model_name

    @property
    def usage(self) -> Usage:
        return self._engine.usage

    @property
    def context_tokens(self) -> int:
        return self._engine.context_tokens

    def generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[EngineEvent]:
        return self._engine.generate(prompt, sampling)

    def warm(self, prompt: Prompt) -> Iterator[EngineEvent]:
        return self._engine.warm(prompt)
