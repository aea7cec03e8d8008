"""Sections (栏目): where they begin, go on and end, and what stands for one that is none."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from hongtou.bulletin.finding import printable
from hongtou.review.copy import Copy
from hongtou.review.rule import FieldRemark

BRACKETS = "【】〔〕［］[] \u3000"


def sections_apart(copy: Copy) -> Iterator[FieldRemark]:
    """Find a section that goes on after another one, and so gets its heading twice."""
    seen: set[str] = set()
    for name, group in groupby(_parts(copy), lambda part: part[1]):
        first = next(group)[0]
        if name and name in seen:
            message = f"栏目“{printable(name)}”分在几处，栏目名会印几次"
            yield FieldRemark(f"{first}/section", message, "请把同一栏目的文章排在一起")
        seen.add(name)


def sections_left_open(copy: Copy) -> Iterator[FieldRemark]:
    """Find an article in no section behind one that is in one: it looks as if it were in it too."""
    articles = [part for part in _parts(copy) if part[0].startswith("/articles")]
    for (_, before), (where, name) in pairwise(articles):
        if before and not name:
            message = f"没有栏目，却排在栏目“{printable(before)}”之后，看上去仍在这一栏"
            hint = "请写上栏目，或排到有栏目的文章之前"
            yield FieldRemark(where, f"第{int(where.split('/')[2]) + 1}篇{message}", hint)


def sections_alone(copy: Copy) -> Iterator[FieldRemark]:
    """Find the only section of an issue, on one of several articles."""
    parts = _parts(copy)
    named = [(where, name) for where, name in parts if name]
    if len(named) == 1 and len(parts) > 1:
        where, name = named[0]
        message = f"全期只有一处写了栏目（“{printable(name)}”），只管一篇"
        yield FieldRemark(f"{where}/section", message, "请给其他文章也写上栏目，或删去这一个")


def kickers_as_sections(copy: Copy) -> Iterator[FieldRemark]:
    """Find a kicker that is the section, or that neighbours share and seems to be one."""
    articles = copy.issue.articles
    for at, article in enumerate(articles):
        kicker = article.kicker.strip(BRACKETS)
        if not kicker:
            continue
        where = f"/articles/{at}/kicker"
        if kicker == article.section.strip(BRACKETS):
            message = f"第{at + 1}篇的引题与栏目都是“{printable(kicker)}”，会印两遍"
            yield FieldRemark(where, message, "请删去引题")
        elif at and not article.section and articles[at - 1].kicker == article.kicker:
            message = f"第{at}、{at + 1}篇的引题都是“{printable(article.kicker)}”，每篇都会印出"
            yield FieldRemark(where, message, "如是栏目，请写在栏目（section）里，栏目名只印一次")


def _parts(copy: Copy) -> list[tuple[str, str]]:
    """Return pointer and section of every article and every group of short news, in order."""
    issue = copy.issue
    return [
        *((f"/articles/{at}", one.section) for at, one in enumerate(issue.articles)),
        *((one.pointer, one.section) for one in issue.briefs),
    ]
