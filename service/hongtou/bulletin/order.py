"""An order for an issue, and the file that is made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

OptionValue = bool | int | str
OrderOptions = tuple[tuple[str, OptionValue], ...]


# Options that every output has: their names, and the values beside the default.
EVEN_PAGES, MARGINS, COPYFIT = "even_pages", "margins", "copyfit"
SAME, MIRROR, OFF = "same", "mirror", "off"
MIRRORED = frozenset(
    {"print", "booklet", "report"}
)  # outputs whose margins are mirrored if nothing else is ordered
LINE_NUMBERS = "line_numbers"  # of an output that shows its findings on a proof


@dataclass(frozen=True, slots=True)
class Paging:
    """How the pages of an issue come out, whatever is made of them.

    ``copyfit`` tells whether a last page of a few lines may be mended by changes that no eye sees.
    """

    even_pages: bool = False
    mirrored: bool = False
    copyfit: bool = True


class Purpose(StrEnum):
    """A proof (校样) is marked on every page; a press edition (付印) is final."""

    PROOF = "proof"
    PRESS = "press"


@dataclass(frozen=True, slots=True)
class Order:
    """What to make of an issue; ``output`` names an entry of `hongtou.outputs`.

    ``options`` are those of the output as `hongtou.outputs.ordering.settled` returns them: sorted
    and without default values, so that equal orders compare equal.
    """

    output: str = "screen"
    purpose: Purpose = Purpose.PRESS
    normalize: bool = False
    options: OrderOptions = ()

    @property
    def paging(self) -> Paging:
        """Return what the options ask of the pages."""
        asked = dict(self.options)
        margins = asked.get(MARGINS, MIRROR if self.output in MIRRORED else SAME)
        return Paging(
            even_pages=asked.get(EVEN_PAGES) is True,
            mirrored=margins == MIRROR,
            copyfit=asked.get(COPYFIT) != OFF,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedFile:
    """A file that was made and inspected, for the answer and the cache; findings are a number."""

    content: bytes
    file_name: str
    ascii_name: str
    page_count: int
    plan_digest: str
    finding_count: int
    is_classified: bool
