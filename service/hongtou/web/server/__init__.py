"""The HTTP server: the only folder that knows waitress.

start.py           sockets, threads, memory   listener.py      accepts and closes connections
channel.py         a connection               event_loop.py    pauses of the event loop
shutdown.py        signals and shutdown       incoming.py      a request that is received
chunks.py          chunked bodies             sending.py       responses that are sent
context.py         shared by connections      refusal.py       refusals without a thread
dispatching.py     order of the threads' work slow_clients.py  minimum speed of clients
budget.py          memory, fairly shared
descriptors.py     number of connections      task.py          a request → the application
sockets.py         protocols of systemd       handover.py      a socket → the next service
waitress_fixes.py  parts of waitress replaced
"""

from importlib.metadata import version

from hongtou.pins import require_pinned

require_pinned("waitress", version("waitress"))
