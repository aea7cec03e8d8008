"""What goes with an edition: the issue and its pictures as they were sent, and how it was made."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from hongtou import __version__
from hongtou.bulletin.enclosed_names import EDITION, ISSUE, is_file_name, is_taken
from hongtou.bulletin.enclosure import Enclosure
from hongtou.bulletin.finding import Finding, Severity, printable

if TYPE_CHECKING:
    from hongtou.acceptance import Accepted
    from hongtou.outputs.commission import Commission
JSON = "application/json"
MEDIA_TYPES = {  # by what a picture is, whatever its name says
    "BMP": "image/bmp",
    "GIF": "image/gif",
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "TIFF": "image/tiff",
    "WEBP": "image/webp",
}
RENAME = "请把图片改名，如 picture.png，稿件里的图片名称（image）一并改；别的输出不必改"


def enclosures_of(commission: Commission) -> Iterator[Enclosure]:
    """Yield the issue and its pictures as they were sent, and from what the edition was made."""
    sent = (_issue(commission.accepted), *_pictures(commission.accepted))
    yield from sent
    yield Enclosure(
        name=EDITION,
        media_type=JSON,
        content=_edition(commission, sent),
        relationship="Data",
        description="本文件由何而来：版本、要求与摘要",
    )


def unfit_names(accepted: Accepted) -> Iterator[Finding]:
    """Yield pictures whose names no enclosed file may have, each where it is shown.

    Findings: picture/name-not-enclosed.
    """
    alike = Counter(name.casefold() for name in accepted.pictures)
    for name, picture in sorted(accepted.pictures.items()):
        if is_taken(name) or alike[name.casefold()] > 1:
            why = "与附件里的另一个文件同名"
        elif not is_file_name(name):
            why = "不能作附件的文件名"
        else:
            continue
        for pointer in picture.pointers:
            yield Finding(
                code="picture/name-not-enclosed",
                severity=Severity.ERROR,
                pointer=f"{pointer}/image",
                message=f"图片“{printable(name)}”{why}，这份稿件附不进去",
                hint=RENAME,
            )


def _issue(accepted: Accepted) -> Enclosure:
    return Enclosure(
        name=ISSUE,
        media_type=JSON,
        content=accepted.document,
        relationship="Source",
        description="本期稿件，照送来的样子",
    )


def _pictures(accepted: Accepted) -> Iterator[Enclosure]:
    for name, picture in sorted(accepted.pictures.items()):
        yield Enclosure(
            name=name,
            media_type=MEDIA_TYPES[picture.kind],
            content=accepted.images[name],
            relationship="Source",
            description="一幅图片，照送来的样子",
        )


def _edition(commission: Commission, sent: Sequence[Enclosure]) -> bytes:
    plan, order = commission.plan, commission.accepted.order
    record = {
        "hongtou": __version__,
        "order": {
            "output": order.output,
            "purpose": order.purpose.value,
            "normalize": order.normalize,
            "options": dict(order.options),
        },
        "layout": {"name": plan.layout.name, "digest": plan.layout.digest},
        "faces": {"digest": commission.accepted.faces.digest},
        "plan_digest": plan.digest,
        "files": {one.name: hashlib.sha256(one.content).hexdigest() for one in sent},
    }
    return json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n"
