"""What each rule asks for, how binding it is, and by whom: for whoever reads a report.

A rule cites no standard but those that its file keeps to. Clauses of ISO 19005 and ISO 14289 are
those that veraPDF names for the same rules. ISO 15930 is cited without clauses, as nobody here has
read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from hongtou.bulletin.finding import Strength

HOUSE: Final = "house style"


class Standing(NamedTuple):
    """What a rule asks for, in Chinese; its strength and source."""

    title: str
    strength: Strength = Strength.PRACTICE
    source: str = HOUSE


def _required(title: str, source: str) -> Standing:
    return Standing(title, Strength.REQUIRED, source)


STANDINGS: Final[Mapping[str, Standing]] = {
    "preflight/unreadable": Standing("成品打得开，认得出"),
    "preflight/object": Standing("只有本服务写的对象"),
    "preflight/a4": _required("每页是版式的纸，方向不变", "GB/T 9704-2012 §5.1"),
    "preflight/folio": _required(
        "每页印着自己的页码，白页与它后面的版记页没有", "GB/T 9704-2012 §7.5"
    ),
    "preflight/type-area": _required(
        "除页码外，文字、线、图片都在版心以内", "GB/T 9704-2012 §5.2.1"
    ),
    "preflight/closing-block": _required("报尾完整地印在末页的最后", "GB/T 9704-2012 §7.1"),
    "preflight/boxes": Standing("页面框一个套一个，单位不变"),
    "preflight/page-count": Standing("页数与排出的相同"),
    "preflight/content": Standing("页面里只有本服务写的操作"),
    "preflight/no-text": Standing("每页有文字，末页前补的白页除外"),
    "preflight/resources": Standing("用到的字体、图片都在"),
    "preflight/graphics-state": Standing("没有绘图状态"),
    "preflight/picture": Standing("图片只是本服务写的那几种"),
    "preflight/optional-content": Standing("没有可以隐藏的图层"),
    "preflight/fonts": Standing("只用本机装的字体"),
    "preflight/font-type": Standing("字体是本服务写的那一种"),
    "preflight/fonts-embedded": Standing("字体都已嵌入"),
    "preflight/font-program": Standing("字体程序完整，用到的字形都在"),
    "preflight/script": Standing("没有脚本"),
    "preflight/action": Standing("没有会自行执行的动作"),
    "preflight/annotation": Standing("注释只有目录的链接；校样另有批注"),
    "preflight/attachment": Standing("没有不该有的附件"),
    "preflight/intent": Standing("输出意图只在该有的文件里"),
    "preflight/information": Standing("文档信息只有本服务写的那几项"),
    "preflight/external-stream": Standing("内容都在文件里"),
    "preflight/sides": Standing("每面是一张整纸，面数与所要的相同"),
    "preflight/imposition": Standing("每页各印一次，在折叠后的位置上"),
    "preflight/copy-numbers": Standing("份号连续，每份只印自己的，与书签相同"),
    "preflight/overview-size": Standing("图片宽大于高，不比两百页的缩样大"),
    "preflight/html-content": Standing("只有本服务写的标签"),
    "preflight/html-external": Standing("不取外面的东西"),
    "preflight/headings": Standing("标题逐级，不跳级"),
    "preflight/alternatives": Standing("每张图有替代文字"),
    "preflight/tags": Standing("每处文字在结构树里一次"),
    "preflight/table-headers": Standing("表头标成表头，写明是列的"),
    "preflight/links": Standing("链接有文字，通得到，在结构树里"),
    "preflight/ofd-members": Standing("包里只有该有的文件"),
    "preflight/ofd-content": Standing("只有本服务写的元素"),
    "preflight/ofd-references": Standing("每处引用都找得到"),
    "preflight/docx-members": Standing("包里只有该有的文件"),
    "preflight/docx-external": Standing("不引用外面的东西"),
    "preflight/docx-content": Standing("只有本服务写的元素"),
    "preflight/docx-fields": Standing("除页码外没有域"),
    "preflight/docx-links": Standing("链接都通向本文件"),
    "preflight/docx-styles": Standing("用到的样式都在"),
    "preflight/docx-title": Standing("标题说明是可编辑稿"),
}


class Standard(NamedTuple):
    """What a file keeps to, by name, and what each rule asks of it for that."""

    name: str
    standings: Mapping[str, Standing] = STANDINGS


def _archival(
    name: str, fonts: str, claims: str, enclosures: str, intent: str, metadata: str
) -> Standard:
    """Return a part of PDF/A together with one of PDF/UA, by the clauses of what they ask for."""

    def read(clause: str) -> str:
        """Return what of PDF/UA asks for something: only its first part was read with clauses."""
        return f"ISO 14289-1 §{clause}" if "14289-1" in name else "ISO 14289-2"

    asked = {
        "preflight/fonts-embedded": _required("字体都已嵌入", fonts),
        "preflight/claims": _required("元数据写明 PDF/A 与 PDF/UA", claims),
        "preflight/version": Standing("PDF 版本是所要标准的"),
        "preflight/metadata": _required("元数据完整，与文档信息相同", metadata),
        "preflight/headings": _required("一级标题只有一个，在最前；逐级，不跳级", read("7.4.2")),
        "preflight/alternatives": _required("每张图有替代文字", read("7.3")),
        "preflight/table-headers": _required("表头标成表头，写明是列的", read("7.5")),
        "preflight/links": _required("链接有文字，通得到，在结构树里", read("7.18.5")),
        "preflight/tags": _required("每处文字在结构树里一次", read("7.1")),
        "preflight/enclosures": _required("附件与所列的相同，并与文档关联", enclosures),
        "preflight/intent": _required("写明颜色是什么颜色", intent),
    }
    return Standard(name, {**STANDINGS, **asked})


def _press(name: str, source: str) -> Standard:
    """Return a kind of PDF/X."""
    asked = {
        "preflight/fonts-embedded": _required("字体都已嵌入", source),
        "preflight/claims": _required("元数据写明 PDF/X", source),
        "preflight/version": _required("PDF 版本是所要标准的", source),
        "preflight/dates": _required("日期前后一致", source),
        "preflight/information": _required("文档信息齐全，写明未做陷印", source),
        "preflight/intent": _required("写明一种印刷条件，用 CMYK 特性文件", source),
        "preflight/boxes": _required("页面框一个套一个，单位不变", source),
        "preflight/inks": _required("只有黑与红的油墨", "GB/T 9704-2012 §6.2"),
        "preflight/ink-limit": Standing("一处的油墨总量不过多"),
        "preflight/hairline": Standing("线条不过细"),
        "preflight/marks": Standing("裁切线、套准标记、页外说明行都在成品之外"),
    }
    return Standard(name, {**STANDINGS, **asked})


ARCHIVAL: Final[Mapping[str, Standard]] = {
    "3a": _archival(
        "PDF/A-3a（ISO 19005-3）、PDF/UA-1（ISO 14289-1）",
        fonts="ISO 19005-3 §6.2.11.4.1；ISO 14289-1 §7.21.4.1",
        claims="ISO 19005-3 §6.6.4",
        enclosures="ISO 19005-3 §6.8",
        intent="ISO 19005-3 §6.2.3",
        metadata="ISO 19005-3 §6.6.2.1",
    ),
    "2a": _archival(
        "PDF/A-2a（ISO 19005-2）、PDF/UA-1（ISO 14289-1）",
        fonts="ISO 19005-2 §6.2.11.4.1；ISO 14289-1 §7.21.4.1",
        claims="ISO 19005-2 §6.6.4",
        enclosures="ISO 19005-2 §6.8",
        intent="ISO 19005-2 §6.2.3",
        metadata="ISO 19005-2 §6.6.2.1",
    ),
    "4f": _archival(
        "PDF/A-4f（ISO 19005-4）、PDF/UA-2（ISO 14289-2）",
        fonts="ISO 19005-4 §6.2.10.4.1；ISO 14289-2 §8.4.5.5.1",
        claims="ISO 19005-4 §6.7.3",
        enclosures="ISO 19005-4 §6.9",
        intent="ISO 19005-4 §6.2.3",
        metadata="ISO 19005-4 §6.7.2.1",
    ),
}
PRESS: Final[Mapping[str, Standard]] = {
    "x4": _press("PDF/X-4（ISO 15930-7）", "ISO 15930-7"),
    "x1a": _press("PDF/X-1a:2003（ISO 15930-4）", "ISO 15930-4"),
}
