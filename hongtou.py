"""The command ``hongtou``: start the command line, or say why this installation cannot.

It stands outside the package `service`, so that another package of that name is told of and not
run, and needs nothing that may be missing or too new: `sys` and `os` are loaded before anything of
ours. The doctor runs without the command line, whose packages may be missing.
"""

import os
import sys

RUN_FAILED = 4
HOME = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - nothing is imported


def run() -> None:
    """Run one command; exit 4 where the installation is too broken for that."""
    fault = foreign_fault()
    if fault:
        _refuse(*fault)
    from service.doctor.python import python_fault

    if sys.argv[1:] in (["doctor"], ["doctor", "--json"]):
        from service.doctor.__main__ import main

        sys.exit(main(sys.argv[2:]))
    fault = python_fault()
    if fault:
        _refuse(*fault)
    try:
        from service.cli import run as run_command
    except ImportError as missing:
        name = missing.name or str(missing) or "一个模块"
        _refuse(f"载入不了 {name}", "请运行 hongtou doctor 查看怎么补")
    else:
        run_command()


def foreign_fault() -> "tuple[str, str] | None":
    """Return that another package called `service` would be run, and the remedy; None if not."""
    own = os.path.realpath(os.path.join(HOME, "service"))  # noqa: PTH118
    for folder in sys.path:
        for name in ("service", "service.py"):
            found = os.path.realpath(os.path.join(folder or os.curdir, name))  # noqa: PTH118
            if found == own:
                return None
            inside = os.path.join(found, "__init__.py")  # noqa: PTH118
            if os.path.isfile(found) or os.path.isfile(inside):  # noqa: PTH113
                remedy = "请移走它，或 unset PYTHONPATH，或换一个目录运行"
                return f"{found} 顶替了 hongtou 自己的 service 包", remedy
    return f"找不到 hongtou 自己的 service 包，应在 {own}", "请重新安装 hongtou"


def _refuse(detail: str, remedy: str) -> None:
    """Say what is wrong, as the doctor does where that was asked, and end."""
    is_doctor = sys.argv[1:2] == ["doctor"]
    lines = f"缺失  Python 环境  {detail}\n      办法：{remedy}\n"
    print(
        lines if is_doctor else f"错误：{detail}（{remedy}）\n", end="",
        file=sys.stdout if is_doctor else sys.stderr,
    )
    sys.exit(RUN_FAILED)


if __name__ == "__main__":
    run()
