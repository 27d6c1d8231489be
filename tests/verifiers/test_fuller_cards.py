"""A rule card that says more beside its options is counted the same, and one that says less stays as it was hashed."""

from hashlib import sha256

from app.cycles.rules import CardOption, canonical
from app.cycles.rules import _plain_option as plain_option
from app.voting.counting.records import Rule
from tests.verifiers import bundles

BESIDE = {
    "language": "en",
    "short_text": "Six warm lamps: “light the way”.",
    "short_text_sha256": sha256("Six warm lamps: “light the way”.".encode()).hexdigest(),
    "running_cost_cents": 500_00,
    "task_force": {"slug": "lighting", "name": "Lighting"},
    "wordings": {"es": {"title": "Faroles", "text": "Seis faroles."}},
}
TOLD = {"wordings": {"en": {"rule": "Shared budget"}}, "settled": [], "council": [], "prices": []}


def told(card):
    """The card as it is written where a cycle asked for everything."""
    for option in card["options"]:
        option.update(BESIDE)
    card.update(TOLD)


def test_a_card_that_says_more_leads_to_the_same_recount(tmp_path):
    plain = bundles.bundle(bundles.city_vote(3), Rule.SHARED_BUDGET, drawn=False)
    fuller = bundles.changed(plain["rule-card.json"], told)
    before, after = (sha256(card).hexdigest().encode() for card in (plain["rule-card.json"], fuller))
    header = plain[bundles.SET].replace(before, after)
    found = bundles.verdict(tmp_path, bundles.forged(plain, card=fuller, ballots=header))
    assert found["verdict"] == bundles.verdict(tmp_path, plain)["verdict"] == "equal"


def test_an_option_beside_which_nothing_stands_has_the_bytes_it_always_had():
    option = CardOption(number=1, code="2026-P001", title="Lamps", cost_cents=1)
    before = '{"code":"2026-P001","cost_cents":1,"number":1,"title":"Lamps"}'
    assert canonical(plain_option(option)) == before
