"""Who was at a meeting: 出席：, 列席：, 主持： and the names behind it, in minutes (纪要).

Source: GB/T 9704-2012 §10.3.
"""

from __future__ import annotations

from hongtou.bulletin.patterns import Late

# The label, and names that are no sentence. Where a meeting was, and when, stands with them.
ATTENDANCE = Late(
    "(?P<label>(?:出席|列席|缺席|请假|参加|参会|与会|主持|记录|旁听)(?:人员|领导|单位|人)?[：:]"
    "|会议(?:时间|地点)[：:])[^。！？]+。?"
)


def attendance_label(text: str) -> str:
    """Return the label of a line that names who was at a meeting, with its colon, or nothing."""
    found = ATTENDANCE().fullmatch(text)
    return found["label"] if found else ""
