"""The outline as AgentWrite sees it: one step a paragraph, with a main point and a word count."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an AgentWrite plan. ``words`` is the paragraph's word target."""

    number: int
    main_point: str
    words: int
