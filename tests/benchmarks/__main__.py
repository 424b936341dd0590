"""Every benchmark, one after another: `make benchmarks`."""

from __future__ import annotations

from tests.benchmarks import copies, pages, reading, records, submitting

for benchmark in (reading, pages, submitting, copies, records):
    benchmark.main()
