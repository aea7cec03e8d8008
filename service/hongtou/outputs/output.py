"""The type of an output."""

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

    ``make`` returns its bytes. It runs in a process that can open no file, so everything that it
    imports late must be loaded once `Typesetter.prepare` has made a file. ``profile`` are the
    preflight rules for the bytes.

    Raises:
        TypeError: there is no profile, so that files would leave unchecked.
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
        """Return the names of its options."""
        return tuple(option.name for option in self.options)
