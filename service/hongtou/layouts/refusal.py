"""How a layout is refused: every fault with its file, and how to mend or restore it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from hongtou.bulletin.errors import SetupError
from hongtou.resources import came_along, restore

MAX_FAULTS = 8  # in a message


def refuse(
    folder: Path,
    name: str,
    faults: Sequence[tuple[str, str]],
    cause: Exception | None = None,
) -> NoReturn:
    """Refuse a layout for its faults, each with its file in the folder of layouts.

    Raises:
        SetupError: always.
    """
    messages = [f"{file} {fault}" for file, fault in faults]
    more = f"；另有 {len(messages) - MAX_FAULTS} 处" if len(messages) > MAX_FAULTS else ""
    files = sorted({file for file, _ in faults})
    brought = "；".join(
        restore("layouts", folder, file) for file in files if came_along("layouts", folder, file)
    )
    raise SetupError(
        f"版式 {name} 不能用：{'；'.join(messages[:MAX_FAULTS])}{more}",
        hint=f"请修改 {'、'.join(str(folder / file) for file in files)}"
        + (f"；随附的版式可以恢复：{brought}" if brought else ""),
    ) from cause
