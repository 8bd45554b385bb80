"""One run of writing: what it is to write, what of it is there, how fast it comes, and why it has stopped."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from longwriter_desktop.agentwrite.events import SectionStarted
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.models.library import Model
from longwriter_desktop.ui.pace import Pace
from longwriter_desktop.ui.tally import Tally
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, translate

CHANGED = QT_TRANSLATE_NOOP("Run", "you changed it")
"""Why a run has stopped whose section the person has typed in, moved or locked."""
ASLEEP_S = 600.0
"""No text takes so long to come, unless the computer was asleep."""
Outcome = Literal["", "paused", "failed", "done"]


class Run:
    """Follows the writer from the beginning of a run to its end. What was typed elsewhere meanwhile does not count."""

    def __init__(self, tally: Tally) -> None:
        self.pace = Pace()
        self.tokens = 0
        """How many tokens have become text in this run."""
        self.seconds = 0.0
        """From the first text of this run to the last that came, without what the computer slept meanwhile."""
        self.tokens_timed = 0
        """How many tokens became text in that time."""
        self._last_text = 0.0
        self._tally = tally
        self._model: Path | None = None
        self._sections: frozenset[str] | None = None
        self._again = False
        self._words_before: dict[str, int] = {}
        self._finished: set[str] = set()
        self._place = ""
        self._cause = ""
        self._outcome: Outcome = ""
        self._ended_at = 0.0

    def use_model(self, model: Model) -> None:
        """What ``model`` writes from now on; how fast another one was says nothing about it."""
        if model.path != self._model:
            self._model = model.path
            self.pace.forget()

    def begin(self, document: Document, sections: Sequence[str] | None = None, again: bool = False) -> None:
        """A run begins that writes ``sections``, by their ids, or all that is left; ``again`` as in `writer.write`."""
        self.clear()
        self._sections = None if sections is None else frozenset(sections)
        self._again = again
        self.pace.begin(self._tally.total(document))

    def clear(self) -> None:
        """Another document is in hand, or something else than writing begins: nothing is told of the last run."""
        self._sections, self._again = None, False
        self._words_before = {}
        self._finished = set()
        self.tokens = self.tokens_timed = 0
        self.seconds = 0.0
        self._place = self._cause = ""
        self._outcome = ""

    # -- what the writer says ----------------------------------------------------------------------

    def section_started(self, event: SectionStarted) -> None:
        self._words_before[event.section_id] = event.words
        self._place = event.section_id

    def wrote(self, tokens: int, at: float) -> None:
        """``tokens`` more have become text."""
        if not self.tokens:
            self.pace.saw(0, 0, at)
        elif 0 <= at - self._last_text < ASLEEP_S:
            self.seconds += at - self._last_text
            self.tokens_timed += tokens
        self._last_text = at
        self.tokens += tokens

    def section_finished(self, section_id: str) -> None:
        self._finished.add(section_id)

    def pausing(self, cause: str = "") -> None:
        """The run is being stopped; ``cause`` says why, where it was not the person who asked for it."""
        self._cause = cause
        self._outcome = "paused"

    def ended(self, outcome: Outcome, at: float) -> None:
        self._outcome = outcome
        self._ended_at = at

    # -- what is told ------------------------------------------------------------------------------

    def measure(self, document: Document, at: float) -> None:
        """Looks at how much there is; to be called about twice a second."""
        if self.tokens:
            self.pace.saw(self.words_written(document), self.tokens, at)

    def words_written(self, document: Document) -> int:
        """The words that this run has written so far."""
        return sum(
            max(0, self._tally.words(section) - self._words_before[section.id])
            for section in document.sections
            if section.id in self._words_before
        )

    def words_left(self, document: Document) -> int:
        """The words that this run still has to write, by the targets of its sections."""
        return sum(self._left(section) for section in document.sections)

    def _left(self, section: Section) -> int:
        is_asked = self._sections is None or section.id in self._sections
        if not is_asked or section.locked or section.id in self._finished:
            return 0
        if self._again and section.id not in self._words_before:
            return section.word_target
        if section.complete and section.text.strip():
            return 0
        return max(0, section.word_target - self._tally.words(section))

    def place(self, document: Document) -> Section | None:
        """The section that the run has begun last."""
        return document.section(self._place) if self._place and document.has_section(self._place) else None

    @property
    def is_of_all(self) -> bool:
        """Whether the run is to write all that is left, and not some sections only."""
        return self._sections is None

    @property
    def is_again(self) -> bool:
        """Whether the run writes anew what was written."""
        return self._again

    def has_finished(self, section_id: str) -> bool:
        """Whether the run has come to the end of a section."""
        return section_id in self._finished

    @property
    def ended_at(self) -> float:
        """When the run was done, in Unix seconds; 0.0 for one that was not."""
        return self._ended_at if self._outcome == "done" else 0.0

    @property
    def stopped_by_itself(self) -> bool:
        """Whether the app has paused the run, for a reason that the person may not know of."""
        return self._outcome == "paused" and self._cause not in ("", CHANGED)

    def why_stopped(self, document: Document) -> str:
        """Why nothing is being written, in a few words; "" where nothing was, or all of it was."""
        section = self.place(document)
        is_over = section is None or section.id in self._finished or (section.complete and not self._again)
        number = 0 if is_over or section is None else document.index(section.id) + 1
        told = ""
        if self._outcome == "paused" and (number or self._cause):
            told = translate("Run", "paused in section {number}") if number else translate("Run", "paused")
            if self._cause:
                cause = translate("Run", self._cause)
                told = translate("Run", "{paused}: {cause}").format(paused=told, cause=cause)
        elif self._outcome == "failed":
            in_section = translate("Run", "stopped in section {number} by a problem")
            told = in_section if number else translate("Run", "stopped by a problem")
        return told.replace("{number}", str(number))
