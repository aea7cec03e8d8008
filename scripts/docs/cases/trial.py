"""An input, set as the service would set it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from hongtou.bulletin.errors import ServiceError
from hongtou.bulletin.finding import Finding, Severity
from hongtou.bulletin.order import Order
from hongtou.pages.report import DrawnLine
from hongtou.pipeline import Typesetter
from scripts.docs.cases.expected import Retold
from scripts.docs.cases.feet import blank_feet

NONE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an input: pages and lines if it was set, and all findings.

    ``feet`` tells how many lines of the grid stay blank at the foot of each page but the last.
    """

    pages: int | None
    lines: Sequence[DrawnLine]
    findings: Sequence[Finding]
    refusal: str = ""
    feet: Mapping[int, int] = field(default_factory=dict)

    @property
    def errors(self) -> list[str]:
        """Return the codes of all errors, each once."""
        return self._codes({Severity.ERROR})

    @property
    def remarks(self) -> list[str]:
        """Return the codes of all warnings and notes, each once."""
        return self._codes({Severity.WARNING, Severity.NOTE})

    def _codes(self, severities: set[Severity]) -> list[str]:
        found = (finding.code for finding in self.findings if finding.severity in severities)
        return list(dict.fromkeys(found))


def try_input(
    typesetter: Typesetter,
    source: Path,
    made_from: Mapping[str, str] = NONE,
    retold: Retold | None = None,
) -> Outcome:
    """Return what comes of an input, or of what it says in another way.

    ``made_from`` names the picture of its folder that a picture sent with it is made from.
    """
    document = source.read_bytes()
    order = Order()
    if retold is not None:
        document = amended(document, retold.changes, retold.replaces)
        order = Order(normalize=retold.normalize, options=tuple(sorted(retold.options.items())))
    made = {name: _made(name, source.parent / other) for name, other in made_from.items()}
    images = pictures_of(document, source.parent) | made
    try:
        paginated = typesetter.paginate(typesetter.plan(typesetter.accept(document, order, images)))
        edition = typesetter.finish(paginated)
        typesetter.inspect(edition.content, order, edition.page_count)
    except ServiceError as refused:
        return Outcome(None, (), refused.findings, refused.message)
    except Exception as cause:  # a fault of ours: that row fails, the others are still wanted
        return Outcome(None, (), (), f"{type(cause).__name__}: {cause}")
    feet = blank_feet(paginated.pages, paginated.plan.layout)
    return Outcome(edition.page_count, edition.lines, edition.findings, feet=feet)


def amended(
    document: bytes, changes: Mapping[str, Any], replaces: Mapping[str, str] = NONE
) -> bytes:
    """Return a document with other texts, and other values at JSON Pointers.

    An empty text as a value takes the member of an object out.
    """
    told = document.decode()
    for old, new in replaces.items():
        told = told.replace(old, new)
    content = json.loads(told)
    for pointer, value in changes.items():
        *way, last = pointer.split("/")[1:]
        place = content
        for step in way:
            place = place[int(step) if isinstance(place, list) else step]
        if isinstance(place, list):
            place[int(last) : int(last) + 1] = [value] if value != "" else []  # also one behind
        elif value != "":
            place[last] = value
        else:
            del place[last]
    return json.dumps(content, ensure_ascii=False).encode()


def pictures_of(document: bytes, folder: Path) -> dict[str, bytes]:
    """Return the pictures that a document names and that lie in its folder or below."""
    names = set(_images(json.loads(document)))
    lying = {path.name: path for path in folder.rglob("*") if path.name in names}
    return {name: path.read_bytes() for name, path in lying.items()}


def _made(name: str, picture: Path) -> bytes:
    """Return a picture in the format that the suffix of a name stands for."""
    kind = Image.registered_extensions()[Path(name).suffix.lower()]
    made = io.BytesIO()
    with Image.open(picture) as opened:
        opened.convert("RGB").save(made, kind)
    return made.getvalue()


def _images(value: Any) -> Iterator[str]:
    """Yield every value of a field ``image``."""
    if isinstance(value, dict):
        if isinstance(image := value.get("image"), str):
            yield image
        value = list(value.values())
    if isinstance(value, list):
        for member in value:
            yield from _images(member)
