"""Write ``docs/findings.md``: every code of a finding, as the service itself tells of it.

The meaning and the example are those of `scripts.docs.codes`; the example is checked as the service
would check it, and what comes of it is printed.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from hongtou.bulletin.finding import Finding, Severity
from hongtou.config import read_config
from hongtou.pipeline import Typesetter
from scripts.docs.codes import CODES, SUBJECTS, Code

PAGE = Path(__file__).parents[2] / "docs" / "findings.md"
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTE: "说明"}
HEAD = """# 检查结果的代码

由 `make docs` 从代码写出，不要手改。代码（`code`）是接口的一部分，写作 `主题/问题`，
一个主题只有一种拼法。轻重：错误（`error`）不改不能排版，提醒（`warning`）和说明（`note`）
不妨碍排版。简报没有国家版式标准，约束力（`strength`）多是“实务”，出处（`source`）是
house style；出自标准的写明条款。

例子都是最小的稿件里改动的那一处；“报出”和“改法”是服务对这份稿件的原话。
标明“可自动改正”的，`normalize` 会改。括号里的英文（如 `（issue_number）`）是稿件 JSON
里的名称，写给程序；编辑的页面不显示。
"""
OURS = "成品出厂前的检查。都是服务的错误，与稿件无关：遇到时请告诉管理员。"


def open_typesetter() -> Typesetter:
    """Return a typesetter with the settings that a service has by default."""
    return Typesetter.open(read_config({}))


def findings_of(code: Code, typesetter: Typesetter) -> tuple[Finding, ...]:
    """Return what the service finds in the example of a code."""
    document = json.dumps(code.issue).encode()
    return typesetter.check(document, code.order, code.pictures()).findings


def page() -> str:
    """Return the page."""
    typesetter = open_typesetter()
    return HEAD + "".join(_subject(subject, typesetter) for subject in SUBJECTS)


def _subject(subject: str, typesetter: Typesetter) -> str:
    codes = {name: code for name, code in CODES.items() if name.partition("/")[0] == subject}
    head = f"\n## {SUBJECTS[subject]} `{subject}`\n"
    if all(code.issue is None for code in codes.values()):
        rows = "".join(f"- `{name}`：{code.meaning}\n" for name, code in codes.items())
        return f"{head}\n{OURS}\n\n{rows}"
    return head + "".join(_entry(name, code, typesetter) for name, code in codes.items())


def _entry(name: str, code: Code, typesetter: Typesetter) -> str:
    told = next(found for found in findings_of(code, typesetter) if found.code == name)
    is_safe = told.suggestion is not None and told.suggestion.safe
    facts = [SEVERITIES[told.severity], told.strength.value, told.source]
    return (
        f"\n### `{name}`\n\n"
        f"{code.meaning}。\n\n"
        f"- {' · '.join([*facts, *(['可自动改正'] if is_safe else [])])}\n"
        f"- 例：{code.shown}\n"
        f"- 报出：{_plain(told.message)}\n"
        f"- 改法：{_plain(told.hint)}\n"
    )


def _plain(text: str) -> str:
    """Return text in which Markdown sees no mark of its own."""
    return re.sub(r"([\\`*_<>\[\]])", r"\\\1", text)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
