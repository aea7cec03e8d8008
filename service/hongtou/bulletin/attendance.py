"""Who was at a meeting: 出席：, 列席：, 主持： and the names behind it, in minutes (纪要).

Source: GB/T 9704-2012 §10.3.
"""

from __future__ import annotations

from hongtou.bulletin.patterns import Late

# The label, whose characters may stand apart (列　席), and names that are no sentence. Where a
# meeting was, and when, stands with them.
APART = "[ \u3000]{0,3}"
LABELS = "出席|列席|缺席|请假|参加|参会|与会|主持|记录|旁听"
ATTENDANCE = Late(
    f"(?P<label>(?:{'|'.join(APART.join(label) for label in LABELS.split('|'))})"
    f"{APART}(?:人员|领导|单位|人)?[：:]"
    f"|(?:会议)?(?:时{APART}间|地{APART}点)[：:])[^。！？]+。?"
)


def attendance_label(text: str) -> str:
    """Return the label of a line that names who was at a meeting, with its colon, or nothing."""
    found = ATTENDANCE().fullmatch(text)
    return found["label"] if found else ""
