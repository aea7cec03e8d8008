"""Letters of Latin words: those of another alphabet that look alike."""

from __future__ import annotations

from collections.abc import Iterator

from hongtou.bulletin.finding import printable
from hongtou.bulletin.patterns import Late
from hongtou.review.copy import Text
from hongtou.review.rule import Remark

# Letters that no reader tells from the Latin ones; a search, a copied address or a voice does. Left
# out are those that stand for quantities beside Latin letters, e.g. ν and ρ. After Unicode's
# confusables (UTS 39).
LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABESIJKMHOPCTYXaesijopcyxhdABEZHIKMNOPTYXo",
)
FOREIGN = "".join(map(chr, LOOK_ALIKES))
WORD = Late(r"[0-9A-Za-z\u0370-\u03ff\u0400-\u052f]{2,}")
WESTERN = Late("[0-9A-Za-z]")


def look_alikes(text: Text) -> Iterator[Remark]:
    """Find Cyrillic and Greek letters in a word that is Latin but for them, or among figures.

    A word with another letter of those alphabets (μm, αTP) is meant as it stands, and so is one
    without any Latin letter or figure.
    """
    for found in WORD().finditer(text.chars):
        latin = found[0].translate(LOOK_ALIKES)
        if latin != found[0] and latin.isascii() and WESTERN().search(found[0]):
            message = "混有形似拉丁字母的西里尔或希腊字母"
            hint = f"应为拉丁字母的，请改为“{printable(latin)}”"
            yield Remark(text, *found.span(), message, hint, latin)
