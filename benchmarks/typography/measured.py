"""An issue set by hongtou and, where it is text alone, by Typst; both PDFs measured alike."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from benchmarks.speed.sheets import blocks_of
from benchmarks.speed.sources import typst_source
from benchmarks.typography.geometry import MM, measure
from benchmarks.typography.on_pages import OPENING, OnPages, measure_pages
from benchmarks.typography.peers import FONTS
from benchmarks.typography.plain import plain_form
from hongtou.config import read_config
from hongtou.pipeline import Typesetter

HEADLINE_PT = 20.0, 26.0  # as `geometry` knows headlines: by their size
NEXT_LINE = 2.2  # em between baselines of one headline, at the most


class Sent(NamedTuple):
    """An issue as it is sent, with the pictures that it names."""

    name: str
    issue: dict[str, Any]
    images: Mapping[str, bytes]


class Headline(NamedTuple):
    """The lines of a headline, and how many characters the longest is longer than the shortest."""

    lines: tuple[str, ...]
    apart: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured on a file; ``ours`` where hongtou made it.

    ``pdf`` are the measures of `geometry`. ``headlines`` are those of several lines, but for
    wished breaks; ``red_rule`` is how far down the lowest red rule of the first page is, in mm.
    """

    name: str
    pdf: Mapping[str, Any]
    headlines: tuple[Headline, ...]
    red_rule: float
    ours: OnPages | None = None

    @property
    def apart(self) -> tuple[float, ...]:
        """Return how far apart the lines of each headline are, in characters."""
        return tuple(headline.apart for headline in self.headlines)


class Pair(NamedTuple):
    """An issue as hongtou sets it and, where it can and is installed, Typst."""

    hongtou: Measured
    typst: Measured | None


def measured(sent: Sent) -> Pair:
    """Set an issue and measure it."""
    document = json.dumps(sent.issue, ensure_ascii=False).encode()
    ours, paginated = measure_pages(_typesetter(), document, sent.images)
    content = _typesetter().finish(paginated).content
    headlines = {article["headline"] for article in sent.issue.get("articles", [])}
    wished = {headline for headline in headlines if "\n" in headline}
    plain = plain_form(sent.issue)
    compiler = _typst()
    theirs = None
    if plain is not None and compiler is not None:
        pdf = compiler.compile(input=typst_source(blocks_of(plain)).encode())
        theirs = _measured(sent.name, pdf, wished)
    return Pair(_measured(sent.name, content, wished, ours), theirs)


@cache
def _typesetter() -> Typesetter:
    return Typesetter.open(read_config({}))


@cache
def _typst() -> Any:
    """Return a compiler with our faces, None where Typst is not installed."""
    try:
        import typst
    except ImportError:
        return None
    return typst.Compiler(font_paths=[str(FONTS)], ignore_system_fonts=True)


def _measured(name: str, content: bytes, wished: set[str], ours: OnPages | None = None) -> Measured:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        pdf = measure(file.name, want_lines=True)
    lines = pdf.pop("lines")
    if pdf["torn_heads"] is not None:
        pdf["torn_heads"] = [torn for torn in pdf["torn_heads"] if not _is_wished(torn, wished)]
    if ours:
        for name_of_faults in ("split_number", "split_measure"):
            pdf[name_of_faults] = [
                split
                for split in pdf[name_of_faults]
                if split.partition("|")[2][:OPENING] not in ours.cells
            ]
    headlines = tuple(_of_lines(lines, {headline.replace("\n", "") for headline in wished}))
    return Measured(name, pdf, headlines, _red_rule(pdf["rules"][0]), ours)


def _is_wished(torn: str, wished: set[str]) -> bool:
    """Tell whether a headline was broken where its author wished."""
    _, _, place = torn.partition(" ")
    return any(place.replace("|", "\n") in headline for headline in wished)


def _of_lines(lines: Sequence[Mapping[str, Any]], wished: set[str]) -> Iterator[Headline]:
    """Yield the headlines of several lines, but for wished breaks."""
    for headline in _headlines(lines):
        if len(headline) > 1 and "".join(line["text"] for line in headline) not in wished:
            widths = [(line["x1"] - line["x0"]) / line["pt"] * MM for line in headline]
            texts = tuple(str(line["text"]) for line in headline)
            yield Headline(texts, max(widths) - min(widths))


def _headlines(lines: Sequence[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    least, most = HEADLINE_PT
    headline: list[Mapping[str, Any]] = []
    for line in (line for line in lines if least < line["pt"] < most):
        if headline and not _goes_on(headline[-1], line):
            yield headline
            headline = []
        headline.append(line)
    if headline:
        yield headline


def _goes_on(line: Mapping[str, Any], following: Mapping[str, Any]) -> bool:
    step = (following["y"] - line["y"]) * MM / line["pt"]
    alike = line["page"] == following["page"] and abs(line["pt"] - following["pt"]) < 0.1
    return alike and 0 < step < NEXT_LINE


def _red_rule(rules: Sequence[Mapping[str, Any]]) -> float:
    return max((rule["y"] for rule in rules if _is_red(rule["colour"])), default=0.0)


def _is_red(colour: str) -> bool:
    parts = [float(part) for part in colour.strip("()").split(",") if part.strip()]
    return len(parts) == 3 and parts[0] > 0.5 > parts[1]
