"""Two co-chairs at one draft at the same moment."""

from concurrent.futures import ThreadPoolExecutor

from app.core.db import db
from app.core.errors import DomainError
from app.taskforces.seats.rules import SeatKind, Side
from app.taskforces.updates import queries as updates
from app.taskforces.updates.drafts import services
from app.taskforces.updates.drafts.services import SaveDraft
from tests import make

WORDS = {"what_changed": "The poles are up.", "why": "The crane came at last.", "what_next": "Lamps come next."}


def at_once(app, id_, chairs):
    """How many of these co-chairs published a draft at the same moment."""

    def one(chair):
        with app.app_context():
            try:
                services.publish(id_, edition=1, by=chair)
            except DomainError:
                return False
            return True

    with ThreadPoolExecutor(len(chairs)) as threads:
        return sum(threads.map(one, chairs))


def handed_in():
    """The id of a draft that waits, its project's, and both co-chairs."""
    body = make.task_force()
    project, member = make.project(body=body), make.seated(body, SeatKind.MEMBER)
    chairs = [make.co_chair(body, side) for side in Side]
    id_, project_id = services.begin(project.id, SaveDraft(**WORDS), by=member).id, project.id
    services.hand_in(id_, by=member)
    db.session.rollback()
    return id_, project_id, chairs


def test_two_co_chairs_who_publish_at_the_same_moment_publish_once(app):
    id_, project_id, chairs = handed_in()
    assert at_once(app, id_, chairs) == 1 and len(updates.of_project(project_id)) == 1


def test_the_race_is_noticed_when_the_stage_is_not_read_again(app, monkeypatch):
    monkeypatch.setattr(services, "why_not", lambda *_: None)
    id_, _project_id, chairs = handed_in()
    assert at_once(app, id_, chairs) == 2
