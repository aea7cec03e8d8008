"""What an output is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hongtou.outputs.option import AnyOption, OptionValues
from hongtou.preflight import Profile

if TYPE_CHECKING:
    from hongtou.pages.page import Pages
    from hongtou.plan import Plan

    Make = Callable[[Plan, Pages, OptionValues], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A kind of file that can be made of an issue.

    ``make`` gives its bytes, in a process that can open no file: what it loads late must be loaded
    when `Typesetter.prepare` has made one. ``profile`` is what the bytes must be before they leave.

    Raises:
        TypeError: there is no profile; nothing leaves unlooked at.
    """

    name: str
    title: str
    media_type: str
    extension: str
    options: tuple[AnyOption, ...] = ()
    profile: Profile[Any]
    make: Make

    def __post_init__(self) -> None:
        if not isinstance(self.profile, Profile):
            raise TypeError(f"{self.name} has no preflight profile")

    @property
    def option_names(self) -> tuple[str, ...]:
        """Return what its options are called."""
        return tuple(option.name for option in self.options)
