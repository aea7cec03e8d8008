"""An issue as it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hongtou.desk.facts import Facts


class State(StrEnum):
    """How far an issue is: 草稿, 送审, 定稿, 已印发."""

    DRAFT = "draft"
    REVIEW = "review"
    FINAL = "final"
    PRINTED = "printed"

    @property
    def shown(self) -> str:
        """Return its name for people."""
        return {"draft": "草稿", "review": "送审", "final": "定稿", "printed": "已印发"}[self.value]

    @property
    def is_locked(self) -> bool:
        """Tell whether the document can no longer be changed."""
        return self in (State.FINAL, State.PRINTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRecord:
    """What the list shows of an issue; ``version`` counts the changes of document and state.

    ``deleted_at`` tells since when it lies in the bin, None if it does not.
    """

    id: int
    publication_id: int
    facts: Facts
    state: State
    version: int
    created_at: datetime
    changed_at: datetime
    changed_by: str
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeptIssue:
    """An issue with its document, byte for byte as it was sent."""

    record: IssueRecord
    document: bytes

    @property
    def id(self) -> int:
        """Return the id under which it is kept."""
        return self.record.id


@dataclass(frozen=True, slots=True)
class Found:
    """An issue of a list; ``pointer`` and ``snippet`` are of the first passage that was found."""

    record: IssueRecord
    pointer: str = ""
    snippet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which issues are listed, newest first; ``text`` is what one of their passages holds.

    ``after`` is the place in the list from which it goes on, that of `Page.next`.
    """

    publication_id: int | None = None
    year: int | None = None
    state: State | None = None
    text: str = ""
    in_bin: bool = False
    after: int = 0
    count: int = 50
