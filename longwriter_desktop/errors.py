"""Every exception that this app raises on purpose.

    LongWriterError                   something a person should read
    ├── EnvironmentProblem            the person's machine or files; the message says what to do
    │   ├── InputProblem              an instruction, option or outline that cannot be used
    │   ├── ProjectProblem            a .longwriter file that cannot be opened or saved
    │   │   ├── NotAProject           some other kind of file
    │   │   ├── DamagedProject        its content is damaged; a part of it may be salvaged
    │   │   ├── ProjectTooNew         written by a newer version of the app
    │   │   ├── OpenElsewhere         another window or command line has it open for writing
    │   │   ├── NotWritable           it can be read, but not saved
    │   │   └── ChangedElsewhere      another window or command line has saved it meanwhile
    │   ├── ExportProblem             the target cannot be written
    │   ├── ModelProblem              no such model, or a file that is not a usable model
    │   │   ├── ModelMissing          it is not on this computer, but can be had
    │   │   ├── ModelTooLarge         does not fit this machine's memory
    │   │   ├── DownloadProblem       its file could not be fetched whole from the hub
    │   │   ├── DownloadPaused        the person stopped its download; what has come stays
    │   │   └── LicenceNotAccepted    the person has not agreed to its licence yet
    │   └── PromptTooLong             instruction, plan and text do not fit the model's context
    └── BackendProblem                the process that runs llama.cpp
        ├── OutOfMemory               it was stopped for memory, or could not get any
        ├── BackendCrashed            it ended by itself
        └── BackendHung               it said nothing for too long

Messages say what happened, what was kept and what to do next, in words for the person at the
keyboard. Anything else that reaches the top is our bug, and is reported as one.
"""


class LongWriterError(Exception):
    """Base of everything raised on purpose; ``str(error)`` is fit to be shown to a person."""

    _at_a_terminal = ""

    @property
    def on_the_command_line(self) -> str:
        """What a person at a terminal is told."""
        return self._at_a_terminal or str(self)


class EnvironmentProblem(LongWriterError):
    """Something about the person's machine, files or input; not a bug of the app."""


class InputProblem(EnvironmentProblem):
    """An instruction, option or outline that cannot be used."""


class ProjectProblem(EnvironmentProblem):
    """A .longwriter file that cannot be opened or saved."""


class NotAProject(ProjectProblem):
    """The file is of some other kind."""


class DamagedProject(ProjectProblem):
    """The file's content is damaged. What can still be read of it may be salvaged into another file."""


class ProjectTooNew(ProjectProblem):
    """The file was written by a newer version of the app."""


class OpenElsewhere(ProjectProblem):
    """Another window or command line has the file open for writing."""


class NotWritable(ProjectProblem):
    """The file can be read but not saved: it or its folder is read-only."""


class ChangedElsewhere(ProjectProblem):
    """Another window or command line has saved the file since it was read here."""


class ExportProblem(EnvironmentProblem):
    """The exported file cannot be written, or its format is not known."""


class ModelProblem(EnvironmentProblem):
    """No such model, or a file that is not a usable model."""


class ModelMissing(ModelProblem):
    """A model that can be had is not on this computer, or there is none at all.

    ``message`` says what to do in the window, ``on_the_command_line`` which command does it.
    """

    def __init__(self, message: str, on_the_command_line: str) -> None:
        super().__init__(message)
        self._at_a_terminal = on_the_command_line


class ModelTooLarge(ModelProblem):
    """The model does not fit this machine's memory."""


class DownloadProblem(ModelProblem):
    """A model's file could not be fetched whole from the Hugging Face hub.

    ``kind`` is a word for programs, one of those of models.download_words.Kind: "offline", "gated",
    "disk full" and others.
    """

    def __init__(self, message: str, kind: str) -> None:
        super().__init__(message)
        self.kind = kind


class DownloadPaused(ModelProblem):
    """The person stopped a download; the part that has come is kept, and the next try goes on from there."""


class LicenceNotAccepted(ModelProblem):
    """The model's licence has to be agreed to before its file is fetched."""


class PromptTooLong(EnvironmentProblem):
    """The prompt and room for the reply do not fit the model's context.

    ``prompt_tokens`` and ``context_tokens`` are counts of tokens; ``reply_tokens`` is the room that
    the reply was to have.
    """

    def __init__(self, prompt_tokens: int, reply_tokens: int, context_tokens: int) -> None:
        super().__init__(
            f"The text has grown to {prompt_tokens:,} tokens; with {reply_tokens:,} more for the reply "
            f"it no longer fits the model's context of {context_tokens:,} tokens. Everything written is "
            "kept. Choose a model with a longer context, then write on."
        )
        self.prompt_tokens = prompt_tokens
        self.reply_tokens = reply_tokens
        self.context_tokens = context_tokens


class BackendProblem(LongWriterError):
    """The process that runs llama.cpp ended or went silent; the text is in the document."""


class OutOfMemory(BackendProblem):
    """The process could not get memory, or was stopped by the system for it."""


class BackendCrashed(BackendProblem):
    """The process ended by itself; its log may say why."""


class BackendHung(BackendProblem):
    """The process said nothing for too long and was stopped."""
