"""The measurement of the ledger: what it lays down is a ledger like any other."""

import pytest

from bench.ledger import PAGES, lines


@pytest.mark.slow
def test_a_small_ledger_is_measured_and_its_chain_fits():
    told = lines(40, turns=1)
    assert [page for page in PAGES if any(page in line for line in told)] == list(PAGES)
    assert "fits" in told[-3] and "agrees" in told[-2] and "agrees" in told[-1]
    assert not any("NOT" in line for line in told)
