"""Whether an installation is whole: each part looked at, with the remedy that mends it.

    examination.py  every subject in order: what is looked at, and the function that looks
    shadows.py      modules that stand in for others: looked at before anything is imported
    software.py     Python, shared libraries, Python packages
    files.py        layouts, fonts, examples, keys
    machine.py      the folder for temporary files, limits of the system, the port
    trial.py        a process of its own: imports, one small issue, the service but for its port
    report.py       what was found, as lines and as JSON

Only `trial.py` imports what is not in the standard library: the doctor must be able to say that
it is missing. This file stays empty for the same reason; ``python -m hongtou.doctor`` runs it
where not even the command line starts.
"""
