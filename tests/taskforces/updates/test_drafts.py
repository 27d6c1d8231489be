"""Updates before they are public: who may take which step, what is signed, and what the clock does."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.clock import today
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound
from app.taskforces.projects import queries as projects
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.seats.rules import SeatKind, Side
from app.taskforces.updates import queries as updates
from app.taskforces.updates.drafts import queries, rules, services
from app.taskforces.updates.drafts.models import UpdateDraft
from app.taskforces.updates.drafts.rules import DraftStage, Part, Step, WhyNot
from app.taskforces.updates.drafts.services import SaveDraft
from tests import make

WORDS = {"what_changed": "The poles are up.", "why": "The crane came at last.", "what_next": "Lamps come next."}
S, P = DraftStage, Part
ALLOWED = {
    (Step.CHANGE, S.WRITING): {P.WRITER, P.WRITING_CHAIR},
    (Step.CHANGE, S.WAITING): {P.CHAIR, P.WRITING_CHAIR},
    (Step.HAND_IN, S.WRITING): {P.WRITER, P.WRITING_CHAIR},
    (Step.TAKE_BACK, S.WAITING): {P.WRITER, P.WRITING_CHAIR},
    (Step.SEND_BACK, S.WAITING): {P.CHAIR},
    (Step.PUBLISH, S.WRITING): {P.WRITING_CHAIR},
    (Step.PUBLISH, S.WAITING): {P.CHAIR, P.WRITING_CHAIR},
    (Step.THROW_AWAY, S.WRITING): {P.WRITER, P.WRITING_CHAIR},
    (Step.THROW_AWAY, S.WAITING): {P.CHAIR, P.WRITING_CHAIR},
}


def test_every_step_that_is_not_listed_is_refused_for_every_part():
    for step in Step:
        for stage in DraftStage:
            may = {part for part in Part if rules.why_not(step, stage, part) is None}
            assert may == ALLOWED.get((step, stage), set()), (step, stage)


def test_a_part_follows_from_the_seat_and_what_a_former_member_left_is_the_chairs_own():
    def part(person, sitting=(1, 2, 3)):
        return rules.part_of(person, writer_id=1, sitting=sitting, chairs=(2,))

    assert [part(n) for n in (1, 2, 3, 4)] == [P.WRITER, P.CHAIR, P.MEMBER, P.OUTSIDER]
    assert part(2, sitting=(2, 3)) is P.WRITING_CHAIR and part(1, sitting=(2, 3)) is P.OUTSIDER


@pytest.fixture
def room(app):
    """A project in delivery, a member of its task force, and a co-chair."""
    body = make.task_force()
    return make.project(body=body), make.seated(body, SeatKind.MEMBER), make.co_chair(body)


def drafted(project, by, **more):
    return services.begin(project.id, SaveDraft(**WORDS | more), by=by).id


def waits(project, by):
    id_ = drafted(project, by)
    services.hand_in(id_, by=by)
    return id_


def refusal(act):
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value


def steps(id_):
    """Every verb of a draft, ready to be tried by somebody."""
    edition = db.session.get(UpdateDraft, id_).edition
    return {
        Step.CHANGE: lambda by: services.change(id_, SaveDraft(**WORDS, edition=edition), by=by),
        Step.HAND_IN: lambda by: services.hand_in(id_, by=by),
        Step.TAKE_BACK: lambda by: services.take_back(id_, by=by),
        Step.SEND_BACK: lambda by: services.send_back(id_, "Please say when.", by=by),
        Step.PUBLISH: lambda by: services.publish(id_, edition=edition, by=by),
        Step.THROW_AWAY: lambda by: services.throw_away(id_, by=by),
    }


OUTSIDERS = {
    "a resident": lambda body: make.resident(body.neighborhood),
    "a clerk": lambda body: make.actor(Role.CLERK),
    "an admin": lambda body: make.actor(Role.ADMIN),
    "an overseer": lambda body: make.actor(Role.OVERSEER),
    "an observer of it": lambda body: make.seated(body, SeatKind.OBSERVER, Side.INSTITUTION),
    "a former member": lambda body: make.seated(body, SeatKind.MEMBER, ends_on=today() - timedelta(days=1)),
    "another task force's": lambda body: make.co_chair(make.task_force(where=body.neighborhood)),
}


def each_step_is_refused(room, somebody):
    project, member, _chair = room
    assert refusal(lambda: services.begin(project.id, SaveDraft(**WORDS), by=somebody)).status == 403
    for step, verb in steps(waits(project, member)).items():
        assert refusal(lambda verb=verb: verb(somebody)).status == 403, step


def test_nobody_from_outside_takes_any_step(room):
    for outsider in OUTSIDERS.values():
        each_step_is_refused(room, outsider(room[0].task_force))


def test_the_check_notices_when_everybody_sits(room, monkeypatch):
    outsider = make.actor(Role.CLERK)
    monkeypatch.setattr(services, "sitting", lambda *_: frozenset({outsider.id, room[1].id}))
    with pytest.raises(pytest.fail.Exception):
        each_step_is_refused(room, outsider)


def test_a_member_writes_and_a_co_chair_publishes_without_the_member_s_name(room):
    project, member, chair = room
    services.publish(waits(project, member), edition=1, by=chair)
    (told,) = updates.of_project(project.id)
    assert (told.what_changed, told.by, told.by_member) == (WORDS["what_changed"], chair.name, True)
    assert not told.is_unsigned and queries.waiting([project.task_force_id]) == []


def test_what_waits_is_told_to_the_co_chairs_and_to_nobody_outside(room):
    project, member, _chair = room
    id_ = waits(project, member)
    (waiting,) = queries.waiting([project.task_force_id])
    assert (waiting.draft_id, waiting.due_on >= today() + timedelta(days=14)) == (id_, True)
    card = projects.project(project.id)
    assert queries.of_project(card, make.actor(), today()) == [] and queries.of_project(card, None, today()) == []


def test_another_edition_than_the_one_that_was_read_is_not_signed(room):
    project, member, chair = room
    id_ = waits(project, member)
    services.change(id_, SaveDraft(**WORDS | {"why": "The crane never came."}, edition=1), by=chair)
    assert refusal(lambda: services.publish(id_, edition=1, by=chair)).code == "changed"
    assert updates.of_project(project.id) == []


def test_a_change_of_what_somebody_else_changed_is_refused_at_its_field(room):
    project, member, _chair = room
    id_ = drafted(project, member)
    services.change(id_, SaveDraft(**WORDS, edition=1), by=member)
    late = refusal(lambda: services.change(id_, SaveDraft(**WORDS, edition=1), by=member))
    assert (late.code, late.field) == ("changed", "what_changed")


def test_half_a_draft_is_kept_and_never_handed_in(room):
    project, member, _chair = room
    for field in WORDS:
        id_ = drafted(project, member, **{field: ""})
        short = refusal(lambda id_=id_: services.hand_in(id_, by=member))
        assert (short.code, short.field) == ("too_short", field)


def test_what_is_sent_back_says_why_and_its_clock_stops(room):
    project, member, chair = room
    id_ = waits(project, member)
    services.send_back(id_, "Please say when the lamps come.", by=chair)
    row = db.session.get(UpdateDraft, id_)
    assert (row.stage, row.due_on, row.note) == (S.WRITING, None, "Please say when the lamps come.")


def run_clock(project, on):
    services.publish_when_due(project.cycle.neighborhood_id, on)
    return updates.of_project(project.id)


def test_a_silent_co_chair_stops_no_update_and_the_missing_signature_is_printed(room):
    project, member, _chair = room
    due = db.session.get(UpdateDraft, waits(project, member)).due_on
    assert run_clock(project, due - timedelta(days=1)) == []
    for _ in range(2):
        (told,) = run_clock(project, due)
    assert (told.is_unsigned, told.by, told.by_member) == (True, "", False)
    query = sa.select(AuditEntry).where(AuditEntry.kind == "UpdatePublished")
    (entry,) = db.session.scalars(query)
    assert '"rule": 5' in entry.body or '"rule":5' in entry.body


def test_the_clock_leaves_alone_what_was_taken_back_and_what_belongs_to_another_place(room):
    project, member, _chair = room
    id_ = waits(project, member)
    late = today() + timedelta(days=60)
    services.publish_when_due(make.neighborhood().id, late)
    services.take_back(id_, by=member)
    assert run_clock(project, late) == []


def test_a_stopped_project_publishes_nothing_by_itself(room):
    project, member, chair = room
    id_ = waits(project, member)
    with transaction():
        db.session.get(Project, project.id).stage = ProjectStage.CANCELLED
    assert run_clock(project, today() + timedelta(days=60)) == []
    assert refusal(lambda: services.publish(id_, edition=1, by=chair)).code == "wrong_stage"
    services.throw_away(id_, by=chair)


def test_a_published_draft_takes_no_further_step(room):
    project, member, chair = room
    id_ = waits(project, member)
    tried = steps(id_)
    tried[Step.PUBLISH](chair)
    codes = {refusal(lambda verb=verb: verb(chair)).code for verb in tried.values()}
    assert codes == {WhyNot.NOT_NOW.value, WhyNot.NOT_YOURS.value}


def test_what_is_thrown_away_is_gone(room):
    project, member, _chair = room
    id_ = drafted(project, member)
    services.throw_away(id_, by=member)
    with pytest.raises(NotFound):
        services.hand_in(id_, by=member)
    assert db.session.get(UpdateDraft, id_) is None


def test_whoever_sits_there_to_work_may_write_and_of_the_young_only_the_first_name_is_read(app):
    body = make.task_force()
    project = make.project(body=body)
    for kind in (SeatKind.DEPUTY, SeatKind.MEMBER, SeatKind.SECRETARY, SeatKind.YOUTH):
        drafted(project, somebody := make.seated(body, kind))
    read = queries.of_project(projects.project(project.id), somebody, today())
    assert [draft.by for draft in read][-1] == "Noor" and len(read) == 4


IMPOSSIBLE = {
    "published_with_its_update": "UPDATE update_draft SET stage = 'published'",
    "waits_until_a_day": "UPDATE update_draft SET due_on = NULL",
    "signed_once_published": "UPDATE update_draft SET signed_by_id = writer_id",
}


def test_the_database_refuses_what_must_never_be(room):
    waits(*room[:2])
    for name, statement in IMPOSSIBLE.items():
        with pytest.raises(sa.exc.IntegrityError, match=name), transaction():
            db.session.execute(sa.text(statement))
