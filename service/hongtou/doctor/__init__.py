"""Checks whether an installation is complete, with a remedy for every fault.

    examination.py  all subjects in order
    python.py       the version of Python, and files that shadow modules; before other imports
    software.py     shared libraries and Python packages
    files.py        layouts, fonts, examples, keys
    machine.py      streams, temporary folder, system limits, port
    trial.py        a child process: imports, a small issue, the start of the service
    report.py       the result as lines and as JSON

Only `trial.py` imports packages, since the doctor must be able to report that they are missing.
This file imports nothing for the same reason; ``python -m hongtou.doctor`` runs the doctor even
where the command line does not start.
"""
