"""Try every input that was once set badly, and write what comes of it to ``docs/cases.md``.

    expected.py   what must come of each input, from ``users.toml``, ``engines.toml``, …
    trial.py      an input, set as the service would set it: its outcome
    feet.py       blank lines at the feet of its pages
    verdict.py    an outcome held against what is expected
    table.py      the page

The inputs lie outside of the repository: ``make cases CASES=FOLDER``.
"""
