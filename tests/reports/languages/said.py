"""Texts of reports translated and read over by two people, as the pages of translators would."""

from app.core.access import Role
from app.reports.languages import queries
from app.reports.rules import Line
from app.translating import services
from app.translating.rules import Rendering
from app.translating.services import Translate
from tests import make


def in_spanish(line: Line, wordings=None, *, rendering=Rendering.WHOLE) -> None:
    """Everything that people wrote in a report, said in Spanish by one clerk and read over by another."""
    writer, reader = make.actor(Role.CLERK), make.actor(Role.CLERK)
    home = queries.reports.subject_of(line).neighborhood_id
    for each in queries.entries(line, "es"):
        if not each.is_done:
            wording = (wordings or {}).get(each.text.words, f"Dicho: {each.text.words}")
            made = translated(home, each.text.words, wording, by=writer, rendering=rendering)
            services.read_over(made, by=reader)


def translated(home: int, text: str, wording: str, *, by, number=0, rendering=Rendering.WHOLE) -> int:
    """A text in Spanish, not read over yet."""
    command = Translate(text=text, source="en", language="es", wording=wording, number=number, rendering=rendering)
    return services.translate(home, command, by=by)
