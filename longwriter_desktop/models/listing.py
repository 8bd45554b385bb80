"""The list of models as a person reads it: what is here, what fits this machine, what each is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from longwriter_desktop.models.catalogue import Catalogue, ModelEntry
from longwriter_desktop.models.fit import Fit, Machine, fit
from longwriter_desktop.models.library import is_here
from longwriter_desktop.paths import AppPaths


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A model of the catalogue, where its file is (None: not on this computer), and how it fits."""

    entry: ModelEntry
    path: Path | None
    fit: Fit

    @property
    def values(self) -> dict[str, object]:
        """As plain values, ready for JSON; sizes in bytes."""
        entry = self.entry
        return {
            "name": entry.name,
            "title": entry.title,
            "purpose": entry.purpose,
            "here": self.path is not None,
            "path": str(self.path) if self.path else "",
            "repository": entry.repository,
            "file": entry.file,
            "size_bytes": entry.size_bytes,
            "fit": self.fit.verdict,
            "needs_bytes": self.fit.needs_bytes,
            "reason": self.fit.reason,
            "licence": entry.licence,
        }


def listed_models(catalogue: Catalogue, paths: AppPaths, machine: Machine | None = None) -> list[ListedModel]:
    """All models of the catalogue in its order, judged for ``machine`` (this one when None)."""
    judged = machine or Machine.of_this(paths.data)
    listed = []
    for entry in catalogue.entries:
        path = is_here(entry, paths)
        listed.append(ListedModel(entry, path, fit(entry, judged, to_download=path is None)))
    return listed


def models_table(models: Sequence[ListedModel]) -> str:
    """The list as lines of text, in columns."""
    rows = [("NAME", "SIZE", "HERE", "FIT", "FOR", "WHY")]
    for model in models:
        size = f"{model.entry.size_bytes / 1e9:.2f} GB"
        purpose = model.entry.purpose.removeprefix("for ")
        here = "yes" if model.path else "no"
        rows.append((model.entry.name, size, here, model.fit.verdict, purpose, model.fit.reason))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row[:5], widths, strict=True)) + "  " + row[5]
        for row in rows
    ]
    return "\n".join(lines)
