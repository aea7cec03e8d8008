"""Texts set in the styles of a layout, every line with its place on the grid."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from math import ceil

from hongtou.bulletin.finding import Finding, Severity
from hongtou.bulletin.issue import Paragraph
from hongtou.compose.cells import TypeRun
from hongtou.compose.compositor import Compositor
from hongtou.compose.line_memory import Lengths, LineMemory, Setting
from hongtou.compose.lines import SetLine
from hongtou.layouts import Layout, TypeStyle
from hongtou.plan.figures import FigurePlan
from hongtou.plan.set_text import SetText


class TextSetter:
    """Sets texts in a layout's styles and keeps them in the order in which they were set.

    ``faults`` are errors that show only now: what is not to be parted and fits on no page.
    ``remarks`` are what else shows only now, and keeps nothing from being laid out.
    ``picture_widths`` are the widest places of pictures, in millimetres, by their digests.
    ``memory`` is of lines that were set for an issue before.
    """

    def __init__(
        self, layout: Layout, compositor: Compositor, memory: LineMemory | None = None
    ) -> None:
        self.layout = layout
        self.compositor = compositor
        self.memory = memory
        self.texts: list[SetText] = []
        self.figures: list[FigurePlan] = []
        self.faults: list[Finding] = []
        self.remarks: list[Finding] = []
        self.picture_widths: dict[str, float] = {}
        self.measure = layout.pt("page.type_area_width")
        self.pitch = layout.pt("page.line_pitch")
        self.tracking = layout.character_pt - layout.styles["paragraph"].size_pt
        self._baseline_em = layout.em("composition.baseline")

    def style(self, name: str) -> TypeStyle:
        """Return a type style of the layout."""
        return self.layout.styles[name]

    def text(
        self,
        style_name: str,
        text: str,
        *,
        measure: float | None = None,
        before: float = 0.0,
        after: float = 0.0,
        pitch: float | None = None,
        align: str = "",
        size: float = 0.0,
    ) -> SetText:
        """Set a text of one style; ``before`` and ``after`` are blank lines of the grid."""
        runs = [TypeRun(text, self.style(style_name).role)]
        return self.runs(
            style_name,
            runs,
            measure=measure,
            before=before,
            after=after,
            pitch=pitch,
            align=align,
            size=size,
        )

    def runs(
        self,
        style_name: str,
        runs: Sequence[TypeRun],
        *,
        measure: float | None = None,
        before: float = 0.0,
        after: float = 0.0,
        pitch: float | None = None,
        align: str = "",
        size: float = 0.0,
        indent: float | None = None,
        hanging: float | None = None,
        target: str = "",
    ) -> SetText:
        """Set runs of several roles in the size and alignment of one style; lengths in points."""
        style = self.style(style_name)
        size = size or style.size_pt
        measure = self.measure if measure is None else measure
        lines = self._lines(style, runs, size, measure, align or style.align, indent, hanging)
        height = style.pitch * self.pitch if pitch is None else pitch
        return self.placed(
            style_name,
            "".join(run.text for run in runs),
            lines,
            height,
            size,
            before * self.pitch,
            after * self.pitch,
            target,
            runs,
        )

    def paragraph(
        self,
        style_name: str,
        paragraph: Paragraph,
        prefix: Sequence[TypeRun] = (),
        suffix: Sequence[TypeRun] = (),
        *,
        before: float = 0.0,
        after: float = 0.0,
    ) -> SetText:
        """Set a paragraph whose lead-in or run-in heading has a face of its own."""
        base = self.style(style_name).role
        runs = [
            TypeRun(run.text, base if run.style == "text" else self.style(run.style).role)
            for run in paragraph.runs
        ]
        return self.runs(style_name, [*prefix, *runs, *suffix], before=before, after=after)

    def stack(self, parts: Sequence[tuple[str, str]]) -> list[SetText]:
        """Set a headline with what stands above and below it, on whole lines of the grid."""
        texts = [self.unkept(style, text) for style, text in parts if text]
        content = sum(text.height for text in texts) / self.pitch
        least = self.layout.lines("headline.space")
        space = (ceil(content + least - 1e-6) - content) * self.pitch
        share = self.layout.share("headline.above")
        kept = []
        for number, text in enumerate(texts):
            above = space * share if number == 0 else 0.0
            below = space * (1 - share) if number == len(texts) - 1 else 0.0
            kept.append(self.kept(_with_space(text, above, below)))
        return kept

    def blank(self, height: float) -> SetText:
        """Reserve a height in points, with nothing in it."""
        return self.kept(SetText(0, "", "blank", (), (height,), (0.0,)))

    def placed(
        self,
        style_name: str,
        text: str,
        lines: Sequence[SetLine],
        pitch: float,
        size: float,
        before: float,
        after: float = 0.0,
        target: str = "",
        runs: Sequence[TypeRun] = (),
    ) -> SetText:
        """Give lines their heights and baselines and keep them as a text; lengths in points."""
        plain = self._on_pitch(style_name, text, lines, pitch, size, target, runs)
        spaced = _with_space(plain, before, after)
        return self.kept(spaced._replace(above=before, below=after) if before or after else plain)

    def keep_figure(self, figure: FigurePlan) -> FigurePlan:
        """Keep a figure, and return it with its key."""
        kept = replace(figure, key=len(self.figures))
        self.figures.append(kept)
        return kept

    def unkept(
        self,
        style_name: str,
        text: str,
        *,
        measure: float | None = None,
        pitch: float | None = None,
    ) -> SetText:
        """Set a text to see how large it is; lengths in points."""
        style = self.style(style_name)
        runs = [TypeRun(text, style.role)]
        measure = self.measure if measure is None else measure
        lines = self.lines(style_name, text, measure, style.align)
        pitch = style.pitch * self.pitch if pitch is None else pitch
        return self._on_pitch(style_name, text, lines, pitch, style.size_pt, runs=runs)

    def refuse(self, code: str, pointer: str, message: str, hint: str) -> None:
        """Note an error of the issue."""
        self.faults.append(
            Finding(code=code, severity=Severity.ERROR, pointer=pointer, message=message, hint=hint)
        )

    def remark(
        self,
        code: str,
        pointer: str,
        message: str,
        hint: str,
        severity: Severity = Severity.WARNING,
    ) -> None:
        """Note what an editor should see."""
        self.remarks.append(
            Finding(code=code, severity=severity, pointer=pointer, message=message, hint=hint)
        )

    def kept(self, text: SetText) -> SetText:
        """Keep a text under a key of its own."""
        kept = text._replace(key=len(self.texts))
        self.texts.append(kept)
        return kept

    def replaced(self, text: SetText) -> SetText:
        """Keep a text in place of the one with its key."""
        self.texts[text.key] = text
        return text

    def lines(self, style_name: str, text: str, measure: float, align: str) -> list[SetLine]:
        """Return the lines of a text that may hold newlines, not yet kept."""
        style = self.style(style_name)
        size = style.size_pt
        return [
            line
            for part in text.split("\n")
            for line in self._lines(style, [TypeRun(part, style.role)], size, measure, align)
        ]

    def _on_pitch(
        self,
        style: str,
        text: str,
        lines: Sequence[SetLine],
        pitch: float,
        size: float,
        target: str = "",
        runs: Sequence[TypeRun] = (),
    ) -> SetText:
        baseline = (pitch - size) / 2 + self._baseline_em * size
        heights, baselines = (pitch,) * len(lines), (baseline,) * len(lines)
        return SetText(0, text, style, tuple(lines), heights, baselines, target, tuple(runs))

    def _lines(
        self,
        style: TypeStyle,
        runs: Sequence[TypeRun],
        size: float,
        measure: float,
        align: str,
        indent: float | None = None,
        hanging: float | None = None,
    ) -> tuple[SetLine, ...]:
        tracking = self.tracking if size == self.style("paragraph").size_pt else 0.0
        place = size + tracking
        indent = style.indent * place if indent is None else indent
        hanging = style.hanging * place if hanging is None else hanging
        lengths = Lengths(size, measure, indent, hanging, tracking)
        return self.remembered(
            runs, align, lengths, lambda: self.compositor.aligned(runs, align, lengths)
        )

    def remembered(
        self,
        runs: Sequence[TypeRun],
        form: Hashable,
        lengths: Lengths,
        compose: Callable[[], tuple[SetLine, ...]],
    ) -> tuple[SetLine, ...]:
        """Return lines from memory, composed where it has none; ``form`` is that of a `Setting`."""
        if self.memory is None:
            return compose()
        plain = tuple((str(run.text), run.role, run.takes) for run in runs)
        return self.memory.lines(Setting(self.compositor, plain, form, lengths), compose)


def _with_space(text: SetText, before: float, after: float) -> SetText:
    """Put blank space (points) over the first line and under the last, as part of them."""
    if not before and not after:
        return text
    heights, baselines = list(text.heights), list(text.baselines)
    heights[0] += before
    baselines[0] += before
    heights[-1] += after
    return text._replace(heights=tuple(heights), baselines=tuple(baselines))
