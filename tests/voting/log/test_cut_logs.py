"""T7, the log's part: below the last head that was kept, a vote takes no ballots and the log signs nothing."""

import pytest
import sqlalchemy as sa

from app.core.db import append_only_statements, db, transaction
from app.voting.log import queries, rules, services
from app.voting.log.models import Cosignature, LogLeaf, TreeHead
from app.voting.log.rules import Problem
from app.voting.log.services import LogBroken
from app.voting.models import Envelope
from tests import make
from tests.voting.log.minutes import pass_ten


@pytest.fixture
def voted(app, tmp_path, monkeypatch):
    """A vote with a log of two batches, and a second place for its heads."""
    monkeypatch.setitem(app.config, "HEADS_DIR", tmp_path / "heads")
    vote, roll = make.open_vote(voters=3)
    for voter in roll[:2]:
        make.cast(vote, voter, [1])
        pass_ten(vote.id)
    return vote, roll


def tampered(*changes):
    """What somebody does who owns the database: triggers are no hindrance."""
    tables = ("log_leaf", "tree_head", "cosignature")
    db.session.rollback()
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        names = [s.split()[2] for t in tables for s in append_only_statements(t, "sqlite")]
        if connection.dialect.name == "sqlite":
            [connection.execute(sa.text(f"DROP TRIGGER {name}")) for name in names]
        [connection.execute(change) for change in changes]
        if connection.dialect.name == "sqlite":
            [connection.exec_driver_sql(s) for t in tables for s in append_only_statements(t, "sqlite")]


def rolled_back(vote):
    """An old backup: the second batch never was."""
    first = db.session.scalar(sa.select(sa.func.min(TreeHead.size)).where(TreeHead.vote_id == vote.id))
    later = (sa.delete(Cosignature), sa.delete(TreeHead).where(TreeHead.size > first))
    tampered(*later, sa.delete(LogLeaf).where(LogLeaf.position >= first))


def assert_shut(vote, voter, problem):
    assert queries.faults(vote.id) == [problem]
    before = db.session.scalar(sa.select(sa.func.count()).select_from(Envelope))
    with pytest.raises(LogBroken):
        make.cast(vote, voter, [1])
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Envelope)) == before
    head = queries.last_head(vote.id)
    assert pass_ten(vote.id) == head


def test_a_whole_log_has_no_problem(voted):
    assert queries.problems(voted[0].id) == []


def test_an_old_backup_keeps_the_vote_shut(voted):
    vote, roll = voted
    rolled_back(vote)
    assert_shut(vote, roll[2], Problem.CUT)
    assert "old backup" in queries.problems(vote.id)[0]


def test_an_old_backup_of_database_and_data_folder_is_noticed_by_the_second_place(voted):
    vote, roll = voted
    rolled_back(vote)
    queries.head_paths(vote.id)[0].write_text(queries.last_head(vote.id).as_text())
    assert_shut(vote, roll[2], Problem.CUT)


def test_without_the_kept_head_an_old_backup_would_pass(voted, monkeypatch):
    """The twin: what notices it is the head outside the database, and nothing else."""
    vote, roll = voted
    rolled_back(vote)
    monkeypatch.setattr(queries, "kept_heads", lambda _vote: [])
    assert queries.problems(vote.id) == []
    make.cast(vote, roll[2], [1])


def test_a_log_with_another_story_keeps_the_vote_shut(voted):
    vote, roll = voted
    other = sa.update(TreeHead).where(TreeHead.size == queries.last_head(vote.id).size).values(root=bytes(32))
    tampered(other)
    assert Problem.FORKED in queries.faults(vote.id)
    with pytest.raises(LogBroken):
        make.cast(vote, roll[2], [1])


def test_a_leaf_that_was_exchanged_is_found_before_anything_is_signed(voted):
    vote, _roll = voted
    tampered(sa.update(LogLeaf).where(LogLeaf.position == 0).values(leaf=bytes(32)))
    assert queries.faults(vote.id) == [Problem.DAMAGED]
    with pytest.raises(LogBroken), transaction():
        services.grow(vote.id)


def test_a_head_file_that_cannot_be_read_keeps_the_vote_shut(voted):
    vote, roll = voted
    text = queries.last_head(vote.id).as_text()
    for damage in ("", "lamplight-tree-head/1\n", "\x00", text.replace("size: ", "size: 9")):
        queries.head_paths(vote.id)[1].write_text(damage)
        found = queries.faults(vote.id)
        assert Problem.KEPT_HEAD_UNREADABLE in found or Problem.CUT in found
        with pytest.raises(LogBroken):
            make.cast(vote, roll[2], [1])
        db.session.rollback()


def test_a_lost_signing_key_is_noticed_before_a_ballot_is_stored(voted, app):
    vote, roll = voted
    path = app.config["DATA_DIR"] / "keys" / vote.id.hex() / "log-seed"
    kept = path.read_bytes()
    path.unlink()
    assert_shut(vote, roll[2], Problem.KEY_LOST)
    path.write_bytes(kept)
    assert queries.problems(vote.id) == []


def test_the_heads_are_kept_in_both_places_after_the_commit(voted):
    vote, _roll = voted
    head = queries.last_head(vote.id)
    assert queries.kept_heads(vote.id) == [head, head] and len(queries.head_paths(vote.id)) == 2


def test_a_kill_between_commit_and_file_is_made_good_by_the_next_run(voted, monkeypatch):
    vote, roll = voted
    make.cast(vote, roll[2], [1])
    with monkeypatch.context() as killed:
        killed.setattr(services, "_keep_head", lambda _vote: None)
        head = pass_ten(vote.id)
    assert queries.kept_heads(vote.id)[0].size < head.size and queries.problems(vote.id) == []
    pass_ten(vote.id)
    assert queries.kept_heads(vote.id)[0] == head


def test_the_check_of_a_cast_is_one_statement(voted, statements):
    vote_id = voted[0].id
    statements.clear()
    services.ensure_log_extends_heads(vote_id, thoroughly=False)
    assert len(statements) == 1


@pytest.mark.parametrize(("slot", "last", "following"), [(5, None, 5), (5, 4, 5), (5, 5, None), (5, 9, 9)])
def test_the_slot_of_the_next_head_never_goes_back(slot, last, following):
    assert rules.next_slot(slot, last=last) == following
