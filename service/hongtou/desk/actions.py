"""What is noted as an event: the names of actions, with their words for people."""

from __future__ import annotations

from collections.abc import Mapping

from hongtou.desk.states import STEPS

ACTIONS: Mapping[str, str] = {
    "publication.add": "新建刊物",
    "publication.change": "改刊物设置",
    "publication.delete": "删除刊物",
    "number.skip": "确认跳号",
    "issue.add": "新建",
    **{f"issue.{step.name}": step.title for step in STEPS},
    "issue.discard": "放进回收站",
    "issue.take-back": "取回",
    "issue.delete": "从回收站清除",
    "revision.name": "留存版本",
    "revision.restore": "恢复",
    "asset.put": "放进图片",
    "asset.drop": "删去图片",
    "account.add": "新建帐号",
    "account.change": "改帐号",
    "account.link": "给设定密码的链接",
    "account.password": "设定密码",
    "session.begin": "登录",
    "session.end": "退出",
    "session.refuse": "登录不成",
    "session.pause": "登录不成，停顿",
}
