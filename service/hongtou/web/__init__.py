"""The HTTP service. The only folder that knows Flask, and in `server/` waitress.

From the outside in; api, pages, operations and server never import one another:

serve.py        start to end, all put together
app.py          the application            routes.py       every route there is
api/            /v1                        pages/          / for people
operations.py   /healthz, /readyz …        server/         connections, bodies, threads
services.py     what a view is given       problem_answers.py  errors → answers
door.py         who may come in            description.py  what is told of routes
metrics.py      what is counted            readiness.py    what readyz looks at
route.py        what a route is            problems.py     errors → problem documents
access.py       names, keys, other sites   bodies.py       how large a body may be
arrival.py      server → application       head.py         a request's head, bounded
log.py          one line for each answer   watchdog.py     whether loop and threads turn
schemas.py      JSON Schemas in short
"""
