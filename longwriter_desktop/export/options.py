"""What a person may choose about an exported file."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """``author`` goes into the file's properties; empty unless the person gives it.

    ``region`` is a country's two letters, such as "US" or "CN", or "auto" for the one that the system is
    set to; it decides between Letter and A4. ``at`` is the time that the file says it was made; None is now.
    """

    author: str = ""
    region: str = "auto"
    at: datetime | None = None
