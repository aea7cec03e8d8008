"""Who answers for an issue (审核, 编辑 …): several duties on a line, each with its names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hongtou.bulletin.closing_block import FIELDS
from hongtou.importing.closing_labels import (
    CONTACT_LINE,
    DUTY,
    KEYS,
    OTHER_DUTY,
    RECIPIENTS,
    STAFF,
    Draft,
    label_of,
    without_print_run,
)
from hongtou.importing.imported import Account
from hongtou.importing.kinds import Kind
from hongtou.importing.lines import SourceLine

NAME_MARK = re.compile("[、，,;；]")
SPREAD_CHARS = 3  # of a name that spaces spread; four are two names


def read_staff(line: SourceLine, draft: Draft, account: Account) -> bool:
    """Read duties with their names, and contact and print run beside them, if a line has them."""
    text, print_run = without_print_run(line.text)
    contact = CONTACT_LINE.search(text)
    if contact:
        text = text[: contact.start()].strip()
    duties = list(OTHER_DUTY.finditer(text)) if DUTY.search(text) else []
    if not duties and (text or contact or not print_run or "print_run" in draft.fields):
        return False
    if duties and (duties[0].start() or not _fit(duties, draft)):
        return False
    draft.fields |= print_run
    if contact:
        draft.note_contact(contact)
    keys, doubts = _note_duties(text, duties, draft)
    field = keys[label_of(duties[0])] if duties else "print_run"
    account.take(line, Kind.CLOSING, f"/closing/{field}", why="按职务标签", doubt="；".join(doubts))
    return True


def with_duties(
    closing: Mapping[str, Any], found: Sequence[tuple[SourceLine, str]], account: Account
) -> dict[str, Any]:
    """Return a closing block with the duties that stand elsewhere, in the order of its fields."""
    draft = Draft({**closing}, {**closing.get("labels", {})})
    for line, text in found:
        duties = [*DUTY.finditer(text)]
        doubts = [f"“{text}”没有取：报尾已有这一项"]
        if _fit(duties, draft):
            _, doubts = _note_duties(text, duties, draft)
            doubts.append(f"“{text}”移到了报尾")
        elif names_in(text[duties[0].end() :]) == draft.fields.get(KEYS[label_of(duties[0])]):
            continue  # it is there already
        account.doubt(line, "；".join(doubts))
    fields = {key: draft.fields[key] for key in FIELDS if key in draft.fields}
    return fields | ({"labels": draft.labels} if draft.labels else {})


def _fit(duties: Sequence[re.Match[str]], draft: Draft) -> bool:
    """Tell whether a block may have these duties: twice the same is no part of one."""
    labels = {label_of(duty) for duty in duties}
    is_new = not draft.fields.keys() & {KEYS[label] for label in labels if label in KEYS}
    people = [label for label in labels if KEYS.get(label) not in RECIPIENTS]
    return is_new and len(labels) == len(duties) and len(people) <= len([*_free(draft)])


def _free(draft: Draft) -> Iterator[str]:
    return (key for key in STAFF if key not in draft.fields)


def _note_duties(
    text: str, duties: Sequence[re.Match[str]], draft: Draft
) -> tuple[dict[str, str], list[str]]:
    """Take the names of every duty; return the fields by their labels, and what is doubtful.

    Of two labels for one field (主编, 审核) that which is its title has it; the other, and one that
    nobody knows, prints as it stands in another field.
    """
    ends = [*(duty.start() for duty in duties[1:]), len(text)][: len(duties)]
    said = {label_of(one): text[one.end() : end] for one, end in zip(duties, ends, strict=True)}
    keys = {label: KEYS[label] for label in said if KEYS.get(label) in RECIPIENTS}
    for label, key in keys.items():  # 报送： on the line of 编辑：
        draft.note(label, said[label].strip(" \u3000；;"), key)
    named = [(label, names_in(words)) for label, words in said.items() if label not in keys]
    doubts = []
    for label, names in sorted(named, key=_rank):
        own = KEYS.get(label, "")
        keys[label] = own if own and own not in draft.fields else next(_free(draft))
        if names:
            draft.note(label, names, keys[label])
        if keys[label] != own:
            title = FIELDS[keys[label]].title
            doubts.append(f"“{label}”记作{title}，印出来还是“{label}”")
        if any(len(name) == 1 for name in names):
            doubts.append("有一个字的人名：是不是与前一个是同一人，请核对")
    return keys, doubts


def _rank(named: tuple[str, list[str]]) -> int:
    """Return 0 for the title of a field, 1 for another label of it, 2 for a label of none."""
    own = KEYS.get(named[0])
    return 2 if own is None else int(FIELDS[own].title != named[0])


def names_in(text: str) -> list[str]:
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
