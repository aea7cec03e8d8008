"""An issue as the list of blocks that editors move and change, and back.

An article is a block of its headline and other lines, then one block for each paragraph, table
or picture. Short news are a block of the group's heading, then one for each item. Everything else
of an issue (masthead, closing block, …) is a field, which stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from hongtou.desk.document import Fields, canonical

ARTICLES, BRIEFS, BODY, ITEMS = "articles", "briefs", "body", "items"
Role = Literal["article", "text", "group", "item"]


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the manuscript: its role and its value, as it was written and to be compared.

    Blocks are alike in whatever order their members were written.
    """

    role: Role
    content: Any = field(compare=False)
    canonical: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "canonical", canonical(self.content))

    @property
    def is_head(self) -> bool:
        """Whether an article or a group of short news begins with it."""
        return self.role in ("article", "group")


@dataclass(frozen=True, slots=True)
class Manuscript:
    """An issue taken apart: ``rest`` are its fields, ``blocks`` its texts in order.

    ``is_single`` tells that short news are one group, not a list of groups.
    """

    rest: Fields
    blocks: tuple[Block, ...]
    is_single: bool = True


@dataclass(frozen=True, slots=True)
class Assembled:
    """An issue put together, and the JSON Pointer of each of its blocks."""

    fields: Fields
    pointers: tuple[str, ...]


def take_apart(*versions: Mapping[str, Any]) -> tuple[Manuscript, ...]:
    """Return the manuscripts of versions of an issue.

    Articles or short news of which one version has another shape than the contract's stay fields
    in all of them: blocks of one would take the place of the field of another.
    """
    has_articles = all(_holds(_articles(one), BODY, (str, list)) for one in versions)
    has_briefs = all(_holds(_groups(one), ITEMS, (list,)) for one in versions)
    return tuple(_manuscript(one, has_articles, has_briefs) for one in versions)


def _manuscript(fields: Mapping[str, Any], has_articles: bool, has_briefs: bool) -> Manuscript:
    rest = dict(fields)
    blocks: list[Block] = []
    if has_articles and rest.pop(ARTICLES, None):
        blocks += [block for article in fields[ARTICLES] for block in _article(article)]
    if has_briefs and rest.pop(BRIEFS, None):
        blocks += [block for group in _groups(fields) for block in _group(group)]
    return Manuscript(rest, tuple(blocks), not isinstance(fields.get(BRIEFS), list))


def _articles(fields: Mapping[str, Any]) -> Any:
    return fields.get(ARTICLES, [])


def _groups(fields: Mapping[str, Any]) -> Any:
    groups = fields.get(BRIEFS, [])
    return groups if isinstance(groups, list) else [groups]


def put_together(manuscript: Manuscript) -> Assembled:
    """Return the issue of a manuscript.

    A text without an article before it gets one without a headline: no words are left out.
    """
    articles: list[Fields] = []
    groups: list[Fields] = []
    pointers: list[str] = []
    for block in manuscript.blocks:
        into, inner = (articles, BODY) if block.role in ("article", "text") else (groups, ITEMS)
        if block.is_head:
            into.append({**block.content, inner: []})
            pointers.append(f"/{ARTICLES if into is articles else BRIEFS}/{len(into) - 1}")
            continue
        if not into:
            into.append({"headline": "", BODY: []} if into is articles else {ITEMS: []})
        into[-1][inner].append(block.content)
        place = f"{len(into) - 1}/{inner}/{len(into[-1][inner]) - 1}"
        pointers.append(f"/{ARTICLES if into is articles else BRIEFS}/{place}")
    single = manuscript.is_single and len(groups) <= 1
    if single:
        pointers = [pointer.replace(f"/{BRIEFS}/0", f"/{BRIEFS}", 1) for pointer in pointers]
    fields = dict(manuscript.rest)
    if articles:
        fields[ARTICLES] = articles
    if groups:
        fields[BRIEFS] = groups[0] if single else groups
    return Assembled(_ordered(fields), tuple(pointers))


def _ordered(fields: Fields) -> Fields:
    """Return fields with the closing block where the contract has it, at the end."""
    if "closing" in fields:
        fields["closing"] = fields.pop("closing")
    return fields


def _holds(listed: object, inner: str, kinds: tuple[type, ...]) -> bool:
    """Tell whether this is a list of objects, each with its texts under a name, or without."""
    return isinstance(listed, list) and all(
        isinstance(one, dict) and isinstance(one.get(inner, []), kinds) for one in listed
    )


def _article(article: Mapping[str, Any]) -> Iterator[Block]:
    yield _head("article", article, BODY)
    body = article.get(BODY, [])
    yield from _inner("text", [body] if isinstance(body, str) else body)


def _group(group: Mapping[str, Any]) -> Iterator[Block]:
    yield _head("group", group, ITEMS)
    yield from (Block("item", item) for item in group.get(ITEMS, []))


def _head(role: Role, whole: Mapping[str, Any], inner: str) -> Block:
    return Block(role, {name: one for name, one in whole.items() if name != inner})


def _inner(role: Role, members: Iterable[Any]) -> Iterator[Block]:
    """Yield one block for each line of text and for each other member."""
    for member in members:
        lines = member.split("\n") if isinstance(member, str) else [member]
        yield from (Block(role, line) for line in lines)
