"""Every benchmark, one after another: `make benchmarks`."""

from __future__ import annotations

from tests.benchmarks import copies, exporting, pages, reading, records, submitting

for benchmark in (reading, pages, submitting, copies, records, exporting):
    benchmark.main()
