"""The releases of packages whose internals are replaced or used; other releases are refused.

A package is checked where it is first imported. To change a release, change it here and in
`pyproject.toml`, then run ``make lock test``. The savings of time with WeasyPrint stay off until
`paginate/loading.py` names that release too.
"""

from __future__ import annotations

from hongtou.bulletin.errors import SetupError
from hongtou.resources import reinstall

PINNED = {
    "cssselect2": "0.10.1",  # elements are wrapped without a stylesheet: paginate/pagination.py
    "waitress": "3.0.2",  # clock and sockets are replaced: web/server/waitress_fixes.py
    "weasyprint": "70.0",  # lines are replaced: paginate/weasyprint_hooks.py
}


def require_pinned(package: str, found: str) -> None:
    """Refuse a release of ``package`` that hongtou was not made for.

    Raises:
        SetupError: ``found`` is not the pinned release; the hint says how to install that.
    """
    if found != PINNED[package]:
        raise SetupError(f"需要 {package} {PINNED[package]}，现为 {found}", hint=reinstall())
