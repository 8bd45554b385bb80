"""Which models the person can choose among: those that are on this computer, with how they fit it."""

from longwriter_desktop.models.catalogue import Catalogue
from longwriter_desktop.models.fit import Machine, fit
from longwriter_desktop.models.library import Model, is_here
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.ui.model_combo import ModelChoice


def models_here(catalogue: Catalogue, paths: AppPaths) -> list[Model]:
    """The models of the catalogue whose files are on this computer, those for writing first."""
    found = [
        Model(entry.name, entry.title, path, entry)
        for entry in catalogue.entries
        if (path := is_here(entry, paths)) is not None
    ]
    return sorted(found, key=lambda model: model.is_for_trying_out)


def model_choice(model: Model, machine: Machine) -> ModelChoice:
    """How a model is offered on ``machine``."""
    if model.entry is None:
        return ModelChoice(model, fit="", fits=True)
    judged = fit(model.entry, machine)
    first = judged.reason.split(",")[0].split(";")[0]
    return ModelChoice(
        model,
        fit=f"{judged.verdict} · {first}",
        fits=judged.verdict == "fits",
        reason="" if judged.verdict == "fits" else judged.reason[:1].upper() + judged.reason[1:] + ".",
        for_trying=model.is_for_trying_out,
    )


def machine_words(machine: Machine) -> str:
    """The machine in the corner of the start page: "CPU, 8 cores · 16 GB"."""
    device = machine.gpu or "CPU"
    cores = f"{machine.cores} core" + ("s" if machine.cores != 1 else "")
    return f"{device}, {cores} · {machine.total_ram_bytes / 2**30:.0f} GB"
