"""Codes of the preflight: the finished file is not as it must be, and never by the sender's fault.

Each is raised by a broken file in ``tests/test_preflight.py``.
"""

from __future__ import annotations

from scripts.docs.codes.example import Code

CODES: dict[str, Code] = {
    "preflight/unreadable": Code("成品打不开，或有认不出的内容"),
    "preflight/a4": Code("有一页不是 A4，或转了方向"),
    "preflight/page-count": Code("文件的页数与排出的不同"),
    "preflight/resources": Code("有一页找不到要用的字体、图片或颜色空间"),
    "preflight/fonts": Code("出现了不是我们的字体"),
    "preflight/fonts-embedded": Code("有字体没有嵌入"),
    "preflight/script": Code("文件含有脚本"),
    "preflight/action": Code("文件含有会自行或点击后执行的动作"),
    "preflight/attachment": Code("文件带有附件，或图片里有像素以外的内容"),
}
