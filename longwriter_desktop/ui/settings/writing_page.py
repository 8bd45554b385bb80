"""Settings > Writing: the model, what it runs on, and what the app does while it writes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from longwriter_desktop.models.library import Model
from longwriter_desktop.ui.model_combo import ModelChoice
from longwriter_desktop.ui.models.background import Background
from longwriter_desktop.ui.plain_tip import plain_tip
from longwriter_desktop.ui.settings.fields import ChoiceField
from longwriter_desktop.ui.settings.machine_facts import MachineFacts, machine_facts
from longwriter_desktop.ui.settings.page import SettingsPage, push_button
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, shown


class WritingPage(SettingsPage):
    """``examine`` looks the computer over, which takes a second or two; it is done on another thread."""

    TITLE = QT_TRANSLATE_NOOP("WritingPage", "Writing")

    model_wanted = Signal(object)  # the person wants to write with this model; a Model
    models_wanted = Signal()  # the person wants to see all models

    def __init__(
        self,
        choices: Callable[[], Sequence[ModelChoice]],
        current: Callable[[], Model | None],
        loaded: Callable[[], str],
        examine: Callable[[], Mapping[str, Any]],
        parent: QWidget | None = None,
    ) -> None:
        """``choices`` are the models that are here, ``current`` is the one in use, ``loaded`` says of it."""
        super().__init__(parent)
        self._choices, self._current, self._loaded, self._examine = choices, current, loaded, examine
        self._before: Model | None = None
        """What was in use when another one was chosen here; None where none was."""
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
            self.tr("For DOCX files."),
            ((self.tr("The usual one in your region"), "auto"), ("A4", "a4"), (self.tr("US Letter"), "letter")),
        )
        self.add_stretch()

    def _add_model(self) -> None:
        self.add_title(self.tr("Model"))
        self.model = ChoiceField()
        self.model.activated.connect(lambda _: self._choose_model(self.model.currentData()))
        self.add_row(
            self.tr("Write with"),
            self.tr(
                "Used from now on, in the open document, too. Other documents keep the model they were begun with."
            ),
            self.model,
            push_button(self.tr("Models…"), self.models_wanted.emit),
        )
        self.device = ChoiceField()
        why = self.tr("What the model runs on. A change takes effect the next time the model is used.")
        self.add_row(self.tr("Device"), why, self.device)
        self.bind_combo("device", self.device)
        self._shows["device"] = self._show_device
        self.memory = self.add_text("")
        self.memory.setAccessibleName(self.tr("Memory"))

    def _add_behaviour(self) -> None:
        self.add_check(
            "keep_awake",
            self.tr("Keep the computer awake"),
            self.tr("It does not go to sleep by itself while the model plans or writes."),
        )
        self.add_check(
            "notify_at_end",
            self.tr("Tell me when writing ends"),
            self.tr("If you are in another window, the system shows a notification, which holds none of your text."),
        )
        percent = self.add_number(
            "pause_battery_percent",
            self.tr("Pause when the battery is below"),
            self.tr("Writing pauses before the battery is empty; everything that was written is kept."),
            (0, 100),
            self.tr(" %"),
        )
        percent.setSpecialValueText(self.tr("never"))
        self.add_check(
            "warm_while_idle",
            self.tr("Read ahead while you read"),
            self.tr(
                "While nothing else goes on, the model reads your text, so that it writes at once when you "
                "choose Write."
            ),
        )
        percent = self.add_number(
            "warm_battery_percent",
            self.tr("Do not read ahead when the battery is below"),
            self.tr("Reading ahead uses power."),
            (0, 100),
            self.tr(" %"),
        )
        percent.setSpecialValueText(self.tr("always read ahead"))

    # -- showing -------------------------------------------------------------------------------------

    @override
    def begin(self) -> None:
        self._before = None
        self.show_model()

    @override
    def show_model(self) -> None:
        self.show_models()
        self.look()

    @property
    @override
    def has_changes(self) -> bool:
        before, current = self._before, self._current()
        return before is not None and (current is None or current.path != before.path)

    @override
    def take_back(self) -> None:
        if self._before is not None:
            self.model_wanted.emit(self._before)
        self._before = None

    def _choose_model(self, model: Model) -> None:
        self._before = self._before or self._current()
        self.settings_wanted.emit({"model": model.name})
        self.model_wanted.emit(model)

    def look(self) -> None:
        """Looks the computer over again."""
        examine = self._examine
        if self._facts is None:
            self.memory.setText(self.tr("Looking at the model and the computer…"))
        self._looking.start(lambda _report, _stop: machine_facts(examine()))

    def show_models(self) -> None:
        """Offers the models that are here, and the one in use, which may lie elsewhere."""
        self.model.clear()
        choices, current = list(self._choices()), self._current()
        if current is not None and all(choice.model.path != current.path for choice in choices):
            choices.append(ModelChoice(current, fit="", fits=True))
        for choice in choices:
            self.model.addItem(choice.model.title, choice.model)
            self.model.setItemData(self.model.count() - 1, plain_tip(choice.fit), Qt.ItemDataRole.ToolTipRole)
        paths = [choice.model.path for choice in choices]
        self.model.setCurrentIndex(paths.index(current.path) if current is not None else -1)
        self.model.setEnabled(self.model.count() > 0)

    def _show_device(self, device: str) -> None:
        self._device = device
        devices = self._facts.devices if self._facts is not None else ()
        offered = [(self.tr("Chosen by the app"), "auto"), (self.tr("Processor only"), "cpu"), *devices]
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
