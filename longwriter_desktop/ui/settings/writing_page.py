"""Settings > Writing: the model, what it runs on, and what the app does while it writes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from longwriter_desktop.ui.model_combo import ModelChoice
from longwriter_desktop.ui.models.background import Background
from longwriter_desktop.ui.plain_tip import plain_tip
from longwriter_desktop.ui.settings.fields import ChoiceField
from longwriter_desktop.ui.settings.machine_facts import MachineFacts, machine_facts
from longwriter_desktop.ui.settings.page import SettingsPage, push_button
from longwriter_desktop.ui.translation import shown


class WritingPage(SettingsPage):
    """``examine`` looks the computer over, which takes a second or two; it is done on another thread."""

    model_wanted = Signal(object)  # the person wants to write with this model; a Model
    models_wanted = Signal()  # the person wants to see all models

    def __init__(
        self,
        choices: Callable[[], Sequence[ModelChoice]],
        current: Callable[[], str],
        loaded: Callable[[], str],
        examine: Callable[[], Mapping[str, Any]],
        parent: QWidget | None = None,
    ) -> None:
        """``choices`` are the models that are here, ``current`` the name of the one in use, ``loaded`` says of it."""
        super().__init__("", parent)
        self.title = self.tr("Writing")
        self._choices, self._current, self._loaded, self._examine = choices, current, loaded, examine
        self._device = "auto"
        self._facts: MachineFacts | None = None
        self._looking = Background("looking the computer over", self)
        self._looking.done.connect(self._show_facts)
        self._looking.failed.connect(lambda sentence: self.memory.setText(shown(sentence)))
        self._add_model()
        self.add_title(self.tr("While it writes"))
        self._add_behaviour()
        self.add_title(self.tr("Exported files"))
        self.add_choice(
            "paper_size",
            self.tr("Paper size"),
            self.tr("Of DOCX files."),
            ((self.tr("As usual where you are"), "auto"), ("A4", "a4"), (self.tr("US Letter"), "letter")),
        )
        self.add_stretch()

    def _add_model(self) -> None:
        self.add_title(self.tr("Model"))
        self.model = ChoiceField()
        self.model.activated.connect(lambda _: self.model_wanted.emit(self.model.currentData()))
        self.add_row(
            self.tr("Write with"),
            self.tr("From now on, also in the document that is open. Others keep the model that they were begun with."),
            self.model,
            push_button(self.tr("Models…"), self.models_wanted.emit),
        )
        self.device = ChoiceField()
        why = self.tr("What the model computes on. Another one is used as soon as the model is asked for something.")
        self.add_row(self.tr("Device"), why, self.device)
        self.bind_combo("device", self.device)
        self._shows["device"] = self._show_device
        self.memory = self.add_text("")
        self.memory.setAccessibleName(self.tr("Memory"))

    def _add_behaviour(self) -> None:
        self.add_check(
            "keep_awake",
            self.tr("Keep the computer awake"),
            self.tr("It does not fall asleep by itself while the model plans or writes."),
        )
        self.add_check(
            "notify_at_end",
            self.tr("Tell me when writing ends"),
            self.tr("The system shows a note, without a word of yours, if another window is in front."),
        )
        percent = self.add_number(
            "pause_battery_percent",
            self.tr("Pause on battery below"),
            self.tr("Writing pauses before the battery is empty; everything that was written is kept."),
            (0, 100),
            self.tr(" %"),
        )
        percent.setSpecialValueText(self.tr("never"))
        self.add_check(
            "warm_while_idle",
            self.tr("Read ahead while you read"),
            self.tr("The model reads your text while nothing else goes on, so that Write begins with its first word."),
        )
        percent = self.add_number(
            "warm_battery_percent",
            self.tr("Do not read ahead on battery below"),
            self.tr("Reading ahead costs power."),
            (0, 100),
            self.tr(" %"),
        )
        percent.setSpecialValueText(self.tr("always read ahead"))

    # -- showing -------------------------------------------------------------------------------------

    @override
    def begin(self) -> None:
        self.show_models()
        self.look()

    def look(self) -> None:
        """Looks the computer over again."""
        examine = self._examine
        if self._facts is None:
            self.memory.setText(self.tr("Looking at the model and the computer…"))
        self._looking.start(lambda _report, _stop: machine_facts(examine()))

    def show_models(self) -> None:
        """Offers the models that are here."""
        self.model.clear()
        current = self._current()
        for choice in self._choices():
            self.model.addItem(choice.model.title, choice.model)
            self.model.setItemData(self.model.count() - 1, plain_tip(choice.fit), Qt.ItemDataRole.ToolTipRole)
            if choice.model.name == current:
                self.model.setCurrentIndex(self.model.count() - 1)
        self.model.setEnabled(self.model.count() > 0)

    def _show_device(self, device: str) -> None:
        self._device = device
        devices = self._facts.devices if self._facts is not None else ()
        offered = [(self.tr("Chosen by the app"), "auto"), (self.tr("The processor alone"), "cpu"), *devices]
        if device.casefold() not in {value.casefold() for _, value in offered}:
            offered.append((self.tr("{device} (not found now)").format(device=device), device))
        self.device.offer(offered)
        self.device.setCurrentIndex([value.casefold() for _, value in offered].index(device.casefold()))

    def _show_facts(self, facts: MachineFacts) -> None:
        self._facts = facts
        self._show_device(self._device)
        self.memory.setText("\n".join(filter(None, (self._loaded(), facts.memory, facts.computer))))

    @override
    def close_down(self) -> None:
        self._looking.close()
