"""What opens a page, and the questions that find people and things which many pages are about."""

from dataclasses import dataclass

from tests.e2e import town
from tests.e2e.conftest import Site

VISITOR = None
RESIDENT = """SELECT r.person_id FROM residence r JOIN person p ON p.id = r.person_id WHERE r.stage = 'verified'
    AND NOT EXISTS (SELECT 1 FROM seat s WHERE s.person_id = p.id) ORDER BY p.demo_label IS NULL, p.id LIMIT 1"""
STAFF = "SELECT person_id FROM role_grant WHERE role = '{}' AND ended_at IS NULL ORDER BY id LIMIT 1"
CLERK, OFFICER, OBSERVER, OVERSEER = (STAFF.format(role) for role in ("clerk", "officer", "observer", "overseer"))
CHAIR = """SELECT person_id FROM seat WHERE kind = 'co_chair' AND ends_on IS NULL AND person_id IS NOT NULL
    AND task_force_id = (SELECT task_force_id FROM project WHERE id = {}) LIMIT 1"""
CYCLE = "SELECT id FROM cycle WHERE stage {} ORDER BY id DESC LIMIT 1"
OPEN, COLLECTING = CYCLE.format("= 'voting'"), CYCLE.format("= 'collecting'")
DECIDED = CYCLE.format("IN ('certified', 'delivering', 'closed')")
PROJECT = "SELECT id FROM project WHERE stage = '{}' ORDER BY id LIMIT 1"
FUNDED, PLANNED, RUNNING = (PROJECT.format(stage) for stage in ("funded", "mobilising", "delivery"))
HOME = "SELECT slug FROM neighborhood ORDER BY id LIMIT 1"
PROPOSAL = "SELECT id FROM proposal WHERE stage {} ORDER BY id DESC LIMIT 1"
COLLECTED, ON_BALLOT = PROPOSAL.format("= 'submitted'"), PROPOSAL.format("IN ('on_ballot', 'funded')")


@dataclass(frozen=True)
class Door:
    """An address with `{}` for each value that the site is asked for, and a question whose answer opens it."""

    address: str
    values: tuple[str, ...] = ()
    who: str | None = VISITOR

    def opens(self, site: Site) -> tuple[str, town.Somebody | None] | None:
        """The address and the person on this site; None where it has nothing of the kind."""
        answers = [town.ask(site, question) for question in self.values]
        people = [town.ask(site, self.who)] if self.who else []
        if not all([*answers, *people]):
            return None
        address = self.address.format(*(answer[0] for answer in answers))
        return address, town.on_the_sign_in_page(site, people[0][0]) if people else None
