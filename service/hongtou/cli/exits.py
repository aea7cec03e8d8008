"""The exit code of every kind of error (contract, §3)."""

from __future__ import annotations

from hongtou.bulletin import errors

DONE, USAGE, ISSUE_AT_FAULT, RUN_FAILED = 0, 2, 3, 4

EXIT_CODES: dict[type[errors.ServiceError], int] = {
    errors.MalformedDocument: ISSUE_AT_FAULT,
    errors.UnknownOption: USAGE,
    errors.UnsupportedType: USAGE,
    errors.NotAcceptable: USAGE,
    errors.WrongHost: USAGE,
    errors.Unauthorized: USAGE,
    errors.TooManyAttempts: USAGE,
    errors.Forbidden: USAGE,
    errors.NotKept: USAGE,
    errors.NumberTaken: USAGE,
    errors.WrongState: USAGE,
    errors.Stale: USAGE,
    errors.VersionRequired: USAGE,
    errors.Locked: USAGE,
    errors.TooLarge: ISSUE_AT_FAULT,
    errors.ReviewFailed: ISSUE_AT_FAULT,
    errors.ImportRefused: ISSUE_AT_FAULT,
    errors.Busy: RUN_FAILED,
    errors.Stopping: RUN_FAILED,
    errors.Unavailable: RUN_FAILED,
    errors.NoArchive: RUN_FAILED,
    errors.NoProvider: RUN_FAILED,
    errors.StorageFull: RUN_FAILED,
    errors.OverQuota: RUN_FAILED,
    errors.RenderLimit: RUN_FAILED,
    errors.SetupError: RUN_FAILED,
    errors.EngineFault: RUN_FAILED,
}


def exit_code(error: Exception) -> int:
    """Return the exit code of an error; an unforeseen error is a failed run."""
    codes = (EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES)
    return next(codes, RUN_FAILED)
