"""The pages of proposals, of what is said about them and of their review."""

from tests.e2e.doors.door import (
    CLERK,
    COLLECTED,
    COLLECTING,
    HOME,
    OBSERVER,
    OFFICER,
    ON_BALLOT,
    OPEN,
    PROPOSAL,
    RESIDENT,
    Door,
)

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

DOORS: dict[str, Door] = {
    "proposals.index": Door("/proposals/?cycle_id={}", (OPEN,)),
    "proposals.show": Door("/proposals/{}", (ON_BALLOT,)),
    "finding.kind": Door("/proposals/in/{}/kinds/{}", (HOME, "SELECT min(id) FROM category")),
    "finding.area": Door("/proposals/in/{}/areas/{}", (HOME, "SELECT min(id) FROM area")),
    "serving.show": Door("/proposals/priorities/{}", ("SELECT min(priority_id) FROM served_priority",)),
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
    "wordings.index": Door("/translating/proposals/es/cycles/{}", (COLLECTING,), CLERK),
    "wordings.show": Door("/translating/proposals/es/{}", (COLLECTED,), CLERK),
    "wordings.say": Door("/translating/proposals/es/{}/summary", (COLLECTED,), CLERK),
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
    "outlooks.say": Door("/proposals/{}/outlook", (WORDED,), OFFICER),
    "ballot_texts.index": Door("/ballot-texts/{}", (OPEN,), OFFICER),
    "ballot_texts.show": Door("/proposals/{}/ballot-text", (WORDED,), OFFICER),
    "ballot_texts.settle": Door("/proposals/{}/ballot-text/settle", (WORDED,), CLERK),
    "ballot_texts.translate": Door("/proposals/{}/ballot-text/in/es", (WORDED,), OFFICER),
    "prices.index": Door("/prices/{}", (OPEN,)),
    "prices.object_to": Door("/proposals/{}/object-to-price", (ON_BALLOT,), RESIDENT),
    "prices.waiting": Door("/review/price-objections", (), OFFICER),
    "prices.answer": Door("/review/price-objections/{}", ("SELECT max(id) FROM price_objection",), OFFICER),
}

NOT_PAGES = {
    "attachments.serve": "files",
    "writing.resume": "leads to a step",
}
