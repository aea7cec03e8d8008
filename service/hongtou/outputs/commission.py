"""What an output is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongtou.outputs.option import OptionValues

if TYPE_CHECKING:
    from hongtou.acceptance import Accepted
    from hongtou.bulletin.finding import Finding
    from hongtou.pages.page import Pages
    from hongtou.pictures.condition import PrintingCondition
    from hongtou.plan import Plan


@dataclass(frozen=True, slots=True)
class Commission:
    """An issue on its pages, with all that came with it.

    ``accepted`` has the document and the images as they were sent, before any correction;
    ``condition`` is that of the press; ``findings`` are all that are known.
    """

    accepted: Accepted
    plan: Plan
    pages: Pages
    condition: PrintingCondition
    findings: tuple[Finding, ...] = ()

    @property
    def options(self) -> OptionValues:
        """Return the values of the options of the output, the defaults included."""
        return OptionValues(self.accepted.order.options)
