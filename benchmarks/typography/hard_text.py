"""Text that is hard to set: quotation marks, brackets, dashes, ellipses, figures, units, Latin."""

from __future__ import annotations

from random import Random

PLAIN = (
    "各单位要进一步提高政治站位",
    "压实工作责任",
    "细化工作举措",
    "推动各项任务落地见效",
    "坚持以人民为中心",
    "健全完善长效机制",
    "统筹推进城乡环境综合整治",
    "广泛发动群众参与",
    "严格落实属地管理责任",
    "强化督查问效",
    "织金县按照既定工作思路采取多项措施",
    "以最美的市容市貌迎接评估验收",
    "切实转变工作作风",
    "倾听群众的意见",
    "组织志愿者开展集中清扫活动",
    "对破损路灯灯杆及时进行更换",
    "把服务群众工作做到细致",
    "形成齐抓共管的良好局面",
)
QUOTED = (
    "六型人社",
    "顽疾",
    "5+X",
    "三定三评三机制",
    "2332",
    "十星级文明户",
    "僵尸车",
    "讲",
    "爱心汇聚、温情暖冬",
    "五城同创",
    "放管服",
    "最清洁户",
    "好婆婆",
    "互联网+政务服务",
    "12345",
    "双随机、一公开",
)
BRACKETED = (
    "居",
    "箱",
    "自治县、区",
    "街道",
    "见附件1",
    "2017",
    "含PPP项目",
    "以下简称《方案》",
    "X",
)
FIGURES = (
    "5544.58万元",
    "12月14日至15日",
    "完成率达98.6%",
    "80～90分",
    "203株",
    "1,200余人次",
    "气温降至-3℃",
    "2017年12月22日",
    "面积3.5平方公里",
    "3—5级",
    "第33期",
    "总投资1.2亿元",
    "63辆",
    "91幅",
    "467个村",
    "增长12.5个百分点",
    "9:30",
    "150余人",
    "30%的农户",
    "1/3",
    "10个乡镇",
    "5519户",
    "7500余盆",
)
TITLES = (
    "关于加强基层治理体系建设的意见",
    "实施方案",
    "赫章县“十星级文明户”激励机制",
    "条例〔2017〕12号",
)
LATIN = ("PPP", "GDP", "APP", "Wi-Fi", "COVID-19", "5G", "LED", "WeChat", "PM2.5")
ENDS = ("，", "，", "，", "；", "、", "。", "。", "：", "！", "？", "……", "——")


def hard_text(lines: int, seed: int = 1, characters: int = 28) -> list[str]:
    """Return paragraphs that fill about this many lines, the same for the same seed."""
    random = Random(seed)
    paragraphs, filled = [], 0
    while filled < lines:
        text = paragraph(random)
        paragraphs.append(text)
        filled += len(text) // characters + 1
    return paragraphs


def paragraph(random: Random) -> str:
    """Return one paragraph of three to thirty clauses."""
    text = "".join(clause(random) for _ in range(random.randint(3, 30)))
    return text.rstrip("，；、：—…！？。") + "。"


def clause(random: Random) -> str:
    """Return a clause with its mark: plain words and one or two hard things among them."""
    parts = [random.choice(PLAIN)]
    for _ in range(random.randint(0, 2)):
        parts.append(thing(random))
        if random.random() < 0.6:
            parts.append(random.choice(PLAIN)[: random.randint(2, 9)])
    return "".join(parts) + random.choice(ENDS)


def thing(random: Random) -> str:
    """Return one thing that is hard to set."""
    kind = random.randrange(7)
    if kind == 0:
        return f"“{random.choice(QUOTED)}”"
    if kind == 1:
        return f"（{random.choice(BRACKETED)}）"
    if kind == 2:
        return random.choice(FIGURES)
    if kind == 3:
        return f"《{random.choice(TITLES)}》"
    if kind == 4:
        return random.choice(LATIN)
    if kind == 5:
        return f"“‘{random.choice(QUOTED)}’的做法”"
    return f"“{random.choice(QUOTED)}”“{random.choice(QUOTED)}”"
