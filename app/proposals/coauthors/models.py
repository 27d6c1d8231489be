"""Who writes a proposal beside its author, and who has been asked to."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import Person
from app.core.db import Model, words
from app.proposals.coauthors.rules import Ending
from app.proposals.models import Proposal


class CoAuthor(Model):
    """Somebody who accepted an invitation and has not left."""

    __tablename__ = "co_author"
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey(Proposal.id), primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), primary_key=True, autoincrement=False, index=True)
    joined_at: Mapped[datetime]


class CoAuthorInvitation(Model):
    """An author asks somebody to write with them: whoever has this address, or whoever is handed the code."""

    __tablename__ = "co_author_invitation"
    __table_args__ = (
        sa.CheckConstraint("(ending IS NULL) = (ended_at IS NULL)", name="ended_somehow"),
        sa.CheckConstraint(
            "ending IS NULL OR ending <> 'accepted' OR person_id IS NOT NULL", name="accepted_by_somebody"
        ),
        sa.CheckConstraint("person_id <> invited_by_id", name="nobody_invites_themselves"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey(Proposal.id), index=True)
    code: Mapped[str] = mapped_column(sa.String(20), unique=True)
    email: Mapped[str | None] = mapped_column(sa.String(255), index=True)
    """Whose it is; None: whoever has the code. Forgotten once it has ended."""
    invited_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    invited_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    """Who has answered it."""
    ending: Mapped[Ending | None] = mapped_column(words(Ending, "ending_known"))
    ended_at: Mapped[datetime | None]
