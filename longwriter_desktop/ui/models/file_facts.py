"""What a GGUF file says about itself, as a person reads it."""

from longwriter_desktop.models.own_models import ModelFacts
from longwriter_desktop.size_words import size_words
from longwriter_desktop.ui.models.facts_table import FactsTable
from longwriter_desktop.ui.models.model_words import language_words, number_words
from longwriter_desktop.ui.translation import translate

_MOST_LANGUAGES = 4


def facts_lines(facts: ModelFacts) -> list[tuple[str, str]]:
    """Name and value of each fact; what the file does not say is left out."""
    lines = [
        (translate("FileFacts", "Model"), _weights(facts)),
        (translate("FileFacts", "Size"), size_words(facts.size_bytes)),
        (translate("FileFacts", "Context"), _context(facts)),
        (translate("FileFacts", "Chat template"), _template(facts)),
        (translate("FileFacts", "Languages"), language_words(facts.languages, _MOST_LANGUAGES)),
        (translate("FileFacts", "Licence"), facts.licence),
    ]
    return [(name, value) for name, value in lines if value]


def context_words(tokens: int) -> str:
    """About how many English words fit: 10,000 of them are about 13,300 tokens."""
    return f"{round(tokens * 0.75, -3 if tokens >= 4096 else -2):,.0f}"


def _weights(facts: ModelFacts) -> str:
    parameters = translate("FileFacts", "{number} parameters").format(number=number_words(facts.parameters))
    layers = translate("FileFacts", "{count} layers").format(count=facts.layers)
    parts = (
        facts.architecture,
        parameters if facts.parameters else "",
        facts.quantization,
        layers if facts.layers else "",
    )
    return " · ".join(part for part in parts if part)


def _context(facts: ModelFacts) -> str:
    if not facts.context_tokens:
        return ""
    form = translate("FileFacts", "made for up to {tokens} tokens, about {words} words")
    return form.format(tokens=f"{facts.context_tokens:,}", words=context_words(facts.context_tokens))


def _template(facts: ModelFacts) -> str:
    if facts.template == "in the file":
        return translate("FileFacts", "in the file")
    return translate("FileFacts", "none in the file")


class FileFacts(FactsTable):
    """`facts_lines` in two columns."""

    def show_file(self, facts: ModelFacts | None) -> None:
        """Shows what a file says; None shows nothing."""
        self.show_facts(facts_lines(facts) if facts is not None else ())
