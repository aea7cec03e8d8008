"""The resources that pages use: the names in their streams, looked up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from hongtou.preflight.content import Resource, resources_of

if TYPE_CHECKING:
    import pikepdf

# Colour spaces that need no resource (ISO 32000-2 §8.6.3).
DEVICE_SPACES = frozenset({"DeviceGray", "DeviceRGB", "DeviceCMYK", "Pattern"})
DRAWN_BY_STREAMS = frozenset({"XObject", "Pattern"})  # forms (§8.10) and tiles (§8.7.3)


class Use(NamedTuple):
    """A resource that a page uses, and the pikepdf object with its name, None if there is none."""

    page: int
    resource: Resource
    found: Any


def uses_of(pdf: pikepdf.Pdf) -> Iterator[Use]:
    """Yield the resources that all pages use, directly or through forms.

    They are looked up in the resources of the page or form itself, where the engine puts them.

    Raises:
        ValueError: a stream holds content that the engine never writes.
    """
    for number, page in enumerate(pdf.pages, 1):
        yield from _uses(page.obj, _content(page.obj), number, set())


def _content(page: pikepdf.Object) -> bytes:
    """Return the content of a page, whose streams may be split between any two words (§7.8.2)."""
    import pikepdf

    contents = page.get("/Contents", pikepdf.Array())
    parts = contents if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(part.read_bytes() for part in parts)


def _uses(
    holder: pikepdf.Object, content: bytes, page: int, drawn: set[tuple[int, int]]
) -> Iterator[Use]:
    import pikepdf

    nothing = pikepdf.Dictionary()
    resources = holder.get("/Resources", nothing)
    wanted = sorted(resources_of(content))
    categories = {resource.category for resource in wanted}
    available = {name: resources.get(f"/{name}", nothing) for name in categories}
    for resource in wanted:
        category, name = resource
        if category == "ColorSpace" and name in DEVICE_SPACES:
            continue
        found: Any = available[category].get(f"/{name}")
        yield Use(page, resource, found)
        if category in DRAWN_BY_STREAMS and _has_content(found) and found.objgen not in drawn:
            drawn.add(found.objgen)
            yield from _uses(found, found.read_bytes(), page, drawn)


def _has_content(found: Any) -> bool:
    """Tell whether a resource has a content stream, as forms and tiles do."""
    import pikepdf

    return isinstance(found, pikepdf.Stream) and found.get("/Subtype") != pikepdf.Name.Image
