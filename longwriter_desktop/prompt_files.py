"""Reading the prompt templates: those that ship with the app, or the person's own in the settings folder."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from longwriter_desktop.agentwrite.prompts import (
    PartTemplates,
    PlanExample,
    PromptTemplates,
    RewriteExample,
    RewriteTemplates,
    SpareLines,
)
from longwriter_desktop.agentwrite.request import Language
from longwriter_desktop.agentwrite.rewrite import WAYS
from longwriter_desktop.errors import InputProblem
from longwriter_desktop.paths import AppPaths, resource_path


def prompt_file(language: Language, paths: AppPaths) -> Path:
    """The file in force for a language: ``prompts/en.toml`` in the settings folder when it is there.

    What is not in a person's own file is taken from the one that ships with the app.
    """
    own = paths.settings / "prompts" / f"{language}.toml"
    return own if own.is_file() else resource_path("prompts", f"{language}.toml")


def load_templates(language: Language, paths: AppPaths) -> PromptTemplates:
    """The templates for a language. Raises InputProblem when the file cannot be used, saying why."""
    path = prompt_file(language, paths)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
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
