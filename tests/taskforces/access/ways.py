"""Where in the demo each page, file and button of the rooms of task forces is found."""

from tests.e2e.doors import DOORS, Door

BODY, NOTICED, SITTING, WRITTEN, TALKED, NOTICED_ITEM, PLANNED, SETBACK, SPENDING, WAITS, RATABLE = (
    DOORS[endpoint].values[0]
    for endpoint in (
        "taskforces.show",
        "meetings.edit",
        "sessions.attendance",
        "minutes.amend",
        "meetings.show",
        "agenda_items.edit",
        "baselines.promise",
        "setbacks.show",
        "ledger.show",
        "signing_paper.attest",
        "answering.rate",
    )
)
"""What the doors of the demo are about, which stands behind other ways too."""
RUNNING, MILESTONE = DOORS["milestones.forecast"].values
TOLD_IN, TOLD = DOORS["drafts.show"].values
SEEN_IN, SEEN = DOORS["update_pictures.take_down"].values

INTEREST = "SELECT max(id) FROM interest"
INTERESTED = f"""SELECT t.slug FROM interest i JOIN seat s ON s.person_id = i.person_id
    JOIN task_force t ON t.id = s.task_force_id WHERE i.id = ({INTEREST}) LIMIT 1"""
OFFERED = "SELECT max(id) FROM seat_offer WHERE ending IS NULL"
PAPER = "SELECT max(id) FROM meeting_paper"
RECORDED = f"SELECT max(id) FROM outcome WHERE kind = 'note' AND meeting_id = ({SITTING})"
PROVEN = "SELECT min(id) FROM claim_evidence WHERE kind = 'picture'"
PROVEN_IN = f"""SELECT m.project_id FROM milestone m JOIN milestone_claim c ON c.milestone_id = m.id
    JOIN claim_evidence e ON e.claim_id = c.id WHERE e.id = ({PROVEN})"""
WORKS = f"SELECT max(id) FROM partner WHERE until_on IS NULL AND project_id = ({RUNNING})"
UNPROMISED = f"SELECT max(id) FROM milestone WHERE project_id = ({PLANNED})"
UNREAD = "SELECT max(number) FROM question WHERE stage = 'received' AND meeting_id IS NOT NULL"
ON_PAPER = "SELECT max(number) FROM question WHERE channel = 'desk'"
SHEET = "SELECT {} FROM sign_off WHERE method = 'paper' ORDER BY id DESC LIMIT 1"
BROUGHT = "SELECT agreement_id FROM escalation WHERE decided_on IS NOT NULL ORDER BY id DESC LIMIT 1"
CORRECTED = "SELECT max(id) FROM corrective_action"
CONTRACT = "SELECT {} FROM spending_document WHERE is_public ORDER BY id LIMIT 1"
AWAY = "SELECT max(id) FROM absence"
LINK = "LINK"
"""Stands for the private link of whoever asked."""
DRAFT = "/projects/{}/updates/drafts/{}/"

WAYS: dict[str, Door] = {
    **DOORS,
    "requests_files.take": Door("/indicators/in/{}/file/take", DOORS["requests_files.send"].values),
    "absences.back": Door("/task-forces/seats/absences/{}/back", (AWAY,)),
    "agenda_items.move": Door("/meetings/items/{}/move/down", (NOTICED_ITEM,)),
    "agenda_items.take_off": Door("/meetings/items/{}/take-off", (NOTICED_ITEM,)),
    "answering.pass_on": Door("/questions/Q-{}/passed-on", (ON_PAPER,)),
    "asking.mine": Door(f"/questions/mine/{LINK}"),
    "asking.rate": Door(f"/questions/mine/{LINK}"),
    "calendar.everything": Door("/calendar.ics"),
    "calendar.of_meeting": Door("/meetings/{}.ics", (NOTICED,)),
    "calendar.of_task_force": Door("/task-forces/{}/meetings.ics", (BODY,)),
    "claims.serve": Door("/projects/{}/evidence/{}/picture.jpg", (PROVEN_IN, PROVEN)),
    "confirmations.answer": DOORS["confirmations.show"],
    "corrective_actions.begin": Door("/setbacks/actions/{}/begin", (CORRECTED,)),
    "drafts.hand_in": Door(DRAFT + "hand-in", (TOLD_IN, TOLD)),
    "drafts.take_back": Door(DRAFT + "take-back", (TOLD_IN, TOLD)),
    "escalating.document": Door("/agreements/{}/council/document", (BROUGHT,)),
    "handling.accept": Door("/questions/Q-{}/accept", (UNREAD,)),
    "handling.decline": Door("/questions/Q-{}/decline", (UNREAD,)),
    "interests.end": Door("/task-forces/{}/interests/{}/end", (INTERESTED, INTEREST)),
    "ledger.columns": Door("/projects/ledger/columns.json"),
    "ledger.download": Door("/projects/ledger/{}/ledger.csv", (SPENDING,)),
    "reconciliation.download": Door("/projects/ledger/{}/reconciliation/reconciliation.csv", (SPENDING,)),
    "meetings.close": Door("/meetings/{}/close", (TALKED,)),
    "milestones.begin": Door("/projects/{}/milestones/{}/begin", (RUNNING, MILESTONE)),
    "milestones.drop": Door("/projects/{}/plan/{}/drop", (PLANNED, UNPROMISED)),
    "minutes.ask_to_sign": Door("/meetings/{}/minutes/sign", (WRITTEN,)),
    "minutes.draft": Door("/meetings/{}/minutes/draft", (WRITTEN,)),
    "nominations.take_back": Door("/task-forces/nominations/{}/take-back", DOORS["nominations.offer"].values),
    "offers.accept": Door("/task-forces/offers/{}/accept", (OFFERED,)),
    "offers.accept_on_paper": Door("/task-forces/offers/{}/paper", (OFFERED,)),
    "offers.decline": Door("/task-forces/offers/{}/decline", (OFFERED,)),
    "offers.show": Door("/task-forces/offers/{}", (OFFERED,)),
    "offers.take_back": Door("/task-forces/offers/{}/take-back", (OFFERED,)),
    "outcomes.take_back": Door("/meetings/outcomes/{}/take-back", (RECORDED,)),
    "papers.serve": Door("/meetings/papers/{}/paper.pdf", (PAPER,)),
    "papers.take_away": Door("/meetings/papers/{}/take-away", (PAPER,)),
    "partners.leave": Door("/projects/{}/partners/{}/leave", (RUNNING, WORKS)),
    "partners.manager": Door("/projects/{}/partners/manager", (RUNNING,)),
    "partners.name": Door("/projects/{}/partners/name", (RUNNING,)),
    "sessions.open_session": Door("/meetings/{}/open", (NOTICED,)),
    "setbacks.conclude": Door("/setbacks/{}/conclude", (SETBACK,)),
    "setbacks.take_up": Door("/setbacks/{}/take-up", (SETBACK,)),
    "sheets.days": Door("/projects/{}/milestones.ics", (RUNNING,)),
    "sheets.table": Door("/projects/{}/milestones.csv", (RUNNING,)),
    "signing.sign": Door("/agreements/{}/sign", (WAITS,)),
    "signing_paper.scan": Door("/agreements/{}/sheets/{}", (SHEET.format("agreement_id"), SHEET.format("id"))),
    "spending_documents.serve": Door(
        "/projects/{}/documents/{}.pdf", (CONTRACT.format("project_id"), CONTRACT.format("id"))
    ),
    "taskforces.constitute": Door("/task-forces/{}/constitute", (BODY,)),
    "update_pictures.serve": Door("/projects/{}/updates/pictures/{}/small.jpg", (SEEN_IN, SEEN)),
}
"""The doors of the demo, and beside them what is no page."""
