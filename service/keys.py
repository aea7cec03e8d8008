"""API keys: made here, shown once, and kept only as digests in a file of one line each.

    <SHA-256 of the key> <scopes, with commas> <name of who holds it>
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from service.errors import SetupError

PREFIX = "blt_"  # lets scanners of leaked secrets know it
KEY_BYTES = 32
DIGEST = re.compile(r"[0-9a-f]{64}")


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
    """Return the files that hold keys: the one that is named, or those of a folder."""
    if not place.is_dir():
        return [place]
    return sorted(path for path in place.iterdir() if path.is_file() and path.name[0] != ".")


class KeyRing:
    """The keys of files, read anew when one changes: a line taken out shuts a key out."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: list[tuple[str, int, int]] = []
        self._keys: tuple[Key, ...] = ()
        self._read()

    def key_of(self, secret: str) -> Key | None:
        """Return the key whose secret this is; as quick for a near miss as for a far one."""
        self._read()
        digest = _digest(secret)
        found = [key for key in self._keys if hmac.compare_digest(key.digest, digest)]
        return found[0] if found else None

    def _read(self) -> None:
        try:
            found = [(path, path.stat()) for path in key_files(self._path)]
            seen = [(path.name, status.st_mtime_ns, status.st_size) for path, status in found]
            if seen != self._seen:
                texts = [path.read_text(encoding="utf-8") for path, _ in found]
                self._keys = tuple(key for text in texts for key in parse_keys(text))
                self._seen = seen
        except (OSError, UnicodeDecodeError) as cause:
            raise SetupError(
                f"密钥文件 {self._path.name} 读不了", hint="请核对 HONGTOU_KEYS 所指的文件"
            ) from cause


def parse_keys(text: str) -> tuple[Key, ...]:
    """Return the keys of a file's text; SetupError names the first line that is none."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(
        _key(number, line) for number, line in enumerate(lines, 1) if line and line[0] != "#"
    )


def _key(number: int, line: str) -> Key:
    digest, scopes, name = [*line.split(maxsplit=2), "", "", ""][:3]
    try:
        if not DIGEST.fullmatch(digest):
            raise ValueError(digest)
        return Key(digest, frozenset(map(Scope, scopes.split(","))), name)
    except ValueError as cause:
        raise SetupError(
            f"密钥文件第 {number} 行写得不对，应为“摘要 范围 名称”",
            hint=f"范围可用：{'、'.join(Scope)}；新的一行由 hongtou keys new 给出",
        ) from cause


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
