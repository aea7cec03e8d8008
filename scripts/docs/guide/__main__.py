"""Take the pictures of the guide anew: ``make guide``."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.docs.guide.walk import take_all
from tests.support.desk import WHOLE_CHROMIUM, browser

FOLDER = Path(__file__).parents[3] / "docs" / "guide"


def main() -> None:
    """Replace all pictures by those of a walk that came to its end."""
    with TemporaryDirectory() as scratch, browser(WHOLE_CHROMIUM) as opened:
        made = Path(scratch) / "guide"
        made.mkdir()
        take_all(opened, made, Path(scratch) / "hongtou.db")
        FOLDER.mkdir(exist_ok=True)
        for old in FOLDER.glob("*.png"):
            old.unlink()
        for picture in made.iterdir():
            (FOLDER / picture.name).write_bytes(picture.read_bytes())


if __name__ == "__main__":
    main()
