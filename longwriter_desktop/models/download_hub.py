"""The Hugging Face hub as a download sees it: what a file is, and its bytes from some place on.

All of huggingface-hub that the app uses is here: its addresses, headers, errors, and the connection that it makes
with the proxies and certificates of the usual environment variables. The bytes are read from its session by
ourselves, because its own `hf_hub_download` throws away what has come when it is stopped (since 1.18), and keeps
nothing for up to 10 MB. For the same reason files are fetched over plain HTTP, which the hub offers for those in its
Xet storage too: what Xet has fetched cannot be gone on with from a length.
"""

import contextlib
import re
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal, NoReturn
from urllib.request import getproxies, proxy_bypass

import httpx2
from huggingface_hub import get_hf_file_metadata, get_session, hf_hub_url
from huggingface_hub.errors import (
    GatedRepoError,
    HfHubHTTPError,
    HFValidationError,
    OfflineModeIsEnabled,
    RemoteEntryNotFoundError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

# Both are in the library's documentation, but not marked as re-exported.
from huggingface_hub.utils import build_hf_headers, hf_raise_for_status  # type: ignore[attr-defined]

from longwriter_desktop import __version__
from longwriter_desktop.models import download_words as words
from longwriter_desktop.models.download_request import DownloadRequest
from longwriter_desktop.models.download_words import Trouble, Troubled

_SHA256 = re.compile(r"[0-9a-f]{64}")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_APP = "longwriter-desktop"
_REFUSALS = ("gated", "token", "forbidden", "not found")
_MISSING: tuple[tuple[type[Exception], Literal["repository", "revision", "file"]], ...] = (
    (RevisionNotFoundError, "revision"),
    (RemoteEntryNotFoundError, "file"),
    (RepositoryNotFoundError, "repository"),
)


@dataclass(frozen=True, slots=True)
class HubFile:
    """What the hub says of a file. ``sha256`` is its name in the cache, too."""

    commit: str
    sha256: str
    size_bytes: int


class Hub:
    """One file of the hub.

    ``tokens`` gives those to try, in order, and is called when the hub asks for one; ``asking`` is called before
    each question. Raises Troubled throughout, and nothing else for what a network or a server does.
    """

    def __init__(
        self, request: DownloadRequest, tokens: Callable[[], tuple[str, ...]], asking: Callable[[], None]
    ) -> None:
        self._request = request
        self._asking = asking
        self._find_tokens = tokens
        self._token: str | None = None

    def ask(self) -> HubFile:
        """What the hub says of the file; first without a token, which is sent only where the hub asks for one."""
        try:
            return self._checked(self._ask_as(self._token))
        except Troubled as error:
            if self._token or not error.trouble.token_may_help:
                raise
            refused = error
        for token in self._find_tokens():
            try:
                file = self._checked(self._ask_as(token))
            except Troubled as error:
                if error.trouble.kind not in _REFUSALS:
                    raise
                if not refused.tried_token:
                    refused = Troubled(error.trouble, tried_token=True)
            else:
                self._token = token
                return file
        raise refused

    @contextlib.contextmanager
    def stream(self, file: HubFile, offset: int) -> Iterator[tuple[int, Iterator[bytes]]]:
        """The file's bytes as they arrive, and the place from which on they are.

        That is ``offset``, or 0 where the server does not give a part of a file. The address is asked for anew
        each time: the one of the store behind the hub holds for an hour or so.
        """
        headers = build_hf_headers(token=self._token or False, library_name=_APP, library_version=__version__)
        headers["Accept-Encoding"] = "identity"
        if offset:
            headers["Range"] = f"bytes={offset}-"
        patience = self._request.patience
        timeout = httpx2.Timeout(patience.read_seconds, connect=patience.connect_seconds)
        address = self._address(file.commit)
        with (
            self._troubles(self._token, patience.read_seconds),
            get_session().stream("GET", address, headers=headers, timeout=timeout) as response,
        ):
            if not response.is_success:
                self._refused(response)
            yield self._start(response, offset, file.size_bytes), response.iter_bytes()

    def _ask_as(self, token: str | None) -> HubFile:
        request = self._request
        self._asking()
        with self._troubles(token, request.patience.connect_seconds):
            answer = get_hf_file_metadata(
                self._address(request.revision),
                token=token or False,
                timeout=request.patience.connect_seconds,
                endpoint=request.endpoint,
                library_name=_APP,
                library_version=__version__,
            )
        commit, size = answer.commit_hash, answer.size
        if commit is None or not _COMMIT.fullmatch(commit) or answer.etag is None or size is None or size < 0:
            # Both names become folders and files of the cache: from a mirror, too, they have to look like it.
            raise Troubled(words.not_a_hub(request))
        digest = answer.etag.lower()
        if not _SHA256.fullmatch(digest):
            # A small file that lies in Git itself, or a mirror with names of its own.
            digest = request.sha256
        if not digest:
            raise Troubled(words.unverifiable(request))
        return HubFile(commit, digest, size)

    def _checked(self, file: HubFile) -> HubFile:
        request = self._request
        if request.sha256 and file.sha256 != request.sha256:
            raise Troubled(words.changed(request, "SHA-256"))
        if request.size_bytes and file.size_bytes != request.size_bytes:
            raise Troubled(words.changed(request, "size"))
        return file

    def _address(self, revision: str) -> str:
        request = self._request
        path = PurePosixPath(revision)
        if path.is_absolute() or ".." in path.parts:
            raise Troubled(words.not_found(request, "revision"))  # it becomes a path in the cache
        try:
            return hf_hub_url(request.repository, request.file, revision=revision, endpoint=request.endpoint)
        except HFValidationError as error:
            raise Troubled(words.not_found(request, "repository")) from error

    def _start(self, response: httpx2.Response, offset: int, size: int) -> int:
        """The place in the file of the first byte of an answer."""
        if response.status_code == httpx2.codes.PARTIAL_CONTENT:
            match = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
            if match is None or int(match[1]) != offset or match[2] not in ("*", str(size)):
                raise Troubled(words.wrong_length(self._request))
            return offset
        length = response.headers.get("Content-Length", str(size))
        if length != str(size) and "Content-Encoding" not in response.headers:
            raise Troubled(words.wrong_length(self._request))
        return 0

    def _refused(self, response: httpx2.Response) -> NoReturn:
        response.read()
        here = response.url.host == httpx2.URL(self._request.endpoint).host
        if response.status_code == httpx2.codes.FORBIDDEN and not here:
            # The store behind the hub: its address has been given out for an hour or so, and the next one may do.
            raise Troubled(words.forbidden(self._request, passes=True))
        hf_raise_for_status(response)
        raise Troubled(words.not_a_hub(self._request))  # neither the file nor an error

    @contextlib.contextmanager
    def _troubles(self, token: str | None, seconds: float) -> Iterator[None]:
        request = self._request
        try:
            yield
        except (HfHubHTTPError, RepositoryNotFoundError) as error:
            raise Troubled(_answered(request, error, token)) from error
        except OfflineModeIsEnabled as error:
            raise Troubled(words.told_offline()) from error
        except httpx2.ProxyError as error:
            raise Troubled(words.bad_proxy(request)) from error
        except httpx2.TimeoutException as error:
            raise Troubled(words.unreachable(request, f"it did not answer within {seconds:g} seconds")) from error
        except httpx2.ConnectError as error:
            raise Troubled(_unconnected(request, error)) from error
        except (httpx2.NetworkError, httpx2.RemoteProtocolError, httpx2.DecodingError) as error:
            raise Troubled(words.interrupted(request)) from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise Troubled(words.not_a_hub(request)) from error


def _answered(request: DownloadRequest, error: HfHubHTTPError, token: str | None) -> Trouble:
    """What an answer of the hub means that is not the file."""
    status = error.response.status_code
    if isinstance(error, GatedRepoError):
        return words.gated(request, with_token=token is not None)
    for kind, what in _MISSING:
        if isinstance(error, kind):
            return words.not_found(request, what)
    if status in (408, 429):
        return words.rate_limited(request, _seconds_to_wait(error.response))
    if status >= 500:
        return words.server_trouble(request, status, _seconds_to_wait(error.response))
    match status:
        case 401:
            trouble = words.bad_token(request) if token else words.not_found(request, "repository")
        case 404:
            trouble = words.not_found(request, "file")
        case 416:
            trouble = words.wrong_length(request)
        case _:
            trouble = words.forbidden(request, token_may_help=token is None)
    return trouble


def _seconds_to_wait(response: httpx2.Response) -> float:
    text = response.headers.get("Retry-After", "")
    return float(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0.0


def _unconnected(request: DownloadRequest, error: Exception) -> Trouble:
    causes: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in causes:
        causes.append(cause)
        cause = cause.__cause__ or cause.__context__
    if any(isinstance(each, ssl.SSLError) for each in causes) or "CERTIFICATE" in str(error):
        return words.untrusted(request)
    scheme = request.endpoint.partition("://")[0]
    if getproxies().get(scheme) and not proxy_bypass(httpx2.URL(request.endpoint).host):
        return words.bad_proxy(request)
    return words.unreachable(request, "there is no connection to it")
