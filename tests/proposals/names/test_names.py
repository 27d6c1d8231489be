"""A name is in no public text before an officer has looked; what is removed is gone from every text, old and new."""

import pytest
import sqlalchemy as sa

from app.accounts.queries import actor_of
from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.db import db
from app.core.errors import DomainError
from app.cycles.rules import Stage as CycleStage
from app.proposals import services as verbs
from app.proposals.attachments import queries as attachments
from app.proposals.attachments import services as hanging
from app.proposals.names import queries
from app.proposals.names.judging import services
from app.proposals.names.judging.services import JudgeWords, RemoveWords
from app.proposals.names.models import OriginalReading, WithheldWords
from app.proposals.names.rules import Ending
from app.proposals.revisions import queries as revisions
from app.proposals.rules import Stage
from tests import make
from tests.proposals import said
from tests.proposals.hiding.test_hiding import a_picture
from tests.proposals.names.telling import (
    NAME,
    OWN_ROOMS,
    REASON,
    TELLS,
    pages_that_say,
    removal,
    sent,
    tables_that_say,
    waiting,
)

MARK = "[being checked 1]"


def judged(row, ending, by=None, reason=REASON):
    return services.judge(row.id, JudgeWords(ending=ending, reason=reason), by=by or make.actor(Role.OFFICER))


def rewritten(proposal, by, summary, **more):
    return verbs.edit(proposal.id, said.words(proposal.cycle, summary=summary, **more), by=by)


def test_a_name_is_kept_back_when_a_proposal_is_sent(app):
    proposal, _by = sent()
    assert proposal.stage is Stage.SUBMITTED and proposal.summary == TELLS.replace(NAME, MARK)
    assert [row.words for row in waiting(proposal)] == [NAME]


def test_the_canary_of_a_name_is_read_nowhere_but_in_its_own_room(app, mailbox):
    proposal, by = sent(title="For Evaristo Quintanilla, my neighbor Evaristo Quintanilla")
    rewritten(proposal, by, f"{TELLS} She and my friend {NAME} wait.", place=f"At the door of Mrs. {NAME}")
    judged(waiting(proposal)[0], Ending.REMOVED)
    assert tables_that_say("Quintanilla") == {"withheld_words"} <= OWN_ROOMS
    assert pages_that_say(app, proposal, "Quintanilla") == set()
    assert "Quintanilla" not in "".join(mail.body + mail.subject for mail in mailbox.all())


def test_the_canary_sings_where_nothing_is_kept_back(app, monkeypatch):
    monkeypatch.setattr(verbs, "withhold", lambda *_, **__: None)
    proposal, _by = sent(title=f"For {NAME}, my neighbor")
    assert tables_that_say("Quintanilla") >= {"proposal", "proposal_revision", "proposal_words"}
    assert len(pages_that_say(app, proposal, "Quintanilla")) >= 4


def test_a_draft_keeps_its_words_until_it_is_sent(app):
    cycle = make.cycle()
    by = make.resident(cycle.neighborhood)
    draft = verbs.draft(cycle.id, said.words(cycle, summary=TELLS), by=by)
    assert [each.words for each in queries.around(draft.id, by).asked] == [NAME] and NAME in draft.summary
    assert queries.around(draft.id, None).asked == ()
    verbs.send(draft.id, by=by)
    assert NAME not in draft.summary and len(waiting(draft)) == 1


def test_an_edit_keeps_back_what_it_adds_and_the_note_about_it_too(app):
    proposal, by = sent("Put six warm lamps there.")
    verbs.edit(proposal.id, said.words(proposal.cycle, summary=TELLS), by=by, changed=f"Told of my neighbor {NAME}.")
    assert MARK in proposal.summary and tables_that_say("Quintanilla") == {"withheld_words"}


def test_a_mark_that_its_author_takes_out_waits_no_longer(app):
    proposal, by = sent()
    row = waiting(proposal)[0]
    rewritten(proposal, by, "A neighbor falls here every winter, so put up lamps.")
    assert waiting(proposal) == [] and (row.ending, row.ended_by_id) == (Ending.TAKEN_OUT, by.id)


def test_a_mark_that_stays_in_an_edit_still_stands_for_its_words(app):
    proposal, by = sent()
    rewritten(proposal, by, f"Put up lamps for {MARK}, who falls here.")
    judged(waiting(proposal)[0], Ending.MAY_STAND)
    assert proposal.summary == f"Put up lamps for {NAME}, who falls here."


def test_what_may_stand_is_not_asked_about_again_in_this_proposal(app):
    proposal, by = sent()
    judged(waiting(proposal)[0], Ending.MAY_STAND)
    rewritten(proposal, by, f"{TELLS} Soon.")
    assert NAME in proposal.summary and waiting(proposal) == []
    other = verbs.submit(proposal.cycle_id, said.words(proposal.cycle, summary=TELLS), by=by)
    assert len(waiting(other)) == 1


def test_what_is_no_name_is_asked_about_nowhere_in_the_neighborhood(app):
    proposal, by = sent()
    judged(waiting(proposal)[0], Ending.NO_NAME)
    other = verbs.submit(proposal.cycle_id, said.words(proposal.cycle, summary=TELLS), by=by)
    assert waiting(other) == [] and NAME in other.summary


def test_nobody_is_asked_about_the_proposer_s_own_name(app):
    cycle = make.cycle()
    by = make.person(public_name=NAME, resident_of=cycle.neighborhood)
    proposal, _by = sent(f"I am {NAME} and Mrs. {NAME} too.", author=actor_of(by))
    assert waiting(proposal) == []


def test_an_officer_removes_what_no_check_has_found_from_every_text(app):
    proposal, by = sent("The man they call quintanilla falls here every winter.")
    rewritten(proposal, by, "The man they call Quintanilla falls here.")
    services.remove(proposal.id, RemoveWords(**removal("Quintanilla")), by=make.actor(Role.OFFICER))
    assert proposal.summary == "The man they call [name removed] falls here."
    assert pages_that_say(app, proposal, "Quintanilla") == set()
    assert tables_that_say("Quintanilla") == {"withheld_words", "proposal_revision"}
    rewritten(proposal, by, "I say it again: QUINTANILLA falls here.")
    assert proposal.summary == "I say it again: [name removed] falls here."


def test_the_check_of_old_texts_notices_when_they_are_read_as_they_were(app, monkeypatch):
    proposal, by = sent("The man they call Quintanilla falls here every winter.")
    services.remove(proposal.id, RemoveWords(**removal("Quintanilla")), by=make.actor(Role.OFFICER))
    monkeypatch.setattr(queries, "masked", lambda text, _masks=(), masks=(): text)
    assert pages_that_say(app, proposal, "Quintanilla")


def test_the_trace_of_a_removal_is_public(app):
    proposal, _by = sent()
    judged(waiting(proposal)[0], Ending.REMOVED)
    (trace,) = queries.around(proposal.id, None).removed
    assert (trace.mark, trace.reason) == ("[name removed]", REASON) and trace.by


@pytest.mark.parametrize("reason", ["", "short", f"Because {NAME} was not asked."])
def test_a_removal_has_a_reason_that_does_not_repeat_the_words(app, reason):
    proposal, _by = sent()
    with pytest.raises(DomainError) as refusal:
        judged(waiting(proposal)[0], Ending.REMOVED, reason=reason)
    assert refusal.value.field == "reason" and MARK in proposal.summary


def test_who_reads_removed_words_is_on_record(app):
    proposal, _by = sent()
    row = waiting(proposal)[0]
    judged(row, Ending.REMOVED)
    observer = make.actor(Role.OBSERVER)
    assert services.read_removed(row.id, "A neighbor has complained.", by=observer) == NAME
    (reading,) = db.session.scalars(sa.select(OriginalReading))
    assert (reading.person_id, reading.withheld_id) == (observer.id, row.id)
    newest = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(1)).one()
    assert newest.kind == "OriginalRead" and newest.actor_id == observer.id and NAME not in newest.body


def test_no_ballot_is_fixed_while_words_of_an_option_wait(app):
    proposal, _by = sent(phase=CycleStage.REVIEWING)
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE proposal SET stage = 'feasible', cost_cents = 100"))
    with pytest.raises(DomainError) as refusal:
        verbs.put_on_ballot(proposal.cycle_id, by=make.actor(Role.CLERK))
    assert refusal.value.code == "words_wait"
    judged(waiting(proposal)[0], Ending.MAY_STAND)
    assert verbs.put_on_ballot(proposal.cycle_id, by=make.actor(Role.CLERK))


def test_words_that_were_put_back_are_found_by_search_and_stand_in_a_text_of_their_own(app):
    proposal, _by = sent()
    assert pages_that_say(app, proposal, "Quintanilla") == set()
    judged(waiting(proposal)[0], Ending.MAY_STAND)
    assert {"search", f"/proposals/{proposal.id}"} <= pages_that_say(app, proposal, "Quintanilla")
    assert [NAME in each.summary for each in revisions.all_of(proposal.id)] == [True, False]


def test_what_a_picture_is_said_to_show_is_kept_back_too(app):
    proposal, by, which = a_picture()
    hanging.describe(which.part_id, f"My friend {NAME} at her door", by=by)
    assert attachments.of_proposal(proposal.id)[0].words == "My friend [being checked 1] at her door"
    services.remove(proposal.id, RemoveWords(**removal("door")), by=make.actor(Role.OFFICER))
    assert attachments.of_proposal(proposal.id)[0].words.endswith("at her [name removed]")


def test_the_check_of_pictures_notices_when_their_words_are_kept_as_they_come(app, monkeypatch):
    proposal, by, which = a_picture()
    monkeypatch.setattr(hanging, "withhold", lambda *_, **__: None)
    hanging.describe(which.part_id, f"My friend {NAME} at her door", by=by)
    assert NAME in attachments.of_proposal(proposal.id)[0].words


def test_a_title_that_has_no_room_for_a_mark_is_refused_at_its_field(app):
    with pytest.raises(DomainError) as refusal:
        sent(title="A lamp for my friend Ida " + "x" * 95)
    assert refusal.value.field == "title"


@pytest.mark.parametrize("act", ["UPDATE", "DELETE"])
def test_rows_about_names_stay(app, act):
    proposal, _by = sent()
    row = waiting(proposal)[0]
    judged(row, Ending.REMOVED)
    services.read_removed(row.id, "A neighbor has complained.", by=make.actor(Role.OVERSEER))
    kind = OriginalReading if act == "UPDATE" else WithheldWords
    statement = sa.update(kind).values(purpose="nothing") if act == "UPDATE" else sa.delete(kind)
    with pytest.raises(sa.exc.DatabaseError, match="append-only|never deleted"), db.engine.begin() as connection:
        connection.execute(statement)


def test_the_schema_wants_a_reason_for_a_removal(app):
    proposal, _by = sent()
    judged(waiting(proposal)[0], Ending.REMOVED)
    with pytest.raises(sa.exc.IntegrityError, match="removed_with_reason"), db.engine.begin() as connection:
        connection.execute(sa.update(WithheldWords).values(reason=" "))
