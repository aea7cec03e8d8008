"""Codes of the review: what looks wrong in the wording, which is never altered unasked."""

from __future__ import annotations

from scripts.docs.codes.example import Code, article, block, issue, masthead, text


def _articles(*sections: str) -> list[dict[str, str]]:
    """Return articles of these sections, "" for none."""
    return [
        {"section": section, "headline": f"工作部署之{number}", "body": "各项工作有序推进。"}
        for number, section in zip("一二三", sections, strict=False)
    ]


CODES: dict[str, Code] = {
    "closing/label-twice": issue(
        "报尾的字段里写了版式会印的标签", closing={"report_to": "报：省文明办"}
    ),
    "closing/label-in-text": issue(
        "报尾的字段里另写了一个标签，两个都会印出", closing={"report_to": "报送：省文明办"}
    ),
    "closing/same-label": issue(
        "报尾的两项印出同样的标签",
        closing={"report_to": "省文明办", "issue_to": "各县", "labels": {"issue_to": "报"}},
    ),
    "closing/contact-unlabelled": issue(
        "几项联系方式里，有一项没有说明是什么",
        closing={"contact": ["联系电话：0000-8888016", "hjzl@example.cn"]},
    ),
    "table/unit-unlabelled": block(
        "表格的单位前没有“单位：”", type="table", unit="万元", rows=[["某某区", "96.3"]]
    ),
    "closing/recipients": issue(
        "份号的领受单位重复，或领的份数合起来不是印数",
        closing={"recipients": ["省文明办", {"name": "市委办", "copies": 3}], "print_run": 120},
    ),
    "labels/colon": issue(
        "标签里写了版式会印的冒号",
        closing={"labels": {"report_to": "报送："}, "report_to": "省文明办"},
    ),
    "editors-note/label-twice": issue(
        "按语的文字又以标签开头",
        editors_note={"label": "领导批示", "text": "领导批示：请各地借鉴。"},
    ),
    "annex/label-twice": block(
        "附件的标题又以序号开头",
        type="annex",
        label="附件1",
        title="附件1 考评得分表",
        body="各县（区）得分如下。",
    ),
    "masthead/bodies-in-one-line": masthead(
        "几个编发单位写在一行里", issuing_body="某某市住房和城乡建设局　某某市生态环境局"
    ),
    "masthead/number-differs": masthead(
        "期号写法里没有期号（issue_number）那一期", issue_label="第12、13期（合刊）"
    ),
    "masthead/label-repeats": masthead(
        "期号写法里有别的字段也会印出的内容", year=2026, issue_label="2026年第33期"
    ),
    "masthead/year-differs": masthead("期号的年份与印发日期不在同一年", year=2025),
    "masthead/year-in-nameplate": masthead("年份写在简报名称里", nameplate="工作动态\n2026年"),
    "section/apart": issue(
        "同一栏目分在几处", articles=_articles("领导动态", "基层动态", "领导动态")
    ),
    "section/left-open": issue(
        "没有栏目的文章排在有栏目的之后", articles=_articles("领导动态", "领导动态", "")
    ),
    "section/alone": issue("全期只有一篇文章有栏目", articles=_articles("", "领导动态")),
    "section/kicker": issue(
        "引题与栏目相同，或几篇的引题相同，似是栏目",
        articles=[
            {"kicker": "【领导动态】", "headline": headline, "body": "各项工作有序推进。"}
            for headline in ("市委召开会议", "市政府部署工作")
        ],
    ),
    "briefs/heading-twice": issue(
        "几组简讯用了同一个栏名",
        briefs=[{"items": ["近日，某某区召开会议。"]}, {"items": ["近日，某某县部署工作。"]}],
    ),
    "salutation/no-colon": block("称呼之后没有冒号", type="salutation", text="各县（区）创建办"),
    "signoff/date-among-bodies": block(
        "落款的署名里写了日期", type="signoff", bodies=["某某市创建办", "2026年11月23日"]
    ),
    "security/star-twice": masthead(
        "保密期限前写了版式会印的 ★", security={"class": "秘密", "term": "★1年"}, copy_number=1
    ),
    "security/no-copy-number": masthead("有密级而没有份号", security={"class": "秘密"}),
    "attachments/number-twice": block(
        "附件名称前写了版式会印的序号", type="attachments", items=["1.方案", "2.名单"]
    ),
    "attachments/behind-signers": article(
        "附件说明排在落款之后",
        body=[
            "请认真贯彻执行。",
            {"type": "signoff", "bodies": ["某某市创建办"]},
            {"type": "attachments", "items": ["任务分解表"]},
        ],
    ),
    "attachments/final-mark": block("附件名称之后有标点", type="attachments", items=["《名单》。"]),
    "notes/no-brackets": block("附注没有加圆括号", type="note", text="此件公开发布"),
    "markup/heading-mark": text("段首有 Markdown 的标题记号 #", "## （一）主要做法"),
    "markup/list-mark": text("段首有列表记号 -、*、+", "- 开展“清洁周”活动。"),
    "markup/quote-mark": text("段首有引用记号 >", "> 群众说：“看着就舒心。”"),
    "markup/rule-line": text("一段只有分隔线的记号", "甲。\n***\n乙。"),
    "markup/table": text("Markdown 的表格", "| 县区 | 完成率 |\n|---|---|"),
    "markup/emphasis": text("没有配成对的 **，或 __、~~ 一类强调记号", "**导语。正文有序推进。"),
    "markup/code": text("Markdown 的代码记号 `", "`注`：数据由各县上报。"),
    "markup/link": text("Markdown 的链接或图片", "详见[附表](http://example.com/t)。"),
    "markup/tag": text("HTML 的标签", "各项工作<b>有序</b>推进。"),
    "markup/entity": text("HTML 的字符写法", "责任&nbsp;落实。"),
    "pasted/folio": text("复制来的页码", "甲。\n— 1 —\n乙。"),
    "pasted/sign-off": text("正文末尾像是落款", "甲。\n某某市创建办\n2026年10月16日"),
    "pasted/salutation": text("正文开头像是称呼", "广大市民朋友们：\n甲。"),
    "pasted/broken-reference": text("Word、Excel 留下的出错信息", "见错误！未找到引用源。所列。"),
    "pasted/web-page": text("公众号、网页上给读者点的文字", "甲。\n点击“阅读原文”查看更多"),
    "unmarked/annex": article("附件写成了一篇文章或一段正文", headline="附件1\n考评得分表"),
    "unmarked/attachments": text("附件说明写成了一段正文", "甲。\n附件：1.方案"),
    "unmarked/table-note": article(
        "表注写成了表格下面的一段正文",
        body=[{"type": "table", "rows": [["某某区", "96.3"]]}, "注：数据截至10月底。"],
    ),
    "unmarked/table-unit": article(
        "表格的单位写成了上面的一段正文",
        body=["单位：万元", {"type": "table", "rows": [["某某区", "96.3"]]}],
    ),
    "unmarked/header-row": block(
        "表头的第二行写成了表行",
        type="table",
        header=["地区", "起数", ""],
        rows=[["", "本月", "同比"], ["某某区", "3", "-1"]],
    ),
    "unmarked/header-cell": block(
        "表头第二行的一格空着，没有并入上面一格",
        type="table",
        header=[["地区", {"text": "起数", "colspan": 2}], ["", "本月", "同比"]],
        rows=[["某某区", "3", "-1"]],
    ),
    "unmarked/leaders-remark": issue(
        "批示印在编者按的标签之后", editors_note="市委书记顾承远批示：做法很好，请各地借鉴。"
    ),
    "unmarked/subheading": text(
        "小标题写成了一段正文", "甲。\n第一代表团（柳湾区）\n乙。\n第二代表团（石桥县）\n丙。"
    ),
    "punctuation/half-width": text("汉字之间用了半角标点", "压实责任,细化举措。"),
    "punctuation/half-width-beside-latin": text(
        "汉字与数字、字母之间用了半角标点", "完成80%,增长明显。"
    ),
    "punctuation/half-width-stop": text("句末用了西文句点", "各项工作有序推进.稳步提升。"),
    "punctuation/half-width-bracket": text("括住汉字的括号是半角", "各县(区)抓好落实。"),
    "punctuation/colliding": text("两个点号相连", "市发改委、城管局等单位；。"),
    "punctuation/dash": text("破折号用了制表线或短横线", "主题──创卫。"),
    "punctuation/doubled": text("同一个标点打了两次", "压实责任，，细化举措。"),
    "punctuation/enumeration-comma": text(
        "并列的引号或书名号之间用了顿号", "倡导“禁燃禁放”、“光盘行动”。"
    ),
    "punctuation/ellipsis": text("省略号不是占两个字的六点", "清扫街巷、河道等...成效明显。"),
    "pairs/unpaired": text("引号、括号或书名号缺一边", "开展“创卫活动。"),
    "pairs/nested-alike": text("双引号里又用了双引号", "主题为“把“讲”作风景”。"),
    "pairs/straight-quotes": text("汉字旁用了西文直引号", '开展"创卫"活动。'),
    "pairs/angle-brackets": text("用 << >> 代替书名号", "印发<<实施方案>>。"),
    "pairs/nested-titles": text("书名号里又用了书名号", "《关于加强《网格化》管理的意见》。"),
    "spacing/beside-digits": text("汉字与数字之间有空格", "清理垃圾 12 吨。"),
    "spacing/beside-marks": text("标点旁有空格", "压实责任， 细化举措。"),
    "spacing/doubled": text("有连续的空格", "city  walk 活动。"),
    "spacing/between-han": text("汉字之间有空格，可能是有意的", "城乡 环境整治有序推进。"),
    "numerals/full-width": text("数字或字母是全角", "共计８０户。"),
    "numerals/zero": text("汉字年份里的〇写成了圆圈、字母或数字", "截至二○二六年十月。"),
    "numerals/ratio": text("比例用了冒号", "比例为5:3。"),
    "numerals/clock": text("时与分之间用了全角冒号", "会议8：30开始。"),
    "numerals/mixed-percent": text("同一期里又用 ％ 又用 %", "由97％提高到98%。"),
    "numerals/hyphened-amounts": text("数值的范围用了短横线", "得分在80-90分的。"),
    "numerals/hyphened-times": text("时间的起止用了短横线", "12月14-15日开展。"),
    "numerals/flat-power": text("乘方的指数写得与别的数字一样大", "面积1200m2，共3.2×10^4株。"),
    "numerals/flat-formula": text("化学式里的数字没有写成下标", "减排CO2约3万吨。"),
    "text/radical": text("部首专用字，多半是从 PDF 复制来的", "户外⼴告。"),
    "text/private-use": text("旧国标放在造字区、现在有了正式码位的字", "李\ue863到会。"),
    "text/compatibility-form": text("兼容字形：竖排标点、小写变体、连字等", "提高ﬁle效率。"),
    "text/look-alike": text("西文词里混有形似拉丁字母的别种字母", "РМ2.5平均浓度下降。"),
    "document-numbers/year-brackets": text(
        "发文字号的年份没有用六角括号", "按照市政办发[2017]12号文件执行。"
    ),
    "document-numbers/ordinal": text(
        "发文字号的顺序号加了“第”或补了 0", "根据安政办发〔2026〕第05号文件。"
    ),
    "numbering/level-mark": text("第一层序数之后不是顿号", "一．总体情况"),
    "numbering/gap": text("层次序数跳号、重号，或不从一开始", "一、健全机制\n三、强化督查"),
    "numbering/mark-after-bracket": text("带括号的序数之后又加了标点", "（一）、健全机制。"),
    "numbering/comma-for-point": text("第三层序数用了顿号", "1、健全机制。"),
    "numbering/inline-gap": text("段内“一是……二是……”跳号", "一是定目标。三是定比例。"),
    "date/impossible-in-text": text("正文里的这一天不存在", "2月30日召开会议。"),
    "date/padded": text("月、日前面加了 0", "2026年08月01日召开会议。"),
    "date/short-year": text("年份只写了两位", "26年9月新增12件。"),
    "date/dotted": text("日期用点号分隔", "会议于2026.10.16召开。"),
    "date/disagreeing": issue(
        "报尾的印发日期与报头的不一致", closing={"imprint_date": "2026-11-24"}
    ),
    "contents/differing-title": article(
        "目录题与标题只有标点或空格不同", contents_title="全市工作，有序推进"
    ),
    "paragraphs/no-final-stop": text("段末没有标点", "各项工作有序推进，稳步提升"),
    "paragraphs/cut-in-two": text(
        "一段似乎被换行断成了两段", "各项工作有序推进，群众满意度\n稳步提升，成效明显。"
    ),
    "byline/twice": article(
        "供稿单位之外，文末又有括号里的来源",
        body="各项工作有序推进。（供稿：王龙）",
        byline="市城管局",
    ),
    "briefs/number-twice": issue(
        "简讯前又写了序号", briefs={"items": ["1.近日，某某区召开会议。"]}
    ),
    "duplicates/brief": issue("两条简讯内容相同", briefs={"items": ["近日，某某区召开会议。"] * 2}),
}
