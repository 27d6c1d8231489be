"""The verbs of a draft: begin, change, hand in, take back, send back, publish, throw away; and the day it is due."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NoStanding, NotFound, ensure, ensure_standing
from app.core.events import publish as announce
from app.cycles.models import Cycle
from app.places.workdays.queries import working_day_after
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import ALLOWED, Act
from app.taskforces.seats import queries as seats
from app.taskforces.updates.drafts import words
from app.taskforces.updates.drafts.events import (
    UpdateDraftChanged,
    UpdateDrafted,
    UpdateHandedIn,
    UpdateSentBack,
    UpdateTakenBack,
    UpdateThrownAway,
)
from app.taskforces.updates.drafts.models import UpdateDraft
from app.taskforces.updates.drafts.queries import sitting
from app.taskforces.updates.drafts.rules import (
    SIGNING_DAYS,
    TOWARDS_THE_PUBLIC,
    WITHOUT_SIGNATURE,
    DraftStage,
    Part,
    Step,
    WhyNot,
    part_of,
    too_short,
    why_not,
)
from app.taskforces.updates.services import PublishUpdate, put_out


@dataclass(frozen=True, kw_only=True)
class SaveDraft:
    """The three answers as far as they are written; `edition` is the one they are a change of, 0 for a new draft."""

    what_changed: str
    why: str
    what_next: str
    edition: int = 0


def begin(project_id: int, command: SaveDraft, *, by: Actor) -> UpdateDraft:
    """Write a draft down; only for those who sit in the task force of the project."""
    with transaction():
        project = _project(project_id)
        ensure_standing(by.id in _sitting(project), str(words.REFUSALS[WhyNot.NOT_SEATED]))
        _ensure_open(project)
        _ensure_something(command)
        answers = {"what_changed": command.what_changed, "why": command.why, "what_next": command.what_next}
        draft = UpdateDraft(
            project_id=project.id, writer_id=by.id, stage=DraftStage.WRITING, edition=1, written_at=now(), **answers
        )
        db.session.add(draft)
        db.session.flush()
        announce(
            UpdateDrafted(actor_id=by.id, project_id=project.id, draft_id=draft.id, what_changed=draft.what_changed)
        )
    return draft


def change(draft_id: int, command: SaveDraft, *, by: Actor) -> UpdateDraft:
    """Change its words; refused at the first answer if somebody else did so in the meantime."""
    with transaction():
        draft = opened(draft_id, Step.CHANGE, by)
        ensure(command.edition == draft.edition, "changed", str(words.CHANGED), field="what_changed")
        _ensure_something(command)
        if draft.stage is DraftStage.WAITING:
            _ensure_whole(command.what_changed, command.why, command.what_next)
        draft.what_changed, draft.why, draft.what_next = command.what_changed, command.why, command.what_next
        draft.edition += 1
        announce(
            UpdateDraftChanged(
                actor_id=by.id,
                project_id=draft.project_id,
                draft_id=draft.id,
                edition=draft.edition,
                what_changed=draft.what_changed,
            )
        )
    return draft


def hand_in(draft_id: int, *, by: Actor) -> UpdateDraft:
    """Give it to the co-chairs. If none of them acts in ten working days, it is public without them (rule 5)."""
    with transaction():
        draft = opened(draft_id, Step.HAND_IN, by)
        _ensure_whole(draft.what_changed, draft.why, draft.what_next)
        neighborhood = draft.project.cycle.neighborhood
        due_on = working_day_after(neighborhood.id, today(neighborhood.time_zone), SIGNING_DAYS)
        draft.stage, draft.handed_in_at, draft.due_on, draft.note = DraftStage.WAITING, now(), due_on, None
        announce(UpdateHandedIn(actor_id=by.id, project_id=draft.project_id, draft_id=draft.id, due_on=due_on))
    return draft


def take_back(draft_id: int, *, by: Actor) -> UpdateDraft:
    """Take back what waits, to go on writing."""
    with transaction():
        draft = opened(draft_id, Step.TAKE_BACK, by)
        draft.stage, draft.handed_in_at, draft.due_on = DraftStage.WRITING, None, None
        announce(UpdateTakenBack(actor_id=by.id, project_id=draft.project_id, draft_id=draft.id))
    return draft


def send_back(draft_id: int, note: str, *, by: Actor) -> UpdateDraft:
    """Give it back to its writer, with what should be better."""
    with transaction():
        draft = opened(draft_id, Step.SEND_BACK, by)
        draft.stage, draft.handed_in_at, draft.due_on, draft.note = DraftStage.WRITING, None, None, note
        announce(UpdateSentBack(actor_id=by.id, project_id=draft.project_id, draft_id=draft.id, note=note))
    return draft


def publish(draft_id: int, *, edition: int, by: Actor) -> UpdateDraft:
    """Make it public as it was read: another edition than that is refused, so nobody signs what they have not seen."""
    with transaction():
        draft = opened(draft_id, Step.PUBLISH, by)
        ensure(edition == draft.edition, "changed", str(words.CHANGED))
        _ensure_whole(draft.what_changed, draft.why, draft.what_next)
        _put_out(draft, by_id=by.id)
    return draft


def throw_away(draft_id: int, *, by: Actor) -> None:
    """Delete it; nobody outside has read it. Its pictures go with the news of it."""
    with transaction():
        draft = opened(draft_id, Step.THROW_AWAY, by)
        announce(UpdateThrownAway(actor_id=by.id, project_id=draft.project_id, draft_id=draft.id))
        db.session.delete(draft)


def publish_when_due(neighborhood_id: int, on: date) -> None:
    """The clock of rule 5: what waited until its day is public without a signature, each in its own transaction."""
    query = sa.select(UpdateDraft.id).join(Project, Project.id == UpdateDraft.project_id)
    query = query.join(Cycle, Cycle.id == Project.cycle_id).where(Cycle.neighborhood_id == neighborhood_id)
    due = query.where(UpdateDraft.stage == DraftStage.WAITING, UpdateDraft.due_on <= on)
    found = list(db.session.scalars(due.order_by(UpdateDraft.due_on, UpdateDraft.id)))
    db.session.rollback()
    for draft_id in found:
        with transaction():
            _publish_unsigned(draft_id, on)


def opened(draft_id: int, step: Step, by: Actor) -> UpdateDraft:
    """The draft, locked after its project, once it is sure that `by` may take this step with it now."""
    draft = _locked(draft_id)
    if draft is None:
        raise NotFound
    project = draft.project
    chairs = seats.co_chair_ids(project.task_force_id, _today(project))
    part = part_of(by.id, writer_id=draft.writer_id, sitting=_sitting(project), chairs=chairs)
    ensure_may(step, draft.stage, part)
    if step in TOWARDS_THE_PUBLIC:
        _ensure_open(project)
    return draft


def ensure_may(step: Step, stage: DraftStage, part: Part) -> None:
    """Refuse a step that is not theirs, or that does not follow any more."""
    reason = why_not(step, stage, part)
    if reason is WhyNot.NOT_NOW:
        raise DomainError(reason.value, str(words.REFUSALS[reason]))
    if reason is not None:
        raise NoStanding(reason.value, str(words.REFUSALS[reason]))


def _publish_unsigned(draft_id: int, on: date) -> None:
    draft = _locked(draft_id)
    waits = draft is not None and draft.stage is DraftStage.WAITING and draft.due_on is not None and draft.due_on <= on
    if draft is not None and waits and draft.project.stage in ALLOWED[Act.UPDATE]:
        _put_out(draft, by_id=None)


def _put_out(draft: UpdateDraft, *, by_id: int | None) -> None:
    told = PublishUpdate(what_changed=draft.what_changed, why=draft.why, what_next=draft.what_next)
    rule = WITHOUT_SIGNATURE if by_id is None else None
    update = put_out(
        draft.project_id, told, person_id=by_id or draft.writer_id, actor_id=by_id, draft_id=draft.id, rule=rule
    )
    draft.stage, draft.update_id, draft.signed_by_id = DraftStage.PUBLISHED, update.id, by_id


def _locked(draft_id: int) -> UpdateDraft | None:
    found = db.session.get(UpdateDraft, draft_id)
    if found is None:
        return None
    _project(found.project_id)
    return locked(UpdateDraft, draft_id)


def _project(project_id: int) -> Project:
    project = locked(Project, project_id)
    if project is None:
        raise NotFound
    return project


def _today(project: Project) -> date:
    return today(project.cycle.neighborhood.time_zone)


def _sitting(project: Project) -> frozenset[int]:
    return sitting(project.task_force_id, _today(project))


def _ensure_open(project: Project) -> None:
    ensure(project.stage in ALLOWED[Act.UPDATE], "wrong_stage", str(words.TOO_LATE))


def _ensure_something(command: SaveDraft) -> None:
    said = f"{command.what_changed}{command.why}{command.what_next}".strip()
    ensure(bool(said), "nothing", str(words.NOTHING), field="what_changed")


def _ensure_whole(what_changed: str, why: str, what_next: str) -> None:
    missing = too_short({"what_changed": what_changed, "why": why, "what_next": what_next})
    ensure(not missing, "too_short", str(words.TOO_SHORT), field=missing[0] if missing else None)
