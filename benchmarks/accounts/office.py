"""A service with accounts, and log-ins that come from as many addresses as are wanted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.durability.kills import Start
from hongtou.keys import Scope, key_line, new_key
from tests.support.house import House
from tests.support.serving import JSON, Answer, Serving, serving
from tests.support.stand_in import OPENER

PROXY = "127.0.0.1"  # whose X-Forwarded-For is believed: ours
WRONG = "不对的密码不对的"


@dataclass(frozen=True)
class Office:
    """A service where people log in, and a key for a program that renders."""

    service: Serving
    key: str

    def render(self, document: bytes) -> Answer:
        headers = {**JSON, "Authorization": f"Bearer {self.key}"}
        return self.service.ask("POST", "/v1/render", document, headers=headers)


@contextmanager
def office(opener: str = OPENER, start: Start = serving) -> Iterator[Office]:
    """Run a service with an account for each role, called like the role."""
    with TemporaryDirectory() as folder:
        file, keys, key = Path(folder) / "hongtou.db", Path(folder) / "keys", new_key()
        house = House(file)
        house.people()
        house.archive.close()
        keys.write_text(key_line(key, [Scope.RENDER], "程序"), encoding="utf-8")
        keys.chmod(0o600)
        with start(opener, database=file, keys=keys, proxies=PROXY) as service:
            yield Office(service, key)


def address(number: int) -> str:
    """Return the address of a client, another one for each number."""
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def fields(number: int) -> dict[str, str]:
    """Return the header fields of a log-in from an address of its own."""
    return {**JSON, "X-Forwarded-For": address(number)}


def guess(name: str) -> bytes:
    """Return the body of a log-in with a wrong password."""
    return json.dumps({"name": name, "password": WRONG}, ensure_ascii=False).encode()


def log_in(service: Serving, name: str, number: int) -> Answer:
    """Try a wrong password from an address of its own."""
    return service.ask("POST", "/v1/session", guess(name), headers=fields(number))
