"""The errors that routes of the archive have in common."""

from __future__ import annotations

from hongtou.bulletin import errors
from hongtou.web.route import Kinds

ONE: Kinds = (errors.NotKept, errors.NoArchive)
SEND: Kinds = (
    *ONE,
    errors.MalformedDocument,
    errors.UnknownOption,
    errors.TooLarge,
    errors.UnsupportedType,
    errors.Forbidden,
    errors.StorageFull,
    errors.OverQuota,
)
CHANGE: Kinds = (errors.NumberTaken, errors.WrongState)
VERSIONED: Kinds = (errors.Stale, errors.VersionRequired)
PRESSED: Kinds = (
    errors.ReviewFailed,
    errors.Busy,
    errors.Stopping,
    errors.Unavailable,
    errors.RenderLimit,
)
