"""Renders in processes that can be ended: a crash, a hang, a lack of memory harm one caller.

    the web process                                  other processes
    crew.py        tasks → workers, one more try     foreman.py    opens the workshop, forks
    rendering.py   made by one, inspected by another worker.py     one call after another
    staff.py       who is there; pool.py who waits   confinement/  what they may do
    supervisor.py  replaces what is dead
    proof.py       a render now and then; vitals.py  between them
    contact.py     its side of the foreman           messages.py   what is sent, and believed
    processes.py   its side of a worker              frames.py     how it is sent

A worker is kept for a number of renders: a fork for each costs more, measured in
`docs/reliability.md`. The web process itself, which has threads, never forks.
"""

from hongtou.rendering.caller import Caller, Gone
from hongtou.rendering.process import Abandoned
from hongtou.rendering.sandbox import guard_memory
from hongtou.rendering.worker_pool import WORKSHOP, Crew
from hongtou.rendering.workforce import Counts, Notice

__all__ = [
    "WORKSHOP",
    "Abandoned",
    "Caller",
    "Counts",
    "Crew",
    "Gone",
    "Notice",
    "guard_memory",
]
