"""Nine issues with all that bulletins hold, for judges to look at."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hongtou.pictures.samples import sample_pictures
from hongtou.rehearsal import rehearsal
from tests.support.pictures import village

ROOT = Path(__file__).parents[2]
LONG = 13  # times the articles of the real issue: a hundred pages


@dataclass(frozen=True, slots=True)
class Judged:
    """An issue as it is sent, with its pictures."""

    name: str
    document: bytes
    images: Mapping[str, bytes]


def corpus() -> Iterator[Judged]:
    """Yield the real issue, both examples, every field in both layouts, one page, 100 pages.

    The issues of the tests hold what a rehearsal has no use for: pictures side by side, heads of
    two rows, landscape tables.
    """
    real = json.loads((ROOT / "tests" / "issues" / "real-issue.json").read_bytes())
    yield _plain("real-issue", real)
    for path in sorted((ROOT / "examples").glob("*.json")):
        yield _plain(path.stem, json.loads(path.read_bytes()))
    for layout in ("dongtai", "jianbao"):
        pictures = sample_pictures()
        yield Judged(f"every-field-{layout}", rehearsal(layout, pictures), pictures)
    for name in ("every-field", "other-forms"):
        document = (ROOT / "tests" / "issues" / f"{name}.json").read_bytes()
        yield Judged(f"{name}-of-tests", document, {"village.png": village()})
    yield _plain("one-page", _one_page(real))
    yield _plain("hundred-pages", {**real, "articles": real["articles"] * LONG})


def _one_page(real: Mapping[str, Any]) -> dict[str, Any]:
    article = {**real["articles"][0], "body": real["articles"][0]["body"].split("\n")[0]}
    short = {name: value for name, value in real.items() if name != "briefs"}
    return {**short, "articles": [article]}


def _plain(name: str, document: Mapping[str, Any]) -> Judged:
    return Judged(name, json.dumps(document, ensure_ascii=False).encode(), {})
