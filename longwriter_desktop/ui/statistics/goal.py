"""The goal of a day."""

from dataclasses import dataclass

from longwriter_desktop.project.writing_days import Day


@dataclass(frozen=True, slots=True)
class Goal:
    """Words a day, 0 for none; ``counts_generated`` when those of the model count as well."""

    words: int = 0
    counts_generated: bool = False

    def reached(self, day: Day) -> int:
        """How many words of ``day`` count."""
        return day.words if self.counts_generated else day.typed
