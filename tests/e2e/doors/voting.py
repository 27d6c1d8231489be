"""The pages of the vote: the roll, ballots on screens and on paper, the log, keys, results."""

from tests.e2e.doors.door import CLERK, COLLECTING, DECIDED, OBSERVER, OFFICER, OPEN, RESIDENT, Door

VOTER = """SELECT person_id FROM roll_entry WHERE revision > 0
    AND vote_id = (SELECT id FROM vote WHERE stage = 'open') LIMIT 1"""
RUNS = "SELECT person_id FROM board_member WHERE part = 'runs' AND cycle_id = ({}) ORDER BY id LIMIT 1"
RECOUNTED = "SELECT v.cycle_id FROM vote v JOIN result r ON r.vote_id = v.id WHERE r.number = 2"
REQUEST = f"SELECT lower(hex(id)) FROM pending_action WHERE cycle_id = ({OPEN}) ORDER BY requested_at LIMIT 1"
PLANNED_KEY = "SELECT cycle_id FROM key_holder WHERE public_key IS NULL"
OBJECTED = "SELECT cycle_id FROM objection WHERE ending IS NULL"
LINE = f"""SELECT 'p' || r.person_id FROM residence r JOIN person p ON p.id = r.person_id WHERE r.stage = 'verified'
    AND p.active AND r.neighborhood_id = (SELECT neighborhood_id FROM cycle WHERE id = ({COLLECTING})) LIMIT 1"""
BOX, STOCK, BATCH = (f"SELECT min(id) FROM paper_{each}" for each in ("box", "stock", "batch"))
OUTSIDE = """SELECT lower(hex(id)) FROM roll_entry WHERE channel = 'none'
    AND vote_id = (SELECT id FROM vote WHERE stage = 'open') LIMIT 1"""
STUB = "SELECT min(number) FROM paper_stub"

DOORS: dict[str, Door] = {
    "fixing.checklist": Door("/voting/{}/checklist", (COLLECTING,), CLERK),
    "fixing.booklet": Door("/ballots/{}/booklet", (OPEN,)),
    "council.confirm": Door("/voting/{}/council", (COLLECTING,), CLERK),
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
}

NOT_PAGES = {
    "results.download": "files",
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
}
