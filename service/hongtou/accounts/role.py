"""The roles of accounts, and what each may do."""

from __future__ import annotations

from enum import StrEnum

from hongtou.keys import Scope


class Role(StrEnum):
    """What an account is for: 编辑, 审核, 管理员."""

    EDITOR = "editor"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"

    @property
    def shown(self) -> str:
        """Return its name for people."""
        return SHOWN[self]

    @property
    def scopes(self) -> frozenset[Scope]:
        """Return what it may do."""
        return SCOPES[self]


SHOWN = {Role.EDITOR: "编辑", Role.REVIEWER: "审核", Role.ADMINISTRATOR: "管理员"}
OF_EDITORS = frozenset({Scope.RENDER, Scope.CHECK, Scope.READ, Scope.EDIT})
SCOPES = {
    Role.EDITOR: OF_EDITORS,
    Role.REVIEWER: OF_EDITORS | {Scope.REVIEW},
    Role.ADMINISTRATOR: OF_EDITORS | {Scope.REVIEW, Scope.MANAGE},
}
