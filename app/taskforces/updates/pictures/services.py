"""The verbs of pictures: add, describe, remove while it is a draft; take down once it is public; clear what is left."""

from dataclasses import dataclass
from typing import BinaryIO

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core import hung
from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure
from app.core.events import publish
from app.core.media import pictures
from app.core.once import once
from app.proposals.attachments.words import said_at_file
from app.taskforces.projects import services as projects
from app.taskforces.updates.drafts.events import UpdateThrownAway
from app.taskforces.updates.drafts.models import UpdateDraft
from app.taskforces.updates.drafts.rules import Step
from app.taskforces.updates.drafts.services import opened
from app.taskforces.updates.pictures.events import (
    UpdatePictureAdded,
    UpdatePictureDescribed,
    UpdatePictureRemoved,
    UpdatePictureTakenDown,
)
from app.taskforces.updates.pictures.models import UpdatePicture
from app.taskforces.updates.pictures.rules import People, free_place

ROOM = "updates"


@dataclass(frozen=True, kw_only=True)
class AddPicture:
    """A file as it was sent, what it shows, and what is said about the people in it."""

    file: BinaryIO
    words: str
    people: People


def add(draft_id: int, command: AddPicture, *, key: str, by: Actor) -> int:
    """Put a picture to a draft; what is kept is drawn anew from the file, before the transaction begins."""
    with said_at_file():
        picture = pictures.redrawn(command.file)
    return once(key, lambda: _added(draft_id, command, picture, by))


def describe(picture_id: int, words: str, *, by: Actor) -> None:
    """Say in other words what it shows, while it is a draft."""
    with transaction():
        row, draft = _of_draft(picture_id, by)
        row.words = words
        publish(
            UpdatePictureDescribed(
                actor_id=by.id, project_id=draft.project_id, draft_id=draft.id, picture_id=row.id, words=words
            )
        )


def remove(picture_id: int, *, by: Actor) -> None:
    """Take it out of a draft; its files go with the commit."""
    with transaction():
        row, draft = _of_draft(picture_id, by)
        _drop_files(row)
        db.session.delete(row)
        publish(
            UpdatePictureRemoved(actor_id=by.id, project_id=draft.project_id, draft_id=draft.id, picture_id=picture_id)
        )


def take_down(picture_id: int, reason: str, *, by: Actor) -> None:
    """Take a public picture down, for example when somebody in it no longer agrees; a co-chair says why."""
    with transaction():
        row = _known(picture_id)
        projects.led(row.draft.project_id, None, by)
        row = _known(picture_id)
        update_id = row.draft.update_id
        if update_id is None:
            raise NotFound
        ensure(row.taken_down_at is None, "is_down", _("This picture is taken down already."))
        _drop_files(row)
        row.words, row.digest, row.small_digest = "", None, None
        row.taken_down_at, row.taken_down_reason = now(), reason
        publish(
            UpdatePictureTakenDown(
                actor_id=by.id, project_id=row.draft.project_id, update_id=update_id, picture_id=row.id, reason=reason
            )
        )


def forget(event: UpdateThrownAway) -> None:
    """Pictures go with the draft that is thrown away."""
    for row in db.session.scalars(sa.select(UpdatePicture).where(UpdatePicture.draft_id == event.draft_id)):
        _drop_files(row)
        db.session.delete(row)
    db.session.flush()


def clear_left() -> None:
    """Remove files whose row never came or is gone, after a kill between the two."""
    hung.clear_left(ROOM, UpdateDraft, _digests)


def _added(draft_id: int, command: AddPicture, picture: pictures.Picture, by: Actor) -> int:
    draft = opened(draft_id, Step.CHANGE, by)
    with (
        hung.drafted(ROOM, draft.id, picture.full.content) as digest,
        hung.drafted(ROOM, draft.id, picture.small.content) as small,
    ):
        row = UpdatePicture(
            draft_id=draft.id,
            place=_place(draft.id),
            words=command.words,
            people=command.people,
            digest=digest,
            small_digest=small,
            width=picture.full.width,
            height=picture.full.height,
        )
        db.session.add(row)
        draft.edition += 1
        db.session.flush()
        publish(
            UpdatePictureAdded(
                actor_id=by.id,
                project_id=draft.project_id,
                draft_id=draft.id,
                picture_id=row.id,
                people=row.people,
                words=row.words,
            )
        )
    return row.id


def _place(draft_id: int) -> int:
    taken = db.session.scalars(sa.select(UpdatePicture.place).where(UpdatePicture.draft_id == draft_id)).all()
    place = free_place(taken)
    if place is None:
        message = _("An update has room for four pictures. Take one away first.")
        raise DomainError("too_many", message, field="file")
    return place


def _of_draft(picture_id: int, by: Actor) -> tuple[UpdatePicture, UpdateDraft]:
    """The picture of a draft that `by` may change; the draft counts this as another edition."""
    draft = opened(_known(picture_id).draft_id, Step.CHANGE, by)
    row = _known(picture_id)
    draft.edition += 1
    return row, draft


def _known(picture_id: int) -> UpdatePicture:
    row = locked(UpdatePicture, picture_id)
    if row is None:
        raise NotFound
    return row


def _drop_files(row: UpdatePicture) -> None:
    hung.drop(ROOM, row.draft_id, row.digest, row.small_digest)


def _digests(draft_id: int) -> set[str]:
    query = sa.select(UpdatePicture.digest, UpdatePicture.small_digest).where(UpdatePicture.draft_id == draft_id)
    return {digest for row in db.session.execute(query) for digest in row if digest}
