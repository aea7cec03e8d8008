"""The closing block (报尾), read from the end: recipients, who printed it, who answers for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hongtou.bulletin.closing_block import FIELDS
from hongtou.importing.dates import DATE, iso_date
from hongtou.importing.imported import Account
from hongtou.importing.kinds import Kind
from hongtou.importing.lines import BODY_NAME, SourceLine, ends_sentence

SEARCHED = 24  # lines from the end: a block with lists of three lines each
MAX_BODY_CHARS = 40  # of who printed it, on a line for itself
LABELS = {
    "report_to": ("报", "报送", "呈报", "上报"),
    "send_to": ("送", "抄送", "分送"),
    "issue_to": ("发", "下发", "印发", "发送"),
    "extra_issue_to": ("本期增发", "增发"),
    "approvers": ("签发", "审签", "签批"),
    "reviewers": ("审核", "核稿", "审稿", "主编"),
    "editors": ("编辑", "责任编辑", "责编", "编审", "本期编辑"),
    "proofreaders": ("校对", "校核"),
}
RECIPIENTS = ("report_to", "send_to", "issue_to", "extra_issue_to")
KEYS = {label: key for key, labels in LABELS.items() for label in labels}
CONTACT = (
    "联系方式",
    "联系电话",
    "投稿邮箱",
    "投稿信箱",
    "电子邮箱",
    "电话",
    "传真",
    "地址",
    "邮箱",
    "联系人",
)
PRINT_RUN = re.compile(
    r"[（(]?(?:共印|印数|共印发|印发)\s{0,4}[：:]?\s{0,4}([0-9]{1,6})\s{0,4}份[）)]?"
)
NAME_MARK = re.compile("[、，,;；]")
SPREAD_CHARS = 3  # of a name that spaces spread; four are two names


def _alternatives(labels: Sequence[str]) -> str:
    longest_first = sorted(labels, key=len, reverse=True)
    return "|".join(r"\s{0,4}".join(label) for label in longest_first)


RECIPIENT = re.compile(
    rf"({_alternatives([one for key in RECIPIENTS for one in LABELS[key]])})"
    r"\s{0,4}[：:]\s{0,4}(.+)"
)
DUTY = re.compile(
    rf"({_alternatives([one for one, key in KEYS.items() if key not in RECIPIENTS])})\s{{0,4}}[：:]"
)
CONTACT_LINE = re.compile(rf"({_alternatives(CONTACT)})\s{{0,4}}[：:]\s{{0,4}}(.+)")


def opens_closing(text: str) -> bool:
    """Tell whether a text begins as a line of the closing block does, with its label."""
    return any(shape.match(text) for shape in (RECIPIENT, DUTY, CONTACT_LINE))


@dataclass(slots=True)
class Draft:
    """A closing block that is being read, its lines from the last to the first."""

    fields: dict[str, Any] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    contacts: list[str] = field(default_factory=list)


def read_closing(
    lines: Sequence[SourceLine], account: Account
) -> tuple[list[SourceLine], dict[str, Any]]:
    """Return the lines above the closing block, and its fields."""
    draft = Draft()
    own = [line for line in lines if line.may_be(Kind.CLOSING)]
    end = len(own)
    while end > max(0, len(own) - SEARCHED):
        taken = _read(own, end, draft, account) or _unread(own[end - 1], account)
        if not taken:
            break
        end -= taken
    for line in own[:end]:
        if line.said and not _read([line], 1, draft, account):
            _unread(line, account)
    if not draft.fields:
        account.wonder("没有找到报尾（报、送、发，印发机关和日期）", "/closing")
    if draft.contacts:
        draft.fields["contact"] = draft.contacts[0] if len(draft.contacts) == 1 else draft.contacts
    fields = {key: draft.fields[key] for key in FIELDS if key in draft.fields}
    if draft.labels:
        fields["labels"] = draft.labels
    return [line for line in lines if line.number not in account.lines], fields


def _read(lines: Sequence[SourceLine], end: int, draft: Draft, account: Account) -> int:
    """Read what ends before ``end``; return how many lines it has, 0 if it is none of the block."""
    line = lines[end - 1]
    if line.rows:
        return 0
    for reader in (_recipient, _staff, _imprint, _contact):
        if reader(line, draft, account):
            return 1
    if _body(line, draft, account):
        return 1
    return _wrapped(lines, end, draft, account)


def _unread(line: SourceLine, account: Account) -> int:
    """Tell that nothing of a closing block was found in a line that is said to be of one."""
    if line.said is None:
        return 0
    account.take(line, Kind.CLOSING, "/closing")
    account.doubt(line, "读不出是报尾的哪一项，没有取")
    return 1


def _recipient(line: SourceLine, draft: Draft, account: Account) -> bool:
    found = RECIPIENT.fullmatch(line.text)
    if not found or KEYS["".join(found[1].split())] in draft.fields:
        return False
    _note_recipient(found, found[2].strip(), draft)
    key = KEYS["".join(found[1].split())]
    account.take(line, Kind.CLOSING, f"/closing/{key}", why=f"以“{found[1]}：”开头")
    return True


def _note_recipient(found: re.Match[str], text: str, draft: Draft) -> None:
    label = "".join(found[1].split())
    key = KEYS[label]
    draft.fields[key] = text
    _note_label(key, label, draft)


def _note_label(key: str, label: str, draft: Draft) -> None:
    if label != FIELDS[key].title:
        draft.labels[key] = label


def _staff(line: SourceLine, draft: Draft, account: Account) -> bool:
    """Read who answers for an issue, several duties in a line, and how many were printed."""
    text, print_run = _without_print_run(line.text)
    text, contact = _without_contact(text)
    duties = list(DUTY.finditer(text))
    if (text or contact) and (not duties or duties[0].start()):
        return False
    keys = [KEYS["".join(duty[1].split())] for duty in duties] or ["print_run"]
    if len({*keys}) < len(keys) or draft.fields.keys() & {*keys}:
        return False  # a second one is no part of this block
    ends = [duty.start() for duty in duties[1:]] + [len(text)]
    for duty, end in zip(duties, ends, strict=bool(duties)):
        label = "".join(duty[1].split())
        names = _names_in(text[duty.end() : end])
        if names:
            draft.fields[KEYS[label]] = names
            _note_label(KEYS[label], label, draft)
    draft.fields |= print_run
    if contact:
        _note_contact(contact, draft)
    doubt = "有一个字的人名：是不是与前一个是同一人，请核对" if _is_spread(draft, keys) else ""
    account.take(line, Kind.CLOSING, f"/closing/{keys[0]}", why="按职务标签", doubt=doubt)
    return True


def _without_print_run(text: str) -> tuple[str, dict[str, Any]]:
    """Return a text without how many copies were printed, which any line may have, and that."""
    found = PRINT_RUN.search(text)
    if not found:
        return text, {}
    rest = f"{text[: found.start()]} {text[found.end() :]}".strip()
    return rest, {"print_run": int(found[1])}


def _without_contact(text: str) -> tuple[str, re.Match[str] | None]:
    """Return a text without how to reach the editors, with which it may end, and that."""
    found = CONTACT_LINE.search(text)
    return (text[: found.start()].strip(), found) if found else (text, None)


def _note_contact(found: re.Match[str], draft: Draft) -> None:
    is_own = found[1] == FIELDS["contact"].title
    draft.contacts.insert(0, found[2] if is_own else found[0])


def _names_in(text: str) -> list[str]:
    """Return the names in a text; a space within a short name (李　敏, 王小 明) parts none."""
    return [name for listed in NAME_MARK.split(text) for name in _spread_names(listed.split())]


def _spread_names(parts: Sequence[str]) -> list[str]:
    """Return the names of which these are parts: nobody's name is a single character."""
    if sum(map(len, parts)) <= SPREAD_CHARS and any(len(part) == 1 for part in parts):
        return ["".join(parts)]
    names: list[str] = []
    for part in parts:
        if len(part) == 1 and names and len(names[-1]) == 1:
            names[-1] += part
        else:
            names.append(part)
    return names


def _is_spread(draft: Draft, keys: Sequence[str]) -> bool:
    """Tell whether a name of one character is among the names: one that spaces spread."""
    return any(len(name) == 1 for key in keys for name in _names(draft, key))


def _names(draft: Draft, key: str) -> list[str]:
    names = draft.fields.get(key)
    return names if isinstance(names, list) else []


def _imprint(line: SourceLine, draft: Draft, account: Account) -> bool:
    text, print_run = _without_print_run(line.text.rstrip("。"))
    found = DATE.search(text)
    if (
        "imprint_date" in draft.fields
        or not found
        or text[found.end() :].strip() not in ("印发", "印")
        or not iso_date(found)
    ):
        return False
    draft.fields |= print_run | {"imprint_date": iso_date(found)}
    if body := text[: found.start()].strip():
        draft.fields["imprint_body"] = body
    account.take(line, Kind.CLOSING, "/closing/imprint_date", why="以日期和“印发”结尾")
    return True


def _contact(line: SourceLine, draft: Draft, account: Account) -> bool:
    text, print_run = _without_print_run(line.text)
    found = CONTACT_LINE.fullmatch(text)
    if not found:
        return False
    draft.fields |= print_run
    _note_contact(found, draft)
    account.take(line, Kind.CLOSING, "/closing/contact", why=f"以“{found[1]}：”开头")
    return True


def _body(line: SourceLine, draft: Draft, account: Account) -> bool:
    """Read who printed an issue, on the line above the date."""
    is_wanted = "imprint_date" in draft.fields and "imprint_body" not in draft.fields
    above_lists = any(key in draft.fields for key in RECIPIENTS)
    fits = len(line.text) <= MAX_BODY_CHARS and not ends_sentence(line.text)
    if not is_wanted or above_lists or not fits or RECIPIENT.match(line.text):
        return False
    draft.fields["imprint_body"] = line.text
    doubt = "" if BODY_NAME.fullmatch(line.text) else "在印发日期之上，按印发机关取了"
    account.take(line, Kind.CLOSING, "/closing/imprint_body", why="在印发日期之上", doubt=doubt)
    return True


def _wrapped(lines: Sequence[SourceLine], end: int, draft: Draft, account: Account) -> int:
    """Read a list of recipients that goes on over several lines, the first with its label."""
    for count in range(2, 6):
        if end < count or lines[end - count].rows or ends_sentence(lines[end - count].text):
            return 0
        found = RECIPIENT.fullmatch(lines[end - count].text)
        if not found or KEYS["".join(found[1].split())] in draft.fields:
            continue
        parts = lines[end - count + 1 : end]
        _note_recipient(found, found[2].strip() + "".join(part.text for part in parts), draft)
        pointer = f"/closing/{KEYS[''.join(found[1].split())]}"
        account.take(lines[end - count], Kind.CLOSING, pointer, why=f"以“{found[1]}：”开头")
        for part in parts:
            account.take(part, Kind.CLOSING, pointer, why="接上一行的名单")
        return count
    return 0
