"""JSON Schemas of accounts and sessions, and the errors that their routes have in common."""

from __future__ import annotations

from hongtou.accounts.account import MAX_NAME_CHARS
from hongtou.accounts.passwords import MAX_CHARS
from hongtou.accounts.role import Role
from hongtou.bulletin import errors
from hongtou.keys import Scope
from hongtou.web.route import Kinds
from hongtou.web.schemas import TEXT, Schema, record, ref

FLAG: Schema = {"type": "boolean"}
ID: Schema = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}
ROLE: Schema = {"enum": [str(role) for role in Role]}
NAME: Schema = {"type": "string", "minLength": 1, "maxLength": MAX_NAME_CHARS}
PASSWORD: Schema = {"type": "string", "maxLength": MAX_CHARS}
TOKEN: Schema = {"type": "string", "maxLength": 100}

SCHEMAS: dict[str, Schema] = {
    "Account": record(
        {
            "id": ID,
            "name": TEXT,
            "role": ROLE,
            "disabled": FLAG,
            "has_password": FLAG,
            "changed_at": TEXT,
        }
    ),
    "Whoever": record(
        {
            "name": TEXT,
            "role": ROLE,
            "scopes": {"type": "array", "items": {"enum": [str(one) for one in Scope]}},
        }
    ),
}
LINKED = record({"account": ref("Account"), "token": TEXT})

SENT: Kinds = (
    errors.MalformedDocument,
    errors.UnknownOption,
    errors.TooLarge,
    errors.UnsupportedType,
    errors.Forbidden,
    errors.NoArchive,
    errors.StorageFull,
)
PERSONAL: Kinds = (errors.Unauthorized, errors.Forbidden, errors.NoArchive)
GUESSED: Kinds = (errors.Unauthorized, errors.TooManyAttempts, errors.Busy)
