"""API keys: generated here, shown once, and stored as digests, one line per key.

<SHA-256 of the key> <scopes, separated by commas> <name of the holder>
"""

from __future__ import annotations

import codecs
import hashlib
import hmac
import os
import re
import secrets
import stat
import threading
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hongtou.bulletin.errors import SetupError

PREFIX = "hongtou_"  # by which scanners for leaked secrets know our keys
KEY_BYTES = 32
DIGEST = re.compile(r"[0-9a-f]{64}")
LOOK_SECONDS = 0.25  # between reads: a deleted key stops working within a second
SETTLE_SECONDS = 0.05  # a file counts as written when it stays the same for so long
MAX_FILE_BYTES = 1024 * 1024  # some ten thousand keys
MAX_BUSY_ROUNDS = 2  # for so long the old content of a file counts while it keeps changing
SUFFIX = ".keys"

OnKeyEvent = Callable[[str, str], None]  # called with an event and its cause
Files = Mapping[str, bytes | None]  # content by file name; None: unreadable


def ignore_event(event: str, cause: str) -> None:
    """Ignore the event."""


class Scope(StrEnum):
    """What a key or an account allows."""

    RENDER = "render"
    CHECK = "check"
    READ = "read"
    EDIT = "edit"  # see and change publications and issues
    REVIEW = "review"  # besides: finish, send back, unlock
    MANAGE = "manage"  # accounts; only people have it


OF_KEYS = tuple(scope for scope in Scope if scope is not Scope.MANAGE)


@dataclass(frozen=True, slots=True)
class Key:
    """A stored key, from which the secret cannot be recovered."""

    digest: str
    scopes: frozenset[Scope]
    name: str


def new_key() -> str:
    """Return a new key with 256 random bits."""
    return PREFIX + secrets.token_urlsafe(KEY_BYTES)


def key_line(secret: str, scopes: Iterable[Scope], name: str) -> str:
    """Return the line of a key file that admits this key."""
    return f"{_digest(secret)} {','.join(scopes)} {name}"


def key_files(place: Path) -> list[Path]:
    """Return the key files at ``place``: the file itself, or those of a folder.

    Raises:
        OSError: nothing of that name exists, or it cannot be read.
    """
    if not place.is_dir():
        place.stat()
        return [place]
    return sorted(path for path in place.iterdir() if path.is_file() and _holds_keys(path.name))


def _holds_keys(name: str) -> bool:
    """Tell a key file from the copies that editors and package managers leave beside it.

    A copy may hold a key that was deleted since.
    """
    is_plain = "." not in name and not name.endswith("~")
    return is_plain or (name.endswith(SUFFIX) and not name.startswith((".", "#")))


class KeyRing:
    """The current keys of a file, or of all files of a folder.

    A thread rereads the content, since time and size of a changed file may stay the same. A bad
    line admits nobody and leaves other keys valid; an unreadable file keeps its last content; a
    deleted file has no keys. ``on_event`` is called once for every new fault.

    Raises:
        SetupError: a file or a line is faulty at start.
    """

    def __init__(self, path: Path, on_event: OnKeyEvent = ignore_event) -> None:
        self._path = path
        self._on_event = on_event
        try:
            self._files = _read(path)
        except OSError as cause:
            raise _setup_error(f"密钥文件 {path.name} 读不了") from cause
        self._keys, self._bad_lines = _keys_of(self._files)
        self._busy: Mapping[str, int] = {}  # for how many rounds a file has kept changing
        unread = _unread(self._files)
        if unread or self._bad_lines:
            raise _setup_error((*unread, *self._bad_lines)[0])
        self._faults: frozenset[str] = frozenset()
        threading.Thread(target=_watch, args=(weakref.ref(self),), name="keys", daemon=True).start()

    @property
    def faults(self) -> int:
        """Return the number of current faults: bad lines and unreadable files."""
        return len(self._faults)

    def key_of(self, secret: str) -> Key | None:
        """Return the key with this secret, None if there is none; in constant time per key."""
        digest = _digest(secret)
        found = [key for key in self._keys if hmac.compare_digest(key.digest, digest)]
        return found[0] if found else None

    def look(self) -> None:
        """Reread the keys, and report what has become wrong since the last look."""
        try:
            found = self._settled()
        except OSError:
            return self._tell((f"密钥目录 {self._path.name} 读不了",))
        files = {
            name: self._files.get(name) if content is None else content
            for name, content in found.items()
        }
        if files != self._files:
            self._files = files
            self._keys, self._bad_lines = _keys_of(files)
            self._on_event("keys-read", f"{len(self._keys)} 把")
        return self._tell((*self._bad_lines, *_unread(found)))

    def _settled(self) -> Files:
        """Return the content of the files; of a file being written, for a short while the old one.

        A deleted file counts at once, and nobody can delay a change for long by writing on.
        """
        before = _found(self._path)
        if before == self._files:
            self._busy = {}
            return before
        time.sleep(SETTLE_SECONDS)
        now = _found(self._path)
        busy = [name for name in now if name not in before or now[name] != before[name]]
        self._busy = {name: self._busy.get(name, 0) + 1 for name in busy}
        waiting = {name for name, rounds in self._busy.items() if rounds <= MAX_BUSY_ROUNDS}
        known = {name: self._files[name] for name in waiting if name in self._files}
        return {name: content for name, content in now.items() if name not in waiting} | known

    def _tell(self, faults: tuple[str, ...]) -> None:
        for fault in dict.fromkeys(faults):
            if fault not in self._faults:
                self._on_event("key-fault", fault)
        self._faults = frozenset(faults)


def _watch(ring: weakref.ref[KeyRing]) -> None:
    """Reread the files of a ring until the ring is garbage."""
    pause = threading.Event()
    while (mine := ring()) is not None:
        try:
            mine.look()
        except Exception as cause:  # this thread is the only one that looks
            mine._on_event("key-fault", type(cause).__name__)
        del mine
        pause.wait(LOOK_SECONDS)


def parse_keys(text: str) -> tuple[Key, ...]:
    """Return the keys in the text of a file.

    Raises:
        SetupError: a line is no key; the message names the first.
    """
    keys, faults = _keys_of({"": text.encode()})
    if faults:
        raise _setup_error(faults[0])
    return keys


def _setup_error(message: str) -> SetupError:
    return SetupError(
        message,
        hint=f"请核对 HONGTOU_KEYS 所指的文件；范围可用：{'、'.join(OF_KEYS)}；"
        "新的一行由 hongtou keys new 给出",
    )


def _found(path: Path) -> Files:
    """Return the content of every key file, nothing if the place was deleted."""
    try:
        return _read(path)
    except FileNotFoundError:
        return {}


def _read(path: Path) -> Files:
    return {file.name: content for file in key_files(path) for content in _content(file)}


def _unread(files: Files) -> tuple[str, ...]:
    return tuple(f"密钥文件 {name} 读不了" for name in files if files[name] is None)


def _content(path: Path) -> Iterator[bytes | None]:
    """Yield the content of a file: None if it is unreadable, nothing if it was deleted.

    Never waits, as opening a pipe without a writer would.
    """
    try:
        with open(path, "rb", opener=_at_once) as file:
            is_file = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
            content = file.read(MAX_FILE_BYTES + 1) if is_file else None
        yield content if content is None or len(content) <= MAX_FILE_BYTES else None
    except FileNotFoundError:
        return
    except OSError:
        yield None


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)


def _keys_of(files: Files) -> tuple[tuple[Key, ...], tuple[str, ...]]:
    """Return the keys of all files and the faults of their lines."""
    keys, faults = [], []
    for name, content in files.items():
        lines = (content or b"").removeprefix(codecs.BOM_UTF8).splitlines()
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.lstrip().startswith(b"#"):
                continue
            key = _key(line)
            if key:
                keys.append(key)
            else:
                where = f"密钥文件{f' {name} ' if name else ''}第 {number} 行"
                faults.append(f"{where}写得不对，应为“摘要 范围 名称”")
    return tuple(keys), tuple(faults)


def _key(line: bytes) -> Key | None:
    try:
        digest, scopes, name = [*line.decode().split(maxsplit=2), "", "", ""][:3]
        if not DIGEST.fullmatch(digest):
            return None
        given = frozenset(map(Scope, scopes.split(",")))
        return Key(digest, given, name.strip()) if given.issubset(OF_KEYS) else None
    except ValueError:  # not UTF-8, or an unknown scope
        return None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
