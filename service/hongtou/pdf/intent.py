"""Output intents: which colours the device colours of a file are (ISO 32000-1 §14.11.5)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from hongtou.compression import compress
from hongtou.pdf.file import PdfFile
from hongtou.pdf.syntax import reference, string
from hongtou.resources import resource_dir

SCREEN_PROFILE = "sRGB2014.icc"


@dataclass(frozen=True, slots=True)
class OutputIntent:
    """The condition of an output by its name in a registry, if any, and the profile of it.

    ``subtype`` is the standard that asks for it, ``components`` are those of the profile. A file
    may do without a ``profile`` whose name is registered; ``description`` says it in words.
    """

    subtype: str
    condition: str
    registry: str | None
    profile: bytes | None
    components: int
    description: str = ""

    def add(self, file: PdfFile) -> int:
        """Add the intent with its profile and return its number."""
        condition = string(self.condition)
        entries = f"/S/{self.subtype}/OutputConditionIdentifier{condition}"
        entries += f"/Info{condition}"
        if self.registry is not None:
            entries += f"/RegistryName{string(self.registry)}"
        if self.description:
            entries += f"/OutputCondition{string(self.description)}"
        if self.profile is not None:
            entries_of_profile = f"/N {self.components}/Filter/FlateDecode"
            profile = file.add_stream(packed(self.profile), entries_of_profile, encoded=True)
            entries += f"/DestOutputProfile {reference(profile)}"
        return file.add(f"<</Type/OutputIntent{entries}>>")


@lru_cache(maxsize=4)
def packed(profile: bytes) -> bytes:
    """Return a profile as a file holds it: the same in all files."""
    return compress(profile)


def screen_intent() -> OutputIntent:
    """Return the intent of PDF/A for the colours of a screen."""
    return OutputIntent(
        "GTS_PDFA1", "sRGB IEC61966-2.1", "http://www.color.org", profile(SCREEN_PROFILE), 3
    )


@cache
def profile(name: str) -> bytes:
    """Return a profile of the folder press/, which a worker must have read before it is closed."""
    return (resource_dir("press") / name).read_bytes()
