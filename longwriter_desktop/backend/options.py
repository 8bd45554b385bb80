"""How a person wants the model run: on which device, with how many threads, how much of it kept on disk."""

from dataclasses import dataclass
from typing import Literal

from longwriter_desktop.settings import Settings

KvType = Literal["f16", "q8_0"]
"""Types of the KV cache: the fastest, and one that takes 34/64 of its memory."""


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """What `client.LlamaEngine` may be told besides the model. The defaults leave everything to the machine.

    ``context_tokens`` None: as the model was made for, as far as the memory goes. ``writing_threads`` and
    ``reading_threads`` None: by the number of cores. ``adapt_threads``: while writing, fewer threads are
    used when that turns out faster because other programs compute; with a KV cache in f16 the number of
    threads can change a word, so False where the same seed has to give the same text. ``device`` is "auto",
    "cpu" or the name of a device as `devices.inspect_backend` lists it; ``gpu_layers`` None: as many as fit.
    ``kv_type`` None: f16 where it fits. ``flash_attention`` and ``repack`` (whether the weights are laid out anew for
    the processor) None: where that was found to be faster. ``state_limit_bytes`` is the most that states of the
    model may take on disk (see `state_files`); 0 keeps none.
    """

    context_tokens: int | None = None
    writing_threads: int | None = None
    reading_threads: int | None = None
    adapt_threads: bool = True
    device: str = "auto"
    gpu_layers: int | None = None
    kv_type: KvType | None = None
    flash_attention: bool | None = None
    repack: bool | None = None
    state_limit_bytes: int = 4_000_000_000

    @staticmethod
    def of(settings: Settings) -> "EngineOptions":
        """The options that the person's settings ask for."""
        return EngineOptions(
            writing_threads=settings.writing_threads or None,
            reading_threads=settings.reading_threads or None,
            device=settings.device,
            gpu_layers=None if settings.gpu_layers < 0 else settings.gpu_layers,
            kv_type=None if settings.kv_type == "auto" else settings.kv_type,
            repack=None if settings.repack == "auto" else settings.repack == "on",
            state_limit_bytes=int(settings.state_cache_gigabytes * 1e9),
        )
