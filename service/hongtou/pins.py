"""The releases whose internals are replaced or relied on; any other is refused, not tried.

Each package is checked where it is first imported. To take another release, change it here and in
`pyproject.toml`, then run ``make lock test``. What only saves time with WeasyPrint is off until
`paginate/loading.py` says that it is made for that release too.
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
        SetupError: ``found`` is not the pinned release; the hint says how to bring that.
    """
    if found != PINNED[package]:
        raise SetupError(f"需要 {package} {PINNED[package]}，现为 {found}", hint=reinstall())
