"""Which models the person can choose among: those that are on this computer, with how they fit it."""

from collections.abc import Callable, Sequence

from longwriter_desktop.models.catalogue import Catalogue, ModelEntry
from longwriter_desktop.models.expected_speed import LONG_DOCUMENT_WORDS
from longwriter_desktop.models.fit import Fit, Machine
from longwriter_desktop.models.library import Model, is_here
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.size_words import memory_words
from longwriter_desktop.ui.model_combo import ModelChoice
from longwriter_desktop.ui.models.model_rows import Group, ModelRow
from longwriter_desktop.ui.models.model_words import as_sentence, long_time_words, reason_words, verdict_words
from longwriter_desktop.ui.translation import translate


def models_here(catalogue: Catalogue, paths: AppPaths) -> list[Model]:
    """The models of the catalogue whose files are on this computer, those for writing first."""
    found = [
        Model(entry.name, entry.title, path, entry)
        for entry in catalogue.entries
        if (path := is_here(entry, paths)) is not None
    ]
    return sorted(found, key=lambda model: model.is_for_trying_out)


def model_choice(model: Model, judge: Callable[[ModelEntry], Fit]) -> ModelChoice:
    """How a model is offered; ``judge`` says how it fits this machine."""
    if model.entry is None:
        return ModelChoice(model, fit="", fits=True)
    judged = judge(model.entry)
    return ModelChoice(
        model,
        fit=_fit_words(judged.verdict, judged.needs_bytes, judged.words_a_minute),
        fits=judged.verdict == "fits",
        reason=_why_not(judged.verdict, reason_words(judged.reason, judged.words_a_minute, judged.speed_source)),
        for_trying=model.is_for_trying_out,
        languages=_languages(model),
    )


def choices_of(rows: Sequence[ModelRow]) -> list[ModelChoice]:
    """What the model field offers of the rows of the models dialog, where these have been looked up.

    Files that other programs keep are offered in the dialog alone.
    """
    here = [(row, row.model) for row in rows if row.group is Group.HERE and row.model is not None and not row.problem]
    return [
        ModelChoice(
            model,
            fit=_fit_words(row.verdict, row.needs_bytes, row.words_a_minute),
            fits=row.verdict in ("fits", ""),
            reason=_why_not(row.verdict, row.why),
            for_trying=model.is_for_trying_out,
            languages=_languages(model),
        )
        for row, model in sorted(here, key=lambda each: each[1].is_for_trying_out)
    ]


def _fit_words(verdict: str, needs_bytes: int, words_a_minute: tuple[int, int] | None) -> str:
    """Such as "fits · 35 to 70 minutes for 10,000 words", or with the memory where nobody knows the speed."""
    if words_a_minute is None:
        needs = translate("ModelChoice", "needs {memory}").format(memory=memory_words(needs_bytes))
        told = needs if needs_bytes else ""
    else:
        form = translate("ModelChoice", "{time} for {words} words")
        told = form.format(time=long_time_words(words_a_minute), words=f"{LONG_DOCUMENT_WORDS:,}")
    return " · ".join(part for part in (verdict_words(verdict), told) if part)


def _languages(model: Model) -> tuple[str, ...]:
    """Those that a model was made for; () where its file does not say, for which an entry has English alone."""
    entry = model.entry
    return () if entry is None or (entry.path and entry.languages == ("en",)) else entry.languages


def _why_not(verdict: str, reason: str) -> str:
    return "" if verdict in ("fits", "") else as_sentence(reason)


def machine_words(machine: Machine) -> str:
    """The machine in the corner of the start page: "CPU, 8 cores · 16.6 GB", as its memory is told everywhere."""
    device = machine.gpu or translate("MachineWords", "CPU")
    form = translate("MachineWords", "{device}, {count} cores · {memory}")
    if machine.cores == 1:
        form = translate("MachineWords", "{device}, 1 core · {memory}")
    return form.format(device=device, count=machine.cores, memory=memory_words(machine.total_ram_bytes))
