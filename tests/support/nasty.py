"""Texts that a careless regular expression or loop takes long over: one piece, over and over."""

from __future__ import annotations

from collections.abc import Iterator

PIECES = (
    "a", "1", "字", " ", "\t", "\u3000", "\n", "\r", "。", "，", "“", "”", "（", "）", "(", ")", "《",
    "*", "**", "**a*b*", "**a**", ".", "..", "…", "-", "—", "～", "@", "/", "://", "_", '"', "'", "\\",
    "[", "{", ",", ":", "，：", "年", "1年", "2026年1月", "1月2日", "1-", "1-2", "0.", "12,345.6%", "%",
    "第1期", "〔2026〕", "〔2026〕1号", "（一）", "一、", "1.", "一是", "；一是", "a.b", "a@b.", "字1", "字a",
    "字 ", "字,", " ,", "， ", "1 ", "/articles/1", "２", "Ａ", "a\u0301", "\u0301", "\ufe00", "\u200b",
    "а", "aа", "\ud800", "★", "报：", "<b>", "\xff", "附件", "1）", "；1）",
)  # fmt: skip
TAILS = ("", "x", "。", "1")


def nasty(size: int) -> Iterator[tuple[str, str]]:
    """Yield (what it is made of, a text of this many characters) for every piece and every tail."""
    for piece in PIECES:
        for tail in TAILS:
            yield (
                f"{piece!r}…{tail!r}",
                (piece * (size // len(piece) + 1))[: size - len(tail)] + tail,
            )
