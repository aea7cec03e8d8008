"""Renders in processes that can be killed: a crash, a hang or a lack of memory harms one caller.

    the web process                                    other processes
    queue.py         places, shared fairly             fork_server_process.py  forks workers
    cache.py         finished editions                 worker.py     serves calls, one by one
    worker_pool.py   tasks → workers, with a retry     sandbox/      limits what they may do
    inspected.py     made by one process, inspected
                     by another                        between them
    workforce.py     every worker there is             messages.py   what is sent and trusted
    idle_workers.py  workers that wait                 frames.py     how it is sent
    supervisor.py    replaces what is dead
    probe.py         a test render when idle
    health.py        whether renders work now
    fork_server.py   client of the fork server
    process.py       client of a worker
    office.py        old Word files → .docx            office_process.py  becomes LibreOffice

A worker serves many renders, since a fork for every render costs more (measured in
`docs/reliability.md`). The web process has threads and therefore never forks.
"""

from hongtou.rendering.caller import Caller, IsCancelled
from hongtou.rendering.process import Cancelled
from hongtou.rendering.sandbox import guard_memory
from hongtou.rendering.worker_pool import TYPESETTER, WorkerPool
from hongtou.rendering.workforce import Counts, OnProcessEvent

__all__ = [
    "TYPESETTER",
    "Caller",
    "Cancelled",
    "Counts",
    "IsCancelled",
    "OnProcessEvent",
    "WorkerPool",
    "guard_memory",
]
