"""What a hostile client can do to the service, on loopback only, each bounded in number and time.

    python -m benchmarks.attack                 all of it, a few minutes
    python -m benchmarks.attack requests        one part: see PARTS in `__main__.py`

Each part is a module whose `run()` gives rows; a broken promise ends the command with 1. The
figures go to `out/` and into `docs/security.md`. Everything runs in a control group of 512 MiB, or
without one where none can be made, and says so.
"""
