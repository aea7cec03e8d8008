"""Do the tests see it when the code is wrong? ``make mutants`` alters it in many places and looks.

    operators.py   what can be altered in a piece of Python    mutant.py   one alteration, all of them
    sampling.py    which alterations are tried                 places.py   which functions run one
    sight.py       which tests can see one                     watcher.py  which functions are run
    tree.py        a copy of the repository to alter           recorder.py by which test
    verdict.py     whether a test fails                        report.py   what came of all
    __main__.py    the run
    review.toml    twelve alterations that tests once let pass, by name
    killers.json   which test saw an alteration, by its name; killers.py reads and writes it
    known.toml     alterations that nobody could see, or that no test looks for, and why

Why code of our own: mutmut alters functions alone, each behind a trampoline that calls it, in a
process that it forks; here much runs in processes of its own, under a filter of system calls, and
much is constants and layouts. cosmic-ray runs all tests for each alteration.
"""
