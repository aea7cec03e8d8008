"""What is ordered of every issue for the judges, and by whose rules each file is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hongtou.bulletin.order import OptionValue, Order
from hongtou.outputs.ordering import settled

PDF_X_4_RULES = Path(__file__).parents[2] / "tests" / "judges" / "pdfx4.xml"
PDF_X_4 = "PDF/X-4 as hongtou writes it"


@dataclass(frozen=True, slots=True)
class Judgement:
    """An order by its short name, and the names of veraPDF's profiles that its files must pass.

    ``rules`` are those of a profile that veraPDF does not have; without any profile JHOVE judges.
    """

    name: str
    order: Order
    profiles: frozenset[str] = frozenset()
    rules: Path | None = None


def _order(output: str, options: Mapping[str, OptionValue]) -> Order:
    return settled(Order(output, options=tuple(options.items())))


def _archived(part: str, *profiles: str) -> Judgement:
    names = frozenset(f"{profile} validation profile" for profile in profiles)
    return Judgement(part, _order("archive", {"part": part}), names)


def _pressed(standard: str, inks: str) -> Judgement:
    order = _order("print", {"standard": standard, "inks": inks})
    if standard == "x1a":
        return Judgement(f"{standard}-{inks}", order)
    return Judgement(f"{standard}-{inks}", order, frozenset({PDF_X_4}), PDF_X_4_RULES)


def _in_plates(output: str, **options: OptionValue) -> Judgement:
    """Return the order of an output that places or numbers pages, in a plate for red."""
    order = _order(output, {"inks": "spot", **options})
    return Judgement(f"x4-{output}", order, frozenset({PDF_X_4}), PDF_X_4_RULES)


JUDGEMENTS = (
    _archived("3a", "PDF/A-3a", "PDF/UA-1"),
    _archived("2a", "PDF/A-2a", "PDF/UA-1"),
    _archived("4f", "PDF/A-4f", "PDF/UA-2 + Tagged PDF"),
    *(_pressed(standard, inks) for standard in ("x4", "x1a") for inks in ("process", "spot")),
    _in_plates("booklet"),
    _in_plates("copies", count=3),
)
