"""The HTTP service. Only this folder knows Flask, and only its `server/` knows waitress.

From the outside in; api, pages, operations and server never import one another:

serve.py        starts and runs the service
app.py          the Flask application      routes.py       all routes
api/            /v1                        pages/          pages for people
operations.py   /healthz, /readyz …        server/         connections, bodies, threads
services.py     what views work with       problem_answers.py  errors → responses
door.py         admits requests            description.py  routes and limits, described
metrics.py      counters                   readiness.py    checks of /readyz
route.py        the type of a route        problems.py     errors → problem documents
access.py       hosts, origins, keys, sessions  bodies.py  limits of body size
cookies.py      the cookies of a session   proxies.py      who stands behind a trusted proxy
arrival.py      server → application       head.py         the head of a request
log.py          one line per response      watchdog.py     checks that loop and threads run
schemas.py      short JSON Schemas         exposure.py     tells of an open service behind a proxy
upkeep.py       backups, what is due       archive_trial.py  whether what is written is kept
invitation.py   the first account's link
"""
