"""Reading the prompt templates: those that ship with the app, or the person's own in the settings folder."""

import tomllib
from pathlib import Path

from longwriter_desktop.agentwrite.prompts import PlanExample, PromptTemplates
from longwriter_desktop.agentwrite.request import Language
from longwriter_desktop.errors import InputProblem
from longwriter_desktop.paths import AppPaths, resource_path


def prompt_file(language: Language, paths: AppPaths) -> Path:
    """The file in force for a language: ``prompts/en.toml`` in the settings folder when it is there."""
    own = paths.settings / "prompts" / f"{language}.toml"
    return own if own.is_file() else resource_path("prompts", f"{language}.toml")


def load_templates(language: Language, paths: AppPaths) -> PromptTemplates:
    """The templates for a language. Raises InputProblem when the file cannot be used, saying why."""
    path = prompt_file(language, paths)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
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
            changed_plan=str(write["common"]["changed_plan"]),
            direction=str(write["common"]["direction"]),
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputProblem(f"The prompts in {path} cannot be read: {error}. Mend the file or remove it.") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise InputProblem(f"The prompts in {path} lack {error}. Mend the file or remove it.") from error
