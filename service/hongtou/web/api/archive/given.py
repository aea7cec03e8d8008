"""What a client gives in a query or in the JSON of a body → typed values.

A value of another kind, or a name that nobody asks for, is refused with the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from hongtou.bulletin.errors import UnknownOption
from hongtou.bulletin.likeness import nearest
from hongtou.desk.facts import LEAST_YEAR, MOST_YEAR, keepable

MOST = 2**31 - 1  # of a whole number that a database keeps
TITLES = {
    "nameplate": "简报名称", "layout": "版式", "issuing_body": "编发单位", "numbering": "编号方式",
    "first_total": "总期号", "lists": "常用名单", "date": "日期", "day": "日期", "year": "年份",
    "series": "刊别", "number": "期号", "print_run": "印数", "note": "意见", "reason": "理由",
    "label": "版本名", "name": "名称", "text": "内容", "password": "密码", "present": "现在的密码",
    "new": "新密码", "role": "角色",
}  # fmt: skip
OTHERWISE = "这一项"
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Choice = TypeVar("Choice", bound=StrEnum)


class Given:
    """Values by their names; each is taken once, and `refuse_rest` tells of those left over."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = dict(values)
        self._asked: set[str] = set()

    def text(self, name: str, most: int = 200) -> str | None:
        """Return a text without what a database refuses, None if it is not given."""
        value = self._take(name)
        if value is None:
            return None
        if not isinstance(value, str) or len(value) > most:
            raise _wrong(name, f"应为文字，至多 {most} 字")
        return keepable(value)

    def whole(self, name: str, least: int = 1, most: int = MOST) -> int | None:
        """Return a whole number, None if it is not given."""
        value = self._take(name)
        if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 12:
            value = int(value)
        if isinstance(value, float) and value.is_integer():  # 61.0 is one, as JSON Schema has it
            value = int(value)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise _wrong(name, _bounds(value, least, most))
        return value

    def clears(self, name: str) -> bool:
        """Tell whether a value is to be taken out, by null."""
        if name not in self._values or self._values[name] is not None:
            return False
        del self._values[name]
        return True

    def choice(self, name: str, kind: type[Choice]) -> Choice | None:
        """Return one of several words, None if it is not given."""
        value = self._take(name)
        if value is None:
            return None
        if not isinstance(value, str) or value not in list(kind):
            raise _wrong(name, f"应为 {'、'.join(kind)} 之一")
        return kind(value)

    def word(self, name: str, known: Iterable[str]) -> str | None:
        """Return one of the known words, None if it is not given."""
        value = self._take(name)
        if value is None or (isinstance(value, str) and value in set(known)):
            return value
        raise _wrong(name, f"应为 {'、'.join(known)} 之一")

    def flag(self, name: str) -> bool | None:
        """Return true or false, None if it is not given."""
        value = self._take(name)
        if value is not None and not isinstance(value, bool):
            raise _wrong(name, "应为 true 或 false")
        return value

    def day(self, name: str) -> date | None:
        """Return a day such as 2017-12-22, None if it is not given."""
        value = self._take(name)
        if value is None:
            return None
        if not isinstance(value, str) or not DAY.fullmatch(value):
            raise _wrong(name, "应如 2017-12-22")
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise _wrong(name, f"写的是 {value}，没有这一天") from None
        if not LEAST_YEAR <= day.year <= MOST_YEAR:
            raise _wrong(name, f"的年份应为 {LEAST_YEAR} 至 {MOST_YEAR}")
        return day

    def fields(self, name: str) -> dict[str, Any] | None:
        """Return a JSON object, None if it is not given."""
        value = self._take(name)
        if value is not None and not isinstance(value, dict):
            raise _wrong(name, "应为一组字段")
        return value

    def refuse_rest(self) -> None:
        """Check that every name was asked for.

        Raises:
            UnknownOption: one was not.
        """
        for name in self._values:
            if name not in self._asked:
                near = nearest(name, self._asked)
                asked = f"，是否指 {near}？" if near else ""
                raise UnknownOption(f"没有“{name[:40]}”这一项{asked}", hint="请改正或删去")

    def _take(self, name: str) -> object:
        self._asked.add(name)
        if name in self._values and self._values[name] is None:
            raise _wrong(name, "不能是 null；不填的就不写")
        return self._values.get(name)


def required(name: str, value: Choice | str | int | dict[str, Any] | None) -> Any:
    """Return a value that has to be given.

    Raises:
        UnknownOption: it is not.
    """
    if value is None:
        raise _wrong(name, "必须填写")
    return value


def given_in_query(query: str) -> Given:
    """Return the parameters of a query.

    Raises:
        UnknownOption: one is given twice.
    """
    pairs = parse_qsl(query, keep_blank_values=True)
    values = dict(pairs)
    if len(values) < len(pairs):
        raise UnknownOption("有一项参数写了不止一次", hint="每项只写一次")
    return Given(values)


def _bounds(value: object, least: int, most: int) -> str:
    """Return what a whole number has to be: what a database can keep is nobody's bound."""
    if most < MOST:
        return f"应为整数，{least} 至 {most}"
    return "太大" if isinstance(value, int) and value > most else f"应为整数，从 {least} 起"


def _wrong(name: str, advice: str) -> UnknownOption:
    return UnknownOption(f"{TITLES.get(name, OTHERWISE)}（{name}）{advice}", hint="请改正后重试")
