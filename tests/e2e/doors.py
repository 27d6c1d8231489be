"""Every page there is, who opens it, and where in the demo it is found."""

from dataclasses import dataclass

from tests.e2e import town
from tests.e2e.conftest import Site

VISITOR = None
RESIDENT = """SELECT r.person_id FROM residence r JOIN person p ON p.id = r.person_id WHERE r.stage = 'verified'
    AND NOT EXISTS (SELECT 1 FROM seat s WHERE s.person_id = p.id) ORDER BY p.demo_label IS NULL, p.id LIMIT 1"""
STAFF = "SELECT person_id FROM role_grant WHERE role = '{}' AND ended_at IS NULL ORDER BY id LIMIT 1"
CLERK, OFFICER, OBSERVER, OVERSEER = (STAFF.format(role) for role in ("clerk", "officer", "observer", "overseer"))
STATED = "SELECT max(id) FROM oversight_statement WHERE recommendation IS NOT NULL"
CHAIR = """SELECT person_id FROM seat WHERE kind = 'co_chair' AND ends_on IS NULL AND person_id IS NOT NULL
    AND task_force_id = (SELECT task_force_id FROM project WHERE id = {}) LIMIT 1"""
CYCLE = "SELECT id FROM cycle WHERE stage {} ORDER BY id DESC LIMIT 1"
OPEN, DECIDED, DRAFT = (
    CYCLE.format(f) for f in ("= 'voting'", "IN ('certified', 'delivering', 'closed')", "= 'draft'")
)
PROJECT = "SELECT id FROM project WHERE stage = '{}' ORDER BY id LIMIT 1"
FUNDED, PLANNED, RUNNING = (PROJECT.format(stage) for stage in ("funded", "mobilising", "delivery"))
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
WAITS = "SELECT max(id) FROM agreement WHERE ending IS NULL"
SIGNS = f"""SELECT person_id FROM seat WHERE kind = 'co_chair' AND ends_on IS NULL AND person_id IS NOT NULL
    AND task_force_id = (SELECT task_force_id FROM agreement WHERE id = ({WAITS})) ORDER BY side LIMIT 1"""
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
HOME = "SELECT slug FROM neighborhood ORDER BY id LIMIT 1"
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
PROPOSAL = "SELECT id FROM proposal WHERE stage {} ORDER BY id DESC LIMIT 1"
COLLECTED, ON_BALLOT = PROPOSAL.format("= 'submitted'"), PROPOSAL.format("IN ('on_ballot', 'funded')")
INVITED = "SELECT code FROM co_author_invitation WHERE ending IS NULL AND email IS NULL ORDER BY id DESC LIMIT 1"
ON_PAPER = "SELECT max(cycle_id) FROM paper_form"
UNSENT = PROPOSAL.format("= 'draft'")
WRITER = f"SELECT author_id FROM proposal WHERE id = ({UNSENT})"
AUTHOR = f"SELECT author_id FROM proposal WHERE id = ({COLLECTED})"
ATTACHMENT = f"SELECT max(id) FROM attachment WHERE proposal_id = ({COLLECTED})"
REVISED = "SELECT proposal_id FROM proposal_revision WHERE number = 2 ORDER BY id DESC LIMIT 1"
JOINED = "SELECT id FROM merge_request WHERE ending = 'agreed' ORDER BY id LIMIT 1"
TAKER_IN = f"SELECT author_id FROM proposal WHERE id = (SELECT into_id FROM merge_request WHERE id = ({JOINED}))"
WORDED = "SELECT max(proposal_id) FROM ballot_text"
SAID = "SELECT max(id) FROM comment"
ANSWERED = "SELECT min(parent_id) FROM comment"
REPORTED = "SELECT min(comment_id) FROM comment_report WHERE ending IS NULL"
WITHHELD = "SELECT min(id) FROM withheld_words WHERE ending {}"
NAMED = "SELECT proposal_id FROM withheld_words WHERE ending IS NULL ORDER BY id LIMIT 1"
HIDDEN = "SELECT min(id) FROM comment WHERE hidden_at IS NOT NULL"
GONE = "SELECT min(id) FROM hiding"
SPLIT = "SELECT min(id) FROM split_request"
VOTER = """SELECT person_id FROM roll_entry WHERE revision > 0
    AND vote_id = (SELECT id FROM vote WHERE stage = 'open') LIMIT 1"""
SOMEBODY = "SELECT person_id FROM role_grant WHERE role = 'observer' AND ended_at IS NULL ORDER BY id LIMIT 1"
RUNS = "SELECT person_id FROM board_member WHERE part = 'runs' AND cycle_id = ({}) ORDER BY id LIMIT 1"
EDITION = "SELECT id FROM edition ORDER BY id LIMIT 1"
RECOUNTED = "SELECT v.cycle_id FROM vote v JOIN result r ON r.vote_id = v.id WHERE r.number = 2"
REQUEST = f"SELECT lower(hex(id)) FROM pending_action WHERE cycle_id = ({OPEN}) ORDER BY requested_at LIMIT 1"
PLANNED_KEY = "SELECT cycle_id FROM key_holder WHERE public_key IS NULL"
OBJECTED = "SELECT cycle_id FROM objection WHERE ending IS NULL"
COLLECTING = CYCLE.format("= 'collecting'")
LINE = f"""SELECT 'p' || r.person_id FROM residence r JOIN person p ON p.id = r.person_id WHERE r.stage = 'verified'
    AND p.active AND r.neighborhood_id = (SELECT neighborhood_id FROM cycle WHERE id = ({COLLECTING})) LIMIT 1"""

BOX, STOCK, BATCH = (f"SELECT min(id) FROM paper_{each}" for each in ("box", "stock", "batch"))
OUTSIDE = """SELECT lower(hex(id)) FROM roll_entry WHERE channel = 'none'
    AND vote_id = (SELECT id FROM vote WHERE stage = 'open') LIMIT 1"""
STUB = "SELECT min(number) FROM paper_stub"


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


DOORS: dict[str, Door] = {
    "home.index": Door("/"),
    "home.about": Door("/about"),
    "home.accessibility": Door("/accessibility"),
    "home.privacy": Door("/privacy"),
    "home.how_votes_become_funding": Door("/how-votes-become-funding"),
    "home.status": Door("/status"),
    "accounts.sign_in": Door("/sign-in"),
    "accounts.join": Door("/join"),
    "accounts.link": Door("/sign-in/link/no-such-link"),
    "accounts.show": Door("/account", (), RESIDENT),
    "accounts.details": Door("/account/details", (), RESIDENT),
    "accounts.residence": Door("/account/residence", (), RESIDENT),
    "staff.password": Door("/sign-in/password"),
    "staff.forgot": Door("/sign-in/forgot"),
    "staff.forgot_sent": Door("/sign-in/forgot/sent"),
    "staff.recovery_codes": Door("/sign-in/recovery-codes", (), CLERK),
    "places.index": Door("/neighborhoods/"),
    "places.show": Door("/neighborhoods/{}", (HOME,)),
    "cycles.index": Door("/cycles/"),
    "cycles.show": Door("/cycles/{}", (OPEN,)),
    "cycles.rule_card": Door("/cycles/{}/rule-card", (OPEN,)),
    "proposals.index": Door("/proposals/?cycle_id={}", (OPEN,)),
    "proposals.show": Door("/proposals/{}", (ON_BALLOT,)),
    "finding.kind": Door("/proposals/in/{}/kinds/{}", (HOME, "SELECT min(id) FROM category")),
    "finding.area": Door("/proposals/in/{}/areas/{}", (HOME, "SELECT min(id) FROM area")),
    "serving.show": Door("/proposals/priorities/{}", ("SELECT min(priority_id) FROM served_priority",)),
    "priorities.edit": Door("/office/cycles/{}/priorities", (COLLECTING,), CLERK),
    "proposals.mine": Door("/proposals/mine", (), AUTHOR),
    "follows.mine": Door("/proposals/followed", (), "SELECT min(person_id) FROM follow"),
    "proposals.submit": Door("/proposals/submit?cycle_id={}", (COLLECTING,), RESIDENT),
    "writing.step": Door("/proposals/{}/write/costs", (UNSENT,), WRITER),
    "writing.check": Door("/proposals/{}/write/check", (UNSENT,), WRITER),
    "contacts.give": Door("/proposals/{}/contact", (UNSENT,), WRITER),
    "desk.blank": Door("/cycles/{}/paper-form", (OPEN,)),
    "desk.index": Door("/office/paper-forms/{}", (ON_PAPER,), CLERK),
    "desk.type_in": Door("/office/paper-forms/{}/type-in", (COLLECTING,), CLERK),
    "desk.where": Door("/office/paper-forms/{}/where", (ON_PAPER,), CLERK),
    "desk.take_back": Door("/proposals/{}/signed-withdrawal", ("SELECT max(proposal_id) FROM paper_form",), CLERK),
    "coauthors.index": Door("/proposals/{}/co-authors", (UNSENT,), WRITER),
    "coauthors.enter": Door("/proposals/invitations", (), RESIDENT),
    "coauthors.answer": Door("/proposals/invitations/{}", (INVITED,), RESIDENT),
    "help_prices.index": Door("/office/prices/{}", (HOME,), CLERK),
    "help_prices.change": Door("/office/prices/{}/{}", (HOME, "SELECT min(id) FROM help_price"), CLERK),
    "proposals.edit": Door("/proposals/{}/edit", (COLLECTED,), AUTHOR),
    "spots.say": Door("/proposals/{}/place", (COLLECTED,), AUTHOR),
    "attachments.manage": Door("/proposals/{}/attachments", (COLLECTED,), AUTHOR),
    "attachments.add": Door("/proposals/{}/attachments/add/picture", (COLLECTED,), AUTHOR),
    "attachments.describe": Door("/proposals/{}/attachments/{}/words", (COLLECTED, ATTACHMENT), AUTHOR),
    "attachments.remove": Door("/proposals/{}/attachments/{}/remove", (COLLECTED, ATTACHMENT), AUTHOR),
    "proposals.withdraw": Door("/proposals/{}/withdraw", (COLLECTED,), AUTHOR),
    "withdrawals.kept": Door(
        "/proposals/{}/kept",
        ("SELECT id FROM proposal WHERE stage = 'withdrawn' AND number IS NOT NULL",),
        "SELECT author_id FROM proposal WHERE stage = 'withdrawn' AND number IS NOT NULL",
    ),
    "revisions.index": Door("/proposals/{}/revisions", (REVISED,)),
    "merging.ask": Door("/proposals/{}/join", (COLLECTED,), AUTHOR),
    "merging.show": Door("/proposals/joins/{}", (JOINED,), TAKER_IN),
    "splitting.ask": Door("/proposals/{}/split", (COLLECTED,), AUTHOR),
    "splitting.show": Door("/proposals/splits/{}", (SPLIT,), f"SELECT asker_id FROM split_request WHERE id=({SPLIT})"),
    "clashes.flag": Door("/proposals/{}/incompatible", (COLLECTED,), OFFICER),
    "clashes.lift": Door("/proposals/incompatible/{}/lift", ("SELECT min(id) FROM clash",), OFFICER),
    "names.ask": Door("/proposals/{}/names", (NAMED,), f"SELECT author_id FROM proposal WHERE id = ({NAMED})"),
    "names.judge": Door("/office/names/{}", (WITHHELD.format("IS NULL"),), OFFICER),
    "names.remove": Door("/office/names/of/{}", (COLLECTED,), OFFICER),
    "names.removed": Door("/office/names/removed", (), OBSERVER),
    "names.read": Door("/office/names/removed/{}", (WITHHELD.format("= 'removed'"),), OBSERVER),
    "discussion.write": Door("/proposals/{}/comments/write", (COLLECTED,), RESIDENT),
    "discussion.show": Door("/comments/{}", (ANSWERED,)),
    "discussion.answer": Door("/comments/{}/answer", (SAID,), RESIDENT),
    "discussion.edit": Door("/comments/{}/edit", (SAID,), f"SELECT author_id FROM comment WHERE id = ({SAID})"),
    "moderation.report": Door("/comments/{}/report", (ANSWERED,), RESIDENT),
    "moderation.show_again": Door("/office/comments/{}/show", (HIDDEN,), OFFICER),
    "hiding.choose": Door("/proposals/{}/report", (COLLECTED,), RESIDENT),
    "hiding.report": Door("/proposals/{}/report/proposal/0", (COLLECTED,), RESIDENT),
    "hiding.judge": Door("/office/parts/{}/proposal/0", (COLLECTED,), OFFICER),
    "hiding.hidden": Door("/office/parts/hidden", (), OBSERVER),
    "hiding.show_again": Door("/office/parts/hidden/{}/show", (GONE,), OFFICER),
    "hiding.look": Door("/office/parts/hidden/{}/look", (GONE,), OBSERVER),
    "moderation.index": Door("/office/comments/", (), OFFICER),
    "moderation.judge": Door("/office/comments/{}", (REPORTED,), OFFICER),
    "moderation.hidden": Door("/office/comments/hidden", (), OBSERVER),
    "review.index": Door("/review/", (), OFFICER),
    "review.show": Door("/review/{}", (COLLECTED,), OFFICER),
    "assigning.index": Door("/review/reviewers", (), CLERK),
    "assigning.assign": Door("/review/{}/reviewer", (COLLECTED,), CLERK),
    "assigning.declare": Door("/review/{}/interest", (COLLECTED,), OFFICER),
    "notes.index": Door("/review/{}/notes", (COLLECTED,), OFFICER),
    "checklists.index": Door("/review/checklists/", (), CLERK),
    "checklists.edit": Door("/review/checklists/{}", ("SELECT min(id) FROM category",), CLERK),
    "publishing.index": Door("/review/publish", (), CLERK),
    "publishing.show": Door("/review/prepared/{}", ("SELECT min(id) FROM prepared_finding",), OFFICER),
    "publishing.settings": Door("/review/cycles/{}/settings", (COLLECTING,), CLERK),
    "second_looks.ask": Door("/proposals/{}/second-look", (COLLECTED,), AUTHOR),
    "second_looks.index": Door("/review/second-looks", (), OFFICER),
    "second_looks.answer": Door("/review/second-looks/{}", ("SELECT min(id) FROM second_look",), OFFICER),
    "ballot_plans.edit": Door("/office/cycles/{}/ballot-plan", (COLLECTING,), CLERK),
    "ballot_texts.index": Door("/ballot-texts/{}", (OPEN,), OFFICER),
    "ballot_texts.show": Door("/proposals/{}/ballot-text", (WORDED,), OFFICER),
    "ballot_texts.settle": Door("/proposals/{}/ballot-text/settle", (WORDED,), CLERK),
    "ballot_texts.translate": Door("/proposals/{}/ballot-text/in/es", (WORDED,), OFFICER),
    "prices.index": Door("/prices/{}", (OPEN,)),
    "prices.object_to": Door("/proposals/{}/object-to-price", (ON_BALLOT,), RESIDENT),
    "prices.waiting": Door("/review/price-objections", (), OFFICER),
    "prices.answer": Door("/review/price-objections/{}", ("SELECT max(id) FROM price_objection",), OFFICER),
    "fixing.checklist": Door("/voting/{}/checklist", (COLLECTING,), CLERK),
    "fixing.booklet": Door("/ballots/{}/booklet", (OPEN,)),
    "council.confirm": Door("/voting/{}/council", (COLLECTING,), CLERK),
    "taking.index": Door("/task-forces/taking/{}", (OPEN,), CLERK),
    "taking.remits": Door("/task-forces/taking/{}/remits", (OPEN,), CLERK),
    "taking.name": Door("/task-forces/taking/{}/{}", (OPEN, ON_BALLOT), CLERK),
    "ballots.index": Door("/ballots/"),
    "ballots.show": Door("/ballots/{}", (OPEN,), RESIDENT),
    "ballots.thanks": Door("/ballots/{}/thanks", (OPEN,), VOTER),
    "promises.index": Door("/promises/"),
    "promises.show": Door("/promises/{}", (OPEN,)),
    "disputes.show": Door("/disputes/{}", (OPEN,), VOTER),
    "disputes.all_of": Door("/disputes/{}/all", (OPEN,), CLERK),
    "disputes.decide": Door("/disputes/{}/{}/decide", (OPEN, "SELECT min(number) FROM dispute"), CLERK),
    "disputes.desk": Door("/disputes/{}/desk", (OPEN,), CLERK),
    "turnout.show": Door("/turnout/{}", (OPEN,)),
    "mail_choices.choose": Door("/account/mail", (), RESIDENT),
    "notices.show": Door("/account/vote-mail/", (), RESIDENT),
    "ballots.receipt": Door("/ballots/{}/receipt", (OPEN,), VOTER),
    "log.index": Door("/log/"),
    "log.proof": Door("/log/7M3K-9Q2T-XB4D-0HFW"),
    "log.leaves": Door("/log/{}/leaves", (OPEN,)),
    "witnesses.name": Door("/log/{}/witnesses", (OPEN,), RUNS.format(OPEN)),
    "voting.index": Door("/voting/", (), OBSERVER),
    "voting.show": Door("/voting/{}", (OPEN,), CLERK),
    "voting.confirm": Door("/voting/{}/close", (OPEN,), CLERK),
    "extending.ask": Door("/voting/{}/extend", (OPEN,), CLERK),
    "board.show": Door("/voting/{}/board/{}", (OPEN, REQUEST), CLERK),
    "trustees.show": Door("/voting/{}/keys", (OPEN,), CLERK),
    "trustees.plan": Door("/voting/{}/keys/plan", (COLLECTING,), CLERK),
    "trustees.register": Door("/voting/{}/keys/1/register", (PLANNED_KEY,), CLERK),
    "trustees.answer": Door("/voting/{}/keys/1/answer", (OPEN,), CLERK),
    "trustees.result": Door("/voting/{}/keys/result", (OPEN,), CLERK),
    "board_changes.index": Door("/voting/{}/board", (OPEN,)),
    "board_changes.replace": Door("/voting/{}/board/replace", (OPEN,), RUNS.format(OPEN)),
    "naming.name": Door("/voting/{}/name-the-board", (COLLECTING,), CLERK),
    "objections.object_to": Door("/results/{}/object", (DECIDED,), RESIDENT),
    "objections.answer": Door("/results/{}/objections/1/answer", (OBJECTED,), CLERK),
    "confirming.confirm": Door("/sign-in/confirm", (), CLERK),
    "roll.index": Door("/office/roll/", (), OBSERVER),
    "roll.show": Door("/office/roll/{}", (OPEN,), CLERK),
    "roll.lines": Door("/office/roll/{}/lines", (OPEN,), CLERK),
    "roll.line": Door("/office/roll/{}/lines/{}", (COLLECTING, LINE), CLERK),
    "roll.add": Door("/office/roll/{}/add", (COLLECTING,), CLERK),
    "roll.likenesses": Door("/office/roll/{}/lookalikes", (COLLECTING,), CLERK),
    "roll.mine": Door("/roll/mine", (), RESIDENT),
    "roll.facts": Door("/roll/{}", (OPEN,)),
    "codes.index": Door("/office/roll/{}/codes", (COLLECTING,), CLERK),
    "codes.vote": Door("/vote-by-code"),
    "codes.residence": Door("/account/residence/code", (), RESIDENT),
    "stations.index": Door("/office/roll/{}/stations", (OPEN,), CLERK),
    "roll_changes.ask": Door("/office/roll/{}/lines/{}/strike", (COLLECTING, LINE), CLERK),
    "roll_imports.upload": Door("/office/roll/{}/imports/new", (COLLECTING,), CLERK),
    "paper.index": Door("/paper/", (), OFFICER),
    "paper.show": Door("/paper/{}", (OPEN,), CLERK),
    "paper.add_box": Door("/paper/{}/boxes/add", (OPEN,), CLERK),
    "paper.box": Door("/paper/{}/boxes/{}", (OPEN, BOX), CLERK),
    "paper.join": Door("/paper/{}/boxes/{}/join", (OPEN, BOX), CLERK),
    "paper.count_stock": Door("/paper/{}/stock/{}/count", (OPEN, STOCK), OFFICER),
    "paper_differences.explain": Door("/paper/{}/differences/explain", (OPEN,), RUNS.format(OPEN)),
    "paper_desk.index": Door("/paper/{}/desk?q=a", (OPEN,), OFFICER),
    "paper_desk.issue": Door("/paper/{}/desk/voters/{}", (OPEN, OUTSIDE), OFFICER),
    "paper_desk.take_back": Door("/paper/{}/desk/return", (OPEN,), OFFICER),
    "paper_desk.stub": Door("/paper/{}/desk/stubs/{}", (OPEN, STUB), OFFICER),
    "paper_batches.index": Door("/paper/{}/batches", (OPEN,), OBSERVER),
    "paper_batches.show": Door("/paper/{}/batches/{}", (OPEN, BATCH), OFFICER),
    "paper_batches.void": Door("/paper/{}/batches/{}/take-apart", (OPEN, BATCH), CLERK),
    "paper_entry.enter": Door("/paper/{}/batches/{}/enter", (OPEN, BATCH), OFFICER),
    "paper_entry.settle": Door("/paper/{}/batches/{}/third-look", (OPEN, BATCH), OFFICER),
    "paper_checks.show": Door("/paper/{}/sample", (OPEN,), OBSERVER),
    "paper_printing.index": Door("/paper/{}/print", (OPEN,), CLERK),
    "results.index": Door("/results/"),
    "results.show": Door("/results/{}", (DECIDED,)),
    "results.earlier": Door("/results/{}/counts/1", (RECOUNTED,), CLERK),
    "recounts.recount": Door("/results/{}/recount", (RECOUNTED,), CLERK),
    "results.mine": Door("/results/{}/mine", (DECIDED,)),
    "lot.show": Door("/results/{}/lot", (DECIDED,)),
    "checkers.show": Door("/results/{}/checkers", (DECIDED,)),
    "checkers.accredit": Door("/results/{}/checkers/new", (DECIDED,), RUNS.format(DECIDED)),
    "explanations.compare": Door("/results/{}/compare", (DECIDED,)),
    "steps.show": Door("/results/{}/steps?step=9", (DECIDED,)),
    "projects.index": Door("/projects/"),
    "projects.show": Door("/projects/{}", (RUNNING,)),
    "oversight.index": Door("/oversight/", ()),
    "oversight.show": Door("/oversight/{}", (STATED,)),
    "oversight.about_neighborhood": Door("/oversight/neighborhoods/{}/new", (HOME,), OVERSEER),
    "oversight.about_task_force": Door("/oversight/task-forces/{}/new", (BODY,), OVERSEER),
    "oversight.about_project": Door("/oversight/projects/{}/new", (RUNNING,), OVERSEER),
    "oversight.reply": Door("/oversight/{}/reply", (STATED,), CLERK),
    "signing.show": Door("/agreements/{}", ("SELECT max(id) FROM agreement",)),
    "authenticator.connect": Door("/account/authenticator", (), RESIDENT),
    "signing.of_project": Door("/agreements/projects/{}", (RUNNING,)),
    "signing.of_task_force": Door("/agreements/task-forces/{}", (BODY,)),
    "signing_paper.sheet": Door("/agreements/{}/sheet", (WAITS,)),
    "signing_paper.attest": Door("/agreements/{}/paper", (WAITS,), CLERK),
    "escalating.ask": Door("/agreements/{}/council", (WAITS,), SIGNS),
    "escalating.record": Door("/agreements/{}/council/decision", (WAITS,), CLERK),
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
    "drafts.send_back": Door(
        "/projects/{}/updates/drafts/{}/send-back", (TOLD_IN, TOLD), CHAIR.format(f"({TOLD_IN})")
    ),
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
    "organizations.edit": Door(
        "/task-forces/organizations/{}/{}", (HOME, "SELECT min(id) FROM organization"), CLERK
    ),
    "offers.offer": Door("/task-forces/{}/seats/offer", (BODY,), CLERK),
    "offers.mine": Door("/task-forces/seats/mine", (), CHAIR.format(f"({RUNNING})")),
    "offers.show": Door("/task-forces/offers/{}", ("SELECT min(id) FROM seat_offer",), CLERK),
    "absences.tell": Door("/task-forces/seats/{}/away", (SEAT,), CLERK),
    "interests.declare": Door("/task-forces/seats/{}/interest", (SEAT,), CLERK),
    "seats.end": Door("/task-forces/{}/seats/{}/end", (BODY, SEAT), CLERK),
    "reports.index": Door("/reports/"),
    "reports.show": Door("/reports/{}", (EDITION,)),
    "reports.check": Door("/reports/check"),
    "reports.publish": Door("/reports/publish/{}", (DECIDED,), CLERK),
    "admin.index": Door("/office/", (), CLERK),
    "office_cycles.index": Door("/office/cycles/", (), OBSERVER),
    "office_cycles.show": Door("/office/cycles/{}", (OPEN,), CLERK),
    "office_cycles.edit": Door("/office/cycles/{}/edit", (COLLECTING,), CLERK),
    "office_cycles.step": Door("/office/cycles/{}/step/reviewing", (COLLECTING,), CLERK),
    "office_cycles.create": Door("/office/cycles/new/{}", (HOME,), CLERK),
    "week.show": Door("/office/week", (), CLERK),
    "office_places.index": Door("/office/neighborhoods/", (), CLERK),
    "office_places.show": Door("/office/neighborhoods/{}", (HOME,), CLERK),
    "office_places.edit": Door("/office/neighborhoods/{}/edit", (HOME,), CLERK),
    "workdays.edit": Door("/office/neighborhoods/{}/holidays", (HOME,), CLERK),
    "office_places.create": Door("/office/neighborhoods/new", (), CLERK),
    "office_places.add_areas": Door("/office/neighborhoods/{}/areas/new", (HOME,), CLERK),
    "office_places.edit_area": Door("/office/neighborhoods/{}/areas/{}", (HOME, "SELECT min(id) FROM area"), CLERK),
    "office_places.add_category": Door("/office/neighborhoods/{}/categories/new", (HOME,), CLERK),
    "office_places.edit_category": Door(
        "/office/neighborhoods/{}/categories/{}", (HOME, "SELECT min(id) FROM category"), CLERK
    ),
    "people.index": Door("/office/people/", (), CLERK),
    "people.show": Door("/office/people/{}", (SOMEBODY,), CLERK),
    "people.grant": Door("/office/people/{}/grant", (SOMEBODY,), CLERK),
    "people.end_grant": Door(
        "/office/people/{}/grants/{}/end",
        (SOMEBODY, f"SELECT id FROM role_grant WHERE person_id = ({SOMEBODY})"),
        CLERK,
    ),
    "people.reset_second_factor": Door("/office/people/{}/second-factor", (SOMEBODY,), CLERK),
    "people.invite": Door("/office/people/invite", (), CLERK),
    "people.residences": Door("/office/people/residences", (), CLERK),
    "people.residence": Door("/office/people/residences/{}", ("SELECT min(id) FROM residence",), CLERK),
}

NOT_PAGES = {
    "static": "files",
    "home.healthz": "for machines",
    "home.styleguide": "for builders, in the demo only",
    "papers.serve": "files",
    "calendar.everything": "data",
    "calendar.of_task_force": "data",
    "calendar.of_meeting": "data",
    "cycles.rule_card_json": "data",
    "places.outlines": "data",
    "reports.data": "data",
    "reports.download": "a file",
    "results.download": "files",
    "attachments.serve": "files",
    "signing_paper.scan": "a file",
    "escalating.document": "a file",
    "claims.serve": "files",
    "sheets.table": "a file",
    "sheets.days": "a file",
    "update_pictures.serve": "files",
    "writing.resume": "leads to a step",
    "roll_imports.show": "only after an upload; tests/voting/roll opens it",
    "roll_imports.rejected": "a file",
    "codes.show": "only with a batch; tests/voting/roll opens it",
    "codes.download": "only with a batch; tests/voting/roll opens it",
    "codes.replace": "only with a batch; tests/voting/roll opens it",
    "stations.here": "says nothing",
    "stations.screen": "only at a station; tests/voting/roll opens it",
    "paper_desk.find_stub": "leads to a ballot",
    "paper_printing.download": "a file",
    "ballots.start_over": "leads back to the ballot",
    "ballots.receipt_json": "a file",
    "log.proof_json": "a file",
    "log_feed.head": "for witnesses",
    "log_feed.consistency": "for witnesses",
    "log_feed.leaves": "for witnesses",
    "asking.mine": "only by its private link; tests/taskforces/questions opens it",
    "ledger.download": "a file",
    "reconciliation.download": "a file",
    "ledger.columns": "a file",
    "spending_documents.serve": "a file",
    "accounts.code": "only after asking for a code",
    "mail_choices.stop": "only by a mailed link; tests/notifications opens it",
    "confirming.by_mail": "only for residents of a site that is not the demo",
    "staff.second_factor": "only with a password",
    "staff.connect": "only with a password",
    "staff.new_password": "only by a mailed link",
}
