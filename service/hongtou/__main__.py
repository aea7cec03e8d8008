"""The command ``hongtou``: starts the command line, or says why it cannot.

It imports only the standard library until it is clear that Python is recent enough. The doctor runs
without the command line, whose packages may be missing.
"""

import gc
import sys

RUN_FAILED = 4


def run() -> None:
    """Run a command; exit 4 if the installation is too broken."""
    from hongtou.doctor.python import python_fault

    if sys.argv[1:] in (["doctor"], ["doctor", "--json"]):
        from hongtou.doctor.__main__ import main

        sys.exit(main(sys.argv[2:]))
    fault = python_fault()
    if fault:
        _refuse(*fault)
    gc.disable()  # modules free nothing, so looking for garbage while they load finds none
    try:
        from hongtou.cli import run as run_command
    except ImportError as missing:
        name = missing.name or str(missing) or "一个模块"
        _refuse(f"载入不了 {name}", "请运行 hongtou doctor 查看怎么补")
    else:
        gc.freeze()  # or the next object looks through all of them
        gc.enable()
        run_command()


def _refuse(detail: str, remedy: str) -> None:
    """Print what is wrong, in the form of the doctor if it was called, and exit."""
    is_doctor = sys.argv[1:2] == ["doctor"]
    lines = f"缺失  Python 环境  {detail}\n      办法：{remedy}\n"
    print(
        lines if is_doctor else f"错误：{detail}（{remedy}）\n",
        end="",
        file=sys.stdout if is_doctor else sys.stderr,
    )
    sys.exit(RUN_FAILED)


if __name__ == "__main__":
    run()
