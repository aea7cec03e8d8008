"""Tables that are typed as lines, their columns set out with blanks or tabs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from hongtou.bulletin.passage import Kind
from hongtou.bulletin.patterns import Late
from hongtou.review.copy import Copy, Text
from hongtou.review.patterns import HAN, SPACE
from hongtou.review.rule import Remark
from hongtou.review.spacing import in_columns

WIDE = Late(f"[{SPACE}]{{2,}}")
ANY = Late(f"[{SPACE}]+")
SPREAD = Late(f"^([{HAN}])[{SPACE}]{{1,6}}([{HAN}])(?=[{SPACE}])")  # 合  计
FIGURE = Late(
    f"[≥≤＞＜<>＋+−-]?[0-9][0-9,.，—～/-]{{0,20}}(?:[%％‰℃]|[{HAN}]{{1,2}})?|[—－/-]{{1,2}}"
)
FEWEST_ROWS = 3  # with that of the titles
FEWEST_CELLS = 2  # with wide gaps; a single blank may stand within a cell
FEWEST_NARROW = 3


def typed_tables(copy: Copy) -> Iterator[list[Text]]:
    """Yield the rows of each: lines that follow one another, with as many cells, one of figures.

    Names that blanks part are a list, and no table.
    """
    rows: list[Text] = []
    shape: tuple[str, int] | None = None
    for text in (*copy.texts, None):
        chars = text.chars if text else ""
        # A sentence is none; most texts are, and each call costs.
        may_be = (" " in chars or "\u3000" in chars) and not ("。" in chars or "，" in chars)
        found = _shape(text) if text and may_be else None
        if found == shape and text and found:
            rows.append(text)
            continue
        if len(rows) >= FEWEST_ROWS and _has_figures(rows):
            yield rows
        rows, shape = [text] if text and found else [], found


def outside(check: Callable[[Text], Iterable[Remark]]) -> Callable[[Copy], Iterator[Remark]]:
    """Return a check of each text that leaves such tables alone: their blanks are meant."""

    def checked(copy: Copy) -> Iterator[Remark]:
        rows = {id(text) for table in typed_tables(copy) for text in table}
        for text in copy.texts:
            if not text.characters.isdisjoint(SPACE) and id(text) not in rows:
                yield from check(text)

    return checked


def tables(copy: Copy) -> Iterator[Remark]:
    """Find them: the columns do not hold in print."""
    for rows in typed_tables(copy):
        message = f"像是用空格排成的表格，共{len(rows)}行，印出来各列对不齐"
        hint = '请改用表格（{"type": "table", "header": […], "rows": [[…], …]}）'
        yield Remark(rows[0], 0, len(rows[0].chars), message, hint)


def _shape(text: Text) -> tuple[str, int] | None:
    """Return the article of a line in columns and how many it has, None for any other."""
    if text.kind is not Kind.PARAGRAPH:
        return None
    cells = len(_cells(text))
    return (text.article, cells) if cells and in_columns(text) else None


def _cells(text: Text) -> list[str]:
    chars = SPREAD().sub(r"\1\2", text.chars)
    wide, narrow = WIDE().split(chars), ANY().split(chars)
    if len(wide) >= FEWEST_CELLS:
        return wide
    return narrow if len(narrow) >= FEWEST_NARROW else []


def _has_figures(rows: Sequence[Text]) -> bool:
    columns = zip(*map(_cells, rows), strict=True)
    return any(all(map(FIGURE().fullmatch, below)) for _, *below in columns)
