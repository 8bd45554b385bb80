"""The prompt templates: those that ship with the app, and the person's own in the settings folder."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from longwriter_desktop.agentwrite.prompts import (
    PartTemplates,
    PlanExample,
    PromptTemplates,
    RewriteExample,
    RewriteTemplates,
    SpareLines,
)
from longwriter_desktop.agentwrite.request import Language
from longwriter_desktop.agentwrite.rewrite_events import WAYS
from longwriter_desktop.errors import InputProblem
from longwriter_desktop.paths import AppPaths, resource_path
from longwriter_desktop.safe_write import replace_file

_WRITE = (
    *("continuous.prompt", "continuous.heading", "continuous.more", "continuous.direction", "guided.prompt"),
    *("conversation.prompt", "conversation.step", "conversation.more", "paper.prompt", "paper.step", "paper.more"),
    *("common.direction", "common.changed_plan", "common.omitted", "common.summaries", "common.nothing_yet"),
)
PROMPTS = (
    *("plan.request", "plan.free", "plan.chapter", "title.request"),
    *(f"write.{name}" for name in _WRITE),
    "summary.request",
    *(f"rewrite.{name}" for name in ("prompt", "shorten", "expand", "rephrase", "tone", "own", "nothing")),
)
"""Names of the templates that can be edited one by one: where they stand in the file."""
_PLACEHOLDER = re.compile(r"\$[A-Z_]+\$")


@dataclass(frozen=True, slots=True)
class PromptText:
    """A template as it ships, and as the person has changed it; None where they have not."""

    shipped: str
    own: str | None = None

    @property
    def text(self) -> str:
        """What is in force."""
        return self.shipped if self.own is None else self.own


def prompt_file(language: Language, paths: AppPaths) -> Path:
    """The file in force for a language: ``prompts/en.toml`` in the settings folder when it is there.

    What is not in a person's own file is taken from the one that ships with the app.
    """
    own = own_prompt_file(language, paths)
    return own if own.is_file() else resource_path("prompts", f"{language}.toml")


def load_templates(language: Language, paths: AppPaths) -> PromptTemplates:
    """The templates for a language. Raises InputProblem when the file cannot be used, saying why."""
    path = prompt_file(language, paths)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        shipped = resource_path("prompts", f"{language}.toml")
        if path != shipped:
            content = _laid_over(tomllib.loads(shipped.read_text(encoding="utf-8")), content)
        plan, write = content["plan"], content["write"]
        examples = tuple(
            PlanExample(
                kind="fiction" if example["kind"] == "fiction" else "fact",
                instruction=str(example["instruction"]),
                title=str(example["title"]),
                lines=tuple(str(line) for line in example["lines"]),
                texts=tuple(str(text) for text in example["texts"]),
            )
            for example in plan["examples"]
        )
        if not examples:
            raise InputProblem(f"The prompts in {path} hold no example of a plan. Add one, or remove the file.")
        return PromptTemplates(
            language=language,
            plan_request=str(plan["request"]),
            plan_free=str(plan["free"]),
            plan_chapter=str(plan["chapter"]),
            plan_spare=tuple(_spare_lines(spare) for spare in plan["spare"]),
            plan_examples=examples,
            title_request=str(content["title"]["request"]),
            paper_prompt=str(write["paper"]["prompt"]),
            paper_step=str(write["paper"]["step"]),
            paper_more=str(write["paper"]["more"]),
            conversation_prompt=str(write["conversation"]["prompt"]),
            conversation_step=str(write["conversation"]["step"]),
            conversation_more=str(write["conversation"]["more"]),
            continuous_prompt=str(write["continuous"]["prompt"]),
            continuous_heading=str(write["continuous"]["heading"]),
            continuous_more=str(write["continuous"]["more"]),
            continuous_direction=str(write["continuous"]["direction"]),
            guided_prompt=str(write["guided"]["prompt"]),
            nothing_yet=str(write["common"]["nothing_yet"]),
            omitted=str(write["common"]["omitted"]),
            summaries=str(write["common"]["summaries"]),
            summary_request=str(content["summary"]["request"]),
            changed_plan=str(write["common"]["changed_plan"]),
            direction=str(write["common"]["direction"]),
            rewrite=_rewrite_templates(content["rewrite"]),
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputProblem(f"The prompts in {path} cannot be read: {error}. Mend the file or remove it.") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise InputProblem(f"The prompts in {path} lack {error}. Mend the file or remove it.") from error


def own_prompt_file(language: Language, paths: AppPaths) -> Path:
    """Where the person's own prompts of a language are kept. It need not exist."""
    return paths.settings / "prompts" / f"{language}.toml"


def prompt_texts(language: Language, paths: AppPaths) -> dict[str, PromptText]:
    """The templates of `PROMPTS` by their names. Raises InputProblem where the person's own file cannot be used."""
    load_templates(language, paths)
    shipped = tomllib.loads(resource_path("prompts", f"{language}.toml").read_text(encoding="utf-8"))
    own = _own_content(language, paths)
    return {name: PromptText(str(_found(shipped, name)), _text_or_none(_found(own, name))) for name in PROMPTS}


def check_prompt(text: str, shipped: str) -> None:
    """Raises InputProblem where a template cannot take the place of the one that ships with the app.

    The app fills in the same ``$NAMES$`` in both: one that is missing would keep something from the model, and one
    that the app does not know would be read by the model as it stands.
    """
    if not text.strip():
        raise InputProblem("A prompt cannot be empty. Write something, or put it back as it was.")
    names, wanted = set(_PLACEHOLDER.findall(text)), set(_PLACEHOLDER.findall(shipped))
    if missing := sorted(wanted - names):
        raise InputProblem(f"The prompt lacks {', '.join(missing)}, which the app fills in. Put it back in.")
    if unknown := sorted(names - wanted):
        raise InputProblem(f"The app has nothing to fill in for {', '.join(unknown)} in this prompt. Take it out.")


def save_prompt(language: Language, paths: AppPaths, name: str, text: str) -> None:
    """Keeps the person's own wording of a template, or none where it is the one that ships with the app.

    A file that was written by hand is kept beside as ``en.toml.old``, because its comments go. Raises InputProblem for
    a text that cannot be used, and OSError; nothing is changed then.
    """
    shipped = prompt_texts(language, paths)[name].shipped
    content = _own_content(language, paths)
    if text == shipped:
        _take_out(content, name.split("."))
    else:
        check_prompt(text, shipped)
        table = content
        *folders, last = name.split(".")
        for folder in folders:
            table = table.setdefault(folder, {})
        table[last] = text
    path = own_prompt_file(language, paths)
    if path.is_file() and not path.read_text(encoding="utf-8-sig").startswith(_BY_THE_APP):
        _keep_beside(path)
    if content:
        replace_file(path, (_BY_THE_APP + tomli_w.dumps(content, multiline_strings=True)).encode("utf-8", "replace"))
    else:
        path.unlink(missing_ok=True)


def put_aside_prompts(language: Language, paths: AppPaths) -> None:
    """The prompts are those that ship with the app again; the person's file is kept beside. Raises OSError."""
    path = own_prompt_file(language, paths)
    if path.is_file():
        _keep_beside(path)
        path.unlink()


_BY_THE_APP = "# The prompts that were changed under Edit > Settings > Prompts; all others are the app's.\n"


def _keep_beside(path: Path) -> None:
    """A copy as ``en.toml.old``, or ``en.toml.old2`` and so on: what was kept earlier stays. Raises OSError."""
    content, number = path.read_bytes(), 1
    while True:
        beside = path.with_name(f"{path.name}.old{number if number > 1 else ''}")
        if not beside.exists():
            replace_file(beside, content)
            return
        if beside.is_file() and beside.read_bytes() == content:
            return
        number += 1


def _own_content(language: Language, paths: AppPaths) -> dict[str, Any]:
    """What the person's own file holds; {} where there is none. Raises as tomllib does."""
    path = own_prompt_file(language, paths)
    return tomllib.loads(path.read_text(encoding="utf-8-sig")) if path.is_file() else {}


def _found(content: Mapping[str, Any], name: str) -> object:
    """What stands under a name such as "write.paper.step"; None where nothing does."""
    found: object = content
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _text_or_none(value: object) -> str | None:
    return None if value is None else str(value)


def _take_out(content: dict[str, Any], parts: list[str]) -> None:
    """Takes one value out, and every table that is empty then."""
    inside = content.get(parts[0])
    if len(parts) > 1 and isinstance(inside, dict):
        _take_out(inside, parts[1:])
    if len(parts) == 1 or inside == {}:
        content.pop(parts[0], None)


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """``above``, and of ``below`` what it lacks, in all tables."""
    both = {**below, **above}
    for name in below.keys() & above.keys():
        if isinstance(below[name], dict) and isinstance(above[name], dict):
            both[name] = _laid_over(below[name], above[name])
    return both


def _rewrite_templates(rewrite: Mapping[str, Any]) -> RewriteTemplates:
    example, part = rewrite["example"], rewrite["part"]
    return RewriteTemplates(
        prompt=str(rewrite["prompt"]),
        nothing=str(rewrite["nothing"]),
        shorten=str(rewrite["shorten"]),
        expand=str(rewrite["expand"]),
        rephrase=str(rewrite["rephrase"]),
        tone=str(rewrite["tone"]),
        own=str(rewrite["own"]),
        tones={str(name): str(tone) for name, tone in rewrite["tones"].items()},
        example=RewriteExample(
            instruction=str(example["instruction"]),
            before=str(example["before"]),
            passage=str(example["passage"]),
            after=str(example["after"]),
            tone=str(example["tone"]),
            wish=str(example["wish"]),
            answers={way: str(example["answers"][way]) for way in WAYS},
        ),
        part=PartTemplates(
            prompt=str(part["prompt"]),
            brackets=_pair(str(part["brackets"])),
            sentence=str(part["sentence"]),
            answers={way: str(part["answers"][way]) for way in WAYS},
        ),
    )


def _pair(brackets: str) -> tuple[str, str]:
    """An opening and a closing bracket. Raises TypeError for anything else."""
    if len(brackets) != 2 or brackets[0] == brackets[1]:
        raise TypeError("two different brackets in rewrite.part")
    return brackets[0], brackets[1]


def _spare_lines(table: Mapping[str, Any]) -> SpareLines:
    return SpareLines(
        kind="fiction" if table["kind"] == "fiction" else "fact",
        lines=tuple(str(line) for line in table["lines"]),
        views=tuple(str(view) for view in table["views"]),
    )
