"""Set the whole hostile corpus in this process, without the workers' shields around it.

Run as ``python -m tests.support.hostile_run ADDRESS FILE``, under strace by test_hostile.py.
Prints one JSON line for each case. What is opened after BEGIN was opened because of the corpus.
"""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from service.errors import ReviewFailed
from service.order import Order, Purpose
from service.pipeline import Workshop
from tests.support.hostile import bad_pictures, image_names, odd_pictures, png, texts
from tests.support.readers import mupdf_text

BEGIN = "/hongtou-hostile-corpus-begins-here"
ISSUE = Path(__file__).parents[1] / "issues" / "every-field.json"
CHOICES = {"layout", "type", "series", "urgency", "class", "align", "orientation", "image"}
PICTURE = "village.png"


def leaves(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
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


def put(issue: Any, place: tuple[Any, ...], text: str) -> None:
    for key in place[:-1]:
        issue = issue[key]
    issue[place[-1]] = text


def pointer(place: tuple[Any, ...]) -> str:
    return "".join(f"/{key}" for key in place)


def with_text(workshop: Workshop, issue: Any, text: str) -> tuple[bytes, set[str]]:
    """Return the PDF with this text in every field that takes it, and the fields that do not."""
    refused: set[str] = set()
    while True:
        changed = copy.deepcopy(issue)
        for place in leaves(issue):
            if not any(pointer(place).startswith(one) for one in refused):
                put(changed, place, text[:30] if place[-1] == "nameplate" else text)
        try:
            order = Order(purpose=Purpose.PROOF)
            made = workshop.produce(json.dumps(changed).encode(), order, {PICTURE: png()})
            return made.content, refused
        except ReviewFailed as failure:
            found = {fault.pointer or "" for fault in failure.findings if fault.severity == "error"}
            assert found - refused, failure.findings
            refused |= found


def with_picture(workshop: Workshop, issue: Any, name: str, content: bytes) -> list[str]:
    """Return the codes for which a picture is refused; none where it is set."""
    text = json.dumps(issue).replace(f'"{PICTURE}"', json.dumps(name))
    try:
        workshop.produce(text.encode(), Order(), {name: content})
    except ReviewFailed as failure:
        return [fault.code for fault in failure.findings if fault.severity == "error"]
    return []


def tell(**record: Any) -> None:
    sys.stdout.write(json.dumps(record) + "\n")


def main(address: str, file: Path) -> None:
    """Set every case."""
    from service.config import read_config

    workshop = Workshop.open(read_config({}))
    issue = json.loads(ISSUE.read_text(encoding="utf-8"))
    warm, _ = with_text(workshop, issue, "正常")
    mupdf_text(warm)
    with_picture(workshop, issue, "a.png", b"")
    with suppress(OSError):
        Path(BEGIN).read_bytes()
    for text in texts(address, file):
        content, refused = with_text(workshop, issue, text)
        printed = "".join(mupdf_text(content).split())
        tell(kind="text", case=text, refused=sorted(refused),
             printed=printed.count("".join(text.split())))
    for name in image_names(address, file):
        tell(kind="name", case=name, refused=with_picture(workshop, issue, name, b"x"))
    for name, content in bad_pictures(address, file).items():
        tell(kind="bad", case=name, refused=with_picture(workshop, issue, "a.png", content))
    for name, (content, _) in odd_pictures().items():
        tell(kind="odd", case=name, refused=with_picture(workshop, issue, "a.png", content))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
