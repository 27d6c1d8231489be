"""The figures of a project's one page, read once."""

from typing import Any

from app.reports.rules import Line
from app.reports.works import figures as works


def figures(line: Line) -> dict[str, Any]:
    """What stands on the page and on the poster; before and after only once it is built."""
    of = works.work(line.subject_id)
    project = works.facts(of)
    shown = works.shown(of)
    if not project["is_built"]:
        shown |= {"before": None, "after": None}
    elif shown["after"]:
        shown["main"] = None
    return {
        "project": project,
        "money": works.money(of),
        "vote": works.vote(of),
        "milestones": {"all": of.card.milestones, "done": of.card.milestones_done},
        "pictures": shown,
    }
