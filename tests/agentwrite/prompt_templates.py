"""The templates that ship with the app, for tests of planning and writing."""

from functools import cache

from longwriter_desktop.agentwrite.prompts import PromptTemplates
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.prompt_files import load_templates


@cache
def templates(language: str) -> PromptTemplates:
    return load_templates("zh" if language == "zh" else "en", AppPaths.of_this_machine())
