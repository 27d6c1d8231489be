"""The measurement of the ledger: what it lays down is a ledger like any other."""

import pytest

from bench.ledger import PAGES, lines


@pytest.mark.slow
def test_a_small_ledger_is_measured_and_its_chain_fits():
    told = lines(40, turns=1)
    assert [page for page in PAGES if any(page in line for line in told)] == list(PAGES)
    checked = told[-4:]
    assert "fits" in checked[0] and "agrees" in checked[1] and "agrees" in checked[2] and "file" in checked[3]
    assert not any("NOT" in line for line in told)
