"""Raised and lowered characters as characters of their own: m², 10⁴, CO₂."""

from __future__ import annotations

RAISED = str.maketrans("0123456789+-−－＋()（）n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁺⁽⁾⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-−－＋()（）", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₊₍₎₍₎")
AS_IT_IS = ".° "  # PM₂.₅
