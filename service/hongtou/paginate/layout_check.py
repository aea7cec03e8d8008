"""Whether the texts, the templates and the stylesheet of a layout do what they say.

For those who make layouts: `hongtou layouts`, `doctor` and the start of `serve` ask for it, a
render does not, as it takes a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from hongtou.faces import Faces, refuse_unprintable
from hongtou.layouts import Layout, refuse
from hongtou.paginate.markup import STYLESHEET, environment_of, stylesheet_with_marks
from hongtou.paginate.stylesheet_check import stylesheet_faults
from hongtou.paginate.template_check import Fault, Templates, unused
from hongtou.paginate.written_text import markup_names


def refuse_faulty(layouts: Mapping[str, Layout], faces: Faces) -> None:
    """Refuse a layout with what is wrong with it besides its numbers, which reading it refuses.

    Raises:
        SetupError: the message names each with its file, its line and what to write.
        EngineFault: the stylesheet cannot be written.
    """
    refuse_unprintable(layouts, faces)
    templates_in = cache(Templates)
    for layout in layouts.values():
        faults = _faults(layout, templates_in(layout.folder.parent, environment_of(layout)))
        if faults:
            refuse(layout.folder.parent, layout.name, [fault.told for fault in faults])


def _faults(layout: Layout, templates: Templates) -> list[Fault]:
    if faults := [*templates.faults, *unused(layout, templates.found)]:
        return faults
    sources = (template.source for name, template in templates.found.items() if name != STYLESHEET)
    names = markup_names(sources, environment_of(layout))
    return [
        Fault(templates.found[name].file, line, message)
        for name, line, message in stylesheet_faults(stylesheet_with_marks(layout), names)
    ]
