"""Residents of the demo say whether the lamps work, on the web and on paper at the market."""

from app.demo.people import Cast
from app.taskforces.projects.closing.rules import Works
from app.taskforces.projects.confirming.services import CountPaper, answer, count_paper

ON_THE_WEB = (Works.YES,) * 24 + (Works.PARTLY,) * 6 + (Works.NO,) * 3
ON_PAPER = CountPaper(
    yes=21, partly=12, no=4, how="Asked at the Saturday market, twice; the clerk and the library counted together."
)


def ask(people: Cast, project_id: int) -> None:
    """Every fifth resident answers, and the clerk counts the paper."""
    for resident, works in zip(people.residents[::5], ON_THE_WEB, strict=False):
        answer(project_id, works, by=resident)
    count_paper(project_id, ON_PAPER, by=people.parts["clerk"])
