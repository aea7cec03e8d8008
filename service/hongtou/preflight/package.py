"""A file that is a zip of members, as OFD and .docx are: read whole, or refused."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Set
from xml.etree.ElementTree import Element, ParseError, fromstring

from hongtou.bulletin.limits import MIB

MOST_BYTES = 512 * MIB  # of all members, unpacked
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError)  # or with a password
DECLARATION = b"<!"  # of entities, which make much of little; comments go with it


class PackageTooLarge(ValueError):
    """The members of a file are too large together."""


def read_members(content: bytes, required: Set[str]) -> dict[str, bytes]:
    """Return the members of a file by name.

    Raises:
        ValueError: it is no zip from end to end, or has not the ``required`` members.
        PackageTooLarge: it is too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            listed = package.infolist()
            if sum(member.file_size for member in listed) > MOST_BYTES:
                raise PackageTooLarge("too large")
            members = {member.filename: package.read(member) for member in listed}
    except DAMAGED as cause:
        raise ValueError(str(cause)) from cause
    if len(members) < len(listed):
        raise ValueError("two members of one name")
    if required - members.keys():
        raise ValueError("a member is missing")
    return members


def read_roots(members: Mapping[str, bytes]) -> dict[str, Element]:
    """Return the roots of members of XML by name.

    Raises:
        ValueError: one cannot be read, or declares something.
    """
    if any(DECLARATION in content for content in members.values()):
        raise ValueError("a declaration in XML")
    try:
        return {name: fromstring(content) for name, content in members.items()}
    except ParseError as cause:
        raise ValueError(str(cause)) from cause
