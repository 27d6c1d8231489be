"""What the browser tests know of a site behind its pages: who is who, and how days pass."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.e2e.conftest import Site

STAFF = "SELECT person_id FROM role_grant WHERE role = ? AND ended_at IS NULL ORDER BY id"
RESIDENTS = """SELECT r.person_id FROM residence r JOIN neighborhood n ON n.id = r.neighborhood_id
    JOIN person p ON p.id = r.person_id
    LEFT JOIN seat s ON s.person_id = p.id LEFT JOIN role_grant g ON g.person_id = p.id
    WHERE r.stage = 'verified' AND n.slug = ? AND s.id IS NULL AND g.id IS NULL ORDER BY p.demo_label IS NULL, p.id"""
CHAIRS = """SELECT s.person_id FROM seat s JOIN task_force t ON t.id = s.task_force_id
    WHERE t.slug = ? AND s.kind = 'co_chair' AND s.ends_on IS NULL AND s.person_id IS NOT NULL ORDER BY s.side"""


@dataclass(frozen=True)
class Somebody:
    """A person whom the demo's sign-in page offers."""

    id: int
    name: str
    email: str


@contextmanager
def database(site: Site) -> Iterator[sqlite3.Connection]:
    """The site's own file, while it is running."""
    connection = sqlite3.connect(site.data_dir / "lamplight.sqlite3", timeout=20)
    try:
        with connection:
            yield connection
    finally:
        connection.close()


def ask(site: Site, sql: str, *values: Any) -> list[Any]:
    """The first column of what the database answers."""
    with database(site) as connection:
        return [row[0] for row in connection.execute(sql, values)]


def staff(site: Site, role: str, *, nth: int = 0) -> Somebody:
    """A holder of a role, the first unless told otherwise."""
    return on_the_sign_in_page(site, ask(site, STAFF, role)[nth])


def residents(site: Site, count: int, where: str = "riverside") -> list[Somebody]:
    """So many verified residents who hold no seat and no role."""
    return [on_the_sign_in_page(site, each) for each in ask(site, RESIDENTS, where)[:count]]


def co_chairs(site: Site, slug: str) -> list[Somebody]:
    """The two who lead a task force."""
    return [on_the_sign_in_page(site, each) for each in ask(site, CHAIRS, slug)]


def on_the_sign_in_page(site: Site, person_id: int) -> Somebody:
    """That person; offered on the sign-in page from now on."""
    with database(site) as connection:
        connection.execute("UPDATE person SET demo_label = coalesce(demo_label, 'Neighbor') WHERE id = ?", [person_id])
        found = connection.execute("SELECT id, public_name, email FROM person WHERE id = ?", [person_id]).fetchone()
    return Somebody(*found)


def here(site: Site, where: str = "riverside") -> date:
    """Today, as the neighborhood reads the calendar."""
    return datetime.now(ZoneInfo(ask(site, "SELECT time_zone FROM neighborhood WHERE slug = ?", where)[0])).date()


def let_days_pass(site: Site, cycle_id: int, days: int) -> None:
    """As if that many days had gone by for a cycle: its phases and its vote lie further back."""
    with database(site) as connection:
        _shift(connection, "phase", "cycle_id", ("starts_at", "ends_at"), cycle_id, days)
        _shift(connection, "vote", "cycle_id", ("opens_at", "closes_at", "objections_until"), cycle_id, days)


def _shift(
    connection: sqlite3.Connection, table: str, key: str, columns: tuple[str, ...], value: int, days: int
) -> None:
    back = timedelta(days=days)
    rows = connection.execute(f"SELECT rowid, {', '.join(columns)} FROM {table} WHERE {key} = ?", [value]).fetchall()
    for row, *moments in rows:
        earlier = [each and (datetime.fromisoformat(each) - back).isoformat(" ", "microseconds") for each in moments]
        settings = ", ".join(f"{column} = ?" for column in columns)
        connection.execute(f"UPDATE {table} SET {settings} WHERE rowid = ?", [*earlier, row])


def show_other_weeks(site: Site) -> None:
    """Add what the demo lacks: a cycle that collects, an idea to review, new projects, a recount and an objection."""
    with database(site) as connection:
        open_id = connection.execute("SELECT id FROM cycle WHERE stage = 'voting'").fetchone()
        if open_id is None or connection.execute("SELECT 1 FROM cycle WHERE stage = 'collecting'").fetchone():
            return
        cycle = _copy(connection, "cycle", open_id[0], stage="collecting", slug="next-year", name="Riverside next year")
        start = datetime.now(UTC) - timedelta(days=5)
        for at, kind in enumerate(("collecting", "reviewing", "voting", "counting", "delivering")):
            moments = [(start + timedelta(days=20 * n)).strftime("%Y-%m-%d %H:%M:%S.%f") for n in (at, at + 1)]
            phase = "INSERT INTO phase (cycle_id, kind, starts_at, ends_at) VALUES (?, ?, ?, ?)"
            connection.execute(phase, [cycle, kind, *moments])
        options = "SELECT id FROM proposal WHERE cycle_id = ? AND stage = 'on_ballot'"
        idea = connection.execute(options, open_id).fetchone()[0]
        proposal = _copy(connection, "proposal", idea, cycle_id=cycle, stage="submitted", cost_cents=None)
        for (line,) in connection.execute("SELECT id FROM estimate_line WHERE proposal_id = ?", [idea]).fetchall():
            _copy(connection, "estimate_line", line, proposal_id=proposal)
        drawing = "(SELECT max(id) FROM attachment WHERE proposal_id = ?)"
        connection.execute(f"UPDATE attachment SET proposal_id = ? WHERE id = {drawing}", [proposal, idea])
        for (text,) in connection.execute("SELECT id FROM proposal_revision WHERE proposal_id = ?", [idea]).fetchall():
            _copy(connection, "proposal_revision", text, proposal_id=proposal)
        newest = "SELECT id FROM project WHERE stage = 'delivery' ORDER BY id DESC LIMIT 3"
        running = connection.execute(newest).fetchall()
        connection.execute("UPDATE project SET stage = 'funded', task_force_id = NULL WHERE id = ?", running[0])
        connection.execute("UPDATE project SET stage = 'mobilising' WHERE id = ?", running[1])
        connection.execute("UPDATE project SET stage = 'handover' WHERE id = ?", running[2])
        key = "INSERT INTO key_holder (cycle_id, number, name) VALUES (?, 1, 'The city library')"
        connection.execute(key, [cycle])
        unsent = {"stage": "draft", "cost_cents": None, "number": None, "submitted_at": None}
        draft = _copy(connection, "proposal", idea, cycle_id=cycle, **unsent)
        asked = "INSERT INTO co_author_invitation (proposal_id, code, invited_by_id, invited_at)"
        asked += " SELECT id, ?, author_id, ?"
        connection.execute(f"{asked} FROM proposal WHERE id = ?", ["LAMPWRITER", str(datetime.now(UTC))[:26], draft])
        _talk_about(connection, proposal)
        _recount_the_oldest(connection)
        _hand_out_paper(connection)
        _object_to_the_newest(connection)
        _report_a_stranger(connection)


def _talk_about(connection: sqlite3.Connection, proposal: int) -> None:
    """Somebody has just said something about the idea, and may change it for as long as anybody looks."""
    said = connection.execute("SELECT id FROM comment WHERE parent_id IS NULL AND hidden_at IS NULL").fetchone()[0]
    moment = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%d %H:%M:%S.%f")
    _copy(connection, "comment", said, proposal_id=proposal, written_at=moment)


def _recount_the_oldest(connection: sqlite3.Connection) -> None:
    """The oldest result was counted a second time, without its last option, and that count waits for signatures."""
    nobody = {"clerk_id": None, "observer_id": None, "certified_at": None}
    told = {"number": 2, "withdrawn": "[8]", "withdrawn_reason": "The cost was entered without its taxes."}
    oldest = connection.execute("SELECT min(id) FROM result").fetchone()[0]
    _copy(connection, "result", oldest, **told, **nobody)


def _hand_out_paper(connection: sqlite3.Connection) -> None:
    """The open vote has a box with a printing, a ballot handed out, and a batch waiting for its first entry."""
    vote = connection.execute("SELECT id FROM vote WHERE stage = 'open'").fetchone()[0]
    [clerk, officer] = [connection.execute(STAFF, [role]).fetchone()[0] for role in ("clerk", "officer")]
    voter = connection.execute("SELECT id FROM roll_entry WHERE vote_id = ? AND channel = 'none'", [vote]).fetchone()[0]
    for statement, *values in (
        ("INSERT INTO paper_box (id, vote_id, number, name) VALUES (1, ?, 1, 'Library')", vote),
        (
            "INSERT INTO paper_stock (id, vote_id, box_id, language, large_print, first_stub, printed)"
            " VALUES (1, ?, 1, 'en', 0, 1, 50)",
            vote,
        ),
        (
            "INSERT INTO paper_stub (id, vote_id, number, stock_id, roll_entry_id, stage, by_post)"
            " VALUES (randomblob(16), ?, 7, 1, ?, 'issued', 0)",
            vote,
            voter,
        ),
        ("UPDATE roll_entry SET channel = 'paper_issued' WHERE id = ?", voter),
        (
            "INSERT INTO paper_batch (id, vote_id, box_id, number, size, is_whole_vote, counted_by_id, confirmed_by_id)"
            " VALUES (1, ?, 1, 1, 10, 0, ?, ?)",
            vote,
            clerk,
            officer,
        ),
    ):
        connection.execute(statement, values)
    slips = [[number] for number in range(1111, 9999, 1111)]
    connection.executemany("INSERT INTO paper_slip (id, batch_id, number) VALUES (randomblob(16), 1, ?)", slips)


def _object_to_the_newest(connection: sqlite3.Connection) -> None:
    """Somebody has objected to the newest result, and waits for an answer."""
    newest = "SELECT v.cycle_id FROM vote v WHERE v.objections_until IS NOT NULL ORDER BY v.cycle_id DESC"
    told = {"cycle_id": connection.execute(newest).fetchone()[0], "number": 1, "text": "One sum on the page is wrong."}
    told |= {"person_id": connection.execute("SELECT min(person_id) FROM residence").fetchone()[0]}
    told |= {"raised_at": datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")}
    marks = ", ".join("?" for _ in told)
    connection.execute(f"INSERT INTO objection ({', '.join(told)}) VALUES ({marks})", [*told.values()])


def _report_a_stranger(connection: sqlite3.Connection) -> None:
    """Somebody says that another voted as them in the vote that is open."""
    cast = """SELECT v.cycle_id, r.id, r.person_id FROM roll_entry r JOIN vote v ON v.id = r.vote_id
        WHERE v.stage = 'open' AND r.channel = 'online' LIMIT 1"""
    cycle_id, entry, person = connection.execute(cast).fetchone()
    told = {"cycle_id": cycle_id, "number": 1, "roll_entry_id": entry, "reporter_id": person, "at_desk": 0}
    told |= {"text": "I did not vote.", "stage": "reported"}
    moment = "%Y-%m-%d %H:%M:%S.%f"
    told |= {"reported_at": f"{datetime.now(UTC):{moment}}", "due_at": f"{datetime.now(UTC) + timedelta(3):{moment}}"}
    marks = ", ".join("?" for _ in told)
    connection.execute(f"INSERT INTO dispute ({', '.join(told)}) VALUES ({marks})", [*told.values()])


def _copy(connection: sqlite3.Connection, table: str, row_id: int, **changes: Any) -> int:
    """Another row like that one, but for `changes`; its id."""
    cursor = connection.execute(f"SELECT * FROM {table} WHERE id = ?", [row_id])
    row = dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True)) | changes
    del row["id"]
    marks = ", ".join("?" for _ in row)
    made = connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", [*row.values()])
    return int(made.lastrowid or 0)
