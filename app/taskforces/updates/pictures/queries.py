"""Reading pictures of updates, and the files themselves."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core import hung
from app.core.db import db
from app.core.errors import NotFound
from app.proposals.attachments.queries import Part, Served
from app.taskforces.updates.drafts.models import UpdateDraft
from app.taskforces.updates.pictures.models import UpdatePicture
from app.taskforces.updates.pictures.rules import People


@dataclass(frozen=True, kw_only=True)
class PictureFacts:
    """A picture as pages show it; of one that is taken down only the reason is left."""

    id: int
    project_id: int
    draft_id: int
    update_id: int | None
    words: str
    people: People
    width: int
    height: int
    taken_down_at: datetime | None
    taken_down_reason: str | None


def of_draft(draft_id: int) -> list[PictureFacts]:
    """The pictures of a draft in their order; whoever asks has seen that it may be seen."""
    return _found(UpdatePicture.draft_id == draft_id)


def of_updates(project_id: int) -> Mapping[int, list[PictureFacts]]:
    """The public pictures of a project by update, in one statement."""
    shown: dict[int, list[PictureFacts]] = {}
    for facts in _found(UpdateDraft.project_id == project_id, UpdateDraft.update_id.is_not(None)):
        shown.setdefault(facts.update_id or 0, []).append(facts)
    return shown


def public(picture_ids: Collection[int]) -> Mapping[int, PictureFacts]:
    """Those of these pictures that everybody may see, by id, in one statement."""
    is_up = UpdatePicture.taken_down_at.is_(None)
    found = _found(UpdatePicture.id.in_(picture_ids), UpdateDraft.update_id.is_not(None), is_up)
    return {facts.id: facts for facts in found}


def digests(picture_ids: Collection[int]) -> dict[int, str]:
    """Under which hashes the files of these pictures are kept, by id, for what is frozen with them."""
    query = sa.select(UpdatePicture.id, UpdatePicture.digest).where(UpdatePicture.id.in_(picture_ids))
    rows = db.session.execute(query) if picture_ids else ()
    return {id_: digest for id_, digest in rows if digest is not None}


def one(project_id: int, picture_id: int) -> PictureFacts:
    """One picture of a project, public or not; NotFound where there is none."""
    found = _found(UpdatePicture.id == picture_id, UpdateDraft.project_id == project_id)
    if not found:
        raise NotFound
    return found[0]


def served(facts: PictureFacts, part: Part) -> Served:
    """The file behind a picture; NotFound once it is taken down."""
    query = sa.select(UpdatePicture.digest, UpdatePicture.small_digest).where(UpdatePicture.id == facts.id)
    digest, small = db.session.execute(query).one()
    wanted = small if part is Part.SMALL else digest
    if wanted is None:
        raise NotFound
    name = f"{facts.project_id}-{facts.id}.jpg"
    return Served(content=hung.content(wanted), name=name, is_pdf=False, is_public=facts.update_id is not None)


def _found(*conditions: sa.ColumnElement[bool]) -> list[PictureFacts]:
    query = sa.select(
        UpdatePicture.id,
        UpdateDraft.project_id,
        UpdatePicture.draft_id,
        UpdateDraft.update_id,
        UpdatePicture.words,
        UpdatePicture.people,
        UpdatePicture.width,
        UpdatePicture.height,
        UpdatePicture.taken_down_at,
        UpdatePicture.taken_down_reason,
    )
    query = query.join(UpdateDraft, UpdateDraft.id == UpdatePicture.draft_id).where(*conditions)
    return [
        PictureFacts(**row._mapping)
        for row in db.session.execute(query.order_by(UpdatePicture.draft_id, UpdatePicture.place))
    ]
