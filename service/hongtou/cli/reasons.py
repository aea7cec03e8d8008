"""Messages for errors of files: what happened and what to do."""

from __future__ import annotations

import errno

from hongtou.bulletin import system_errors
from hongtou.bulletin.system_errors import REASONS

OF_WRITING = (errno.ENOSPC, errno.EPIPE, errno.EBADF, errno.EFBIG, errno.EDQUOT, errno.EIO)


def reason_of(error: OSError) -> str:
    """Return a message that names the file, the reason and the remedy."""
    name = error.filename or ("标准输出" if error.errno in OF_WRITING else "系统")
    told = f"{name} 读写失败：{system_errors.reason_of(error)}"
    _, remedy = REASONS.get(error.errno or 0, ("", ""))
    return f"{told}（{remedy}）" if remedy else told
