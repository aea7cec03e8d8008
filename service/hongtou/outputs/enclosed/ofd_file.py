"""The files that an OFD file carries (GB/T 33190-2016), where we put them."""

from __future__ import annotations

from hongtou.bulletin.errors import MalformedDocument, TooLarge
from hongtou.outputs.enclosed.carried import CHANGED, Carried
from hongtou.preflight.ofd_file import ATTACHMENTS, ENCLOSED
from hongtou.preflight.package import PackageTooLarge, read_members


def carried_by_ofd(content: bytes, carried: Carried) -> None:
    """Add what an OFD file carries.

    Raises:
        MalformedDocument: it is no OFD file, or damaged.
        TooLarge: its members or the files are too large.
    """
    try:
        members = read_members(content, required=frozenset())
    except PackageTooLarge as cause:
        raise TooLarge("OFD 文件展开后过大", hint=CHANGED) from cause
    except ValueError as cause:
        raise MalformedDocument("这不是 OFD，或已损坏", hint="请核对文件") from cause
    for member, file in members.items():
        if member.startswith(ENCLOSED) and member not in (ENCLOSED, ATTACHMENTS):
            name = member.removeprefix(ENCLOSED)
            carried.expect(name)
            carried.add(name, file)
