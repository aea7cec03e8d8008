"""Faults of shape → findings: a code, a JSON Pointer, and Chinese that says what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from hongtou.bulletin.finding import Finding, Severity, printable
from hongtou.bulletin.likeness import nearest
from hongtou.intake.blocks import BLOCKS, AnnexBlock
from hongtou.intake.characters import MAX_FINDINGS
from hongtou.intake.contract import Brief, Briefs, EditorsNote, Issue
from hongtou.intake.fields import StrictModel
from hongtou.intake.pointers import Path, pointer
from hongtou.intake.recipients import Recipient
from hongtou.intake.table_block import CellBlock

TAGGED: dict[str, type[StrictModel]] = {f"#{name}": part for name, part in BLOCKS.items()} | {
    "#brief": Brief,
    "#briefs": Briefs,
    "#editors_note": EditorsNote,
    "#recipient": Recipient,
    "#cell": CellBlock,
}
OWN_TAGS = {"#text", "#list", "#row", "#rows", *TAGGED}


MESSAGES = {
    # The validator's type → code, message, what to do. {…} are the validator's own values.
    "missing": ("document/missing-field", "没有填写", "请填写{title}（{field}）"),
    "extra_forbidden": (
        "document/unknown-field",
        "没有名为“{field}”的字段，{nearest}",
        "请更正字段名，或删去这一项",
    ),
    "string_type": ("document/wrong-type", "须是文字", "请用英文双引号括起来"),
    "int_type": ("document/wrong-type", "须是整数", "只写数字，不加引号和小数点"),
    "float_type": ("document/wrong-type", "须是数字", "只写数字，不加引号"),
    "finite_number": ("document/wrong-type", "须是有限的数字", "请核对这个数字"),
    "bool_type": ("document/wrong-type", "须是 true 或 false", "不加引号"),
    "list_type": ("document/wrong-type", "须是列表", "请用方括号 [ ] 括起来"),
    "model_type": ("document/wrong-type", "须是一组字段", "请用花括号 {{ }} 括起来"),
    "literal_error": ("document/unknown-choice", "不能是这个值", "可选：{expected}"),
    "greater_than_equal": ("document/out-of-range", "不能小于 {ge:g}", "请核对这个数字"),
    "less_than_equal": ("document/out-of-range", "不能大于 {le:g}", "请核对这个数字"),
    "greater_than": ("document/out-of-range", "须大于 {gt:g}", "请核对这个数字"),
    "body/unknown-block": (
        "body/unknown-block",
        "不是文字，也不是可用的段落块",
        f"请写一段文字，或用认得的段落块（type：{'、'.join(BLOCKS)}）",
    ),
    "string_too_long": ("document/too-long", "最多 {max_length} 字", "请精简"),
    "too_long": ("document/too-long", "有 {actual_length} 项，最多 {max_length} 项", "请删减"),
    "too_short": ("document/empty-list", "至少要有 {min_length} 项", "请填写，或删去这一项"),
}
NULL_FAULTS = ("type", "literal_error")  # what the validator says of null in a wanted field
REPORTED_BEFORE = "string_unicode"  # half a character, which `intake.characters` has named

LIKENESS = 0.7  # more than elsewhere: "title" is 0.62 "articles"
SYNONYMS = {
    # Names that other systems use, which no likeness of letters would find.
    "title": "headline",
    "content": "body",
    "author": "byline",
    "source": "byline",
    "date": "issue_date",
    "number": "issue_number",
    "summary": "editors_note",
    "sections": "articles",
    "column": "section",
    "chief_editor": "editors",
    "responsible_editors": "editors",
    "phone": "contact",
    "email": "contact",
}


def shape_findings(error: ValidationError) -> list[Finding]:
    """Return a finding for each fault of shape, in the order of the contract.

    Findings: document/*, text/blank, text/line-break, date/*, nameplate/*, table/*, picture/*,
    body/unknown-block, issue/empty.
    """
    return [
        _finding(dict(fault))
        for fault in error.errors(include_url=False)[:MAX_FINDINGS]
        if fault["type"] != REPORTED_BEFORE
    ]


def _finding(fault: dict[str, Any]) -> Finding:
    loc: Path = fault["loc"]
    code, message, hint = _texts(fault)
    return Finding(
        code=code,
        severity=Severity.ERROR,
        pointer=pointer(path_of(loc, fault["type"])),
        message=f"{_place(loc, fault['type'])}{message}",
        hint=hint,
    )


def _texts(fault: dict[str, Any]) -> tuple[str, str, str]:
    """Return code, message and hint of a fault; null in a wanted field is a missing field."""
    kind, loc, values = fault["type"], fault["loc"], fault.get("ctx", {})
    last = next(reversed(path_of(loc, kind)), 0)
    if fault["input"] is None and isinstance(last, str) and kind.endswith(NULL_FAULTS):
        kind = "missing"
    if kind == "too_long" and isinstance(fault["input"], str):
        kind = "string_too_long"  # of a value that is text in one of several forms
    if kind not in MESSAGES:
        return kind, fault["msg"], values.get("hint", "")
    code, message, hint = MESSAGES[kind]
    if kind == "literal_error":
        values = {"expected": values["expected"].replace(" or ", "、").replace(", ", "、")}
    if kind == "extra_forbidden":
        values = {"nearest": _meant(loc)}
    named = {"field": printable(str(last)), "title": _title(loc)}
    return code, message.format(**named, **values), hint.format(**named, **values)


def _title(loc: Path) -> str:
    """Return what people call a field of the contract, "" where it has no title."""
    field = _fields(_part_at(loc[:-1])).get(str(loc[-1])) if loc else None
    return (field.title or "") if field else ""


def _meant(loc: Path) -> str:
    """Return the known field that an unknown one most likely means, by name or title."""
    fields = _fields(_part_at(loc[:-1]))
    wanted = str(loc[-1])
    names = {name: name for name in fields}
    names |= {field.title: name for name, field in fields.items() if field.title}
    near = SYNONYMS.get(wanted.lower())
    if near not in fields:
        found = nearest(wanted, names, LIKENESS)
        near = names[found] if found else None
    named = {name: f"{field.title or ''}（{name}）" for name, field in fields.items()}
    return f"是否指{named[near]}？" if near else f"此处可用：{'、'.join(named.values())}"


def path_of(loc: Path, kind: str) -> Path:
    """Return a validator's location without its tags; an unknown field keeps its name."""
    last = loc[-1:] if kind == "extra_forbidden" else ()
    return tuple(step for step in loc[: len(loc) - len(last)] if step not in OWN_TAGS) + last


def _place(loc: Path, kind: str) -> str:
    """Name a place for people, e.g. 第2篇·标题; the whole document has no name.

    What is in an annex says so: 第2篇·正文第3项·附件·正文.
    """
    names: list[str] = []
    part: type[StrictModel] = Issue
    field: FieldInfo | None = None
    for step in loc[:-1] if kind == "extra_forbidden" else loc:
        if isinstance(step, int):
            names[-1] = f"第{step + 1}篇" if names[-1] == "文章" else f"{names[-1]}第{step + 1}项"
        elif step in TAGGED:
            part = TAGGED[step]
            if part is AnnexBlock:  # whose 正文 and 标题 would look like those of the article
                names.append(str(part.model_config.get("title")))
        elif step not in OWN_TAGS and (field := _fields(part).get(step)):
            names.append(field.title or step)
            part = _part_of(field) or part
    return "·".join(names) + "：" if names else ""


def _part_at(loc: Sequence[str | int]) -> type[StrictModel]:
    part: type[StrictModel] = Issue
    for step in loc:
        if step in TAGGED:
            part = TAGGED[str(step)]
        elif field := _fields(part).get(str(step)):
            part = _part_of(field) or part
    return part


def _fields(part: type[StrictModel]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in part.model_fields.items()}


def _part_of(field: FieldInfo) -> type[StrictModel] | None:
    """Return the model that a field or the members of its list hold, if they are one."""
    pending: list[object] = [field.annotation]
    while pending:
        annotation = pending.pop()
        if isinstance(annotation, type) and issubclass(annotation, StrictModel):
            return annotation
        pending += get_args(annotation)
    return None
