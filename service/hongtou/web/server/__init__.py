"""The HTTP server: the only folder that knows waitress.

start.py           sockets, threads, room     listener.py     who is connected, who gives way
channel.py         a connection               event_loop.py   rest between turns of the loop
shutdown.py        signals, and the end       incoming.py     a request on its way in
chunks.py          bodies in chunks           sending.py      answers on their way out
context.py         what connections share     refusal.py      refusals without a thread
dispatching.py     whose turn at a thread     tenants.py      for whom things are counted
budget.py          room, fairly shared        slow_clients.py how slow a client may be
descriptors.py     how many may be connected  task.py         a request → the application
sockets.py         what systemd hands over    handover.py     the socket → the next service
waitress_fixes.py  what waitress does otherwise here
"""

from importlib.metadata import version

from hongtou.pins import require_pinned

require_pinned("waitress", version("waitress"))
