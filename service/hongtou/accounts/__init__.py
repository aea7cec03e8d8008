"""Who works at the desk: accounts with their roles, passwords, one-time links and sessions.

    role.py        编辑, 审核, 管理员 → what each may do: one table
    account.py     an account, a session, a link, and which names there may be
    passwords.py   which passwords there may be          hashing.py   Argon2, two at a time
    tokens.py      secrets that are kept as digests      guessing.py  pauses between failed log-ins
    records.py     what a store has to offer             roster.py    who is logged in, in memory
    sign_on.py     log-in at an identity provider        oidc.py      OpenID Connect, if installed

The use cases: administration.py (accounts and links) and sessions.py (log-in and log-out);
`Accounts` holds them all. Every one of them leaves an event in the chain of the desk.
"""

from hongtou.accounts.accounts import Accounts

__all__ = ["Accounts"]
