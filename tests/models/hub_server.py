"""A hub of models on loopback that answers as huggingface.co does, with faults on demand.

There are two servers, as there are at the real one: the hub, which knows what a file is and redirects, and the store
behind it, which has the bytes and refuses whoever sends it a token. The headers are those that huggingface-hub reads:
`get_hf_file_metadata` and `hf_raise_for_status` in its sources say which.
"""

import contextlib
import hashlib
import json
import socket
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"

FaultKind = Literal[
    "status", "cut", "stall", "wrong bytes", "wrong length", "too long", "ignore range", "wrong range", "html",
    "reset", "no commit", "no size", "no etag",
]  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one request: the next one that comes to ``place``."""

    kind: FaultKind
    place: Literal["head", "get", "store"] = "store"
    status: int = 503
    after: int = 0
    """Bytes of the body that come first."""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass
class Asked:
    """A request that came, and what it was answered with."""

    place: str
    path: str
    range: str
    authorization: str
    status: int
    sent: int
    """Bytes of the body that have been written so far."""


@dataclass
class HubFiles:
    """What the hub has. Set its fields to change how it answers."""

    files: dict[tuple[str, str], bytes] = field(default_factory=dict)
    """By repository and name."""
    gated: set[str] = field(default_factory=set)
    private: set[str] = field(default_factory=set)
    renamed: dict[str, str] = field(default_factory=dict)
    good_tokens: set[str] = field(default_factory=set)
    admitted_tokens: set[str] = field(default_factory=set)
    """Those whose accounts may see what is gated."""
    promised: dict[tuple[str, str], str] = field(default_factory=dict)
    """The SHA-256 that the hub states where it is not that of the bytes."""
    faults: list[Fault] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    commit: str = COMMIT
    bytes_per_second: int = 0
    """0: as fast as it goes. May be changed while something is sent."""
    lock: threading.Lock = field(default_factory=threading.Lock)
    ended: threading.Event = field(default_factory=threading.Event)

    def add(self, repository: str, name: str, content: bytes) -> str:
        """Puts a file there; returns its SHA-256."""
        self.files[repository, name] = content
        return hashlib.sha256(content).hexdigest()

    def fault_for(self, place: str) -> Fault | None:
        with self.lock:
            found = next((each for each in self.faults if each.place == place), None)
            if found is not None:
                self.faults.remove(found)
            return found

    def note(self, asked: Asked) -> Asked:
        with self.lock:
            self.asked.append(asked)
        return asked

    @property
    def sent_bytes(self) -> int:
        """Of all files, by the store."""
        with self.lock:
            return sum(each.sent for each in self.asked if each.place == "store" and each.status in (200, 206))


@dataclass
class HubServer:
    """The two servers, running; see `hub_server`."""

    content: HubFiles
    endpoint: str
    store: str


@contextlib.contextmanager
def hub_server() -> Iterator[HubServer]:
    """Runs a hub and its store until the end of the block."""
    content = HubFiles()
    with _serving(_Store, content, "") as store, _serving(_Hub, content, store) as endpoint:
        try:
            yield HubServer(content, endpoint, store)
        finally:
            content.ended.set()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    content: HubFiles
    store: str

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._open: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Ends the connections that clients keep open."""
        for each in tuple(self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are what is tested here."""


@contextlib.contextmanager
def _serving(handler: "type[_Handler]", content: HubFiles, store: str) -> Iterator[str]:
    with _Server(("127.0.0.1", 0), handler) as server:
        server.content, server.store = content, store
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), name="hub of the tests")
        thread.start()
        # Two names for one computer, so that a token does not go from the hub to the store by itself.
        host = "127.0.0.1" if handler is _Hub else "localhost"
        try:
            yield f"http://{host}:{server.server_port}"
        finally:
            content.ended.set()
            server.shutdown()
            thread.join()
            server.hang_up()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 5.0  # of a connection that is kept open without a request; longer than any pause that a test asks for
    server: _Server

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    @property
    def content(self) -> HubFiles:
        return self.server.content

    def answer(self, place: str, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.note(place, status)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def note(self, place: str, status: int) -> Asked:
        wanted, authorization = self.headers.get("Range", ""), self.headers.get("Authorization", "")
        return self.content.note(Asked(place, self.path, wanted, authorization, status, 0))

    def faulty(self, place: str, fault: Fault) -> bool:
        """Does what is the same at the hub and at the store; False where the fault is none of these."""
        match fault.kind:
            case "status":
                self.answer(place, fault.status, dict(fault.headers))
            case "html":
                self.answer(place, 200, {"Content-Type": "text/html"}, b"<html>Log in to the network</html>")
            case "reset":
                self.note(place, 0)
                self.close_connection = True
            case "stall" if not fault.after:
                self.note(place, 0)
                self.content.ended.wait(5)
                self.close_connection = True
            case _:
                return False
        return True


class _Hub(_Handler):
    """What answers at huggingface.co."""

    def do_HEAD(self) -> None:
        self._resolve("head")

    def do_GET(self) -> None:
        if self.path.startswith("/api/models/"):
            self._model_info()
        else:
            self._resolve("get")

    def _resolve(self, place: str) -> None:
        fault = self.content.fault_for(place)
        if fault is not None and self.faulty(place, fault):
            return
        path = unquote(urlsplit(self.path).path).lstrip("/")  # a proxy is asked for whole addresses
        repository, _, rest = path.partition("/resolve/")
        revision, _, name = rest.partition("/")
        if repository in self.content.renamed:
            new = self.path.replace(repository, self.content.renamed[repository])
            self.answer(place, 307, {"Location": urlsplit(new).path})
            return
        refusal = self._refusal(repository, revision, name)
        if refusal is not None:
            self.answer(place, *refusal)
            return
        headers = self._headers(repository, name)
        for kind, header in (
            ("no commit", "X-Repo-Commit"),
            ("no size", "X-Linked-Size"),
            ("no etag", "X-Linked-Etag"),
        ):
            if fault is not None and fault.kind == kind:
                del headers[header]
        self.answer(place, 302, headers)

    def _headers(self, repository: str, name: str) -> dict[str, str]:
        content = self.content.files[repository, name]
        digest = self.content.promised.get((repository, name), hashlib.sha256(content).hexdigest())
        return {
            "X-Repo-Commit": self.content.commit,
            "X-Linked-Size": str(len(content)),
            "X-Linked-Etag": f'"{digest}"',
            # As for all large files now; whoever asks there gets nothing here.
            "X-Xet-Hash": "e" * 64,
            "X-Xet-Refresh-Route": f"/api/models/{repository}/xet-read-token/{COMMIT}",
            "Accept-Ranges": "bytes",
            "Location": f"{self.server.store}/{repository}/{name}?signature=once",
        }

    def _refusal(self, repository: str, revision: str, name: str) -> tuple[int, dict[str, str]] | None:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if token and token not in self.content.good_tokens:
            return 401, {"X-Error-Message": "Invalid credentials in Authorization header"}
        known = any(each == repository for each, _ in self.content.files)
        if not known or (repository in self.content.private and token not in self.content.admitted_tokens):
            return 404 if token else 401, {"X-Error-Code": "RepoNotFound"}
        if repository in self.content.gated and token not in self.content.admitted_tokens:
            return 403 if token else 401, {"X-Error-Code": "GatedRepo"}
        if revision not in ("main", COMMIT):
            return 404, {"X-Error-Code": "RevisionNotFound"}
        if (repository, name) not in self.content.files:
            return 404, {"X-Error-Code": "EntryNotFound"}
        return None

    def _model_info(self) -> None:
        repository = self.path.removeprefix("/api/models/").partition("/revision/")[0]
        names = [name for each, name in self.content.files if each == repository]
        siblings = [{"rfilename": name} for name in names]
        body = json.dumps({"id": repository, "sha": COMMIT, "siblings": siblings}).encode()
        self.answer("api", 200 if names else 404, {"Content-Type": "application/json"}, body)


class _Store(_Handler):
    """What has the bytes: a CDN before S3, with addresses that carry their own permission."""

    def do_GET(self) -> None:
        fault = self.content.fault_for("store")
        if fault is not None and self.faulty("store", fault):
            return
        if self.headers.get("Authorization"):
            self.answer("store", 400, {})  # as S3 does: one permission, not two
            return
        owner, repository, name = unquote(urlsplit(self.path).path).lstrip("/").split("/", 2)
        content = self.content.files[f"{owner}/{repository}", name]
        first = self._first(fault)
        if first >= len(content) > 0:
            self.answer("store", 416, {"Content-Range": f"bytes */{len(content)}"})
            return
        self._send(content, first, fault)

    def _first(self, fault: Fault | None) -> int:
        wanted = self.headers.get("Range", "").removeprefix("bytes=").removesuffix("-")
        return int(wanted) if wanted and not (fault is not None and fault.kind == "ignore range") else 0

    def _send(self, content: bytes, first: int, fault: Fault | None) -> None:
        kind, after = (fault.kind, fault.after) if fault is not None else ("", 0)
        body, total = content[first:], len(content)
        if kind == "wrong bytes":
            body = bytes(each ^ 0xFF for each in body[:4096]) + body[4096:]
        if kind == "wrong length":
            total += 1000
        self.send_response(206 if first else 200)
        if first:
            start = first + 7 if kind == "wrong range" else first
            self.send_header("Content-Range", f"bytes {start}-{total - 1}/{total}")
        self.send_header("ETag", f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"')
        if kind == "too long":
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(total - first))
        self.end_headers()
        self._write(body, kind, after, self.note("store", 206 if first else 200))
        if kind == "stall":
            self.content.ended.wait(5)

    def _write(self, body: bytes, kind: str, after: int, asked: Asked) -> None:
        if kind == "too long":
            asked.sent = len(body)
            for part in (body, b"x" * 1000, b""):
                self.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
            return
        end = min(after, len(body)) if kind in ("cut", "stall") else len(body)
        self._paced(body[:end], asked)
        if kind in ("cut", "stall", "wrong length"):
            self.close_connection = True

    def _paced(self, body: bytes, asked: Asked) -> None:
        while asked.sent < len(body) and not self.content.ended.is_set():
            speed = self.content.bytes_per_second  # may change meanwhile
            piece = body[asked.sent : asked.sent + max(1, speed // 20)] if speed else body[asked.sent :]
            asked.sent += len(piece)  # before it is written: the client may be done with it first
            try:
                self.wfile.write(piece)
            except OSError:
                asked.sent -= len(piece)
                break
            if speed:
                time.sleep(0.05)


def small_gguf(size: int, seed: int) -> bytes:
    """The beginning of a GGUF file and bytes that depend on ``seed``; ``size`` in bytes."""
    header = struct.pack("<4sIQQ", b"GGUF", 3, 0, 0)
    digest = hashlib.shake_128(seed.to_bytes(8, "little")).digest(max(0, size - len(header)))
    return (header + digest)[:size]
