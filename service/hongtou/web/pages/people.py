"""The views around accounts: log-in, one-time links, the own password, and all accounts."""

from __future__ import annotations

from flask import Response, abort, redirect, request, url_for
from flask import g as given

from hongtou.accounts.account import MAX_NAME_CHARS
from hongtou.accounts.passwords import ADVICE, MAX_CHARS, MIN_CHARS
from hongtou.accounts.role import Role
from hongtou.bulletin.errors import Forbidden, ServiceError
from hongtou.web.pages.listing import shown_moment
from hongtou.web.pages.showing import page
from hongtou.web.route import Route
from hongtou.web.services import Services

LENGTHS = {"most_name": MAX_NAME_CHARS, "least": MIN_CHARS, "most": MAX_CHARS, "advice": ADVICE}


def turned_away(services: Services, route: Route) -> Response | None:
    """Return the way to the log-in for whoever has to log in to see a page.

    Raises:
        Forbidden: somebody is logged in who may not see it.
    """
    if route.page_scope is None or not services.access.has_accounts:
        return None
    if given.caller.person is None:
        after = request.full_path.removesuffix("?")
        answer = redirect(url_for("pages.log_in", after=None if after == "/" else after), 303)
        answer.headers["Cache-Control"] = "no-store"
        return answer  # type: ignore[return-value]
    if route.page_scope not in given.caller.scopes:
        role = given.caller.person.account.role.shown
        raise Forbidden(f"{role}看不了这一页", hint="请管理员来做，或请管理员改角色")
    return None


def sign_on_page(services: Services) -> str:
    """Return the endpoint of the page by which people log in elsewhere, "" if there is none."""
    if services.provider is not None:
        return "pages.depart"
    return "pages.enter" if services.config.proxy_user else ""


def log_in(services: Services) -> Response:
    """Show the log-in."""
    refuse_without_accounts(services)
    return log_in_page(request.args.get("after", ""))


def log_in_page(after: str, fault: ServiceError | None = None) -> Response:
    """Return the log-in, and why somebody who came back from the identity provider is not in."""
    answer = page("login.html", after=own_page(after), wanted=after, fault=fault, **LENGTHS)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def link(services: Services) -> Response:
    """Show where a password is set by a one-time link, which stands behind the #."""
    if services.accounts is None:
        abort(404)
    return page("link.html", **LENGTHS)


def password(services: Services) -> Response:
    """Show where the own password is changed."""
    refuse_without_accounts(services)
    return page("password.html", **LENGTHS)


def accounts(services: Services) -> Response:
    """Show all accounts."""
    refuse_without_accounts(services)
    if services.accounts is None:
        abort(404)
    return page(
        "accounts.html",
        accounts=services.accounts.administration.listed(),
        roles=Role,
        shown_moment=shown_moment,
        **LENGTHS,
    )


def refuse_without_accounts(services: Services) -> None:
    if not services.access.has_accounts:
        abort(404)


def own_page(path: str) -> str:
    """Return the address of a page of ours, which a page of another site cannot choose."""
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return request.script_root + (path if is_ours else "/")
