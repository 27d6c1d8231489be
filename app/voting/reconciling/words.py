"""What does not agree, in sentences."""

from flask_babel import gettext as _

from app.voting.paper import words as paper_words
from app.voting.reconciling.queries import Numbers


def problems(numbers: Numbers) -> list[str]:
    """Every number that does not agree with its other side; none where envelopes may be opened."""
    unlike = _(
        "%(voters)s people are marked as having voted online, but there are %(envelopes)s envelopes.",
        voters=numbers.voters_online,
        envelopes=numbers.envelopes,
    )
    online = [unlike] if numbers.voters_online != numbers.envelopes else []
    return online + [paper_words.problem(balance) for balance in numbers.red]
