"""The name of a bulletin (简报名称), the small line over it, and how it is kept (内部资料)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from hongtou.importing.imported import Account
from hongtou.importing.kinds import Kind
from hongtou.importing.lines import SourceLine

MAX_NAME_CHARS = 30  # of a nameplate, as the contract has it
NOTICE = re.compile("内部(?:资料|刊物|文件|参考|材料).{0,20}")
KEPT_AS_SAID = re.compile(
    "注意保存|妥善保管|阅后即焚|严禁(?:复制|翻印|外传).{0,8}"
)  # after 内部资料
BELOW_NOTICE = "在“内部”一行之下"


def read_names(
    found: Mapping[SourceLine, str], usual_size: float, account: Account
) -> dict[str, str]:
    """Return name, the small line over it and the notice among what stands above the number.

    A name is in type larger than ``usual_size``, that of the text in pt, 0 where it is unknown.
    """
    fields: dict[str, str] = {}
    names = []
    for line, text in sorted(found.items(), key=lambda one: one[0].number):
        if line.said is Kind.NOTICE or (line.said is None and NOTICE.fullmatch(text)):
            fields["notice"] = text
            account.take(line, Kind.NOTICE, "/masthead/notice", why="以“内部”开头")
        elif "notice" in fields and line.said is None and KEPT_AS_SAID.fullmatch(text):
            fields["notice"] += f" {text}"
            account.take(line, Kind.NOTICE, "/masthead/notice", why=BELOW_NOTICE)
        else:
            names.append((line, text))
    lines = _name_lines(names, usual_size)
    names = [one for one in names if one not in lines]
    if lines:
        fields["nameplate"] = _nameplate(lines, account)
    if names:
        fields["overline"] = " ".join(text for _, text in names)
    doubt = (
        ""
        if lines and lines[-1][0].size > usual_size
        else "可能是简报名称的一行，也可能是其上的小字"
    )
    for other, _ in names:
        account.take(other, Kind.OVERLINE, "/masthead/overline", why="在期号之上", doubt=doubt)
    return fields


def _nameplate(lines: Sequence[tuple[SourceLine, str]], account: Account) -> str:
    name = "\n".join("".join(text.split()) for _, text in lines)
    too_long = "" if len(name) <= MAX_NAME_CHARS else f"超过 {MAX_NAME_CHARS} 字，不像简报名称"
    if len(lines) > 1 and lines[-1][0].said is None:
        account.wonder("简报名称有两行：如本是一行，请删去其间的换行", "/masthead/nameplate")
    for line, _ in lines:
        account.take(line, Kind.NAMEPLATE, "/masthead/nameplate", why="在期号之上", doubt=too_long)
    return name


def _name_lines(
    names: Sequence[tuple[SourceLine, str]], usual: float
) -> list[tuple[SourceLine, str]]:
    """Return the lines of the name: as a person says, or the largest, or the last.

    A name of two lines is of one size.
    """
    if said := [one for one in names if one[0].said is Kind.NAMEPLATE]:
        return said
    free = [one for one in names if one[0].said is None]
    if not free:
        return []
    size = max(line.size for line, _ in free)
    return [one for one in free if one[0].size == size > usual] or free[-1:]
