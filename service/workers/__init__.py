"""Renders in processes that can be ended: a crash, a hang, a lack of memory harm one caller.

    crew.py      tasks → workers, one more try, supervision    task.py         what is sent
    contact.py   the web process's side of each process        frames.py       how it is sent
    foreman.py   one thread, opens the workshop, forks         confinement.py  what workers may do
    worker.py    one issue after another

A worker is kept for a number of renders: a fork for each costs more, measured in
`docs/reliability.md`. The web process itself, which has threads, never forks.
"""

from service.workers.contact import Abandoned, Gone
from service.workers.crew import WORKSHOP, Crew

__all__ = ["WORKSHOP", "Abandoned", "Crew", "Gone"]
