"""What hangs on proposals in tests: valid by default, a test mentions only what it is about."""

from io import BytesIO

from app.accounts.queries import actor_of
from app.proposals.attachments import queries, services
from app.proposals.attachments.rules import Kind
from app.proposals.attachments.services import AddAttachment
from tests import make, sent

WORDS = "Mill Lane at night, without any lamp."


def hang(proposal, kind=Kind.PICTURE, *, content=None, words=WORDS, key=None, by=None):
    """Its id, and what the page says of it."""
    content = content or (sent.photo() if kind is Kind.PICTURE else sent.paper())
    command = AddAttachment(kind=kind, file=BytesIO(content), words=words)
    key = key or f"form {next(make.numbers)}"
    id_ = services.add(proposal.id, command, key=key, by=by or make.fresh(actor_of(proposal.author)))
    return next(each for each in queries.of_proposal(proposal.id) if each.id == id_)


def address(shown, part=None):
    """Where the file is."""
    part = part or ("picture.jpg" if shown.is_picture else "document.pdf")
    return f"/proposals/{shown.proposal_id}/attachments/{shown.id}/{part}"
