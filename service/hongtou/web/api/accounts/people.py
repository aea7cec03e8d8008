"""``/v1/accounts``: accounts, for administrators."""

from __future__ import annotations

from flask import Response, jsonify

from hongtou.accounts.role import Role
from hongtou.bulletin import errors
from hongtou.keys import Scope
from hongtou.web.api.accounts.answers import account_record, accounts_of
from hongtou.web.api.accounts.schemas import FLAG, LINKED, NAME, PERSONAL, ROLE, SENT
from hongtou.web.api.archive.given import required
from hongtou.web.api.archive.requests import body_of_json, given_in_body, stamp_of
from hongtou.web.route import Route
from hongtou.web.schemas import JSON, record, ref
from hongtou.web.services import Services


def accounts(services: Services) -> Response:
    """Answer with all accounts."""
    listed = accounts_of(services).administration.listed()
    return jsonify(accounts=[account_record(one) for one in listed])


def add_account(services: Services) -> Response:
    """Answer with a new account and the token of its link."""
    given = given_in_body(services.config)
    name = required("name", given.text("name"))
    role = required("role", given.choice("role", Role))
    given.refuse_rest()
    added, token = accounts_of(services).administration.add(name, role, stamp_of(services))
    answer: Response = jsonify(account=account_record(added), token=token)
    answer.status_code = 201
    return answer


def change_account(services: Services, account: int) -> Response:
    """Answer with an account that has been changed."""
    given = given_in_body(services.config)
    role, is_disabled = given.choice("role", Role), given.flag("disabled")
    given.refuse_rest()
    changed = accounts_of(services).administration.change(
        account, role, is_disabled, stamp_of(services)
    )
    return jsonify(account_record(changed))


def link_account(services: Services, account: int) -> Response:
    """Answer with an account and the token of a new link for it."""
    administration = accounts_of(services).administration
    found, token = administration.link(account, stamp_of(services))
    return jsonify(account=account_record(found), token=token)


PLACE = "/v1/accounts"
ROUTES = (
    Route(
        endpoint="api.accounts",
        method="GET",
        path=PLACE,
        view=accounts,
        scope=Scope.MANAGE,
        title="有哪些帐号",
        content={JSON: record({"accounts": {"type": "array", "items": ref("Account")}})},
        kinds=PERSONAL,
    ),
    Route(
        endpoint="api.add_account",
        method="POST",
        path=PLACE,
        view=add_account,
        scope=Scope.MANAGE,
        body_rule=body_of_json,
        title="新建帐号",
        description="token 放在 /setup# 后面，就是设定密码的一次性链接。",
        body={JSON: record({"name": NAME, "role": ROLE})},
        status=201,
        content={JSON: LINKED},
        kinds=(*SENT, *PERSONAL, errors.WrongState),
    ),
    Route(
        endpoint="api.change_account",
        method="PATCH",
        path=f"{PLACE}/<int:account>",
        view=change_account,
        scope=Scope.MANAGE,
        body_rule=body_of_json,
        title="改角色，停用或启用；各处的登录一并结束",
        body={JSON: record({}, role=ROLE, disabled=FLAG)},
        content={JSON: ref("Account")},
        kinds=(*SENT, *PERSONAL, errors.NotKept, errors.WrongState),
    ),
    Route(
        endpoint="api.link_account",
        method="POST",
        path=f"{PLACE}/<int:account>/link",
        view=link_account,
        scope=Scope.MANAGE,
        title="另发一条设定密码的链接，先前的作废",
        content={JSON: LINKED},
        kinds=(*SENT, *PERSONAL, errors.NotKept, errors.WrongState),
    ),
)
