"""What the pages of a PDF draw with: what their streams ask for, looked up in their resources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from hongtou.preflight.content import Resource, resources_of

if TYPE_CHECKING:
    import pikepdf

# Colour spaces that a stream names without any resource (ISO 32000-2 §8.6.3).
DEVICE_SPACES = frozenset({"DeviceGray", "DeviceRGB", "DeviceCMYK", "Pattern"})
DRAWN_BY_STREAMS = frozenset({"XObject", "Pattern"})  # forms (§8.10) and tiles (§8.7.3)


class Use(NamedTuple):
    """What a page asks for, and the object of pikepdf that it finds: None where there is none."""

    page: int
    resource: Resource
    found: Any


def uses_of(pdf: pikepdf.Pdf) -> Iterator[Use]:
    """Yield what each page draws with, by itself and in the forms that it draws.

    Resources are looked for where the engine puts them: at the page or form itself.

    Raises:
        ValueError: a stream holds what the engine does not write.
    """
    for number, page in enumerate(pdf.pages, 1):
        yield from _uses(page.obj, _content(page.obj), number, set())


def _content(page: pikepdf.Object) -> bytes:
    """Return what a page draws; it may be divided between any two words (§7.8.2)."""
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
    there = {name: resources.get(f"/{name}", nothing) for name in {one.category for one in wanted}}
    for resource in wanted:
        category, name = resource
        if category == "ColorSpace" and name in DEVICE_SPACES:
            continue
        found: Any = there[category].get(f"/{name}")
        yield Use(page, resource, found)
        if category in DRAWN_BY_STREAMS and _has_content(found) and found.objgen not in drawn:
            drawn.add(found.objgen)
            yield from _uses(found, found.read_bytes(), page, drawn)


def _has_content(found: Any) -> bool:
    """Tell whether what was found is drawn by a content stream of its own."""
    import pikepdf

    return isinstance(found, pikepdf.Stream) and found.get("/Subtype") != pikepdf.Name.Image
