"""The masthead (报头): what its number says twice, or otherwise than another field."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hongtou.bulletin.issue import Series
from hongtou.bulletin.level_numbers import chinese_value
from hongtou.bulletin.numerals import SERIES_PREFIX
from hongtou.bulletin.passage import Kind
from hongtou.bulletin.patterns import Late
from hongtou.review.copy import Copy
from hongtou.review.rule import FieldRemark, Remark

LABEL = "/masthead/issue_label"
NUMBER = Late("[0-9]{1,4}(?!年)|[一二三四五六七八九十百〇零]{1,7}(?=[、，—～至和期])")
TOTAL = Late("总第[0-9]+期")
YEAR = Late("(?:19|20)[0-9]{2}年")

# Names of bodies with a wide gap or 、 between them; a name in two short parts is one.
BETWEEN_BODIES = Late(r"(?<=\S{4})(?:\u3000+| {2,}|、)(?=\S{4})")


def numbers_that_differ(copy: Copy) -> Iterator[FieldRemark]:
    """Find an issue label whose numbers, first to last of merged issues, are not the issue's."""
    masthead = copy.issue.masthead
    label = YEAR().sub("", TOTAL().sub("", masthead.issue_label))
    numbers = [_value(found) for found in NUMBER().findall(label)]
    if numbers and not min(numbers) <= masthead.issue_number <= max(numbers):
        message = (
            f"期号写作“{masthead.issue_label}”，期号（issue_number）却是 {masthead.issue_number}"
        )
        yield FieldRemark(LABEL, message, "请核对；合刊的期号（issue_number）填其中一期")


def labels_that_repeat(copy: Copy) -> Iterator[FieldRemark]:
    """Find in an issue label what other fields print beside it."""
    masthead = copy.issue.masthead
    label = masthead.issue_label
    prefix = SERIES_PREFIX[masthead.series]
    twice = (
        (YEAR().search(label) if masthead.year else None, "年份（year）"),
        (TOTAL().search(label) if masthead.total_number else None, "总期号（total_number）"),
        (
            re.search(prefix, label) if masthead.series is not Series.REGULAR else None,
            "刊别（series）",
        ),
    )
    for found, field in twice:
        if found:
            message = f"期号写法里有“{found[0]}”，{field}也会印出，会印两遍"
            yield FieldRemark(LABEL, message, f"请删去其中的“{found[0]}”，或不填{field}")


def years_that_differ(copy: Copy) -> Iterator[FieldRemark]:
    """Find a year of the number that is not the year of the issue date."""
    masthead = copy.issue.masthead
    if masthead.year is not None and masthead.year != masthead.issue_date.year:
        message = f"期号的年份是 {masthead.year}，印发日期在 {masthead.issue_date.year} 年"
        yield FieldRemark("/masthead/year", message, "请核对")


def years_in_nameplates(copy: Copy) -> Iterator[Remark]:
    """Find a year that stands in the nameplate, where it is set as large as the name."""
    for text in copy.of(Kind.NAMEPLATE):
        if text.pointer != "/masthead/nameplate":
            continue
        for found in YEAR().finditer(text.chars):
            message = "年份写在简报名称里，会印得与名称一样大"
            yield Remark(text, *found.span(), message, "请从名称里删去，写在年份（year）里")


def bodies_in_one_line(copy: Copy) -> Iterator[Remark]:
    """Find several issuing bodies in one line, which may break within a name."""
    for text in copy.of(Kind.MASTHEAD):
        if text.pointer != "/masthead/issuing_body":
            continue
        for found in BETWEEN_BODIES().finditer(text.chars):
            message = "几个编发单位写在一行里，可能在名称中间回行"
            hint = "请分开写，一行一个：编发单位（issuing_body）可有一至三个"
            yield Remark(text, *found.span(), message, hint)


def _value(numeral: str) -> int:
    return int(numeral) if numeral.isdecimal() else chinese_value(numeral)
