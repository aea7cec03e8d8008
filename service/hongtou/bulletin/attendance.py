"""Who was at a meeting (出席：, 列席：), in minutes (纪要), and who is of a group (组长：, 成员：).

Source: GB/T 9704-2012 §10.3, for groups by analogy. What a line says decides, and for labels that
also open a sentence or a notice the lines around it.
"""

from __future__ import annotations

from collections.abc import Sequence

from hongtou.bulletin.patterns import Late
from hongtou.bulletin.person_names import DOUBLE_SURNAMES, SURNAMES

# The label, whose characters may stand apart (列　席), and names that are no sentence. Where a
# meeting was, and when, stands with them.
APART = "[ \u3000]{0,4}"
LABELS = "出席|列席|缺席|请假|参加|参会|与会|主持|记录|旁听"
ATTENDANCE = Late(
    f"(?P<label>(?:{'|'.join(APART.join(label) for label in LABELS.split('|'))})"
    f"{APART}(?:人员|领导|单位|人)?[：:]"
    f"|(?:会议)?(?:时{APART}间|地{APART}点)[：:])[^。！？]+。?"
)
# 时间： and 地点： stand in any notice, and 记录： or 参加： over what is no name.
OF_ANYTHING = Late(f"(?:会议)?(?:时{APART}间|地{APART}点)[：:]|(?:记{APART}录|参{APART}加)[：:]")

LONGEST_LABEL = 20  # characters, spread ones too

# Duties in a group, each with those who have it.
DUTIES = (
    "组长|副组长|成员|组员|主任|副主任|委员|总指挥|副总指挥|指挥长|副指挥长|召集人|副召集人|联络员|"
    "顾问|秘书长|副秘书长|政委|评委|领队|队长|副队长|队员"
)
GAP = "[、，；\u3000 ]"
OF_HAN = "\u3400-\u9fff\U00020000-\U0003ffff×"
SPACED = "[ \u3000]{0,2}"
PERSON = (
    f"(?:(?:[{SURNAMES}]|{DOUBLE_SURNAMES}){SPACED}[{OF_HAN}]{{1,2}}|[{OF_HAN}]?某某?|×{{2,3}}"
    f"|[{OF_HAN}][ \u3000]{{1,2}}[{OF_HAN}](?![{OF_HAN}])|[{OF_HAN}]{{1,8}}(?:·[{OF_HAN}]{{1,8}})+)"
)
POSTS = (
    "书记|[市县区州省乡镇局处科所院校部厅行队团站村会]长|主任|主席|委员|教授|院士|经理|总监|工程师"
    "|同志|负责人"
)
BODIES = "[局委办部厅院校社行处所站队科]|中心|公司|集团|办公室|机构|单位"
# Somebody or a body comes first, or behind a post or body (市长李明); a bracket says what he is.
NAMED = (
    f"(?:{PERSON}|[^、；\u3000 ，。！？：:]{{0,24}}(?:{POSTS}|{BODIES}){PERSON}?)"
    "(?:（[^（）]{1,20}）)?"
)
TELEPHONE = "(?:(?:电话|手机)[：:][0-9—、（） -]{3,40})?"
DUTY = Late(
    rf"(?P<label>(?:第一|常务|执行)?(?:{'|'.join(APART.join(duty) for duty in DUTIES.split('|'))})"
    rf"{APART}[：:])(?!{APART}(?:由|为|从|是|应|须|需|要|包括|负责(?!人)))"
    rf"(?!.*(?:组成|构成|产生|担任)){APART}{NAMED}(?:{GAP}[^。！？：:]*)?{TELEPHONE}。?"
)

# The next of a group on a line of its own, as typists align them with blanks: 张小燕　副市长. Who
# has a post may have any surname.
NEXT_PERSON = Late(
    f"(?:{PERSON}|[{OF_HAN}]{{2,4}}(?=[\u3000 ]+[^。！？：:]*(?:{POSTS})))[\u3000 ]+[^。！？：:]*"
)


def attendance_label(text: str) -> str:
    """Return the label of a line that may name who was at a meeting or is of a group, or nothing.

    Its colon is part of it.
    """
    head = text[:LONGEST_LABEL]
    if "：" not in head and ":" not in head:  # most lines
        return ""
    found = ATTENDANCE().fullmatch(text) or DUTY().fullmatch(text)
    return found["label"] if found else ""


def attendance_labels(lines: Sequence[str]) -> list[str]:
    """Return the label of each line of a body that names such people, "" for every other.

    A label of anything counts beside another, or where the body says who was at the meeting; ""
    stands for what is no line. A line that goes on with the next person has the label of the line
    above, and does not begin with it.
    """
    found = _told_labels(lines)
    for at in range(1, len(found)):
        above = found[at - 1]
        if found[at] or not above or OF_ANYTHING().fullmatch(above):
            continue
        if NEXT_PERSON().fullmatch(lines[at]):
            found[at] = above
    return found


def _told_labels(lines: Sequence[str]) -> list[str]:
    found = [attendance_label(line) for line in lines]
    weak = [bool(label) and OF_ANYTHING().fullmatch(label) is not None for label in found]
    if not any(weak) or any(
        label and not of_anything and ATTENDANCE().fullmatch(line)
        for label, of_anything, line in zip(found, weak, lines, strict=True)
    ):
        return found
    beside = zip(["", *found], [*found[1:], ""], strict=False)
    return [
        "" if of_anything and not (before or after) else label
        for label, of_anything, (before, after) in zip(found, weak, beside, strict=True)
    ]
