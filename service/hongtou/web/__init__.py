"""The HTTP service. The only room that knows Flask, and in `server/` waitress.

app.py         the application           server/   connections, heads, bodies, places
security.py    names, keys, headers      api/      /v1
problems.py    errors → problem+json     pages/    / for people
operations.py  /healthz, /readyz …       renders.py  products, kept or made in their turn
readiness.py   what readyz looks at      log.py, metrics.py  what is told of it
shared.py      what all connections share
"""

from hongtou.web.app import create_app

__all__ = ["create_app"]
