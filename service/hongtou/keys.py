"""API keys: made here, shown once, and kept only as digests in files of one line each.

<SHA-256 of the key> <scopes, with commas> <name of who holds it>
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

PREFIX = "hongtou_"  # lets scanners of leaked secrets know it
KEY_BYTES = 32
DIGEST = re.compile(r"[0-9a-f]{64}")
LOOK_SECONDS = 0.25  # a key that was taken out is dead within a second
SETTLE_SECONDS = 0.05  # a file that is being written is read when it stays as it is for so long
MOST_FILE_BYTES = 1024 * 1024  # some ten thousand keys
MOST_BUSY_ROUNDS = 2  # for which a file that is written again and again counts as it was
SUFFIX = ".keys"

Notice = Callable[[str, str], None]  # an event, and its cause
Files = Mapping[str, bytes | None]  # what each file holds by its name; None: it cannot be read


def unheard(event: str, cause: str) -> None:
    """Tell nobody."""


class Scope(StrEnum):
    """What a key lets its holder do."""

    RENDER = "render"
    CHECK = "check"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is kept: nobody can get it back from this."""

    digest: str
    scopes: frozenset[Scope]
    name: str


def new_key() -> str:
    """Return a key of 256 random bits."""
    return PREFIX + secrets.token_urlsafe(KEY_BYTES)


def key_line(secret: str, scopes: Iterable[Scope], name: str) -> str:
    """Return the line of the file that lets this key in."""
    return f"{_digest(secret)} {','.join(scopes)} {name}"


def key_files(place: Path) -> list[Path]:
    """Return the files that hold keys: the one that is named, or those of a folder.

    Raises:
        OSError: there is nothing of that name, or it cannot be looked into.
    """
    if not place.is_dir():
        place.stat()
        return [place]
    return sorted(one for one in place.iterdir() if one.is_file() and _holds_keys(one.name))


def _holds_keys(name: str) -> bool:
    """Tell files of keys from what editors and packages leave beside them.

    Those may hold a key that was taken out.
    """
    is_plain = "." not in name and not name.endswith("~")
    return is_plain or (name.endswith(SUFFIX) and not name.startswith((".", "#")))


class KeyRing:
    """The keys of a file, or of all files of a folder, as they are now.

    A thread reads them anew, by what they hold: time and size may stay the same. A bad line lets
    nobody in and shuts nobody else out; a file that cannot be read counts as it was last; one that
    is gone has no keys. ``notice`` is told once of each fault as it comes up.

    Raises:
        SetupError: at start something is wrong with them.
    """

    def __init__(self, path: Path, notice: Notice = unheard) -> None:
        self._path = path
        self._notice = notice
        try:
            self._files = _read(path)
        except OSError as cause:
            raise _setup_error(f"密钥文件 {path.name} 读不了") from cause
        self._keys, self._bad_lines = _keys_of(self._files)
        self._busy: Mapping[str, int] = {}  # rounds for which a file was being written
        unread = _unread(self._files)
        if unread or self._bad_lines:
            raise _setup_error((*unread, *self._bad_lines)[0])
        self._faults: frozenset[str] = frozenset()
        threading.Thread(target=_watch, args=(weakref.ref(self),), name="keys", daemon=True).start()

    @property
    def faults(self) -> int:
        """Return how much is wrong with the keys now: bad lines, files that cannot be read."""
        return len(self._faults)

    def key_of(self, secret: str) -> Key | None:
        """Return the key whose secret this is; as quick for a near miss as for a far one."""
        digest = _digest(secret)
        found = [key for key in self._keys if hmac.compare_digest(key.digest, digest)]
        return found[0] if found else None

    def look(self) -> None:
        """Read the keys anew, and tell of what is wrong with them since the last look."""
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
            self._notice("keys-read", f"{len(self._keys)} 把")
        return self._tell((*self._bad_lines, *_unread(found)))

    def _settled(self) -> Files:
        """Return what the files hold; one that is just being written counts as it was, for a while.

        One that is gone is gone at once: nobody can hold back what is taken out by writing on.
        """
        before = _found(self._path)
        if before == self._files:
            return before
        time.sleep(SETTLE_SECONDS)
        now = _found(self._path)
        busy = [name for name in now if name not in before or now[name] != before[name]]
        self._busy = {name: self._busy.get(name, 0) + 1 for name in busy}
        waiting = {name for name, rounds in self._busy.items() if rounds <= MOST_BUSY_ROUNDS}
        known = {name: self._files[name] for name in waiting if name in self._files}
        return {name: one for name, one in now.items() if name not in waiting} | known

    def _tell(self, faults: tuple[str, ...]) -> None:
        for fault in dict.fromkeys(faults):
            if fault not in self._faults:
                self._notice("key-fault", fault)
        self._faults = frozenset(faults)


def _watch(ring: weakref.ref[KeyRing]) -> None:
    """Look at a ring's files again and again, until nobody holds it any more."""
    pause = threading.Event()
    while (mine := ring()) is not None:
        try:
            mine.look()
        except Exception as cause:  # whatever it is: nobody else would look again
            mine._notice("key-fault", type(cause).__name__)
        del mine
        pause.wait(LOOK_SECONDS)


def parse_keys(text: str) -> tuple[Key, ...]:
    """Return the keys of a file's text; SetupError names the first line that is none."""
    keys, faults = _keys_of({"": text.encode()})
    if faults:
        raise _setup_error(faults[0])
    return keys


def _setup_error(message: str) -> SetupError:
    return SetupError(
        message,
        hint=f"请核对 HONGTOU_KEYS 所指的文件；范围可用：{'、'.join(Scope)}；"
        "新的一行由 hongtou keys new 给出",
    )


def _found(path: Path) -> Files:
    """Return what each file of keys holds; nothing where there is none any more."""
    try:
        return _read(path)
    except FileNotFoundError:
        return {}


def _read(path: Path) -> Files:
    return {one.name: content for one in key_files(path) for content in _content(one)}


def _unread(files: Files) -> tuple[str, ...]:
    return tuple(f"密钥文件 {name} 读不了" for name in files if files[name] is None)


def _content(path: Path) -> Iterator[bytes | None]:
    """Yield what a file holds, None where it cannot be read, nothing where it is gone or none.

    Without waiting: a pipe that nobody writes to would hold up whoever opens it.
    """
    try:
        with open(path, "rb", opener=_at_once) as file:
            is_file = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
            content = file.read(MOST_FILE_BYTES + 1) if is_file else None
        yield content if content is None or len(content) <= MOST_FILE_BYTES else None
    except FileNotFoundError:
        return
    except OSError:
        yield None


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)


def _keys_of(files: Files) -> tuple[tuple[Key, ...], tuple[str, ...]]:
    """Return the keys of all files, and what is wrong with a line or a file."""
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
        return Key(digest, frozenset(map(Scope, scopes.split(","))), name.strip())
    except ValueError:  # no UTF-8, or no such scope
        return None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
