"""Accounts over HTTP; needs a database, which rendering does not.

sessions.py   log-in, log-out, who it is, the own password
links.py      one-time links: the first account, a new or a forgotten password
people.py     accounts, for administrators
answers.py  schemas.py   what is answered and described
"""

from hongtou.web.api.accounts import links, people, sessions

ROUTES = (*sessions.ROUTES, *links.ROUTES, *people.ROUTES)
