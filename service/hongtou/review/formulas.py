"""Powers, units and formulas whose small figures were typed as large as others: 10^9, m2, CO2."""

from __future__ import annotations

from collections.abc import Iterator

from hongtou.bulletin.patterns import Late
from hongtou.review.copy import Text
from hongtou.review.rule import Remark

RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
# 10^9, 10^-3, km^2; in a formula of letters (x^2) too much else may follow.
POWER = Late(
    r"(?:(?<![0-9A-Za-z._])[0-9]{1,4}|(?<![A-Za-z_])[kcdm]?m|(?<![A-Za-z_])s)"
    r"\^(?P<power>[-−+]?[0-9]{1,2})(?![0-9.^A-Za-z])"
)
# 1 200m2, 3.2万m3, 35μg/m3: behind a figure or what is measured by it, never inside an address.
UNIT = Late(r"(?:[0-9] ?|[万亿]|[gLlJWt元吨个]/)[kcdm]?m(?P<power>[23])(?![0-9A-Za-z./_^-])")
# PM2.5 is no formula, and official texts print it so.
FORMULA = Late(
    r"(?<![0-9A-Za-z._/-])(?:"
    r"(?:CO|SO|NO|SpO|SaO|PaO|PaCO|PCO|TiO|SiO|MnO|ClO)2|(?:H2(?:O2?|S|SO4|CO3)|N2O|CH4|NH3|NH4|SF6|"
    r"SO3|CaCO3|Fe2O3|Al2O3|C2H[246]|HNO3)"
    r")(?![0-9A-Za-z.])"
)

IN_POWERS, IN_FORMULAS = "^m", "OHFN"


def powers(text: Text) -> Iterator[Remark]:
    """Find the power of a number or of a unit that is written flat."""
    for shape in (POWER(), UNIT()):
        for found in shape.finditer(text.chars):
            start, end = found.span("power")
            start -= shape is POWER()  # the ^ goes
            raised = found["power"].translate(RAISED)
            message = "乘方的指数没有写成上标"
            yield Remark(text, start, end, message, f"请改为“{raised}”", raised)


def formulas(text: Text) -> Iterator[Remark]:
    """Find chemical formulas and the like whose figures are not lowered."""
    for found in FORMULA().finditer(text.chars):
        lowered = found[0].translate(LOWERED)
        message = "化学式里的数字没有写成下标"
        yield Remark(text, *found.span(), message, f"如要印成下标，请改为“{lowered}”", lowered)
