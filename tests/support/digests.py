"""What a process makes of a few issues, early and late in its life.

``python -m tests.support.digests`` prints it as JSON, for `tests/test_determinism.py`.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from hongtou.bulletin.errors import ServiceError
from hongtou.bulletin.order import Order, Purpose
from hongtou.config import read_config
from hongtou.outputs import OUTPUTS
from hongtou.pages.edition import Edition
from hongtou.pipeline import Typesetter
from tests.support.pictures import village

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Sent:
    """An issue as it is sent, with its order."""

    document: bytes
    order: Order = field(default_factory=Order)
    images: dict[str, bytes] = field(default_factory=dict)


Produce = Callable[[bytes, Order, dict[str, bytes]], Edition]


def watched() -> dict[str, Sent]:
    """Return the issues whose bytes are compared, in every output, and once with options."""
    issues = {
        "real-issue": {},
        "every-field": {"village.png": village()},
    }
    orders = [
        *map(Order, OUTPUTS),
        Order("png", options=(("dpi", 150), ("page", 2))),
        Order("print", options=(("inks", "spot"), ("standard", "x1a"))),
        Order("print", options=(("inks", "black_only"), ("marks", False))),
        Order("archive", options=(("part", "4f"),)),
        Order("booklet", options=(("up", "2"),)),
        Order("copies", options=(("count", 3), ("first", 7))),
        *(Order(name, Purpose.PROOF) for name in ("screen", "png", "html")),
    ]
    return {
        " ".join([name, *_told(order)]): Sent(
            (ROOT / "tests" / "issues" / f"{name}.json").read_bytes(), order, images
        )
        for (name, images), order in product(issues.items(), orders)
    }


def _told(order: Order) -> Iterator[str]:
    yield order.output
    yield from (f"{key}={value}" for key, value in order.options)
    if order.purpose is Purpose.PROOF:
        yield order.purpose.value


def others() -> Iterator[Sent]:
    """Yield other work that a process may have done before: well and badly ended."""
    for path in sorted((ROOT / "examples").glob("*.json")):
        document = path.read_bytes()
        yield Sent(document)
        yield Sent(document, Order(purpose=Purpose.PROOF, normalize=True))
        yield Sent(document.replace(b'"masthead"', b'"nobody"'))
        yield Sent(document, Order("fax"))


def digest(produce: Produce, sent: Sent) -> str:
    """Return the SHA-256 of the file that is made."""
    made = produce(sent.document, sent.order, sent.images)
    return hashlib.sha256(made.content).hexdigest()


def digests(produce: Produce) -> dict[str, str]:
    """Return the digest of every watched issue."""
    return {name: digest(produce, sent) for name, sent in watched().items()}


def do_other_work(typesetter: Typesetter) -> None:
    """Set, check and fail at other issues."""
    for sent in others():
        try:
            typesetter.check(sent.document, sent.order, sent.images)
            typesetter.produce(sent.document, sent.order, sent.images)
        except ServiceError:
            continue


def main() -> None:
    """Write the digests of this process: at first, and after other work."""
    typesetter = Typesetter.open(read_config({}))
    early = digests(typesetter.produce)
    do_other_work(typesetter)
    json.dump([early, digests(typesetter.produce)], sys.stdout)


if __name__ == "__main__":
    main()
