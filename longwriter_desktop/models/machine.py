"""This computer as models are judged for it: its memory, the disk that downloads go to, and its devices."""

from longwriter_desktop.backend.devices import inspect_backend
from longwriter_desktop.backend.hardware import graphics_here
from longwriter_desktop.errors import BackendProblem
from longwriter_desktop.models.fit import Machine
from longwriter_desktop.models.places import hub_cache
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import Settings


def machine_here(paths: AppPaths, settings: Settings) -> Machine:
    """This computer, with the devices that llama.cpp would compute on.

    Where there is a graphics processor, llama.cpp is asked in a process of its own, which takes half a second:
    not for the window's own thread. Where it cannot be asked, the processor alone counts.
    """
    machine = Machine.of_this(hub_cache())
    if settings.device.casefold() == "cpu" or not graphics_here():
        return machine
    try:
        devices = inspect_backend(paths).devices
    except BackendProblem:
        return machine
    return machine.with_devices(devices, settings.device)
