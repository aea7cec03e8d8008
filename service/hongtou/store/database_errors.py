"""What errors of a database mean, and whether it answers at all.

Of a database that does not answer one asks again, and nobody else waits for it meanwhile: else all
who save would hold a thread for five seconds each, one after the other.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from hongtou.bulletin.errors import NoArchive, NumberTaken, ServiceError, StorageFull
from hongtou.store.patience import WAIT_SECONDS

PAUSE_SECONDS = 0.5  # until the next one asks again


@dataclass(frozen=True, slots=True)
class Cause:
    """What a database ``said``: words of SQLite, psycopg or us, or codes of PostgreSQL.

    ``stops_all`` means that whoever comes next would fare no better.
    """

    said: tuple[str, ...]
    message: str
    hint: str
    kind: type[ServiceError] = NoArchive
    stops_all: bool = False

    def error(self) -> ServiceError:
        """Return what we say."""
        return self.kind(self.message, hint=self.hint)


# Source of the codes: PostgreSQL documentation, Error Codes.
CAUSES = (
    Cause(
        ("disk is full", "53100"),
        "没有保存：数据库所在的磁盘已满",
        "请管理员腾出磁盘空间",
        StorageFull,
    ),
    Cause(
        ("malformed", "not a database"),
        "数据库文件已损坏",
        "请管理员以 hongtou restore 恢复最近的备份",
    ),
    Cause(
        ("is locked",),  # SQLite's, of which there is one
        "数据库正被别的程序占着",
        "请稍后重试；一直如此的，请管理员用 fuser 查是谁占着",
        stops_all=True,
    ),
    Cause(
        ("55P03", "57014"),
        "数据库正被别的程序占着",
        "请稍后重试；一直如此的，请管理员看 pg_locks 里是谁占着",
    ),
    Cause(
        ("readonly database", "25006", "42501"),
        "数据库写不了，只能读",
        "请管理员让运行服务的用户可以写数据库和所在的目录；磁盘成了只读的，请检查磁盘",
    ),
    Cause(
        ("disk I/O error", "58030"),
        "数据库所在的磁盘读写出错",
        "请管理员检查磁盘，看 dmesg",
    ),
    Cause(
        ("no answer in time", "timeout expired"),
        "数据库没有答复",
        "请管理员看数据库与网络；它恢复后，这里自行恢复",
        stops_all=True,
    ),
    Cause(
        ("too many clients", "remaining connection slots", "53300"),
        "数据库的连接已用完",
        "请管理员看是谁占着（pg_stat_activity），或加大 max_connections",
        stops_all=True,
    ),
    Cause(
        ("connection", "57P01", "57P02", "57P03"),
        "数据库连不上",
        "请管理员启动数据库，核对网络与 HONGTOU_DATABASE",
        stops_all=True,
    ),
)
UNKNOWN = Cause((), "数据库现在用不了", "请稍后重试；一直如此的，请管理员查看日志")


class Outage:
    """Whether a database answers, as those found who used it last."""

    def __init__(self) -> None:
        self._cause: Cause | None = None
        self._ask_again_at = 0.0
        self._lock = threading.Lock()

    def refuse(self) -> None:
        """Let nobody wait for a database that does not answer, but one who asks again.

        Raises:
            NoArchive: it did not answer a moment ago.
        """
        with self._lock:
            if self._cause is None:
                return
            if monotonic() < self._ask_again_at:
                raise self._cause.error()
            self._ask_again_at = monotonic() + WAIT_SECONDS  # what this one finds, all will know

    def note(self, cause: Cause | None) -> None:
        """Note what became of a transaction, None if the database answered."""
        with self._lock:
            self._cause = cause if cause and cause.stops_all else None
            self._ask_again_at = monotonic() + PAUSE_SECONDS


@contextmanager
def told_errors(outage: Outage | None = None) -> Iterator[None]:
    """Turn errors of the database into ours; ``outage`` notes whether it answers.

    Raises:
        NoArchive: the database cannot be used now.
        StorageFull: it cannot grow.
        NumberTaken: two have taken the same number at the same time.
    """
    noted = outage or Outage()
    noted.refuse()
    try:
        yield
    except IntegrityError as error:
        noted.note(None)
        if "uq_issue_number" in str(error.orig) or "issue.publication_id" in str(error.orig):
            raise NumberTaken("这个期号刚被占用", hint="请刷新后换一个期号") from error
        raise NoArchive("同时有人在存同一样东西", hint="请稍后重试") from error
    except (DBAPIError, PoolTimeout) as error:
        cause = _cause(error)
        noted.note(cause)
        raise cause.error() from error
    except BaseException:
        noted.note(None)
        raise
    noted.note(None)


def _cause(error: DBAPIError | PoolTimeout) -> Cause:
    origin = getattr(error, "orig", None)
    words = f"{getattr(origin, 'sqlstate', None)} {origin}"
    return next((one for one in CAUSES if any(said in words for said in one.said)), UNKNOWN)
