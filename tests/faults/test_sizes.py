"""More of everything than a company has: it costs hardly more."""

import statistics
import time

import pytest

from tests.workflows.glossary.entries import entry
from workflows.glossary.index import Index
from workflows.glossary.shelf import Shelf

pytestmark = pytest.mark.slow


def test_a_hundred_thousand_terms_are_as_quick_as_a_thousand() -> None:
    small, large = Shelf().index, Shelf().index
    for index, count in ((small, 1_000), (large, 100_000)):
        index.put(entry(n, f"threat actor group {n * 7919 % 999_983}") for n in range(1, count + 1))

    def cost(index: Index, asked: str) -> float:
        times = []
        for _ in range(41):
            started = time.process_time()
            index.find(asked, "ta")
            times.append(time.process_time() - started)
        return statistics.median(times)

    hits = cost(large, "Threat-Actor group 7919") / cost(small, "Threat-Actor group 7919")
    misspelt = cost(large, "thraet actor group 7919")

    assert hits < 5
    assert misspelt < 0.1
