"""A child process that does what the service does: imports, sets an issue, prepares to serve.

`examination.py` runs it and reads two lines of JSON for every part: that it began, and its result.
If a broken library ends the process, the second line is missing.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from functools import partial
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, TextIO

from hongtou.bulletin.errors import ServiceError, SetupError
from hongtou.bulletin.sizes import shown_size
from hongtou.config import Config, read_config
from hongtou.doctor.check import Check, cause_line, first_cause, refusal, well
from hongtou.doctor.neighbours import DATABASE, PROVIDER, database, keeps_accounts, provider
from hongtou.doctor.software import PACKAGES, bring
from hongtou.pins import PINNED, require_pinned
from hongtou.resources import reinstall, restore

if TYPE_CHECKING:
    from hongtou.pipeline import Typesetter

TRIAL = {
    "masthead": {
        "nameplate": "试排",
        "issue_number": 1,
        "issuing_body": "本单位",
        "issue_date": "2026-01-01",
    },
    "articles": [{"headline": "一篇文章", "body": "这是一段正文，用来看看能不能排版。"}],
    "closing": {"report_to": "本单位"},
}
PACKAGE, THREADS, OWN_FONTS = "软件包", "进程与线程", "自有字体"
TEMPLATES, RENDER, SERVICE = "模板", "试排", "服务"
LOADED_BY = {"weasyprint": "hongtou.paginate.loading"}  # as a render does, in half the time
SPARE_PROCESSES = 6  # beyond threads and workers: the fork server, supervisor, doctor


def main() -> None:
    """Try the packages, then everything; only ``packages`` if the rest is known to be broken."""
    told = sys.stdout
    sys.stdout = sys.stderr  # keep what packages print out of the report
    # First what a render loads in a way of its own: the others bring modules that it leaves out.
    names = sorted(PACKAGES, key=lambda name: name not in LOADED_BY)
    tried = [_try(f"{PACKAGE} {name}", partial(_package, name), told) for name in names]
    if not all(tried) or "packages" in sys.argv:
        return
    config = read_config()
    if not _try(THREADS, partial(_threads, config), told):
        return  # some libraries end the process if they get no thread
    for name, part in PARTS.items():
        _try(name, partial(part, config), told)


def _try(name: str, part: Callable[[], Check | None], told: TextIO) -> bool:
    """Report the begin and the result of a part; an empty result if it does not apply."""
    print(json.dumps({"begun": name}), file=told, flush=True)
    try:
        found = part()
    except ServiceError as fault:
        found = refusal(name, fault)
    except Exception as fault:
        found = Check(name, False, cause_line(fault), _remedy(fault))
    print(json.dumps(asdict(found) if found else {}), file=told, flush=True)
    return found is None or found.ok


def _package(name: str) -> Check:
    title = f"{PACKAGE} {name}"
    try:
        import_module(LOADED_BY.get(name, PACKAGES[name]))
        found = getattr(sys.modules[PACKAGES[name]], "__version__", "") or version(name)
        if name in PINNED:  # another release may load, and fail only when it sets a page
            require_pinned(name, found)
    except SetupError as fault:
        return Check(title, False, fault.message, bring(name))
    except Exception as fault:  # a broken package may raise anything
        return Check(title, False, f"载入不了：{cause_line(fault)}", bring(name))
    return well(title, version(name))


def _own_fonts(config: Config) -> Check | None:
    """Open the fonts of the organisation, as a render does."""
    from hongtou.faces import open_faces

    if config.own_fonts is None:
        return None
    faces = open_faces(config.fonts_dir, config.own_fonts)
    own = {
        face.path.name
        for role in faces.roles
        for face in faces.chain(role)
        if face.path.parent == config.own_fonts
    }
    return well(OWN_FONTS, "、".join(sorted(own)) or "目录中没有字体")


def _templates(config: Config) -> Check:
    """Look for rules and texts of the layouts that would do nothing, or could not be printed."""
    from hongtou.paginate.layout_check import refuse_faulty
    from hongtou.pipeline import Typesetter

    typesetter = Typesetter.open(config)
    refuse_faulty(typesetter.layouts, typesetter.faces)
    return well(TEMPLATES, "、".join(typesetter.layouts))


def _render(config: Config) -> Check:
    """Set a small issue in every layout, with the memory limit of a worker."""
    from hongtou.pipeline import Typesetter

    with _address_space(config.render_memory_bytes):
        typesetter = Typesetter.open(config)
        failed = _failed_layouts(typesetter)
    for layout, cause in failed.items():
        # An error in all layouts comes from the engine, unless it comes from a template.
        is_engine = len(failed) == len(typesetter.layouts) and not _is_of_template(cause)
        remedy = reinstall() if is_engine else _remedy_of_layout(config, layout)
        return Check(RENDER, False, f"版式 {layout} 排不出来：{cause_line(cause)}", remedy)
    return well(RENDER, "、".join(typesetter.layouts))


def _failed_layouts(typesetter: Typesetter) -> dict[str, Exception]:
    """Return the layouts in which the small issue fails, with the errors."""
    from hongtou.bulletin.order import Order

    failed: dict[str, Exception] = {}
    for layout in typesetter.layouts:
        document = json.dumps({**TRIAL, "layout": layout}).encode()
        try:
            typesetter.produce(document, Order())
        except MemoryError:
            raise
        except Exception as fault:
            failed[layout] = fault
    return failed


def _service(config: Config) -> Check:
    """Do what `hongtou serve` does before it listens."""
    from hongtou.web.access import is_loopback, require_log_in
    from hongtou.web.app import create_app
    from hongtou.web.readiness import FREE_BYTES
    from hongtou.web.server.descriptors import connection_limit

    unused: Any = None  # nobody asks it for a render here
    if not is_loopback(config.host):
        require_log_in(config, keeps_accounts=keeps_accounts(config))
    # On this machine: without its accounts, which are not opened here, it would refuse any other.
    create_app(replace(config, host="127.0.0.1"), unused)
    limit = connection_limit(config)
    lacking = _room(FREE_BYTES)
    if lacking:
        return lacking
    return well(SERVICE, f"可以启动，至多 {limit} 个连接{_openness(config)}")


def _openness(config: Config) -> str:
    """Return the warning for a service without log-in that its settings put behind a proxy."""
    from hongtou.web.access import is_loopback
    from hongtou.web.exposure import REMEDY, expects_proxy

    if config.keys or not is_loopback(config.host) or not expects_proxy(config):
        return ""
    return f"；没有帐号的，{REMEDY}"


def _room(wanted: int) -> Check | None:
    """Check the space for temporary files; return None if it is enough."""
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free
    if free >= wanted:
        return None
    remedy = f"请清理 {folder} 所在的磁盘，或把 TMPDIR 指到有空间的目录"
    return Check(
        "临时目录", False, f"{folder} 只剩 {shown_size(free)}，至少须 {shown_size(wanted)}", remedy
    )


def _threads(config: Config) -> Check:
    """Start as many threads as the service has threads and processes: the limit covers both."""
    wanted = config.threads + config.workers + SPARE_PROCESSES
    started = _started_in_a_fork(wanted)
    if started < wanted:
        detail = f"只能再启动 {started} 个进程与线程，至少须 {wanted} 个"
        remedy = "请放宽：ulimit -u、systemd 的 TasksMax=、容器的 pids_limit；或腾出内存"
        return Check(THREADS, False, detail, remedy)
    return well(THREADS, f"可以启动 {wanted} 个")


def _started_in_a_fork(wanted: int) -> int:
    """Return how many threads start in a process of their own.

    Threads that have ended leave up to a gigabyte of addresses reserved, which would count for the
    render that is tried next.
    """
    reader, writer = os.pipe()
    try:
        child = os.fork()
    except OSError:
        return 0
    if child == 0:
        os.write(writer, str(_started(wanted)).encode())
        os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader, encoding="ascii") as told:
        return int(told.read() or 0)


def _started(wanted: int) -> int:
    done = threading.Event()
    for count in range(wanted):
        try:
            threading.Thread(target=done.wait, daemon=True).start()
        except RuntimeError:
            return count
    return wanted


@contextmanager
def _address_space(most: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limits = [limit for limit in (soft, hard, most) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(limits), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _is_of_template(fault: BaseException) -> bool:
    return type(first_cause(fault)).__module__.partition(".")[0] == "jinja2"


def _remedy(fault: BaseException) -> str:
    if isinstance(fault, MemoryError):
        return "请调高 HONGTOU_RENDER_MEMORY_BYTES，或放宽 ulimit -v"
    return reinstall()


def _remedy_of_layout(config: Config, layout: str) -> str:
    shared = restore("layouts", config.layouts_dir, "_shared/bulletin.html.j2")
    return f"请改正 {config.layouts_dir / layout} 或 _shared 中的模板；随附的可以恢复，如 {shared}"


PARTS = {
    OWN_FONTS: _own_fonts,
    TEMPLATES: _templates,
    RENDER: _render,
    DATABASE: database,
    PROVIDER: provider,
    SERVICE: _service,
}
