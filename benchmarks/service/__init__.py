"""Long runs against the service as a process, on loopback only: soak, load, faults and hang.

    python -m benchmarks.service soak --renders 2000
    python -m benchmarks.service load --seconds 300
    python -m benchmarks.service faults --kills 1000
    python -m benchmarks.service hang --turns 8

Each is bounded, fails where a promise is broken, and writes its figures to `out/` and to its
part of `docs/reliability.md`.
"""
