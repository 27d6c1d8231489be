"""The pages of projects: promises, money, setbacks, updates, questions."""

from tests.e2e.doors.door import CHAIR, CLERK, FUNDED, HOME, PLANNED, PROJECT, RUNNING, Door

PROMISE = "SELECT min(id) FROM commitment WHERE closed_on IS NULL"
PROMISED = f"SELECT project_id FROM commitment WHERE id = ({PROMISE})"
PAID = "SELECT {} FROM ledger_entry WHERE kind = 'expense' ORDER BY id LIMIT 1"
TIED = "SELECT t.{} FROM tie_out t JOIN tie_out_difference d ON d.tie_out_id = t.id ORDER BY t.id DESC LIMIT 1"
SPENDING = "SELECT max(cycle_id) FROM pot_account"
MILESTONE = f"SELECT id FROM milestone WHERE actual_on IS NULL AND project_id = ({RUNNING}) ORDER BY id LIMIT 1"
DONE = f"SELECT id FROM milestone WHERE actual_on IS NOT NULL AND project_id = ({RUNNING}) ORDER BY id LIMIT 1"
STORY = "SELECT min(id) FROM milestone_story"
STORY_OF = """SELECT m.project_id FROM milestone_story s JOIN milestone m ON m.id = s.milestone_id
    ORDER BY s.id LIMIT 1"""
APPROVED, BUILT, PAUSED = (PROJECT.format(stage) for stage in ("planning", "handover", "paused"))
FINISHED = PROJECT.format("completed")
LEFT = "SELECT min(id) FROM snag WHERE fixed_on IS NULL"
LEFT_IN = f"SELECT project_id FROM snag WHERE id = ({LEFT})"
CLAIMED = "SELECT milestone_id FROM milestone_claim WHERE finding IS NULL ORDER BY id LIMIT 1"
CLAIMED_IN = f"SELECT project_id FROM milestone WHERE id = ({CLAIMED})"
CLAIMER = "SELECT person_id FROM milestone_claim WHERE finding IS NULL ORDER BY id LIMIT 1"
LOOKER = f"""SELECT s.person_id FROM seat s JOIN project p ON p.task_force_id = s.task_force_id
    WHERE p.id = ({CLAIMED_IN}) AND s.kind = 'co_chair' AND s.ends_on IS NULL AND s.person_id <> ({CLAIMER})"""
ASKED = "SELECT max(number) FROM question WHERE stage = {}"
RATABLE = "SELECT max(number) FROM question WHERE stage = 'answered' AND asker_id IS NOT NULL"
TOLD = "SELECT min(id) FROM update_draft WHERE stage = 'waiting'"
TOLD_IN = f"SELECT project_id FROM update_draft WHERE id = ({TOLD})"
TOLD_PUBLICLY = f"SELECT max(id) FROM project_update WHERE project_id = ({RUNNING})"
UNSEEN = f"SELECT min(id) FROM update_picture WHERE draft_id = ({TOLD})"
SEEN = """SELECT min(p.id) FROM update_picture p JOIN update_draft d ON d.id = p.draft_id
    WHERE d.update_id IS NOT NULL AND p.taken_down_at IS NULL"""
SEEN_IN = f"SELECT d.project_id FROM update_picture p JOIN update_draft d ON d.id = p.draft_id WHERE p.id = ({SEEN})"
SETBACK = "SELECT id FROM setback WHERE stage NOT IN ('reported', 'resolved') ORDER BY id LIMIT 1"
UNHEARD = "SELECT id FROM setback WHERE stage = 'reported' AND rule IS NULL ORDER BY id LIMIT 1"
CORRECTED = f"SELECT id FROM corrective_action WHERE setback_id = ({SETBACK}) ORDER BY id LIMIT 1"
UNHEARD_CHAIR = CHAIR.format(f"(SELECT project_id FROM setback WHERE id = ({UNHEARD}))")
WRONGED_CHAIR = CHAIR.format(f"(SELECT project_id FROM setback WHERE id = ({SETBACK}))")

WATCHED = "SELECT min(id) FROM indicator"

DOORS: dict[str, Door] = {
    "indicators.index": Door("/indicators/"),
    "indicators.of_neighborhood": Door("/indicators/in/{}", (HOME,)),
    "indicators.show": Door("/indicators/{}", (WATCHED,)),
    "indicators.define": Door("/indicators/in/{}/new", (HOME,), CLERK),
    "indicators.redefine": Door("/indicators/{}/define", (WATCHED,), CLERK),
    "indicators.enter": Door("/indicators/{}/enter", (WATCHED,), CLERK),
    "requests_files.send": Door("/indicators/in/{}/file/", (HOME,), CLERK),
    "projects.index": Door("/projects/"),
    "projects.show": Door("/projects/{}", (RUNNING,)),
    "projects.hand_over": Door("/projects/{}/hand-over", (FUNDED,), CLERK),
    "milestones.plan": Door("/projects/{}/plan", (PLANNED,), CHAIR.format(f"({PLANNED})")),
    "baselines.promise": Door("/projects/{}/baseline", (PLANNED,), CHAIR.format(f"({PLANNED})")),
    "stages.move": Door("/projects/{}/move/{}", (APPROVED, "SELECT 'procurement'"), CHAIR.format(f"({APPROVED})")),
    "sheets.bring": Door("/projects/{}/plan/table", (PLANNED,), CHAIR.format(f"({PLANNED})")),
    "baselines.index": Door("/projects/{}/baselines", (RUNNING,)),
    "baselines.renew": Door("/projects/{}/baseline/renew", (RUNNING,), CHAIR.format(f"({RUNNING})")),
    "claims.show": Door("/projects/{}/milestones/{}/evidence", (CLAIMED_IN, CLAIMED), CLAIMER),
    "claims.look": Door("/projects/{}/milestones/{}/look", (CLAIMED_IN, CLAIMED), LOOKER),
    "pausing.pause": Door("/projects/{}/pause", (RUNNING,), CHAIR.format(f"({RUNNING})")),
    "pausing.resume": Door("/projects/{}/resume", (PAUSED,), CHAIR.format(f"({PAUSED})")),
    "pausing.cancel": Door("/projects/{}/cancel", (RUNNING,), CLERK),
    "partners.index": Door("/projects/{}/partners/", (RUNNING,), CHAIR.format(f"({RUNNING})")),
    "closing.complete": Door("/projects/{}/complete", (BUILT,), CHAIR.format(f"({BUILT})")),
    "closing.fix": Door("/projects/{}/snags/{}", (LEFT_IN, LEFT), CHAIR.format(f"({LEFT_IN})")),
    "closing.look_again": Door("/projects/{}/look-again/residents", (FINISHED,), CHAIR.format(f"({FINISHED})")),
    "confirmations.show": Door("/projects/{}/works/", (FINISHED,)),
    "confirmations.paper": Door("/projects/{}/works/paper", (FINISHED,), CLERK),
    "milestones.forecast": Door(
        "/projects/{}/milestones/{}/forecast", (RUNNING, MILESTONE), CHAIR.format(f"({RUNNING})")
    ),
    "claims.claim": Door("/projects/{}/milestones/{}/done", (RUNNING, MILESTONE), CHAIR.format(f"({RUNNING})")),
    "updates.index": Door("/projects/{}/updates/", (RUNNING,)),
    "update_versions.translate": Door(
        "/projects/{}/updates/{}/in/es", (RUNNING, TOLD_PUBLICLY), CHAIR.format(f"({RUNNING})")
    ),
    "stories.index": Door("/stories/"),
    "stories.show": Door("/stories/{}", (STORY,)),
    "stories.tell": Door("/stories/tell/{}/{}", (RUNNING, DONE), CHAIR.format(f"({RUNNING})")),
    "stories.take_down": Door("/stories/{}/take-down", (STORY,), CHAIR.format(f"({STORY_OF})")),
    "questions.index": Door("/questions/"),
    "questions.show": Door("/questions/Q-{}", (ASKED.format("'closed'"),)),
    "asking.ask": Door("/questions/ask?about=project-{}", (RUNNING,)),
    "asking.asked": Door("/questions/asked", (), f"SELECT asker_id FROM question WHERE number = ({RATABLE})"),
    "asking.blank": Door("/neighborhoods/{}/question-on-paper", (HOME,)),
    "asking.type_in": Door("/office/questions/{}/type-in", (HOME,), CLERK),
    "answering.waiting": Door("/questions/waiting", (), CLERK),
    "answering.answer": Door("/questions/Q-{}/answer", (ASKED.format("'assigned'"),), CLERK),
    "answering.rate": Door(
        "/questions/Q-{}/rate", (RATABLE,), f"SELECT asker_id FROM question WHERE number = ({RATABLE})"
    ),
    "handling.accept": Door("/questions/Q-{}/accept", (ASKED.format("'received'"),), CLERK),
    "handling.decline": Door("/questions/Q-{}/decline", (ASKED.format("'received'"),), CLERK),
    "handling.merge": Door("/questions/Q-{}/merge", (ASKED.format("'assigned'"),), CLERK),
    "handling.assign": Door("/questions/Q-{}/assign", (ASKED.format("'accepted'"),), CLERK),
    "handling.redact": Door("/questions/Q-{}/redact", (ASKED.format("'assigned'"),), CLERK),
    "setbacks.index": Door("/setbacks/"),
    "setbacks.show": Door("/setbacks/{}", (SETBACK,), WRONGED_CHAIR),
    "setbacks.tell": Door("/setbacks/tell/project/{}", (RUNNING,)),
    "setbacks.acknowledge": Door("/setbacks/{}/acknowledge", (UNHEARD,), UNHEARD_CHAIR),
    "setbacks.analyse": Door("/setbacks/{}/cause", (SETBACK,), WRONGED_CHAIR),
    "setbacks.check": Door("/setbacks/{}/effect", (SETBACK,), WRONGED_CHAIR),
    "planning.plan": Door("/setbacks/{}/plan", (SETBACK,), WRONGED_CHAIR),
    "planning.accept": Door("/setbacks/{}/accept", (SETBACK,), WRONGED_CHAIR),
    "corrective_actions.claim": Door("/setbacks/actions/{}/done", (CORRECTED,), WRONGED_CHAIR),
    "corrective_actions.verify": Door("/setbacks/actions/{}/verify", (CORRECTED,), WRONGED_CHAIR),
    "books.show": Door("/projects/{}/money", (RUNNING,)),
    "commitments.show": Door("/projects/{}/commitments/{}", (PROMISED, PROMISE), CLERK),
    "commitments.promise": Door("/projects/{}/commitments/new", (RUNNING,), CHAIR.format(f"({RUNNING})")),
    "commitments.change": Door("/projects/{}/commitments/{}/change", (PROMISED, PROMISE), CLERK),
    "contracts.link": Door("/projects/{}/commitments/{}/contract", (PROMISED, PROMISE), CLERK),
    "expenses.pay": Door("/projects/{}/commitments/{}/pay", (PROMISED, PROMISE), CLERK),
    "expenses.take_back": Door(
        "/projects/{}/commitments/{}/entries/{}/take-back",
        (PAID.format("project_id"), PAID.format("commitment_id"), PAID.format("id")),
        CLERK,
    ),
    "transfers.move": Door("/projects/{}/money/move", (RUNNING,), CHAIR.format(f"({RUNNING})")),
    "transfers.release": Door("/projects/{}/money/release", (RUNNING,), CHAIR.format(f"({RUNNING})")),
    "transfers.give": Door("/projects/{}/money/from-outside", (RUNNING,), CLERK),
    "returns.give_back": Door("/projects/{}/money/return", (RUNNING,), CHAIR.format(f"({RUNNING})")),
    "forecasts.say": Door("/projects/{}/money/expected", (RUNNING,), CHAIR.format(f"({RUNNING})")),
    "tie_outs.index": Door("/projects/ledger/{}/tie-outs/", (SPENDING,)),
    "tie_outs.new": Door("/projects/ledger/{}/tie-outs/new", (SPENDING,), CLERK),
    "tie_outs.show": Door("/projects/ledger/{}/tie-outs/{}", (TIED.format("cycle_id"), TIED.format("id"))),
    "tie_outs.explain": Door(
        "/projects/ledger/{}/tie-outs/{}/1/explain", (TIED.format("cycle_id"), TIED.format("id")), CLERK
    ),
    "reconciliation.show": Door("/projects/ledger/{}/reconciliation/", (SPENDING,)),
    "ledger.show": Door("/projects/ledger/{}", (SPENDING,)),
    "ledger.check": Door("/projects/ledger/{}/check", (SPENDING,)),
    "ledger.terms": Door("/projects/ledger/{}/terms", (SPENDING,), CLERK),
    "updates.write": Door("/projects/{}/updates/write", (RUNNING,), CHAIR.format(f"({RUNNING})")),
    "drafts.show": Door("/projects/{}/updates/drafts/{}", (TOLD_IN, TOLD), CHAIR.format(f"({TOLD_IN})")),
    "drafts.change": Door("/projects/{}/updates/drafts/{}/change", (TOLD_IN, TOLD), CHAIR.format(f"({TOLD_IN})")),
    "drafts.send_back": Door("/projects/{}/updates/drafts/{}/send-back", (TOLD_IN, TOLD), CHAIR.format(f"({TOLD_IN})")),
    "drafts.publish": Door("/projects/{}/updates/drafts/{}/publish", (TOLD_IN, TOLD), CHAIR.format(f"({TOLD_IN})")),
    "drafts.throw_away": Door(
        "/projects/{}/updates/drafts/{}/throw-away", (TOLD_IN, TOLD), CHAIR.format(f"({TOLD_IN})")
    ),
    "update_pictures.add": Door(
        "/projects/{}/updates/drafts/{}/pictures/add", (TOLD_IN, TOLD), CHAIR.format(f"({TOLD_IN})")
    ),
    "update_pictures.describe": Door(
        "/projects/{}/updates/drafts/{}/pictures/{}/words", (TOLD_IN, TOLD, UNSEEN), CHAIR.format(f"({TOLD_IN})")
    ),
    "update_pictures.remove": Door(
        "/projects/{}/updates/drafts/{}/pictures/{}/remove", (TOLD_IN, TOLD, UNSEEN), CHAIR.format(f"({TOLD_IN})")
    ),
    "update_pictures.take_down": Door(
        "/projects/{}/updates/pictures/{}/take-down", (SEEN_IN, SEEN), CHAIR.format(f"({SEEN_IN})")
    ),
    "setbacks.report": Door("/setbacks/report/project/{}", (RUNNING,), CHAIR.format(f"({RUNNING})")),
}

NOT_PAGES = {
    "claims.serve": "files",
    "sheets.table": "a file",
    "sheets.days": "a file",
    "update_pictures.serve": "files",
    "asking.mine": "only by its private link; tests/taskforces/questions opens it",
    "ledger.download": "a file",
    "reconciliation.download": "a file",
    "ledger.columns": "a file",
    "spending_documents.serve": "a file",
}
