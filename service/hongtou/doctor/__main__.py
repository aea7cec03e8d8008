"""``python -P -m hongtou.doctor``: runs the doctor where the command line does not start."""

import sys

from hongtou.doctor.python import python_fault, report, shadow_fault

RUN_FAILED = 4


def main(arguments: "list[str]") -> int:
    """Write the result, as JSON with ``--json``, and return the exit code."""
    as_json = "--json" in arguments
    early = python_fault() or shadow_fault()
    if early:  # further imports might load a foreign file
        print(report(early, as_json=as_json), end="")  # noqa: T201 - click may be missing
        return RUN_FAILED
    from hongtou.doctor.report import write_report

    return write_report(as_json=as_json)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
