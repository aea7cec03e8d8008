"""The search for phrases of tokens.

Both databases find a phrase by the places of its tokens, and have to read every text that holds
them: 0.3 to 0.8 s for a word as frequent as 工作 in 2,000 issues. So pairs of tokens are indexed
without places: one or two characters are found in the index alone, a longer phrase is looked for
only in the issues that hold all of its pairs, newest first, until a page is full.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    ScalarSelect,
    Select,
    Text,
    and_,
    delete,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy import update as change
from sqlalchemy.dialects.postgresql import ARRAY

from hongtou.desk.facts import Passage
from hongtou.store.schema import PART_BITS, issue, issue_grams, issue_part, issue_text
from hongtou.store.words import MOST_TOKENS, phrases, tokens

PAIR = 2  # tokens, which are found in the index alone
PART_STEPS = 3  # of a pointer: "", "articles", "0"
MOST_PARTS = 2**PART_BITS  # a draft of more is found all the same, its last parts being one


class Search:
    """The search for the phrases of a text; without tokens it looks for nothing."""

    def __init__(self, connection: Connection, text: str) -> None:
        self.words = phrases(text)
        self.phrases = [tokens(word)[:MOST_TOKENS] for word in self.words]
        self._connection = connection

    def has_all_pairs(self) -> ColumnElement[bool]:
        """Return what holds for the issues in which all pairs of each phrase stand."""
        found = [self._with_all_pairs(number) for number in range(len(self.phrases))]
        return and_(*(issue.c.id.in_(select(one.c.id)) for one in found))

    def narrowed(self, listed: Select[Any], newest: int | None = None) -> Select[Any]:
        """Return a list, which is in order, without the issues in which a phrase itself is not.

        They are looked at one by one, so that a full page ends it, or the last of the ``newest``.
        PostgreSQL would look at all of them and then sort: the offset, of none, keeps it from that.
        """
        looked_at = [one for one in self.phrases if newest is not None or len(one) > PAIR]
        if not looked_at:
            return listed
        is_sqlite = self._connection.dialect.name == "sqlite"
        some = listed.limit(newest)
        every = (some if is_sqlite else some.offset(0)).subquery("listed")
        has_phrases = (self._first_passage(every.c.id, one).is_not(None) for one in looked_at)
        order = (every.c.listed_on.desc(), every.c.id.desc())
        return select(every).where(*has_phrases).order_by(*order)

    def first_passages(self, issue_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
        """Return pointer and words of the first passage of each issue with the first phrase."""
        if not issue_ids:
            return {}
        first = select(self._first_passage(issue.c.id, self.phrases[0])).where(
            issue.c.id.in_(issue_ids)
        )
        columns = (issue_text.c.issue_id, issue_text.c.pointer, issue_text.c.words)
        found = self._connection.execute(select(*columns).where(issue_text.c.id.in_(first)))
        return {row.issue_id: (row.pointer, row.words) for row in found}

    def _first_passage(
        self, issue_id: ColumnElement[int], phrase: Sequence[str]
    ) -> ScalarSelect[int]:
        """Return the first passage of an issue that holds a phrase: none behind it is read."""
        passage = issue_text.alias("passage")
        spaced, wanted = " " + passage.c.spaced + " ", f" {' '.join(phrase)} "
        is_sqlite = self._connection.dialect.name == "sqlite"
        place = func.instr if is_sqlite else func.strpos  # plain text, no pattern
        return (
            select(passage.c.id)
            .where(passage.c.issue_id == issue_id, place(spaced, wanted) > 0)
            .order_by(passage.c.id)
            .limit(1)
            .correlate_except(passage)
            .scalar_subquery()
        )

    def _with_all_pairs(self, number: int) -> CTE:
        """Return the issues with a part in which all pairs of a phrase stand.

        They come from the index first: no planner looks at the pairs of one by one.
        """
        pairs = self._in_index(self.phrases[number])
        return pairs.cte(f"found_{number}").prefix_with("MATERIALIZED")

    def _in_index(self, phrase: Sequence[str]) -> Select[Any]:
        pairs = [one + other for one, other in pairwise(phrase)] or list(phrase)
        if self._connection.dialect.name == "sqlite":
            match = " AND ".join(f'"{pair}"' for pair in pairs)  # tokens hold no quotes
            number = issue_grams.c.rowid.bitwise_rshift(PART_BITS).label("id")
            return select(number).where(issue_grams.c.issue_grams.op("MATCH")(match)).distinct()
        wanted = literal(pairs, ARRAY(Text))
        of_issue = issue_part.c.issue_id.label("id")
        # Not DISTINCT: for the order of its index PostgreSQL would read the pairs of every part.
        return select(of_issue).where(issue_part.c.grams.bool_op("@>")(wanted))


def write_parts(connection: Connection, issue_id: int, passages: Iterable[Passage]) -> None:
    """Write in which parts of an issue which pairs stand: those parts alone that changed."""
    columns = (issue_part.c.id, issue_part.c.digest)
    rows = connection.execute(select(*columns).where(issue_part.c.issue_id == issue_id))
    known = {row.id: row.digest for row in rows}
    is_sqlite = connection.dialect.name == "sqlite"
    for number, texts in enumerate(_parts(passages)):
        part_id, digest = (issue_id << PART_BITS) + number, _digest(texts)
        present = known.pop(part_id, None)
        if present == digest:
            continue
        grams = _grams(texts)
        values = {"digest": digest, "grams": " ".join(grams) if is_sqlite else grams}
        if present is None:
            new = insert(issue_part).values(id=part_id, issue_id=issue_id, **values)
            connection.execute(new)
        else:
            of_part = change(issue_part).where(issue_part.c.id == part_id)
            connection.execute(of_part.values(values))
    if known:
        connection.execute(delete(issue_part).where(issue_part.c.id.in_(list(known))))


def _parts(passages: Iterable[Passage]) -> list[list[str]]:
    """Return the texts of each part of an issue, in order."""
    found: dict[str, list[str]] = {}
    for passage in passages:
        part = "/".join(passage.pointer.split("/")[:PART_STEPS])
        found.setdefault(part, []).append(passage.text)
    parts = list(found.values())
    if len(parts) > MOST_PARTS:
        parts[MOST_PARTS - 1 :] = [[*chain.from_iterable(parts[MOST_PARTS - 1 :])]]
    return parts


def _digest(texts: Sequence[str]) -> str:
    """Return what tells whether texts changed, which is sooner found than their pairs."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _grams(texts: Iterable[str]) -> list[str]:
    """Return the tokens and pairs of tokens of texts, in order."""
    found: set[str] = set()
    for text in texts:
        every = tokens(text)
        found.update(every, map("".join, pairwise(every)))
    return sorted(found)
