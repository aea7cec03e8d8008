"""Classes of characters that the rules of review ask for, as parts of regular expressions."""

from __future__ import annotations

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af〇"
DIGIT = "0-9０-９"
SPACE = " \t\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u3000"
STOPS = "，。、；：？！"  # 点号, which close a sentence or a part of it
OPENERS = "“‘（(《〈【〔「『"
CLOSERS = "”’）)》〉】〕」』"
FINAL = "。！？…"  # 句末点号 and the ellipsis
