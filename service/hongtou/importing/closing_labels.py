"""Labels of the closing block as offices write them, and a block that is being read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hongtou.bulletin.closing_block import FIELDS

LABELS = {
    "report_to": ("报", "本期报", "呈", "报送", "呈报", "上报", "抄报", "呈送", "主报"),
    "send_to": ("送", "本期送", "抄送", "分送", "主送"),
    "issue_to": ("发", "本期发", "下发", "印发", "发送", "发至", "分发"),
    "extra_issue_to": ("本期增发", "增发"),
    "approvers": ("签发", "签发人", "审签", "签批", "审定", "总编", "总编辑"),
    "reviewers": ("审核", "审核人", "核稿", "审稿", "主编", "编审", "审阅"),
    "editors": ("编辑", "编辑人", "责任编辑", "责编", "本期编辑", "本期责编", "执行编辑", "编校"),
    "proofreaders": ("校对", "校核"),
}
RECIPIENTS = ("report_to", "send_to", "issue_to", "extra_issue_to")
STAFF = tuple(key for key in LABELS if key not in RECIPIENTS)
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
    r"|印数\s{0,4}[：:]\s{0,4}([0-9]{1,6})(?![0-9])"
)


def _alternatives(labels: Sequence[str]) -> str:
    longest_first = sorted(labels, key=len, reverse=True)
    return "|".join(r"\s{0,4}".join(label) for label in longest_first)


RECIPIENT_LABEL = f"({_alternatives([one for key in RECIPIENTS for one in LABELS[key]])})"
RECIPIENT_OPENING = re.compile(rf"{RECIPIENT_LABEL}\s{{0,4}}[：:]")
RECIPIENT = re.compile(rf"{RECIPIENT_LABEL}\s{{0,4}}[：:]\s{{0,4}}(.+)")
DUTY = re.compile(
    rf"({_alternatives([one for one, key in KEYS.items() if key not in RECIPIENTS])})\s{{0,4}}[：:]"
)
# A label that nobody knows, beside ones that are known: 值班, 撰稿人.
OTHER_DUTY = re.compile(rf"{DUTY.pattern}|((?<![\w])[一-鿿]{{2,5}})\s{{0,4}}[：:]")
LABELLED = re.compile(r"[一-鿿]{1,6}[ \u3000]{0,4}[：:]")
# 值班电话：, 24小时值班电话：, 投稿热线：.
ANY_CONTACT = re.compile(
    r"([一-鿿0-9]{0,8}(?:电\s{0,4}话|传\s{0,4}真|邮箱|信箱|热线|网址))\s{0,4}[：:]\s{0,4}(.+)"
)
CONTACT_LINE = re.compile(rf"({_alternatives(CONTACT)})\s{{0,4}}[：:]\s{{0,4}}(.+)")
# A line may hold several lists, with spaces or a stop before the label of each but the first.
NEXT_LIST = re.compile(rf"(?<=[\s。；])(?={RECIPIENT_LABEL}\s{{0,4}}[：:])")


def opens_closing(text: str) -> bool:
    """Tell whether a text begins as a line of the closing block does, with its label."""
    return any(shape.match(text) for shape in (RECIPIENT_OPENING, DUTY, CONTACT_LINE))


@dataclass(slots=True)
class Draft:
    """A closing block that is being read, its lines from the last to the first."""

    fields: dict[str, Any] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    contacts: list[str] = field(default_factory=list)

    def note(self, label: str, value: object, key: str = "") -> str:
        """Take a value under its label; return its field, by default the label's own."""
        key = key or KEYS[label]
        self.fields[key] = value
        if label != FIELDS[key].title:
            self.labels[key] = label
        return key

    def note_contact(self, found: re.Match[str]) -> None:
        """Take a way to reach the editors, above those taken before."""
        is_own = found[1] == FIELDS["contact"].title
        self.contacts.insert(0, found[2] if is_own else found[0])


def without_print_run(text: str) -> tuple[str, dict[str, Any]]:
    """Return a text without how many copies were printed, which any line may have, and that."""
    found = PRINT_RUN.search(text)
    if not found:
        return text, {}
    rest = f"{text[: found.start()]} {text[found.end() :]}".strip()
    return rest, {"print_run": int(found[1] or found[2])}


def label_of(found: re.Match[str]) -> str:
    """Return a label as the table has it, without the spaces that spread it."""
    return "".join(next(filter(None, found.groups())).split())
