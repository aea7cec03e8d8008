"""The distribution lists (常用名单) that a client gives a publication → typed values."""

from __future__ import annotations

from collections.abc import Mapping

from hongtou.bulletin.closing_block import fields_at
from hongtou.bulletin.closing_places import Place
from hongtou.bulletin.errors import UnknownOption
from hongtou.desk.publication import DistributionList, Lists
from hongtou.web.api.archive.given import Given, required
from hongtou.web.api.archive.schemas import LIST_CHARS, LIST_NAME_CHARS, MOST_LISTS


def distribution_lists(given: Mapping[str, object]) -> Lists:
    """Return the lists of each row of recipients; a row without any is left out.

    Raises:
        UnknownOption: there is no such row, or what stands in it is no list of named texts.
    """
    rows = fields_at(Place.RECIPIENTS)
    for key in given:
        if key not in rows:
            raise _wrong(f"lists 里的 {key[:40]}", f"应为 {'、'.join(rows)} 之一")
    read = {key: _row(key, given[key]) for key in rows if key in given}
    return {key: lists for key, lists in read.items() if lists}


def _row(key: str, given: object) -> tuple[DistributionList, ...]:
    if not isinstance(given, list) or len(given) > MOST_LISTS:
        raise _wrong(f"lists 里的 {key}", f"应为一列名单，至多 {MOST_LISTS} 份")
    return tuple(_list(key, one) for one in given)


def _list(key: str, given: object) -> DistributionList:
    if not isinstance(given, dict):
        raise _wrong(f"lists 里的 {key}", '每份应如 {"name": "县区", "text": "各县区创建办"}')
    fields = Given(given)
    name = required("name", fields.text("name", LIST_NAME_CHARS) or None)
    text = required("text", fields.text("text", LIST_CHARS) or None)
    fields.refuse_rest()
    return DistributionList(name, text)


def _wrong(what: str, advice: str) -> UnknownOption:
    return UnknownOption(f"{what} {advice}", hint="请改正后重试")
