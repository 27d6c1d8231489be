"""The words of a proposal are kept by the change that makes or alters it, and by the migration for those there were."""

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from app.accounts.queries import actor_of
from app.core.access import Role
from app.core.db import db, transaction
from app.cycles.rules import Stage as CycleStage
from app.proposals import queries, services
from app.proposals.events import ProposalEdited
from app.proposals.importing.services import ImportProposal, import_proposals
from app.proposals.search.models import ProposalWords
from tests import make
from tests.proposals.said import words
from tests.test_migrations import an_app
from tests.test_upgrades import plain_rows, rows


def titles(typed):
    return [card.title for card in queries.cards(search=typed).items]


def edited(cycle):
    author = make.resident(cycle.neighborhood)
    draft = services.draft(cycle.id, words(cycle, title="A heron pond"), by=author)
    assert titles("heron") == []
    services.edit(draft.id, words(cycle, title="A duck pond"), by=author)
    assert titles("duck") == []
    services.send(draft.id, by=author)
    assert titles("duck") == ["A duck pond"]
    services.edit(draft.id, words(cycle, title="A goose pond"), by=author)
    return titles("duck"), titles("goose")


def test_a_proposal_is_found_from_when_it_is_sent_by_the_words_it_has_now(app):
    assert edited(make.cycle()) == ([], ["A goose pond"])


def test_the_check_notices_an_edit_that_nobody_tells_the_search(app, monkeypatch):
    monkeypatch.setitem(app.extensions["event_wiring"], ProposalEdited, [])
    assert edited(make.cycle()) != ([], ["A goose pond"])


def test_words_of_a_change_that_fails_are_not_kept(app, monkeypatch):
    wiring = app.extensions["event_wiring"]
    monkeypatch.setitem(wiring, ProposalEdited, [*wiring[ProposalEdited], lambda _event: 1 / 0])
    proposal = make.proposal(title="A duck pond")
    goose = words(proposal.cycle, title="A goose pond")
    with pytest.raises(ZeroDivisionError):
        services.edit(proposal.id, goose, by=actor_of(proposal.author))
    assert (titles("duck"), titles("goose")) == (["A duck pond"], [])


def test_a_command_finds_all_of_them_anew(app):
    make.proposal(title="A duck pond")
    with transaction():
        db.session.execute(sa.delete(ProposalWords))
    assert titles("duck") == []
    assert app.test_cli_runner().invoke(args=["index-proposals"]).output == "1 proposals can be found\n"
    assert titles("duck") == ["A duck pond"]


def test_imported_options_are_found(app):
    cycle, clerk = make.cycle(stage=CycleStage.COUNTING), make.actor(Role.CLERK)
    told = {"summary": "Trees", "need": "Shade", "place": "Here", "category_id": cycle.neighborhood.categories[0].id}
    import_proposals(cycle.id, [ImportProposal(title="Old oak", cost_cents=1, **told)], by=clerk)
    assert titles("oak trees") == ["Old oak"]


def test_proposals_from_before_the_search_are_found_after_the_upgrade(tmp_path):
    app = an_app(f"sqlite:///{tmp_path}/old.sqlite3", tmp_path)
    with app.app_context():
        upgrade(revision="0008")
        schema = sa.MetaData()
        schema.reflect(db.engine)
        with db.engine.begin() as connection:
            for table, found in rows().items():
                connection.execute(sa.insert(schema.tables[table]), plain_rows(schema.tables[table], found))
        upgrade()
        assert titles("six lamps") == ["Lamps"] * 3
        db.session.remove()
        db.engine.dispose()
