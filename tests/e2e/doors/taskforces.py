"""The pages of task forces: seats, signatures, meetings, oversight."""

from tests.e2e.doors.door import CHAIR, CLERK, HOME, ON_BALLOT, OPEN, OVERSEER, RUNNING, Door

STATED = "SELECT max(id) FROM oversight_statement WHERE recommendation IS NOT NULL"
WAITS = "SELECT max(id) FROM agreement WHERE ending IS NULL AND kind <> 'report'"
SIGNS = f"""SELECT person_id FROM seat WHERE kind = 'co_chair' AND ends_on IS NULL AND person_id IS NOT NULL
    AND task_force_id = (SELECT task_force_id FROM agreement WHERE id = ({WAITS})) ORDER BY side LIMIT 1"""
PROPOSED_IT = f"SELECT proposer_id FROM agreement WHERE id = ({WAITS})"
BODY = "SELECT slug FROM task_force ORDER BY id LIMIT 1"
MEETING = "SELECT id FROM meeting WHERE stage {} ORDER BY id LIMIT 1"
DRAWER, NOTICED, WAITING, SITTING, WRITTEN = (
    MEETING.format(f"= '{stage}'") for stage in ("draft", "noticed", "postponed", "in_session", "minutes_draft")
)
MEETS = """SELECT person_id FROM seat WHERE kind = 'co_chair' AND ends_on IS NULL AND person_id IS NOT NULL
    AND task_force_id = (SELECT task_force_id FROM meeting WHERE id = ({})) ORDER BY id LIMIT 1"""
ITEM = "SELECT id FROM agenda_item WHERE meeting_id = ({}) ORDER BY position LIMIT 1"
STILL_OPEN = "SELECT min(outcome_id) FROM meeting_action WHERE state = 'open'"
SEAT = (
    "SELECT id FROM seat WHERE ends_on IS NULL AND task_force_id = (SELECT min(id) FROM task_force) ORDER BY id LIMIT 1"
)
PROMISED = "SELECT max(id) FROM quarter_promise WHERE kept IS NULL"
OF_PROMISED = f"(SELECT task_force_id FROM quarter_promise WHERE id = ({PROMISED}))"
PROMISES = f"""SELECT person_id FROM seat WHERE kind = 'co_chair' AND ends_on IS NULL AND person_id IS NOT NULL
    AND task_force_id = {OF_PROMISED} ORDER BY side LIMIT 1"""
NAMED = "SELECT max(id) FROM nomination WHERE ending IS NULL"
NAMED_IN = f"SELECT t.slug FROM task_force t JOIN nomination n ON n.task_force_id = t.id WHERE n.id = ({NAMED})"
NAMER = f"""SELECT s.person_id FROM seat s JOIN nomination n ON n.task_force_id = s.task_force_id AND n.side = s.side
    WHERE n.id = ({NAMED}) AND s.kind = 'co_chair' AND s.ends_on IS NULL"""

DOORS: dict[str, Door] = {
    "quarter_promises.show": Door("/reports/promises/{}", (BODY,)),
    "forewords.show": Door("/reports/forewords/{}/{}", (HOME, "SELECT max(year) FROM foreword")),
    "quarter_promises.mark": Door(
        "/reports/promises/{}/{}/mark", (f"SELECT slug FROM task_force WHERE id = {OF_PROMISED}", PROMISED), PROMISES
    ),
    "taking.index": Door("/task-forces/taking/{}", (OPEN,), CLERK),
    "taking.remits": Door("/task-forces/taking/{}/remits", (OPEN,), CLERK),
    "taking.name": Door("/task-forces/taking/{}/{}", (OPEN, ON_BALLOT), CLERK),
    "oversight.index": Door("/oversight/", ()),
    "oversight.show": Door("/oversight/{}", (STATED,)),
    "oversight.about_neighborhood": Door("/oversight/neighborhoods/{}/new", (HOME,), OVERSEER),
    "oversight.about_task_force": Door("/oversight/task-forces/{}/new", (BODY,), OVERSEER),
    "oversight.about_project": Door("/oversight/projects/{}/new", (RUNNING,), OVERSEER),
    "oversight_money.show": Door("/oversight/money/", (), OVERSEER),
    "oversight.reply": Door("/oversight/{}/reply", (STATED,), CLERK),
    "signing.show": Door("/agreements/{}", ("SELECT max(id) FROM agreement",)),
    "signing.of_project": Door("/agreements/projects/{}", (RUNNING,)),
    "signing.of_task_force": Door("/agreements/task-forces/{}", (BODY,)),
    "signing.withdraw": Door("/agreements/{}/withdraw", (WAITS,), PROPOSED_IT),
    "signing_paper.sheet": Door("/agreements/{}/sheet", (WAITS,)),
    "signing_paper.attest": Door("/agreements/{}/paper", (WAITS,), CLERK),
    "escalating.ask": Door("/agreements/{}/council", (WAITS,), SIGNS),
    "escalating.record": Door("/agreements/{}/council/decision", (WAITS,), CLERK),
    "taskforces.index": Door("/task-forces/"),
    "taskforces.show": Door("/task-forces/{}", (BODY,)),
    "meetings.coming": Door("/meetings/"),
    "meetings.index": Door("/task-forces/{}/meetings", (BODY,)),
    "meetings.draft": Door("/task-forces/{}/meetings/new", (BODY,), MEETS.format(DRAWER)),
    "meetings.show": Door("/meetings/{}", (MEETING.format("= 'minutes_approved'"),)),
    "meetings.edit": Door("/meetings/{}/edit", (NOTICED,), MEETS.format(NOTICED)),
    "meetings.notice": Door("/meetings/{}/notice", (DRAWER,), MEETS.format(DRAWER)),
    "meetings.postpone": Door("/meetings/{}/postpone", (NOTICED,), MEETS.format(NOTICED)),
    "meetings.cancel": Door("/meetings/{}/cancel", (NOTICED,), CLERK),
    "meetings.name_new_date": Door("/meetings/{}/new-date", (WAITING,), MEETS.format(WAITING)),
    "meetings.chairs_copy": Door("/meetings/{}/chairs-copy", (NOTICED,), MEETS.format(NOTICED)),
    "agenda_items.add": Door("/meetings/{}/items/new", (DRAWER,), MEETS.format(DRAWER)),
    "agenda_items.edit": Door("/meetings/items/{}", (ITEM.format(NOTICED),), MEETS.format(NOTICED)),
    "papers.add": Door("/meetings/items/{}/papers/new", (ITEM.format(NOTICED),), MEETS.format(NOTICED)),
    "sessions.attendance": Door("/meetings/{}/attendance", (SITTING,), MEETS.format(SITTING)),
    "sessions.end_session": Door("/meetings/{}/end", (SITTING,), MEETS.format(SITTING)),
    "outcomes.note": Door("/meetings/items/{}/note", (ITEM.format(SITTING),), MEETS.format(SITTING)),
    "outcomes.decide": Door("/meetings/items/{}/decision", (ITEM.format(SITTING),), MEETS.format(SITTING)),
    "outcomes.agree_action": Door("/meetings/items/{}/action", (ITEM.format(SITTING),), MEETS.format(SITTING)),
    "outcomes.end_action": Door("/meetings/actions/{}", (STILL_OPEN,), MEETS.format(WRITTEN)),
    "minutes.show": Door(
        "/meetings/{}/minutes?draft=2", ("SELECT min(meeting_id) FROM minutes_draft WHERE number = 2",)
    ),
    "minutes.amend": Door("/meetings/{}/minutes/amend", (WRITTEN,), MEETS.format(WRITTEN)),
    "agenda.mine": Door("/task-forces/mine", (), CHAIR.format(f"({RUNNING})")),
    "seats.constitute": Door("/task-forces/new", (), CLERK),
    "taskforces.charter": Door("/task-forces/{}/charter", (BODY,), CLERK),
    "taskforces.dissolve": Door("/task-forces/{}/dissolve", (BODY,), CLERK),
    "organizations.index": Door("/task-forces/organizations/{}", (HOME,)),
    "organizations.add": Door("/task-forces/organizations/{}/new", (HOME,), CLERK),
    "organizations.edit": Door("/task-forces/organizations/{}/{}", (HOME, "SELECT min(id) FROM organization"), CLERK),
    "nominations.index": Door("/task-forces/{}/nominations/", (NAMED_IN,), NAMER),
    "nominations.nominate": Door("/task-forces/{}/nominations/new", (NAMED_IN,), NAMER),
    "nominations.offer": Door("/task-forces/nominations/{}/offer", (NAMED,), CLERK),
    "nominations.refuse": Door("/task-forces/nominations/{}/refuse", (NAMED,), CLERK),
    "offers.offer": Door("/task-forces/{}/seats/offer", (BODY,), CLERK),
    "offers.mine": Door("/task-forces/seats/mine", (), CHAIR.format(f"({RUNNING})")),
    "offers.show": Door("/task-forces/offers/{}", ("SELECT min(id) FROM seat_offer",), CLERK),
    "absences.tell": Door("/task-forces/seats/{}/away", (SEAT,), CLERK),
    "interests.declare": Door("/task-forces/seats/{}/interest", (SEAT,), CLERK),
    "seats.end": Door("/task-forces/{}/seats/{}/end", (BODY, SEAT), CLERK),
}

NOT_PAGES = {
    "papers.serve": "files",
    "calendar.everything": "data",
    "calendar.of_task_force": "data",
    "calendar.of_meeting": "data",
    "signing_paper.scan": "a file",
    "escalating.document": "a file",
}
