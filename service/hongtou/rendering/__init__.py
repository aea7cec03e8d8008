"""Renders in processes that can be ended: a crash, a hang, a lack of memory harm one caller.

    the web process                                    other processes
    queue.py         places, fairly shared             fork_server_process.py  forks workers
    cache.py         editions, kept                    worker.py     one call after another
    worker_pool.py   tasks → workers, one more try     sandbox/      what they may do
    inspected.py     made by one, inspected by another
    workforce.py     who is there                      between them
    idle_workers.py  who waits for work                messages.py   what is sent, and believed
    supervisor.py    replaces what is dead             frames.py     how it is sent
    proof.py, vitals.py  a render now and then
    fork_server.py   its side of the fork server
    process.py       its side of a worker

A worker is kept for a number of renders: a fork for each costs more, measured in
`docs/reliability.md`. The web process itself, which has threads, never forks.
"""

from hongtou.rendering.caller import Caller, IsCancelled
from hongtou.rendering.process import Cancelled
from hongtou.rendering.sandbox import guard_memory
from hongtou.rendering.worker_pool import TYPESETTER, WorkerPool
from hongtou.rendering.workforce import Counts, Notice

__all__ = [
    "TYPESETTER",
    "Caller",
    "Cancelled",
    "Counts",
    "IsCancelled",
    "Notice",
    "WorkerPool",
    "guard_memory",
]
