"""The closing block (报尾), read from the end: recipients, who printed it, who answers for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from hongtou.bulletin.closing_block import FIELDS
from hongtou.importing.closing_labels import (
    ANY_CONTACT,
    CONTACT_LINE,
    KEYS,
    LABELLED,
    NEXT_LIST,
    RECIPIENT,
    RECIPIENTS,
    Draft,
    label_of,
    without_print_run,
)
from hongtou.importing.dates import DATE, iso_date
from hongtou.importing.imported import Account
from hongtou.importing.kinds import Kind
from hongtou.importing.lines import BODY_NAME, SourceLine, ends_sentence
from hongtou.importing.staff import read_staff

SEARCHED = 24  # lines from the end: a block with lists of three lines each
# 点击“阅读原文”, ↓↓↓ and the like below the text of a web page.
WEB_PAGE = re.compile("(?:点击|戳|长按|扫码|识别二维码|阅读原文|分享|点赞|[↓▼END—-]{3,}).{0,30}")
SUBJECT_WORDS = re.compile("主[ \u3000]{0,4}题[ \u3000]{0,4}词[ \u3000]{0,4}[：:].*")
LABELS_BESIDE = re.compile("(?<![ \t\u3000])[ \t\u3000]{2,}+(?=[一-鿿]{2,6}[：:])")  # on one line
OTHER_LABEL = re.compile("[一-鿿]{2,6}[：:][ \u3000]{0,4}[^，。；！？]{2,40}")
MAX_BODY_CHARS = 40  # of who printed it, on a line for itself


def read_closing(
    lines: Sequence[SourceLine], account: Account
) -> tuple[list[SourceLine], dict[str, Any]]:
    """Return the lines above the closing block, and its fields."""
    draft = Draft()
    own = [line for line in lines if line.may_be(Kind.CLOSING)]
    end = len(own)
    while end > max(0, len(own) - SEARCHED):
        taken = _read(own, end, draft, account) or _unread(own[end - 1], account)
        taken = taken or (not draft.fields and _of_web_page(own[end - 1], account))
        taken = taken or _subject_words(own[end - 1], account)
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
    if line.rows or line.pictures:
        return 0
    for reader in (_recipients, read_staff, _imprint, _contact):
        if reader(line, draft, account):
            return 1
    if _body(line, draft, account) or _unknown(lines, end, draft, account):
        return 1
    return _wrapped(lines, end, draft, account)


def _of_web_page(line: SourceLine, account: Account) -> int:
    """Leave out what a web page says below the closing block, and tell it."""
    if line.said or not WEB_PAGE.match(line.text):
        return 0
    account.take(line, Kind.UNPLACED, doubt="像是网页或公众号的提示语，没有取")
    return 1


def _subject_words(line: SourceLine, account: Account) -> int:
    """Leave out the subject words that older issues list above whom they go to, and tell it."""
    if line.said or not SUBJECT_WORDS.fullmatch(line.text):
        return 0
    account.take(line, Kind.UNPLACED, doubt="主题词现在一般不印，没有取")
    return 1


def _unread(line: SourceLine, account: Account) -> int:
    """Tell that nothing of a closing block was found in a line that is said to be of one."""
    if line.said is None:
        return 0
    account.take(line, Kind.CLOSING, "/closing")
    account.doubt(line, "读不出是报尾的哪一项，没有取")
    return 1


def _recipients(line: SourceLine, draft: Draft, account: Account) -> bool:
    """Read a line of recipients, or several lists on one line."""
    text, print_run = without_print_run(line.text)
    lists = [RECIPIENT.fullmatch(part) for part in _parted(text)]
    found = [one for one in lists if one]
    keys = {_key(label_of(one), draft) for one in found}
    if not found or len(keys) < len(lists) or keys & draft.fields.keys():
        return False
    draft.fields |= print_run
    noted = [draft.note(label_of(one), one[2].strip(), _key(label_of(one), draft)) for one in found]
    shown = "、".join(f"“{one[1]}：”" for one in found)
    pointer = f"/closing/{noted[0]}"
    account.take(line, Kind.CLOSING, pointer, why=f"以{shown}开头")
    return True


def _key(label: str, draft: Draft) -> str:
    """Return the field of a label: 主送 above 抄送 is whom an issue reports to."""
    return "report_to" if label == "主送" and "send_to" in draft.fields else KEYS[label]


def _parted(text: str) -> list[str]:
    ends = [0, *(found.end() for found in NEXT_LIST.finditer(text)), len(text)]
    return [text[start:end].strip() for start, end in pairwise(ends)]


def _imprint(line: SourceLine, draft: Draft, account: Account) -> bool:
    text, print_run = without_print_run(line.text.rstrip("。"))
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
    text, print_run = without_print_run(line.text)
    found = CONTACT_LINE.fullmatch(text)
    if not found and draft.fields.keys().isdisjoint(RECIPIENTS):  # below these: no article's
        found = ANY_CONTACT.fullmatch(text)
    if not found:
        return False
    draft.fields |= print_run
    parts = LABELS_BESIDE.split(text)
    several = [ANY_CONTACT.fullmatch(part) or CONTACT_LINE.fullmatch(part) for part in parts]
    labelled = [one for one in several if one]
    for one in reversed(labelled if len(labelled) == len(parts) else [found]):
        draft.note_contact(one)
    account.take(line, Kind.CLOSING, "/closing/contact", why=f"以“{found[1]}：”开头")
    return True


def _unknown(lines: Sequence[SourceLine], end: int, draft: Draft, account: Account) -> bool:
    """Read a line under a label that nobody knows (承办单位：), where recipients stand above it."""
    line = lines[end - 1]
    is_within = end > 1 and draft.fields and RECIPIENT.match(lines[end - 2].text)
    parts = LABELS_BESIDE.split(line.text)
    if not is_within or not all(map(OTHER_LABEL.fullmatch, parts)) or ends_sentence(line.text):
        return False
    draft.contacts[:0] = parts
    doubt = "标签不认识，与联系方式排在一起"
    account.take(line, Kind.CLOSING, "/closing/contact", why="在报尾各项之间", doubt=doubt)
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
        parts = lines[end - count + 1 : end]
        if not found or KEYS[label_of(found)] in draft.fields:
            continue
        if any(part.pictures or LABELLED.match(part.text) for part in parts):
            return 0
        if any(part.text.rstrip("。").endswith("印发") for part in parts):
            return 0  # no list: who printed it, on a day that cannot be read
        listed = found[2].strip() + "".join(part.text for part in parts)
        listed, print_run = without_print_run(listed)
        draft.fields |= print_run
        key = draft.note(label_of(found), listed)
        pointer = f"/closing/{key}"
        account.take(lines[end - count], Kind.CLOSING, pointer, why=f"以“{found[1]}：”开头")
        for part in parts:
            account.take(part, Kind.CLOSING, pointer, why="接上一行的名单")
        return count
    return 0
