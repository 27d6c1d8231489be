"""What neighbors do with each other's proposals, in Chromium: with keyboards, no scripts, on a phone."""

import pytest

from app.accounts.queries import actor_of
from app.core.access import Role
from app.core.db import db
from app.proposals.models import Proposal
from app.proposals.rules import Stage, code
from tests import make, sent
from tests.proposals.discussion.talk import REASON, TEXT

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.parametrize("app", ["sqlite"], indirect=True)]
WRONG = "There is something to correct"


def stage(proposal):
    db.session.rollback()  # the site has written with another connection
    return db.session.get_one(Proposal, proposal.id).stage


def test_two_authors_join_their_proposals(app, walker):
    cycle = make.cycle()
    joining, into = make.proposal(within=cycle), make.proposal(within=cycle)
    asker, answerer = (walker(actor_of(each.author)) for each in (joining, into))
    asker.open(f"/proposals/{joining.id}")
    asker.follow("Join it into another proposal")
    assert WRONG in asker.press("Ask its author")
    asker.hands.fill("The number of the other proposal", "2026-P999999")
    asker.hands.fill("A word to its author", "Both want the same lamps on the same lane.")
    assert "No proposal of this cycle has this number." in asker.press("Ask its author")
    asker.hands.fill("The number of the other proposal", code(cycle.year, into.number))
    assert "has been asked by mail" in asker.press("Ask its author")
    answerer.open(f"/proposals/{into.id}")
    read = answerer.follow(f"Read both and answer {code(cycle.year, joining.number)}")
    assert "Both want the same lamps" in read and joining.summary in read
    answerer.hands.choose("answer", "yes")
    assert "Has taken in:" in answerer.press("Send the answer")
    assert (stage(joining), stage(into)) == (Stage.MERGED, Stage.SUBMITTED)
    assert "Joined into" in asker.open(f"/proposals/{joining.id}")


def test_an_insult_is_written_reported_and_hidden(app, walker):
    proposal = make.proposal()
    here = proposal.cycle.neighborhood
    writer, officer = make.resident(here), make.actor(Role.OFFICER)
    rude, neighbor = walker(writer), walker(make.resident(here))
    rude.open(f"/proposals/{proposal.id}")
    rude.follow("Write a comment")
    assert WRONG in rude.press("Publish my comment")
    rude.hands.choose("stance", "against")
    rude.hands.fill("Your comment", TEXT)
    assert "Your comment is public now." in rude.press("Publish my comment")
    assert TEXT in neighbor.open(f"/proposals/{proposal.id}")
    neighbor.follow(f"Report the comment by {make.account(writer).public_name}")
    assert WRONG in neighbor.press("Send the report")
    neighbor.hands.choose("concern", "insult")
    assert "An officer or a clerk will look at it." in neighbor.press("Send the report")
    office = walker(officer)
    office.open("/office/comments/")
    office.follow(TEXT)
    office.hands.fill("The reason, for everybody to read", REASON)
    assert "The comment is hidden." in office.press("Hide the comment")
    read = neighbor.open(f"/proposals/{proposal.id}")
    assert TEXT not in read and REASON in read


def test_a_picture_is_added_with_its_words(app, walker, tmp_path):
    proposal = make.proposal()
    author = walker(actor_of(proposal.author))
    photo = tmp_path / "lane.jpg"
    photo.write_bytes(sent.photo())
    author.open(f"/proposals/{proposal.id}/attachments")
    author.follow("Add a picture")
    assert "Choose a picture first." in author.press("Add it")
    author.hands.page.get_by_label("The picture").set_input_files(photo)
    author.hands.fill("What does it show?", "Mill Lane at night, without any lamp.")
    assert "The picture is added." in author.press("Add it")
    author.open(f"/proposals/{proposal.id}")
    assert author.hands.page.get_by_role("img", name="Mill Lane at night, without any lamp.").count()


def test_an_officer_flags_two_that_cannot_both_be_done(app, walker):
    cycle = make.cycle()
    one, other = make.proposal(within=cycle), make.proposal(within=cycle)
    officer = walker(make.actor(Role.OFFICER))
    officer.open(f"/proposals/{one.id}")
    officer.follow("Flag it as incompatible with another")
    assert WRONG in officer.press("Flag both")
    officer.hands.fill("The number of the other proposal", code(cycle.year, other.number))
    officer.hands.fill("Why can only one of them be done?", "Both need the only free corner of the park.")
    assert "Both pages say so now." in officer.press("Flag both")
    assert "Both need the only free corner" in officer.open(f"/proposals/{other.id}")
