"""Set the whole hostile corpus in this process, without the workers' protections around it.

Run as ``python -m tests.support.hostile_run ADDRESS FILE``, under strace by test_hostile.py; with
``shielded`` behind them, in workers with their protections. Prints one JSON line for each case. What is opened after BEGIN was opened because of the corpus:
everything that any issue needs has been opened by a harmless one before.
"""

from __future__ import annotations

import copy
import json
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from hongtou.bulletin.errors import ReviewFailed
from hongtou.bulletin.order import FinishedFile, Order
from hongtou.config import read_config
from hongtou.pages.edition import Edition
from hongtou.pipeline import Typesetter
from hongtou.rendering import Caller, WorkerPool
from tests.support.hostile import bad_pictures, image_names, odd_pictures, saved, texts

BEGIN = "/hongtou-hostile-corpus-begins-here"
ISSUE = Path(__file__).parents[1] / "issues" / "every-field.json"
CHOICES = {"layout", "type", "series", "urgency", "class", "align", "orientation", "image"}
PICTURE = "village.png"
NAMEPLATE_CHARS = 30


class Produces(Protocol):
    """What sets a case."""

    def produce(
        self, document: bytes, order: Order, images: Mapping[str, bytes]
    ) -> Edition | FinishedFile: ...


Place = tuple[str | int, ...]
Faults = dict[str, str]


def leaves(value: Any, place: Place = ()) -> Iterator[Place]:
    """Yield the place of every string that is free text."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key not in CHOICES:
                yield from leaves(one, (*place, key))
    elif isinstance(value, list):
        for key, one in enumerate(value):
            yield from leaves(one, (*place, key))
    elif isinstance(value, str):
        yield place


def pointer(place: Place) -> str:
    return "".join(f"/{key}" for key in place)


def in_every_field(issue: Any, text: str) -> dict[Place, str]:
    """Return the text for each field, with a number behind it that tells where it was printed."""
    return {
        place: f"{text}〔{number}〕"
        if place[-1] != "nameplate"
        else text[: NAMEPLATE_CHARS - 4] + f"〔{number}〕"
        for number, place in enumerate(leaves(issue))
    }


def filled(issue: Any, fields: Mapping[Place, str]) -> bytes:
    changed = copy.deepcopy(issue)
    for place, text in fields.items():
        part = changed
        for key in place[:-1]:
            part = part[key]
        part[place[-1]] = text
    return json.dumps(changed).encode()


def faults_of(failure: ReviewFailed) -> Faults:
    return {
        fault.pointer or "": fault.code for fault in failure.findings if fault.severity == "error"
    }


def with_text(typesetter: Produces, issue: Any, text: str) -> tuple[bytes, dict[str, str], Faults]:
    """Return the PDF, the text of every field that took it, and why the others did not.

    A part that fits on no page with the text in all of its fields goes without it in the last.
    """
    fields = in_every_field(issue, text)
    refused: Faults = {}
    while True:
        try:
            made = typesetter.produce(filled(issue, fields), Order(), {PICTURE: saved()})
        except ReviewFailed as failure:
            faults = faults_of(failure)
            at_fault = [place for place in fields if pointer(place) in faults]
            refused |= {pointer(place): faults[pointer(place)] for place in at_fault}
            if not at_fault:
                parts = tuple(f"{part}/" for part in faults)
                at_fault = [place for place in fields if pointer(place).startswith(parts)][-1:]
            if not at_fault:
                raise
            fields = {place: one for place, one in fields.items() if place not in at_fault}
        else:
            return made.content, {pointer(place): one for place, one in fields.items()}, refused


def with_picture(
    typesetter: Produces, issue: Any, name: str, content: bytes
) -> tuple[bytes, Faults]:
    """Return the PDF with a picture, or why there is none."""
    text = json.dumps(issue).replace(f'"{PICTURE}"', json.dumps(name))
    try:
        return typesetter.produce(text.encode(), Order(), {name: content}).content, {}
    except ReviewFailed as failure:
        return b"", faults_of(failure)


def tell(kind: str, case: str, content: bytes, refused: Faults, fields: Mapping[str, str]) -> None:
    """Write to standard output, which is open already."""
    record = {
        "kind": kind,
        "case": case,
        "refused": refused,
        "fields": fields,
        "content": b64encode(content).decode(),
    }
    sys.stdout.write(json.dumps(record) + "\n")


class Shielded:
    """The typesetter behind a worker pool, as the service has it."""

    def __init__(self) -> None:
        self._pool = WorkerPool(read_config({}), lambda *event: None)

    def produce(self, document: bytes, order: Order, images: Mapping[str, bytes]) -> FinishedFile:
        return self._pool.produce(document, order, images, Caller(lambda: False))


def prepared() -> Typesetter:
    """Return a typesetter that has read all it needs, as the service forks it."""
    typesetter = Typesetter.open(read_config({}))
    typesetter.prepare()
    return typesetter


def main(address: str, file: Path, *shielded: str) -> None:
    """Set every case."""
    typesetter = Shielded() if shielded else prepared()
    issue = json.loads(ISSUE.read_text(encoding="utf-8"))
    hostile, names = texts(address, file), image_names(address, file)
    bad, odd = bad_pictures(address, file), odd_pictures()
    with_text(typesetter, issue, "正常")
    with_picture(typesetter, issue, "a.png", b"")
    with_picture(typesetter, issue, "a.png", saved("JPEG"))
    with suppress(OSError):
        Path(BEGIN).read_bytes()
    for text in hostile:
        content, fields, refused = with_text(typesetter, issue, text)
        tell("text", text, content, refused, fields)
    for name in names:
        tell("name", name, *with_picture(typesetter, issue, name, saved()), {})
    for kind, pictures in (("bad", bad), ("odd", odd)):
        for name, picture in pictures.items():
            tell(kind, name, *with_picture(typesetter, issue, "a.png", picture), {})


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
