"""Figures that stand on the line where they are raised or lowered: m2, 10^9, CO2."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hongtou.bulletin.finding import printable
from hongtou.bulletin.patterns import Late
from hongtou.review.copy import Copy, Text
from hongtou.review.rule import Remark

RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
LOWERED = str.maketrans("0123456789x", "₀₁₂₃₄₅₆₇₈₉ₓ")
LOWERED_FIGURES = frozenset("₀₁₂₃₄₅₆₇₈₉")

# 1200m2, 35μg/m3, （m2）. M2 is money, and what a letter stands before is a name.
UNIT = Late("(?<=[0-9万亿千百余多每/·（(：:])(?:N?m|[khdcmµμn]m)([23])(?![0-9A-Za-z]|[.][A-Za-z])")
PER_UNIT = Late("(?<=·)(?:[kcm]?m|kg|m?L|mol|s|h|d|a|K)([-−][1-3])(?![0-9A-Za-z])")
# 3.5×104 is ten to the fourth; 3.5×2.4 gives the sides of something.
TENS = Late(r"(?<![0-9.×])[1-9]\.[0-9]{1,3}×10([3-9]|1[0-2])(?![0-9.×])")
CARET = Late(  # x^2, but RTX^2 is a name
    r"(?:(?<=[0-9)）])|(?<=(?<![A-Za-z])[A-Za-z]))\^"
    r"(?:\{([-+−]?[0-9]{1,3})\}|([-+−]?[0-9]{1,3})(?![0-9]))"
)
# What goes on to the end of an address, of which nothing is a unit: www.gov.cn/m2.
ADDRESS = Late(r"(?:://|@|[A-Za-z0-9]\.[A-Za-z]{2,}|[0-9]\.[0-9]{1,3}\.)[!-~]*")

# Formulas that are the name of nothing else, as T2, G20 and C919 are.
FORMULAS = (
    "CO2 SO2 SO3 NO2 N2O N2O5 NOx SOx H2O H2O2 CH4 NH3 H2S SF6 NF3 CF4 CCl4 ClO2 PH3 P2O5 K2O SiO2"
    " TiO2 ZrO2 MnO2 Al2O3 Fe2O3 Fe3O4 V2O5 Cr2O3 CaCO3 CaCl2 CaSO4 Na2CO3 NaHCO3 Na2SO4 Na2S"
    " Li2CO3 LiFePO4 NaNO2 NaNO3 KNO3 NH4NO3 NH4Cl KMnO4 K2SO4 H2SO4 H2SO3 HNO3 H3PO4 C2H2 C2H4"
    " C2H6 C3H8 C6H6 SpO2 SaO2 PaO2 PaCO2 FiO2 PetCO2 EtCO2 BOD5"
)
IONS = (
    "SO₄²⁻ PO₄³⁻ CO₃²⁻ HCO₃⁻ NO₃⁻ NO₂⁻ NH₄⁺ Ca²⁺ Mg²⁺ Fe²⁺ Fe³⁺ Al³⁺ Cu²⁺ Zn²⁺ Pb²⁺ Cr⁶⁺"
    " NO₃-N NO₂-N"
)
BESIDE_THESE = "O2 O3 N2 H2 Cl2 F2"  # which name other things elsewhere: O3机房, 2026年H2
PARTICLES = "PM1 PM2.5 PM10"  # usual as they are, but not where another figure is lowered

FLAT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉", "0123456789+-0123456789")
RIGHT_IONS = {ion.translate(FLAT): ion for ion in IONS.split()}


def _shape(*names: str) -> Late:
    """Return the shape of any of these names, the longest first, as a word by itself."""
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return Late(f"(?<![0-9A-Za-z])(?:{listed})(?![0-9A-Za-z号]|[.][0-9])")  # NO2号楼 is a house


SURE = _shape(*RIGHT_IONS, *FORMULAS.split())
OTHERS = _shape(*BESIDE_THESE.split())
DUST = _shape(*PARTICLES.split())

OF_EXPONENTS = "m^×·"
OF_FORMULAS = "CFHNOP"


def flat_exponents(text: Text) -> Iterator[Remark]:
    """Find figures that are raised in print and stand on the line: 1200m2, 10^9, 3.5×104."""
    for shape in (UNIT(), PER_UNIT()):
        for found in _outside_addresses(text, shape):
            yield _raised(text, found.span(1), found[1], found[0], is_safe=True)
    for found in _outside_addresses(text, TENS()):
        yield _raised(text, found.span(1), found[1], f"10{found[1]}", is_safe=False)
    for found in _outside_addresses(text, CARET()):
        yield _raised(text, found.span(), found[1] or found[2], found[0], is_safe=False)


def _outside_addresses(text: Text, shape: re.Pattern[str]) -> Iterator[re.Match[str]]:
    matches = [*shape.finditer(text.chars)]
    spans = [found.span() for found in ADDRESS().finditer(text.chars)] if matches else []
    for found in matches:
        if not any(start <= found.start() < end for start, end in spans):
            yield found


def flat_subscripts(copy: Copy) -> Iterator[Remark]:
    """Find figures that are lowered in print and stand on the line: CO2, SpO2, SO42-.

    O3 is a formula beside others; PM2.5 is told of where the issue lowers figures elsewhere, or
    should.
    """
    shape = SURE()
    sure = {id(text) for text in copy.texts if shape.search(text.chars)}
    is_lowered = bool(sure) or not copy.characters.isdisjoint(LOWERED_FIGURES)
    for text in copy.texts if is_lowered else ():
        shapes = [DUST(), *((SURE(), OTHERS()) if id(text) in sure else ())]
        found = [one for shape in shapes for one in shape.finditer(text.chars)]
        for formula in sorted(found, key=re.Match.start):
            right = RIGHT_IONS.get(formula[0]) or formula[0].translate(LOWERED)
            message = f"“{printable(formula[0])}”的下标写成了平排的数字"
            hint = f"如是下标，请写成下标的字，如“{right}”；印出来不会自己降下"
            yield Remark(text, formula.start(), formula.end(), message, hint, right)


def _raised(
    text: Text, span: tuple[int, int], figures: str, whole: str, *, is_safe: bool
) -> Remark:
    right = figures.translate(RAISED)
    start = "" if "^" in whole else whole.removesuffix(figures)
    message = f"“{printable(whole)}”的上标写成了平排的数字"
    hint = f"请写成上标的字，如“{printable(start)}{right}”；印出来不会自己升起"
    return Remark(text, span[0], span[1], message, hint, right, is_safe)
