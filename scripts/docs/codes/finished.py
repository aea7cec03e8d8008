"""Codes of the preflight: the finished file is not as it must be, and never by the sender's fault.

Each is raised by a broken file in ``tests/test_preflight.py``.
"""

from __future__ import annotations

from scripts.docs.codes.example import Code

CODES: dict[str, Code] = {
    "preflight/unreadable": Code("成品打不开，或有认不出的内容"),
    "preflight/object": Code("文件含有本服务不写的对象或条目，或有对象指错了地方"),
    "preflight/a4": Code("有一页不是 A4，或转了方向"),
    "preflight/boxes": Code("页面框不止 MediaBox 与相同的 TrimBox，或改了单位"),
    "preflight/page-count": Code("文件的页数与排出的不同"),
    "preflight/content": Code("页面内容里有本服务不写的操作"),
    "preflight/no-text": Code("有一页没有文字，又不是末页前补的白页"),
    "preflight/resources": Code("有一页找不到要用的字体或图片"),
    "preflight/graphics-state": Code("文件含有绘图状态（ExtGState），字体和蒙版可以由它暗中换掉"),
    "preflight/picture": Code("含有本服务不写的图片或图形，如表单、PostScript、替换图片"),
    "preflight/optional-content": Code("含有可以隐藏的图层"),
    "preflight/fonts": Code("出现了不是我们的字体"),
    "preflight/font-type": Code("字体不是本服务写的那一种，或缺少编码、字形、字符对照"),
    "preflight/fonts-embedded": Code("有字体没有嵌入"),
    "preflight/font-program": Code("字体程序是空的、坏的，或是别的字体的"),
    "preflight/script": Code("文件含有脚本"),
    "preflight/action": Code("文件含有会自行或点击后执行的动作"),
    "preflight/annotation": Code("含有本服务不写的注释，或链接带有别的东西"),
    "preflight/attachment": Code("文件带有附件，或图片里有像素以外的内容"),
    "preflight/external-stream": Code("有数据流的内容在别的文件里"),
}
