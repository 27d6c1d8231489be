"""The verb of a proposal's translations: say one of its texts in another language."""

from dataclasses import dataclass

from app.core.access import Actor
from app.core.db import transaction
from app.core.errors import ensure
from app.proposals import queries
from app.proposals.names import queries as names
from app.proposals.wordings import queries as wordings
from app.proposals.wordings import words
from app.proposals.wordings.rules import Field
from app.translating import services as translating
from app.translating.rules import Rendering
from app.translating.services import Translate


@dataclass(frozen=True, kw_only=True)
class SayField:
    """A text of a proposal in another language; `mark` is that of the words it was translated from."""

    field: Field
    mark: str
    language: str
    wording: str
    rendering: Rendering = Rendering.WHOLE
    number: int = 0


def say(proposal_id: int, command: SayField, *, by: Actor) -> int:
    """Say it; returns the id of the wording, which readers see once somebody else has read it over.

    Refused where the text was changed since it was opened, and for words that are kept back in that proposal.
    """
    with transaction():
        proposal = queries.detail(proposal_id, None)
        entry = wordings.entry(proposal, command.language, command.field)
        ensure(entry.mark == command.mark, "changed", str(words.CHANGED), field="wording")
        masked = names.masked(command.wording, names.masks(proposal_id))
        ensure(masked == command.wording, "kept_back", str(words.KEPT_BACK), field="wording")
        said = Translate(
            text=entry.words,
            source=proposal.source,
            language=command.language,
            wording=command.wording,
            rendering=command.rendering,
            number=command.number,
        )
        return translating.translate(proposal.neighborhood_id, said, by=by)
