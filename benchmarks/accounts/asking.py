"""Those who ask: each with issues of their own, and an eye for what is not theirs."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from werkzeug.test import TestResponse

from benchmarks.accounts.desk_addresses import JSON, Addresses
from tests.support.archives import document
from tests.support.house import STRANGER, House
from tests.support.tattler import CANARY

KEYS = {"甲单位": b"a", "乙单位": b"b"}  # by the letter of their canaries
EDITOR = "editor"
PEOPLE = {EDITOR: b"c", STRANGER: b"-"}
DOCUMENTS = 20
COMMON = [document(100 + number, body="谁都有的一段。") for number in range(5)]
PART = re.compile(rb'name="([0-9a-f]{24})"')
Send = Callable[..., TestResponse]


@dataclass
class Learnt:
    """Digests of files and of pictures in all answers: everybody asks with those of others, too."""

    tags: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    def note(self, answer: TestResponse) -> None:
        """Learn from an answer."""
        tag = answer.headers.get("ETag", "").strip('"')
        names = [one.decode() for one in PART.findall(answer.data)]
        for known, found in ((self.tags, [tag]), (self.pictures, names)):
            known.extend(one for one in found if one and one not in known)


@dataclass(frozen=True)
class Asker:
    """Somebody by name, with the letter of the own canaries, and how they send requests."""

    name: str
    letter: bytes
    send: Send
    learnt: Learnt

    @property
    def is_of_the_desk(self) -> bool:
        return self.name == EDITOR

    def work(self, chance: random.Random, addresses: Addresses) -> TestResponse:
        """Ask for something that everybody may ask for, or for an issue of the own desk."""
        if self.is_of_the_desk and chance.random() < 0.5:
            return self._at_the_desk(chance, addresses)
        ask = chance.choice((self._render, self._check, self._preview))
        answer = ask(self._issue(chance), chance)
        self.learnt.note(answer)
        return answer

    def foreign_bytes(self, answer: TestResponse) -> int:
        """Return how many bytes of canaries of others there are in an answer."""
        whole = str(answer.headers).encode() + answer.data
        return sum(len(one[0]) for one in CANARY.finditer(whole) if one[1] != self.letter)

    def plain(self, answer: TestResponse, path: str) -> tuple[int, str]:
        """Return an answer without the address that was asked and the number of the request."""
        text = answer.get_data(as_text=True).replace(path, "")
        told = answer.headers["X-Request-Id"]
        location = answer.headers.get("Location", "").partition("?")[0]
        return answer.status_code, text.replace(told, "") + location

    def _issue(self, chance: random.Random) -> bytes:
        """Return one of the own issues, or one that others have too."""
        if chance.random() < 0.3:
            return chance.choice(COMMON)
        number = chance.randrange(DOCUMENTS)
        return document(number, body=f"canary-{self.letter.decode()}-{number}。")

    def _render(self, issue: bytes, chance: random.Random) -> TestResponse:
        headers = {}
        if self.learnt.tags and chance.random() < 0.4:
            headers = {"If-None-Match": f'"{chance.choice(self.learnt.tags)}"'}
        return self._post("/v1/render", issue, headers)

    def _check(self, issue: bytes, chance: random.Random) -> TestResponse:
        return self._post("/v1/check", issue, {})

    def _preview(self, issue: bytes, chance: random.Random) -> TestResponse:
        known = chance.sample(self.learnt.pictures, min(len(self.learnt.pictures), 3))
        wish = json.dumps({"view": [1], "known": known}).encode()
        parts = {
            name: (BytesIO(content), f"{name}.json", JSON)
            for name, content in (("issue", issue), ("wish", wish))
        }
        return self.send("POST", "/v1/preview", data=parts)

    def _at_the_desk(self, chance: random.Random, addresses: Addresses) -> TestResponse:
        """Read what is kept; look for canaries of all."""
        method, there, _ = addresses.any(chance)
        if method != "GET" or chance.random() < 0.2:
            there = f"/v1/issues?q=canary-{chance.choice('abc')}"
        return self.send("GET", there)

    def _post(self, path: str, issue: bytes, headers: dict[str, str]) -> TestResponse:
        return self.send("POST", path, data=issue, headers=headers, content_type=JSON)


def askers(house: House, keys: Mapping[str, str]) -> list[Asker]:
    """Return all who ask: two programs, somebody who is logged in, and a stranger."""
    learnt = Learnt()
    programs = [
        Asker(name, KEYS[name], _with_key(house, key), learnt) for name, key in keys.items()
    ]
    people = [Asker(who, letter, house.browser(who).send, learnt) for who, letter in PEOPLE.items()]
    return [*programs, *people]


def _with_key(house: House, key: str) -> Send:
    client = house.app.test_client(use_cookies=False)

    def send(method: str, path: str, **given: Any) -> TestResponse:
        headers = {**given.pop("headers", {}), "Authorization": f"Bearer {key}"}
        return client.open(path, method=method, headers=headers, **given)

    return send
