"""What has a label in a masthead: who answers for the issue (签发：), who issues it (主办：)."""

from __future__ import annotations

import re

from hongtou.importing.closing_labels import DUTY

MAX_LABELLED = 3  # lines below the date that are still of the masthead
SPACES = r"[ \t\u3000]{0,4}"
# A longer word behind the label is no person: 主编：市委办公室.
NAME = r"(?:[一-鿿]{1,8}·[一-鿿]{1,12}|[一-鿿]{2,4}|[一-鿿][ \u3000]{1,2}[一-鿿])(?![一-鿿])"
DUTIES = re.compile(rf"{DUTY.pattern}{SPACES}{NAME}(?:、{NAME}){{0,4}}")
BODY_LABEL = re.compile(
    rf"((?:主办|承办|协办|编发|编印|编制|主编|印发|发文)(?:单位|机关|部门)?){SPACES}[：:]{SPACES}"
)


def duties_in(text: str) -> list[str]:
    """Return what a line says of who answers for the issue, each with its label."""
    return [found[0] for found in DUTIES.finditer(text)]


def without_duties(text: str) -> str:
    """Return a line without them; no gap is left behind the label of a body."""
    return BODY_LABEL.sub(r"\1：", DUTIES.sub("", text)).strip()


def label_of_body(part: str) -> str:
    """Return the label of a body that issues, "" without one."""
    found = BODY_LABEL.match(part)
    return found[1] if found else ""


def is_labelled(text: str) -> bool:
    """Tell whether all that a line says has such a label."""
    rest = without_duties(text)
    return not rest or bool(label_of_body(rest))
