"""The demo with the cast in it, as often as it is needed, and what each of them meets at an address."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.config import Settings
from app.core.db import db
from app.taskforces.questions.telling.services import link_of
from tests.e2e import town
from tests.e2e.conftest import Site
from tests.taskforces.access.cast import OWN, Cast, cast, clients
from tests.taskforces.access.ways import LINK, RATABLE, WAYS

OPEN, SIGN_IN, REFUSED, HIDDEN, NOT_NOW = "o", "s", "x", "-", "!"
MEANS = {200: OPEN, 403: REFUSED, 404: HIDDEN, 409: NOT_NOW}
PARTS = {
    "UPDATE seat_offer SET person_id = :resident WHERE ending IS NULL": "The offer is made to the resident.",
    f"UPDATE question SET asker_id = :resident WHERE number = ({RATABLE})": "The resident has asked.",
    "UPDATE question SET owner_id = :member WHERE stage = 'assigned'": "The member is to answer.",
    "UPDATE update_draft SET writer_id = :member WHERE stage = 'waiting'": "The member has written a draft.",
    """INSERT INTO meeting_paper (item_id, title, digest, pages, weight, added_at)
        SELECT (SELECT i.id FROM agenda_item i JOIN meeting m ON m.id = i.meeting_id WHERE m.stage = 'noticed'),
        'Offers', digest, pages, 9, added_at FROM spending_document LIMIT 1""": "A paper lies beside an item.",
    """INSERT INTO claim_evidence (claim_id, kind, words, digest, width, height)
        SELECT (SELECT min(id) FROM milestone_claim), 'picture', 'Lamps', digest, width, height FROM update_picture
        LIMIT 1""": "A picture shows that a milestone is done.",
    """INSERT INTO sign_off (agreement_id, content_hash, task_force_id, side, seat_id, person_id, as_deputy, verdict,
        method, attested_by_id, signed_at, signed_on, sheet_digest, sheet_is_pdf)
        SELECT a.id, a.payload_hash, s.task_force_id, s.side, s.id, s.person_id, 0, 'approve', 'paper', :clerk,
        a.proposed_at, date(a.proposed_at), (SELECT min(digest) FROM update_picture), 0 FROM agreement a JOIN seat s
        ON s.task_force_id = a.task_force_id WHERE a.ending IS NULL AND a.kind <> 'report' AND s.kind = 'co_chair'
        AND s.side = 'community'
        """: "The community side has signed on paper.",
    """INSERT INTO escalation (agreement_id, side, asked_by_id, reason, asked_at, due_on, outcome, decided_by,
        decided_on, reference, explanation, document_digest, document_is_pdf, recorded_by_id, recorded_at)
        SELECT max(id), 'community', :community, 'Nobody answered for three weeks.', proposed_at, date(proposed_at),
        'declined', 'Council', date(proposed_at), '2026/1', 'The council wants to wait for the next year.', (SELECT
        min(digest) FROM update_picture), 0, :clerk, proposed_at FROM agreement
        WHERE ending IS NOT NULL""": "The council has decided.",
}
"""What the cast has to do with what the demo shows, and what it lacks."""


@dataclass
class Town:
    """The demo with everybody's browser; `again` puts back what the last one changed."""

    app: Flask
    folder: Path
    link: str = ""
    browsers: dict[tuple[str, str], FlaskClient] = field(default_factory=dict)
    tokens: dict[tuple[str, str], str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)

    @property
    def file(self) -> Path:
        """Where its database is."""
        return self.folder / "lamplight.sqlite3"

    def keep(self) -> None:
        """Remember the database as it is now."""
        with self.app.app_context():
            db.engine.dispose()
        with closing(sqlite3.connect(self.file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self.file, self.folder / "kept")
        shutil.copytree(self.folder / "files", self.folder / "kept-files", copy_function=os.link)

    def again(self) -> None:
        """Put the database back, and the files that went."""
        with self.app.app_context():
            db.engine.dispose()
        for left in ("-wal", "-shm"):
            self.file.with_name(self.file.name + left).unlink(missing_ok=True)
        shutil.copy(self.folder / "kept", self.file)
        for kept in (self.folder / "kept-files").rglob("*"):
            there = self.folder / "files" / kept.relative_to(self.folder / "kept-files")
            if not there.exists():
                there.mkdir(parents=True) if kept.is_dir() else os.link(kept, there)

    def meets(self, who: tuple[str, str], method: str, endpoint: str) -> str:
        """What somebody meets there, as the table has it; an empty form is sent with its token."""
        data = {"csrf_token": self.tokens[who]} if method == "POST" else None
        answer = self.browsers[who].open(self.addresses[endpoint], method=method, data=data)
        status = answer.status_code
        answer.close()
        if status not in (302, 303):
            return MEANS.get(status, str(status))
        if answer.location.startswith("/sign-in"):
            return SIGN_IN
        if method == "POST":
            self.again()
        return OPEN


def built(seeded: Path, folder: Path) -> Town:
    """A town of the test's own."""
    data = Path(shutil.copytree(seeded, folder / "data"))
    town.show_other_weeks(Site("", data))
    url = f"sqlite:///{data / 'lamplight.sqlite3'}"
    app = create_app(Settings(secret_key="test", database_url=url, data_dir=data, testing=True, demo=True))
    built = Town(app, data)
    with app.app_context():
        people = cast()
        _give_parts(built.file, people)
        built.browsers = dict(clients(app, people))
        built.link = link_of(town.ask(Site("", data), RATABLE)[0])
        db.session.remove()
    built.addresses = {endpoint: _address(built, endpoint) for endpoint in WAYS}
    built.tokens = {who: _token(browser) for who, browser in built.browsers.items()}
    built.keep()
    return built


def _give_parts(file: Path, people: Cast) -> None:
    ids = {name: person.id for (name, place), person in people.items() if place == OWN}
    db.session.remove()
    with closing(sqlite3.connect(file)) as connection, connection:
        for statement in PARTS:
            connection.execute(statement, ids)


def _address(of: Town, endpoint: str) -> str:
    door, site = WAYS[endpoint], Site("", of.folder)
    answers = [town.ask(site, question) for question in door.values]
    return door.address.format(*(answer[0] if answer else None for answer in answers)).replace(LINK, of.link)


def _token(browser: FlaskClient) -> str:
    page = browser.get("/questions/ask").get_data(as_text=True)
    return page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
