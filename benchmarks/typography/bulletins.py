"""Whole bulletins from a seed, as an office sends them: hard text, tables, pictures, lists, annexes.

Every third is text alone, which peers can set too.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

from benchmarks.typography.hard_text import PLAIN, clause, paragraph

HEADLINES = Path(__file__).with_name("headlines.txt")
SHORT_HEADLINES = ("石桥县", "柳湾区", "市人社局", "河东新区", "市水利局")
NAMEPLATES = (
    "快报",
    "政务要情",
    "工作动态",
    "城乡环境工作动态",
    "乡村振兴简报",
    "重点项目建设工作简报",
    "安澜市创建全国文明城市工作动态",
    "安澜市城乡环境综合治理暨生态文明建设简报",
)
BODIES = (
    "市创建办",
    "安澜市城乡环境治理办公室",
    "中共安澜市委办公室",
    "市重点项目建设领导小组办公室",
)
SECTIONS = ("领导动态", "他山之石", "调研思考")
NAMES = ("杨明", "陈炜", "王龙", "欧阳若兰", "沈砚", "陆一鸣", "许知秋", "顾承远")
OFFICES = (
    "省文明办",
    "市委、市人大常委会、市政府、市政协领导",
    "市纪委监委机关",
    "各县（自治县、区）党委、政府",
    "市直各单位",
    "各人民团体",
    "市“五城同创”成员单位",
)
COLUMNS = (
    ("序号", "{n}"),
    ("单位", "{place}"),
    ("计划投资（万元）", "{n},{nnn}"),
    ("完成率", "{nn}.{n}%"),
    ("时间", "{nn}:00—{nn}:30"),
    ("完成时限", "2026年{n}月底前"),
    ("责任单位", "{body}"),
    ("主要工作内容", "{work}"),
)
PLACES = ("石桥县", "柳湾区", "河东新区", "青坪县", "云溪区", "松原乡龙塘村")
ATTACHMENTS = (
    "某某市城乡环境综合整治三年行动方案及任务分解表和责任清单",
    "《“门前三包”责任制考核办法》（试行）",
    "工作专班人员名单",
)
WIDE, TALL = "wide.png", "tall.png"


@cache
def pictures() -> Mapping[str, bytes]:
    """Return the pictures that bulletins name: sharp enough for print, and all of one grey."""
    return {name: _picture(size) for name, size in ((WIDE, (1500, 1000)), (TALL, (1000, 1400)))}


def bulletin(seed: int) -> dict[str, Any]:
    """Return an issue as it is sent; a seed gives the same one each time."""
    random = Random(seed)
    is_plain = seed % 3 == 0
    in_sections = not is_plain and random.random() < 0.4
    articles = [_article(random, is_plain) for _ in range(random.randint(1, 4))]
    for number, article in enumerate(articles):
        if in_sections:
            article["section"] = SECTIONS[min(number // 2, len(SECTIONS) - 1)]
    if not is_plain and random.random() < 0.3:
        articles[-1]["body"].append(_annex(random))
    issue = {
        "layout": random.choice(["dongtai", "jianbao"]),
        "masthead": _masthead(random),
        "articles": articles,
        "closing": _closing(random),
    }
    if random.random() < 0.5:
        items = [_short(random) for _ in range(random.randint(2, 8))]
        issue["briefs"] = {"heading": "工作简讯", "items": items}
    if random.random() < 0.3:
        issue["editors_note"] = _short(random)
    return issue


def _masthead(random: Random) -> dict[str, Any]:
    masthead: dict[str, Any] = {
        "nameplate": random.choice(NAMEPLATES),
        "issue_number": random.randint(1, 120),
        "issuing_body": random.choice(BODIES),
        "issue_date": str(date(2026, 1, 5) + timedelta(random.randrange(350))),
    }
    marks = {
        "notice": "内部资料 注意保存",
        "total_number": random.randint(120, 3000),
        "security": {"class": "秘密", "term": "1年"},
        "urgency": "加急",
        "overline": "某某市第八次代表大会",
    }
    return masthead | {name: mark for name, mark in marks.items() if random.random() < 0.25}


def _article(random: Random, is_plain: bool) -> dict[str, Any]:
    body: list[Any] = []
    is_numbered = random.random() < 0.4
    for number in "一二三四五"[: random.randint(2, 5)]:
        if is_numbered:
            body.append(f"{number}、{random.choice(PLAIN)}")
        lead = f"**{random.choice(PLAIN)}。**" if random.random() < 0.3 else ""
        body.append(lead + paragraph(random))
        if not is_plain and random.random() < 0.3:
            body.append(random.choice([_table, _figure, _figures])(random))
            body.append(_short(random))
    article = {"headline": _headline(random), "body": body}
    if random.random() < 0.5:
        article["byline"] = random.choice(BODIES)
    if not is_plain:
        body += _ending(random)
    return article


def _headline(random: Random) -> str:
    long = random.choice(HEADLINES.read_text(encoding="utf-8").split())
    return (
        long
        if random.random() < 0.6
        else f"{random.choice(SHORT_HEADLINES)}{random.choice(PLAIN)[:12]}"
    )


def _short(random: Random) -> str:
    """Return a paragraph of one to four lines."""
    text = "".join(clause(random) for _ in range(random.randint(1, 5)))
    return text.rstrip("，；、：—…！？。") + "。"


def _table(random: Random) -> dict[str, Any]:
    columns = random.sample(COLUMNS, random.randint(3, 6))
    rows = [
        [_filled(pattern, random) for _, pattern in columns] for _ in range(random.randint(3, 14))
    ]
    table: dict[str, Any] = {"type": "table", "header": [head for head, _ in columns], "rows": rows}
    if random.random() < 0.6:
        table["caption"] = "重点项目建设进展情况"
    if random.random() < 0.3:
        table["notes"] = ["数据截至2026年10月底。"]
    return table


def _filled(pattern: str, random: Random) -> str:
    return pattern.format(
        n=random.randint(1, 9),
        nn=random.randint(10, 99) if ":" not in pattern else random.randint(10, 19),
        nnn=random.randint(100, 999),
        place=random.choice(PLACES),
        body=random.choice(BODIES),
        work=random.choice(PLAIN) + "，" + random.choice(PLAIN)[: random.randint(4, 12)],
    )


def _figure(random: Random) -> dict[str, Any]:
    name = random.choice([WIDE, TALL])
    return {"type": "figure", "image": name, "caption": f"图：{random.choice(PLAIN)}"}


def _figures(random: Random) -> dict[str, Any]:
    items = [{"image": WIDE, "caption": f"图{number}"} for number in range(random.randint(2, 3))]
    return {"type": "figures", "items": items, "caption": random.choice(PLAIN)}


def _ending(random: Random) -> list[Any]:
    """Return what may stand under an article: names of annexes, a sign-off."""
    ending: list[Any] = []
    if random.random() < 0.3:
        ending.append({"type": "attachments", "items": list(ATTACHMENTS[: random.randint(1, 3)])})
    if random.random() < 0.3:
        ending.append({"type": "signoff", "bodies": [random.choice(BODIES)], "date": "2026-11-20"})
    return ending


def _annex(random: Random) -> dict[str, Any]:
    body = [paragraph(random), _table(random), _short(random)]
    return {"type": "annex", "label": "附件1", "title": ATTACHMENTS[0][:20], "body": body}


def _closing(random: Random) -> dict[str, Any]:
    def offices() -> str:
        return "，".join(random.sample(OFFICES, random.randint(1, len(OFFICES))))

    return {
        "report_to": offices(),
        "send_to": offices(),
        "issue_to": offices(),
        "print_run": random.randint(50, 300),
        "approvers": random.sample(NAMES, 1),
        "reviewers": random.sample(NAMES, random.randint(1, 2)),
        "editors": random.sample(NAMES, random.randint(1, 5)),
        "contact": "0857-8222222",
    }


def _picture(size: tuple[int, int]) -> bytes:
    stored = io.BytesIO()
    Image.new("RGB", size, "#9aa5a0").save(stored, "PNG")
    return stored.getvalue()
