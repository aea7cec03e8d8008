"""The states of an issue: which step leads from which to which, and who may take it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hongtou.bulletin.errors import Forbidden, WrongState
from hongtou.desk.issue import State
from hongtou.desk.stamp import Stamp


class StepName(StrEnum):
    """What an editor or a reviewer does: 送审, 撤回, 退回, 定稿, 印发, 解锁."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    RETURN = "return"
    FINALIZE = "finalize"
    PRINT = "print"
    UNLOCK = "unlock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step from one state to another.

    ``by_reviewer`` tells that only a reviewer may take it, ``needs_note`` that it takes a reason.
    """

    name: StepName
    title: str
    start: State
    end: State
    by_reviewer: bool = False
    needs_note: bool = False


STEPS = (
    Step(name=StepName.SUBMIT, title="送审", start=State.DRAFT, end=State.REVIEW),
    Step(name=StepName.WITHDRAW, title="撤回", start=State.REVIEW, end=State.DRAFT),
    Step(
        name=StepName.RETURN,
        title="退回",
        start=State.REVIEW,
        end=State.DRAFT,
        by_reviewer=True,
        needs_note=True,
    ),
    Step(
        name=StepName.FINALIZE, title="定稿", start=State.REVIEW, end=State.FINAL, by_reviewer=True
    ),
    Step(name=StepName.PRINT, title="印发", start=State.FINAL, end=State.PRINTED),
    Step(
        name=StepName.UNLOCK,
        title="解锁",
        start=State.FINAL,
        end=State.DRAFT,
        by_reviewer=True,
        needs_note=True,
    ),
    Step(
        name=StepName.UNLOCK,
        title="解锁",
        start=State.PRINTED,
        end=State.DRAFT,
        by_reviewer=True,
        needs_note=True,
    ),
)


def step_from(state: State, name: str, stamp: Stamp, note: str) -> Step:
    """Return the step of this name from a state.

    Raises:
        WrongState: it does not begin there, or its reason is missing.
        Forbidden: only a reviewer may take it.
    """
    found = next((step for step in STEPS if step.name == name and step.start is state), None)
    if found is None:
        offered = "、".join(step.title for step in STEPS if step.start is state)
        title = next((step.title for step in STEPS if step.name == name), name)
        raise WrongState(f"{state.shown}的一期不能{title}", hint=f"现在可以：{offered}")
    if found.by_reviewer and not stamp.reviews:
        raise Forbidden(f"{found.title}须由审核人员来做", hint="请交给审核人员（review）")
    if found.needs_note and not note.strip():
        raise WrongState(f"{found.title}须写明理由", hint="请写上理由（note）")
    return found
