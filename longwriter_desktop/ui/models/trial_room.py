"""What trying something with a model needs of the app: whether it may, and room in memory for it."""

from typing import Protocol

from longwriter_desktop.models.library import Model


class TrialRoom(Protocol):
    """Asked and told on the main thread."""

    def refusal(self, model: Model) -> str:
        """The sentence why ``model`` cannot be tried now, or ""."""
        ...

    def make_room(self, model: Model) -> None:
        """Called before a trial."""
        ...

    def leave(self) -> None:
        """Called when a trial has ended, however it did."""
        ...
