"""What a person is told when a download does not go through: what happened, and what to do about it.

What was kept is put between the two by `problem`.
"""

from dataclasses import dataclass
from typing import Literal

from longwriter_desktop.errors import DownloadPaused, DownloadProblem
from longwriter_desktop.models.download_request import HUB, DownloadRequest
from longwriter_desktop.size_words import size_words

Kind = Literal[
    "offline", "proxy", "untrusted", "not a hub",
    "gated", "token", "forbidden", "not found",
    "rate limited", "server", "interrupted",
    "changed", "damaged", "length", "unverifiable",
    "disk full", "not writable", "busy", "ended",
]  # fmt: skip
"""Why a download did not go through, as a word for programs. They come in groups: no way to the hub; the hub does not
let us; the hub has trouble; the file is not what it should be; this computer."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong and what to do, a sentence or two each."""

    kind: Kind
    happened: str
    advice: str
    passes: bool = False
    """Whether another try may help."""
    retry_after: float = 0.0
    """Seconds that the hub asks to be left alone."""
    token_may_help: bool = False
    """Whether the hub may let somebody in who says who they are."""


class Troubled(Exception):
    """Carries a `Trouble` to where it is decided whether to try again."""

    def __init__(self, trouble: Trouble, *, tried_token: bool = False) -> None:
        super().__init__(trouble.happened)
        self.trouble = trouble
        self.tried_token = tried_token


def problem(trouble: Trouble, done_bytes: int, total_bytes: int) -> DownloadProblem:
    """The error that a person reads; the bytes are those that are kept."""
    return DownloadProblem(f"{trouble.happened} {kept(done_bytes, total_bytes)} {trouble.advice}", trouble.kind)


def kept(done_bytes: int, total_bytes: int) -> str:
    """What is kept of a download, as a sentence."""
    if not done_bytes:
        return "Nothing was kept of it."
    done = size_words(done_bytes, 2)
    if not total_bytes:
        return f"What has come is kept ({done}); the next try goes on from there."
    return f"What has come is kept ({done} of {size_words(total_bytes, 2)}); the next try goes on from there."


def paused(request: DownloadRequest, done_bytes: int, total_bytes: int) -> DownloadPaused:
    """What is said when the person has stopped it; the bytes are those that are kept."""
    return DownloadPaused(f"The download of {request.title} was stopped. {kept(done_bytes, total_bytes)}")


# -- no way to the hub ---------------------------------------------------------------------------------


def unreachable(request: DownloadRequest, reason: str) -> Trouble:
    advice = "Check the connection, then try again; writing with the models that are here needs none."
    return Trouble("offline", f"{request.host} cannot be reached: {reason}.", advice, passes=True)


def told_offline() -> Trouble:
    return Trouble(
        "offline",
        "HF_HUB_OFFLINE is set on this computer, so nothing is downloaded.",
        "Take it out of the environment, then try again.",
    )


def bad_proxy(request: DownloadRequest) -> Trouble:
    return Trouble(
        "proxy",
        f"There is no way to {request.host} through the proxy that is set for this computer.",
        "Check the connection and the environment variable HTTPS_PROXY, then try again.",
        passes=True,
    )


def untrusted(request: DownloadRequest) -> Trouble:
    return Trouble(
        "untrusted",
        f"The connection to {request.host} is not safe: its certificate is not trusted on this computer.",
        "Check the computer's date and which network it is in, then try again.",
    )


def not_a_hub(request: DownloadRequest) -> Trouble:
    cause = (
        "perhaps this network wants you to log in first"
        if request.endpoint == HUB
        else "the environment variable HF_ENDPOINT may name something else"
    )
    return Trouble(
        "not a hub",
        f"What answered at {request.host} is not a hub of models: {cause}.",
        "Open its address in a browser to see what it is, then try again.",
    )


# -- the hub does not let us ---------------------------------------------------------------------------


def gated(request: DownloadRequest, *, with_token: bool) -> Trouble:
    page = f"{request.website}/{request.repository}"
    advice = (
        f"Your account has no access to it yet: open {page}, agree to the terms, then try again."
        if with_token
        else f"Open {page}, log in and agree to the terms, then give a token from {request.website}/settings/tokens."
    )
    happened = f"The makers of {request.title} give it to those who have asked on its page."
    return Trouble("gated", happened, advice, token_may_help=not with_token)


def bad_token(request: DownloadRequest) -> Trouble:
    return Trouble(
        "token",
        f"{request.host} does not accept your token: it may have expired.",
        f"Make a new one at {request.website}/settings/tokens, then try again.",
    )


def forbidden(request: DownloadRequest, *, passes: bool = False, token_may_help: bool = False) -> Trouble:
    return Trouble(
        "forbidden",
        f"{request.host} does not give out {request.file}.",
        f"Look at {request.website}/{request.repository} in a browser; it may say why.",
        passes=passes,
        token_may_help=token_may_help,
    )


def not_found(request: DownloadRequest, what: Literal["repository", "revision", "file"]) -> Trouble:
    missing = {
        "repository": f"There is no repository {request.repository} on {request.host}, or it is private.",
        "revision": f"The repository {request.repository} has no revision “{request.revision}”.",
        "file": f"There is no file {request.file} in {request.repository} any more.",
    }[what]
    advice = "Choose another model, or correct the entry in your own models.toml."
    return Trouble("not found", missing, advice, token_may_help=what == "repository")


def of_this_computer(title: str, own_catalogue: str) -> DownloadProblem:
    """The person's own models.toml has it as a file that is here."""
    message = f"{title} cannot be downloaded. Its entry in {own_catalogue} names a file of this computer."
    return DownloadProblem(f"{message} Correct the path there.", "not found")


# -- the hub has trouble -------------------------------------------------------------------------------


def rate_limited(request: DownloadRequest, seconds: float) -> Trouble:
    wait = f"in {max(1, round(seconds / 60))} min" if seconds >= 60 else "in a minute"
    happened = f"{request.host} asks for a pause: too many requests have come from your network."
    return Trouble("rate limited", happened, f"Try again {wait}.", passes=True, retry_after=seconds)


def server_trouble(request: DownloadRequest, status: int, seconds: float = 0.0) -> Trouble:
    happened = f"{request.host} has trouble of its own (status {status})."
    return Trouble("server", happened, "Try again later.", passes=True, retry_after=seconds)


def interrupted(request: DownloadRequest) -> Trouble:
    happened = f"The connection to {request.host} broke off again and again."
    return Trouble("interrupted", happened, "Try again, perhaps on another network.", passes=True)


# -- the file is not what it should be -----------------------------------------------------------------


def changed(request: DownloadRequest, what: Literal["SHA-256", "size"]) -> Trouble:
    return Trouble(
        "changed",
        f"{request.file} on {request.host} is not the file that the catalogue names: its {what} is another.",
        "Its makers may have replaced it. Choose another model, or wait for an update of the app.",
    )


def damaged(request: DownloadRequest) -> Trouble:
    return Trouble(
        "damaged",
        f"What came as {request.file} is not what {request.host} promised (its SHA-256 differs), so it was removed.",
        "Try again; if it happens again, a proxy or a virus scanner may change files on the way.",
    )


def wrong_length(request: DownloadRequest) -> Trouble:
    happened = f"{request.host} sent {request.file} with another length than it had said."
    return Trouble("length", happened, "Try again later.", passes=True)


def unverifiable(request: DownloadRequest) -> Trouble:
    return Trouble(
        "unverifiable",
        f"{request.host} gives no SHA-256 for {request.file}, so nobody could tell whether it came whole.",
        "Choose another model, or write the SHA-256 into the entry in your own models.toml.",
    )


# -- this computer -------------------------------------------------------------------------------------


def no_room(request: DownloadRequest, needed: int, free: int) -> Trouble:
    where = f"{size_words(needed, 2)} more are needed in {request.cache}, {size_words(free, 2)} are free"
    return Trouble(
        "disk full",
        f"There is no room for {request.title}: {where}.",
        "Make room, or name a folder on another disk in the environment variable HF_HOME, then try again.",
    )


def disk_full(request: DownloadRequest) -> Trouble:
    happened = f"The disk with {request.cache} has become full."
    return Trouble("disk full", happened, "Make room, then try again.")


def not_writable(request: DownloadRequest, reason: str) -> Trouble:
    return Trouble(
        "not writable",
        f"{request.file} could not be written into {request.cache}: {reason}.",
        "Mend the folder, or name another one in the environment variable HF_HOME, then try again.",
    )


def not_noted(request: DownloadRequest, reason: str) -> Trouble:
    return Trouble(
        "not writable",
        f"That {request.title} is being downloaded could not be noted down in {request.records}: {reason}.",
        "Make room or mend the folder, then try again.",
    )


def busy(request: DownloadRequest) -> Trouble:
    return Trouble(
        "busy",
        f"{request.title} is being downloaded already, in another window, command or program.",
        "It is not fetched twice: wait until it is done there, then look again.",
    )


def ended(request: DownloadRequest, how: str) -> Trouble:
    return Trouble(
        "ended",
        f"The download of {request.title} ended by itself ({how}).",
        "Try again; if it happens again, please report it.",
    )


def not_removed(title: str, part: str, reason: str) -> DownloadProblem:
    return DownloadProblem(
        f"What has come of {title} could not be removed: {reason}. It is still in {part}. "
        "Close the programs that use it, then try again.",
        "not writable",
    )
