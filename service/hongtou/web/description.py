"""Errors and limits of routes, as described on `/docs` and in the OpenAPI document."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from hongtou.bulletin import errors
from hongtou.bulletin.limits import LIMIT_TITLES
from hongtou.config import LIMIT_PREFIX, Config
from hongtou.web.problems import HTTP_PROBLEMS, problem_of
from hongtou.web.route import Kinds, Route

# Errors of every route.
EVERYWHERE: Kinds = (errors.WrongHost, errors.EngineFault)
OF_HEADS = ("bad-request", "address-too-long", "head-too-long")


def limits(config: Config) -> list[dict[str, Any]]:
    """Return all limits of size and time with their values and variables."""
    titles = {
        "request_bytes": "整个请求的字节数",
        "image_bytes": "每张图片的字节数",
        "images": "每期图片的张数",
        "queue": "等待排版的请求数",
        "render_seconds": "排一期的秒数",
    }
    return [
        *(
            _limit(f"HONGTOU_{name.upper()}", title, getattr(config, name))
            for name, title in titles.items()
        ),
        *(
            _limit(f"{LIMIT_PREFIX}{name.upper()}", LIMIT_TITLES[name], value)
            for name, value in asdict(config.limits).items()
        ),
    ]


def error_kinds(route: Route, *, is_open: bool) -> dict[int, list[str]]:
    """Return the titles of a route's possible problems, by status.

    ``is_open`` tells that the service asks nobody for a key or a log-in.
    """
    kinds = [*EVERYWHERE, *route.kinds]
    if route.scope and not is_open:
        kinds += [errors.Unauthorized, errors.Forbidden]
    problems = [problem_of(kind("")) for kind in dict.fromkeys(kinds)]
    problems += [HTTP_PROBLEMS[kind] for kind in OF_HEADS]
    found: dict[int, list[str]] = {}
    for problem in problems:
        found.setdefault(problem.status, []).append(problem.title)
    return dict(sorted(found.items()))


def _limit(variable: str, title: str, value: int) -> dict[str, Any]:
    return {"variable": variable, "title": title, "value": value}
