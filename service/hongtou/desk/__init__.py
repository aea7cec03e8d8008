"""The editors' workplace: publications and the issues that are kept of them.

    document.py     the bytes of an issue ↔ its JSON, and how they are written
    facts.py        what is derived from a document: number, date, title, words
    publication.py  issue.py  revision.py  event.py  holdings.py  stamp.py   what is kept
    numbering.py    next number, gaps, 总期号         following.py   the next issue from the last
    alignment.py    what two texts share              manuscript.py  an issue as a list of blocks
    merging.py      three versions → one              comparing.py   two versions → what changed
    quota.py        how much may be kept
    states.py       草稿 → 送审 → 定稿 → 已印发        records.py     what a store has to offer

The use cases: publications.py, issues.py, history.py, finishing.py, holding.py; `Desk` holds them
all. Only `records.py` speaks of storage, as a protocol that the room `store` implements.
"""

from hongtou.desk.desk import Desk
from hongtou.desk.stamp import Stamp

__all__ = ["Desk", "Stamp"]
