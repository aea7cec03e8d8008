"""All subjects of the doctor, in the order in which a start needs them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from signal import Signals

from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.system_errors import reason_of
from hongtou.config import Config, read_config
from hongtou.doctor import files, machine, software
from hongtou.doctor.check import Check, refusal, well
from hongtou.resources import reinstall

SETTINGS = "设置"
TRIAL_SECONDS = 120.0  # two are enough on an idle machine
TRIAL = "import sys; sys.path.append({root!r}); from hongtou.doctor.trial import main; main()"
RECORD = "{"  # begins each line of the trial
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Subject:
    """A part of an installation: its name in the report, and what is checked."""

    name: str
    asks: str


# As listed in docs/doctor.md; the names of checks begin with these.
SUBJECTS = (
    Subject("Python 环境", "有没有别的文件顶替标准库或 hongtou 自己的模块"),
    Subject("Python", "版本够不够新"),
    Subject("Pango", "排版引擎的库能否载入（Pango、Pango FreeType）"),
    Subject("HarfBuzz subset", "字体子集化的库能否载入"),
    Subject("软件包", "每个 Python 软件包能否载入，版本是否合适"),
    Subject("LibreOffice", "装了没有；只有导入 .doc、.wps 才用它"),
    Subject(SETTINGS, "环境变量的名称与取值"),
    Subject("输出", "标准输出、标准错误有没有关闭"),
    Subject("临时目录", "TMPDIR 可写，并有至少 64 MB 的空间"),
    Subject("/proc", "已挂载"),
    Subject("系统限制", "文件大小、地址空间、处理器时间的限制够不够"),
    Subject("版式", "每个版式完整"),
    Subject("字体", "清单完整，每个随附字体可读，SHA-256 相符"),
    Subject("样稿", "服务启动时试排的样稿在不在"),
    Subject("密钥", "密钥文件可读，每行写得对，至少有一把"),
    Subject("端口", "能否监听；已有 hongtou 在运行也算正常"),
    Subject("进程与线程", "系统许可的进程与线程够不够"),
    Subject("自有字体", "每个文件可用、许可允许嵌入（只在设有 HONGTOU_OWN_FONTS 时）"),
    Subject("模板", "每个版式的模板、样式表没有不起作用的，所印的字都有字体"),
    Subject("试排", "在另一个进程里，按排版进程的内存上限，用每个版式真的排一期"),
    Subject("数据库", "打得开、没有损坏、写得进、不比这个版本新，磁盘还有 64 MB"),
    Subject(
        "统一身份认证",
        "设全了没有，软件包装了没有，问得到它的地址与公钥（只在设有 HONGTOU_OIDC_ISSUER 时）",
    ),
    Subject("服务", "启动服务的各项准备：监听本机以外的地址须有密钥或帐号、文件描述符、网页"),
)


def examine() -> list[Check]:
    """Return all checks.

    The trial issue is skipped if a part that it needs is missing, and the whole trial if a system
    limit would end it.
    """
    software_found = [
        *software.look_at_python(),
        *software.look_at_libraries(),
        *software.look_at_versions(),
        *software.look_at_office(),
    ]
    machine_found = [
        *machine.look_at_streams(),
        *machine.look_at_temporary_folder(),
        *machine.look_at_proc(),
    ]
    settings, config = _settings()
    limits = list(machine.look_at_limits(config)) if config else []
    found = _configured(config) if config else []
    is_whole = config is not None and all(check.ok for check in [*software_found, *found])
    is_free = all(check.ok for check in limits)
    tried = list(_trial(packages_only=not is_whole)) if is_free else []
    return [
        *software_found,
        *_packages(tried),
        *settings,
        *machine_found,
        *limits,
        *found,
        *_rest(tried),
    ]


def _configured(config: Config) -> list[Check]:
    """Return the checks of what the configuration names: files and the port."""
    return [
        *files.look_at_layouts(config),
        *files.look_at_fonts(config),
        *files.look_at_examples(config),
        *files.look_at_keys(config),
        *machine.look_at_port(config),
    ]


def _settings() -> tuple[list[Check], Config | None]:
    try:
        config = read_config()
    except SetupError as fault:
        return [refusal(SETTINGS, fault)], None
    return [well(SETTINGS, "可用")], config


def _packages(tried: list[Check]) -> list[Check]:
    found = [check for check in tried if check.name.startswith("软件包")]
    return sorted(found, key=lambda check: check.name)


def _rest(tried: list[Check]) -> list[Check]:
    return [check for check in tried if not check.name.startswith("软件包")]


def _trial(*, packages_only: bool) -> Iterator[Check]:
    """Run the trial and yield its checks; if it dies, the last part begun is the fault."""
    program = TRIAL.format(root=str(ROOT))
    command = [sys.executable, "-P", "-c", program, *(["packages"] if packages_only else [])]
    try:
        ended = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            cwd=machine.in_own_folder(),
            timeout=TRIAL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        yield Check("试排", False, f"{TRIAL_SECONDS:g} 秒没有排完", "请减轻机器的负担后重试")
        return
    except OSError as cause:
        remedy = "请放宽 ulimit -u、ulimit -v 或容器的 pids_limit"
        yield Check("进程与线程", False, f"不能启动进程：{reason_of(cause)}", remedy)
        return
    begun = ""
    for line in ended.stdout.splitlines():
        if not line.startswith(RECORD):
            continue  # of somebody else, who prints before the trial begins: a sitecustomize
        record = json.loads(line)
        begun = record.pop("begun", "")
        if record:
            yield Check(**record)
    if begun or ended.returncode:
        yield Check(begun or "试排", False, _death(ended), reinstall())


def _death(ended: subprocess.CompletedProcess[str]) -> str:
    last = (ended.stderr.strip().splitlines() or [""])[-1]
    if ended.returncode < 0:
        return f"进程被 {Signals(-ended.returncode).name} 结束 {last}".strip()
    return f"进程以 {ended.returncode} 结束：{last}"
