"""A publication (刊物): what is the same in all of its issues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from hongtou.bulletin.issue import Series


class Numbering(StrEnum):
    """How issues are numbered: from 1 in each year, or ever on."""

    YEARLY = "yearly"
    CONTINUOUS = "continuous"


@dataclass(frozen=True, slots=True)
class DistributionList:
    """Recipients under a name (常用名单), as they are put into a row of the closing block."""

    name: str
    text: str


Lists = Mapping[str, tuple[DistributionList, ...]]  # by the key of their row, such as send_to


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationPlan:
    """What an editor decides of a publication.

    ``defaults`` are the parts of an issue that the first one begins with: closing block, notice,
    contents, and whatever else of the contract. ``first_total`` is the 总期号 of the first issue
    that is kept, None if issues carry none. ``lists`` are chosen from in each issue.
    """

    nameplate: str
    layout: str = "dongtai"
    issuing_body: str = ""
    numbering: Numbering = Numbering.YEARLY
    first_total: int | None = None
    defaults: Mapping[str, Any] = field(default_factory=dict)
    lists: Lists = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication as it is kept; ``version`` counts its changes."""

    id: int
    plan: PublicationPlan
    version: int
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A number that is left out on purpose, by whom and why."""

    year: int
    series: Series
    number: int
    reason: str
    by: str
    at: datetime
