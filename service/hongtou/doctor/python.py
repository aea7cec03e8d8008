"""The Python that runs this, and files that stand in for its modules.

Imports nothing but what Python itself has loaded, as anything else may be such a file, and is
written so that an old Python can read it.
"""

import os
import sys

ENVIRONMENT = "Python 环境"  # the check that stands alone: after it nothing can be trusted
OLDEST = (3, 11)
CLONE = os.path.realpath(os.path.join(__file__, "../../../.."))  # noqa: PTH118 - see above


def python_fault() -> "tuple[str, str] | None":
    """Return that this Python is too old, and the remedy; None where it is not."""
    if sys.version_info >= OLDEST:
        return None
    wanted = ".".join(map(str, OLDEST))
    found = ".".join(map(str, sys.version_info[:3]))
    remedy = f"请用 python{wanted} -m venv 另建虚拟环境，在其中重新安装"
    if os.path.isfile(os.path.join(CLONE, "Makefile")):  # noqa: PTH113, PTH118
        remedy = f"请在 {CLONE} 删去 .venv，再运行 make setup PYTHON=python{wanted}"
    return f"需要 Python {wanted} 以上，现为 {found}", remedy


def shadow_fault() -> "tuple[str, str] | None":
    """Return which file stands in for which module, and the remedy; None where there is none."""
    library = os.path.realpath(os.path.dirname(os.__file__))  # noqa: PTH120 - see above
    for folder in sys.path:
        place = os.path.realpath(folder or os.curdir)
        if place == library or place.endswith(".zip"):
            return None  # what comes after the standard library stands in for none of it
        for name in _modules(place):
            if name in sys.stdlib_module_names:
                return (
                    f"{place} 里的 {name} 顶替了标准库的 {name}",
                    "请移走它，或 unset PYTHONPATH，或换一个目录运行",
                )
    return None


def _modules(folder: str) -> list[str]:
    """Return the names that can be imported from a folder."""
    try:
        entries = os.listdir(folder)  # noqa: PTH208
    except OSError:
        return []
    return sorted(
        name
        for entry in entries
        for name, dot, suffix in (entry.partition("."),)
        if (dot and suffix.rpartition(".")[2] in ("py", "pyc", "so"))
        or os.path.isfile(os.path.join(folder, entry, "__init__.py"))  # noqa: PTH113, PTH118
    )


def report(fault: "tuple[str, str]", *, as_json: bool) -> str:
    """Return a fault as the doctor writes it; without the json module, which may be another."""
    detail, remedy = fault
    if not as_json:
        return f"缺失  {ENVIRONMENT}  {detail}\n      办法：{remedy}\n"
    fields = {"name": ENVIRONMENT, "detail": detail, "remedy": remedy}
    texts = ", ".join(f'"{name}": {_quoted(text)}' for name, text in fields.items())
    return f'{{"checks": [{{"ok": false, {texts}}}]}}\n'


def _quoted(text: str) -> str:
    inner = "".join(
        char if char.isprintable() and char not in '"\\' else f"\\u{ord(char) & 0xFFFF:04x}"
        for char in text
    )
    return f'"{inner}"'
