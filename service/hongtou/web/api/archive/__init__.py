"""Publications and issues over HTTP; needs a database, which rendering does not.

publications.py  issues.py  history.py  finishing.py  holding.py  events.py   views and their routes
requests.py  given.py    a request → typed values     answers.py  records.py   what is kept → JSON
schemas.py   kinds.py   what is described           press.py    the renders that the desk asks for
"""

from hongtou.web.api.archive import events, finishing, history, holding, issues, publications

ROUTES = (
    *publications.ROUTES,
    *issues.ROUTES,
    *history.ROUTES,
    *finishing.ROUTES,
    *holding.ROUTES,
    *events.ROUTES,
)
