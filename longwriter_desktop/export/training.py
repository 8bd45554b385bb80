"""Training data from documents that the person chose: finished texts, and kept against discarded versions.

JSON Lines, one example a line, in the forms that trainers read: `messages` as in LongWriter-6k (Bai et al. 2024,
section 3.3) for supervised fine-tuning; prompt, chosen and rejected for preference training (DPO).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from longwriter_desktop.agentwrite.prompts import Ask, write_prompt
from longwriter_desktop.agentwrite.writer import TemplatesOf
from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import ExportProblem
from longwriter_desktop.export.replace import check_place, put_file
from longwriter_desktop.export.to_markdown import plain_markdown

TrainingFormat = Literal["sft", "dpo"]
_Example = Mapping[str, object]


def check_training_target(path: Path) -> None:
    """Whether training data can be put at ``path``, asked before documents are read. Raises ExportProblem."""
    if path.suffix.lower() != ".jsonl":
        raise ExportProblem(
            f"Training data is a .jsonl file: choose a name that ends so, not “{path.name}”. Nothing was exported."
        )
    check_place(path)


def export_training(
    documents: Sequence[Document], path: Path, kind: TrainingFormat, templates: TemplatesOf, *, append: bool = False
) -> int:
    """Writes the examples of ``documents`` to ``path``, or behind what is there; returns how many they are.

    ``templates`` gives the prompts of a language. The file is there whole or not at all. Raises ExportProblem
    for a document that is not finished ("sft"), when there is no example at all, and when the file cannot be
    written.
    """
    check_training_target(path)
    examples = [
        example
        for document in documents
        for example in (finished_text(document) if kind == "sft" else preferences(document, templates))
    ]
    if not examples:
        raise ExportProblem(
            "No section has a text that was written and then replaced by another one, so nothing was exported."
        )
    before = _content(path) if append else b""
    lines = "".join(json.dumps(example, ensure_ascii=False) + "\n" for example in examples)
    put_file(path, before + lines.encode("utf-8", "replace"))
    return len(examples)


def finished_text(document: Document) -> Iterator[_Example]:
    """The one example of a finished document: its instruction, and the whole text as Markdown.

    Raises ExportProblem for a document without an instruction, and for one of which a section is not written.
    """
    name = f"“{document.title}”" if document.title else "The document"
    if not document.instruction.strip():
        raise ExportProblem(f"{name} has no instruction, so there is nothing to learn from it. Nothing was exported.")
    missing = [
        str(number)
        for number, section in enumerate(document.sections, start=1)
        if not (section.complete and section.text.strip())
    ]
    if missing or not document.sections:
        what = f"section {', '.join(missing)} is still to be written" if missing else "it has no sections"
        raise ExportProblem(f"{name} is not finished: {what}. Nothing was exported.")
    text = plain_markdown(document).strip()
    yield {
        "messages": [
            {"role": "user", "content": document.instruction.strip()},
            {"role": "assistant", "content": text},
        ]
    }


def preferences(document: Document, templates: TemplatesOf) -> Iterator[_Example]:
    """For each finished section its text against each other one that a model has written for it.

    The prompt is the one for that section in the paper's layout, with the document as it stands before it.
    Texts that are empty or equal but for white space make no pair.
    """
    for index, section in enumerate(document.sections):
        chosen = section.text.strip()
        if not (section.complete and chosen):
            continue
        ask = Ask(index, section.word_target)
        prompt = write_prompt(document, ask, templates(document.language), layout="paper")
        seen = {_bare(chosen), ""}
        for version in section.versions:
            if version.origin == "generated" and _bare(version.text) not in seen:
                seen.add(_bare(version.text))
                yield {"prompt": prompt.messages[0].content, "chosen": chosen, "rejected": version.text.strip()}


def _bare(text: str) -> str:
    return " ".join(text.split())


def _content(path: Path) -> bytes:
    """What the file holds, with a line end after its last line; nothing when there is no file."""
    try:
        content = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise ExportProblem(f"“{path}” cannot be read ({error.strerror}), so nothing was added to it.") from error
    return content if not content or content.endswith(b"\n") else content + b"\n"
