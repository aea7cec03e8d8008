"""The HTTP service. The only package that knows Flask and waitress.

    app.py         the application           submission.py  a request → document and pictures
    head.py        a request's head, bounded incoming.py    a request on its way in
    chunks.py      bodies in chunks          forms.py       bodies of parts
    door.py        who may come in           negotiation.py what is asked for
    sending.py     answers on their way out  listener.py    who is connected, who gives way
    budget.py      room, fairly shared       tenants.py     for whom things are counted
    dispatching.py whose turn at a thread    shared.py      what all connections share
    api.py         /v1                       answers.py     an edition → a response
    operations.py  /healthz, /readyz …       problems.py    errors → application/problem+json
    pages.py       / for people              renders.py     products, kept or made in their turn
    render_queue.py  places, fairly shared   edition_cache.py  editions that may be asked for again
    server.py      waitress and signals      channel.py     connections, refusals without a thread
    security.py    names, keys, headers      openapi.py     the routes as an OpenAPI document
    routes.py      what each route takes and answers
    log.py         one JSON line for each request
    watchdog.py    whether the loop and the threads still turn
    transport.py   what waitress does otherwise here
    descriptors.py how many connections may be open
    patience.py    how slow a sender or a reader may be
    sockets.py     what systemd hands over and wants to be told
    handover.py    how a socket is left to the next service
"""

from hongtou.web.app import create_app

__all__ = ["create_app"]
