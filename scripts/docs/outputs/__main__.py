"""Take the pictures of docs/outputs.md anew: ``make pictures``, or some of them by name."""

from __future__ import annotations

import sys

from scripts.docs.outputs.held import FOLDER, HELD, held, hold, path_of, shown_digest
from scripts.docs.outputs.taking import SHOTS, made, picture


def main() -> None:
    """Write all pictures, or those that are named."""
    names = sys.argv[1:] or [*SHOTS]
    FOLDER.mkdir(exist_ok=True)
    digests = held() if HELD.is_file() else {}
    for name in names:
        shot = SHOTS[name]
        content = made(shot.order).content
        path_of(name).write_bytes(taken := picture(shot, content))
        if not shot.is_ours:
            digests[name] = shown_digest(content)
        print(f"{name}.png：{len(taken) / 1000:.0f} kB")
    hold(dict(sorted(digests.items())))


if __name__ == "__main__":
    main()
