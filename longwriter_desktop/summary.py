"""The summary of a document and of what a model did for it, as the command line prints it."""

from dataclasses import dataclass, field

from longwriter_desktop.agentwrite.engine import Usage
from longwriter_desktop.agentwrite.near_duplicates import near_duplicates
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.length_unit import unit_of


@dataclass(frozen=True, slots=True)
class Run:
    """What a command used: the model's name, the seed, and what it cost."""

    model: str = ""
    seed: int | None = None
    usage: Usage = field(default_factory=Usage)


def summary(document: Document, run: Run) -> dict[str, object]:
    """The summary as plain values, ready for JSON; words and word targets are counts, times are in seconds."""
    return {
        "title": document.title,
        "language": document.language,
        "words": document.words,
        "words_target": document.words_asked,
        "length_score": round(document.length_score, 2),
        "sections": [
            {
                "number": number,
                "heading": section.heading,
                "main_point": section.main_point,
                "words": section.words,
                "words_target": section.word_target,
                "length_score": round(section.length_score, 2),
                "stop_reason": section.stop_reason,
            }
            for number, section in enumerate(document.sections, start=1)
        ],
        "near_duplicates": [
            {
                "number": document.index(found.section_id) + 1,
                "of": document.index(found.other_id) + 1,
                "passages": [{"text": passage.text, "resembles": passage.resembles} for passage in found.passages],
            }
            for found in near_duplicates(document)
        ],
        "prompt_tokens_read": run.usage.prompt_tokens_read,
        "prompt_tokens_reused": run.usage.prompt_tokens_reused,
        "tokens_written": run.usage.tokens_written,
        "seconds_reading": round(run.usage.seconds_reading, 3),
        "seconds_writing": round(run.usage.seconds_writing, 3),
        "model": run.model,
        "seed": run.seed,
    }


def summary_sentence(document: Document, run: Run) -> str:
    """One line for a person: words, length score, speed."""
    unit = unit_of(document.language)
    words = f"{document.words:,} of {document.words_asked:,} {unit}, length score {document.length_score:.1f}"
    usage = run.usage
    if not usage.seconds_writing:
        return f"{words}."
    speed = usage.tokens_written / usage.seconds_writing
    return (
        f"{words}. Read {usage.prompt_tokens_read:,} prompt tokens ({usage.prompt_tokens_reused:,} more reused) in "
        f"{usage.seconds_reading:.1f} s, wrote {usage.tokens_written:,} tokens in {usage.seconds_writing:.1f} s "
        f"({speed:.1f} tokens a second)."
    )


def near_duplicate_sentences(document: Document) -> tuple[str, ...]:
    """A line for a person on each section that says in nearly the same words what an earlier one says."""
    return tuple(
        f"Section {document.index(found.section_id) + 1} repeats {found.words} {unit_of(document.language)} of section "
        f"{document.index(found.other_id) + 1} almost as they stand there: “{_beginning(found.passages[0].text)}”"
        for found in near_duplicates(document)
    )


def _beginning(text: str, longest: int = 80) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else text[:longest].rstrip() + "…"
