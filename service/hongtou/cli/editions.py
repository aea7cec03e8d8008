"""Issues on disk → finished files: a single one in this process, several in parallel processes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hongtou.bulletin.causes import cause_of
from hongtou.bulletin.errors import EngineFault, ServiceError
from hongtou.bulletin.finding import Finding
from hongtou.bulletin.order import Order
from hongtou.cli.exits import DONE, exit_code
from hongtou.cli.folder import FolderPictures, folder_of, read_document
from hongtou.cli.reasons import reason_of
from hongtou.cli.writing import write_whole
from hongtou.config import Config
from hongtou.pages.report import PageReport
from hongtou.pipeline import Typesetter
from hongtou.records import error_record, inspection_record, order_preflight


@dataclass(frozen=True, slots=True)
class Task:
    """An issue and the file to make of it."""

    source: Path
    target: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a task; if it succeeded, ``error`` is None and ``pages`` is known.

    ``cause`` is the cause of the error as text, as an error sent between processes loses it.
    """

    task: Task
    pages: int | None = None
    plan_digest: str | None = None
    findings: tuple[Finding, ...] = ()
    layout: tuple[PageReport, ...] = ()
    error: ServiceError | OSError | None = field(default=None)
    cause: str = ""

    @property
    def exit_code(self) -> int:
        """Return the exit code for this outcome."""
        return DONE if self.error is None else exit_code(self.error)

    def record(self, order: Order) -> dict[str, Any]:
        """Return the outcome of an order as written to the report and by ``--json``."""
        return {
            "issue": str(self.task.source),
            "file": str(self.task.target) if self.error is None else None,
            "plan_digest": self.plan_digest,
            **inspection_record(self.findings, self.pages, self.layout),
            "preflight": self._preflight(order),
            "error": _error_record(self.error),
        }

    def _preflight(self, order: Order) -> dict[str, Any] | None:
        """Return what came of the preflight, None if no file was made that could be looked at."""
        if self.error is None:
            return order_preflight(order, ())
        faults = self.findings if isinstance(self.error, EngineFault) else ()
        return order_preflight(order, faults or None)


def make(typesetter: Typesetter, config: Config, order: Order, task: Task) -> Outcome:
    """Set an issue and write its file; errors become part of the outcome."""
    try:
        document = read_document(task.source, config.limits.body_bytes)
        pictures = FolderPictures(folder_of(task.source), config.image_bytes)
        edition = typesetter.produce(document, order, pictures)
        write_whole(task.target, edition.content)
    except ServiceError as error:
        return Outcome(task, findings=error.findings, error=error, cause=cause_of(error))
    except OSError as error:
        return Outcome(task, error=error)
    return Outcome(task, edition.page_count, edition.plan_digest, edition.findings, edition.layout)


def make_all(config: Config, order: Order, tasks: Sequence[Task]) -> Iterator[Outcome]:
    """Yield every outcome as its task ends; several tasks use all processors."""
    if len(tasks) == 1:
        yield make(Typesetter.open(config), config, order, tasks[0])
        return
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from multiprocessing import get_context

    workers = min(len(tasks), os.cpu_count() or 1)
    with (
        _away_from_the_folder(),
        ProcessPoolExecutor(workers, get_context("spawn"), _open, (config,)) as pool,
    ):
        futures = {pool.submit(_make, order, task): task for task in tasks}
        for future in as_completed(futures):
            try:
                yield future.result()
            except Exception as cause:  # the process died, or an unforeseen error
                fault = EngineFault(f"排版进程出错：{cause}")
                yield Outcome(futures[future], error=fault)


@contextmanager
def _away_from_the_folder() -> Iterator[None]:
    """Keep started processes from importing modules of the current folder.

    Python starts them by `python -c`. `os.environ` is left alone, as it belongs to this process.
    """
    os.putenv("PYTHONSAFEPATH", "1")
    try:
        yield
    finally:
        os.unsetenv("PYTHONSAFEPATH")


# Of a worker process, set once; of one that did not start Python itself would tell, in English.
_worker_state: tuple[Typesetter, Config] | ServiceError


def _open(config: Config) -> None:
    global _worker_state
    try:
        _worker_state = (Typesetter.open(config), config)
    except ServiceError as refusal:
        _worker_state = refusal


def _make(order: Order, task: Task) -> Outcome:
    if isinstance(_worker_state, ServiceError):
        return Outcome(task, error=_worker_state, cause=cause_of(_worker_state))
    return make(*_worker_state, order, task)


def _error_record(error: ServiceError | OSError | None) -> dict[str, str] | None:
    if error is None:
        return None
    if isinstance(error, ServiceError):
        return error_record(error)
    return {"kind": "file", "message": reason_of(error), "hint": ""}
