"""Of the command `models`: download, which fetches a model from the hub, goes on with one begun, or discards it."""

import argparse
import getpass
import json
import sys
import time
from typing import TYPE_CHECKING, NoReturn

from tqdm import tqdm

from longwriter_desktop.backend.gguf_split import parts_of
from longwriter_desktop.errors import InputProblem, LicenceNotAccepted, ModelProblem
from longwriter_desktop.models import hub_token, licences
from longwriter_desktop.models.catalogue import Catalogue, ModelEntry, load_catalogue
from longwriter_desktop.models.download import DownloadProgress, discard_part, download, part_bytes, unfinished
from longwriter_desktop.models.library import is_here
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.size_words import size_words

if TYPE_CHECKING:
    SubParsers = argparse._SubParsersAction[argparse.ArgumentParser]

DONE, INTERRUPTED = 0, 130


def add_parsers(what: "SubParsers") -> None:
    """Adds the sub-command; `--json` is added by who calls."""
    parser = what.add_parser(
        "download",
        help="fetch a model from the Hugging Face hub; Ctrl+C pauses, the same command goes on",
        description="Fetches a model's file into the Hugging Face cache and checks its SHA-256. Ctrl+C pauses; the "
        "same command goes on. Without NAME: lists what was begun. HF_ENDPOINT, HTTPS_PROXY, HF_HOME and HF_TOKEN "
        "are honoured.",
    )
    parser.add_argument("model", nargs="?", default="", metavar="NAME", help="a model of the catalogue")
    parser.add_argument("--accept-licence", action="store_true", help="you have read the model's licence and agree")
    parser.add_argument("--discard", action="store_true", help="delete what has come of an unfinished download")
    parser.add_argument("--token", action="store_true", help="ask for a token of the hub, for this download alone")
    parser.add_argument("--keep-token", action="store_true", help="ask for a token and keep it in the system's keyring")
    parser.add_argument("--forget-token", action="store_true", help="take the token out of the system's keyring")


def run(paths: AppPaths, options: argparse.Namespace) -> int | None:
    """Downloads, lists or discards; returns the exit status. Raises LongWriterError."""
    if options.forget_token:
        hub_token.forget()
        print("The keyring has no token of this app any more.", file=sys.stderr)
    token = _asked_token(keep=options.keep_token) if options.token or options.keep_token else None
    if not options.model:
        # Somebody who only came about the token is not told of anything else.
        return DONE if options.forget_token or token else _list(paths, as_json=options.json)
    entry = _entry(options.model, load_catalogue(paths))
    if options.discard:
        return _discard(entry, paths, as_json=options.json)
    _agree(entry, paths, agreed=options.accept_licence)
    return _download(entry, paths, token, as_json=options.json)


def _entry(name: str, catalogue: Catalogue) -> ModelEntry:
    entry = catalogue.by_name(name.strip())
    if entry is None:
        names = ", ".join(each.name for each in catalogue.entries if each.repository)
        raise ModelProblem(f"There is no model {name!r} to download. There are: {names}. Nothing was downloaded.")
    return entry


def _download(entry: ModelEntry, paths: AppPaths, token: str | None, *, as_json: bool) -> int:
    was_here, began = is_here(entry, paths) is not None, time.monotonic()
    shown = _JsonProgress() if as_json else _BarProgress(entry.title)
    try:
        path = download(entry, paths, on_progress=shown.show, stop=lambda: False, token=token)
    except KeyboardInterrupt:
        shown.close()
        kept = size_words(part_bytes(entry, paths), 2)
        print(f"Paused. {kept} of {entry.title} are kept; the same command goes on from there.", file=sys.stderr)
        return INTERRUPTED
    finally:
        shown.close()
    count = sum(each.stat().st_size for each in parts_of(path))
    if as_json:
        values = {"name": entry.name, "path": str(path), "bytes": count, "was_here": was_here}
        _print_json("summary", values | {"seconds": round(time.monotonic() - began, 1)})
    elif was_here:
        print(f"{entry.title} is on this computer already: {path}")
    else:
        print(f"{entry.title} is here, whole and checked ({size_words(count, 2)}): {path}")
    return DONE


def _discard(entry: ModelEntry, paths: AppPaths, *, as_json: bool) -> int:
    freed = part_bytes(entry, paths)
    discard_part(entry, paths)
    if as_json:
        _print_json("summary", {"name": entry.name, "freed_bytes": freed})
    elif freed:
        print(f"What had come of {entry.title} was deleted; {size_words(freed, 2)} are free again.")
    else:
        print(f"Nothing had come of {entry.title}.")
    return DONE


def _list(paths: AppPaths, *, as_json: bool) -> int:
    begun = unfinished(paths)
    for each in begun:
        if as_json:
            values = {"name": each.name, "done_bytes": each.done_bytes, "total_bytes": each.total_bytes}
            _print_json("unfinished", values | {"part": each.part})
        else:
            print(f"{each.name}: {size_words(each.done_bytes, 2)} of {size_words(each.total_bytes, 2)} have come")
    if as_json:
        _print_json("summary", {"unfinished": len(begun)})
    elif begun:
        print("Go on with `longwriter-desktop models download NAME`, or add --discard to delete what has come.")
    else:
        print("No download was begun. `longwriter-desktop models` lists what there is: models download NAME.")
    return DONE


def _agree(entry: ModelEntry, paths: AppPaths, *, agreed: bool) -> None:
    """Shows the licence, and has the person agree to it where its makers want that."""
    if entry.licence:
        print(f"Licence of {entry.title}: {entry.licence} {entry.licence_url}".rstrip(), file=sys.stderr)
    if not licences.must_be_accepted(entry, paths):
        return
    if not agreed and sys.stdin.isatty():
        print("Have you read it, and do you agree? [y/N] ", end="", file=sys.stderr, flush=True)
        agreed = sys.stdin.readline().strip().casefold() in ("y", "yes")
    if not agreed:
        raise LicenceNotAccepted(
            f"The makers of {entry.title} want you to agree to its licence first. Nothing was downloaded. "
            f"Read it at {entry.licence_url or entry.repository}, then add --accept-licence."
        )
    licences.accept(entry, paths)


def _asked_token(*, keep: bool) -> str:
    """The token that the person types unseen, or that standard input holds; kept in the keyring with ``keep``."""
    given = getpass.getpass("Token of the hub: ") if sys.stdin.isatty() else sys.stdin.readline()
    if not given.strip():
        raise InputProblem("There was no token on standard input. Nothing was downloaded.")
    token = hub_token.checked_token(given)
    if keep:
        hub_token.remember(token)
        print(f"The token is kept in {hub_token.keyring_name()}.", file=sys.stderr)
    return token


class _JsonProgress:
    """An object for each step on standard output."""

    def show(self, progress: DownloadProgress) -> None:
        values: dict[str, object] = {"phase": progress.phase, "done_bytes": progress.done_bytes}
        values |= {"total_bytes": progress.total_bytes, "bytes_per_second": round(progress.bytes_per_second)}
        left = progress.seconds_left
        _print_json("progress", values | {"seconds_left": None if left is None else round(left, 1)})

    def close(self) -> None:
        """There is nothing to close."""


class _BarProgress:
    """A bar on a terminal, with speed and time left; on anything else a line for each phase."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._phase = ""
        self._bar: tqdm[NoReturn] | None = None

    def show(self, progress: DownloadProgress) -> None:
        if progress.phase == "done":
            self.close()
            return
        if self._phase != progress.phase:
            self._begin(progress)
        if self._bar is not None:
            self._bar.update(progress.done_bytes - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def _begin(self, progress: DownloadProgress) -> None:
        self.close()
        self._phase = progress.phase
        doing = {"asking": "Asking for", "downloading": "Downloading", "verifying": "Checking"}[progress.phase]
        if progress.phase == "asking" or not sys.stderr.isatty():
            of = f", {size_words(progress.total_bytes, 2)}" if progress.total_bytes else ""
            print(f"{doing} {self._title}{of}", file=sys.stderr, flush=True)
            return
        self._bar = tqdm(
            total=progress.total_bytes or None,
            initial=progress.done_bytes,
            desc=f"{doing} {self._title}",
            unit="B",
            unit_scale=True,
            leave=False,
            file=sys.stderr,
        )


def _print_json(event: str, values: dict[str, object]) -> None:
    # A lone surrogate, which a path may hold, has no UTF-8 form: ASCII escapes carry it all the same.
    print(json.dumps({"event": event, **values}, ensure_ascii=True), flush=True)
