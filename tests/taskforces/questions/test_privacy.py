"""What nobody but those concerned may read: words nobody has read yet, who asked, how to reach them, what they miss."""

import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.db import db
from app.taskforces.questions import policies, rules
from app.taskforces.questions.answering import queries as reading
from app.taskforces.questions.answering import services as answering
from app.taskforces.questions.answering.services import WriteAnswer
from app.taskforces.questions.handling import services as handling
from app.taskforces.questions.handling.services import Decline
from app.taskforces.questions.lists import queries as lists
from app.taskforces.questions.rules import DeclineReason, Stage
from tests import make
from tests.browser import Browser
from tests.taskforces.questions import asked

UNREAD, INSULT, ADDRESS, DRAFT, MISSING = (
    "xylophone",
    "quagga",
    "zephyr@example.org",
    "jackdaw",
    "not say why they came",
)
SECRETS = (UNREAD, INSULT, ADDRESS, DRAFT, MISSING)


def a_site_with_secrets():
    """The pages of a stranger and of a visitor, and the number of a question that came with an account."""
    scene, person = asked.scene(), make.person(public_name="Vesper Quill")
    numbers = [asked.ask(scene, text=f"Why is there a {UNREAD} on Mill Lane?", email=ADDRESS)]
    numbers.append(asked.ask(scene, text=f"You are all a {INSULT} and worse."))
    handling.decline(
        numbers[1], Decline(reason=DeclineReason.INSULT, words="This only insults somebody."), by=scene.clerk
    )
    numbers.append(asked.at_stage(scene, Stage.ESCALATED))
    answering.draft(numbers[2], WriteAnswer(plain=f"A {DRAFT} sat on the pole."), by=scene.institution)
    numbers.append(asked.ask(scene, by=make_actor(person)))
    paths = ["/questions/", f"/questions/Q-{numbers[2]}/answer", *(f"/questions/Q-{number}" for number in numbers)]
    return [*paths, *(f"/questions/?words={secret}" for secret in (UNREAD, INSULT))]


def make_actor(person):
    return make.fresh(make.actor_for(person))


def leaks(app, paths):
    """Each secret that a stranger with an account can read, or find by looking for it."""
    found, stranger = set(), Browser(app).sign_in(make.person())
    for path in paths:
        page, looked_for = stranger.open(path), path.partition("words=")[2]
        found |= {
            secret for secret in (*SECRETS, "Vesper Quill") if secret in page.html.replace(looked_for or "\0", "")
        }
        if looked_for and "Nothing fits" not in page.text:
            found.add(looked_for)
    return found


def test_nobody_reads_or_finds_what_is_not_public(app):
    paths = a_site_with_secrets()
    assert leaks(app, paths) == set()
    log = "".join(db.session.scalars(sa.select(AuditEntry.body)))
    assert not [secret for secret in SECRETS if secret in log] and "QuestionAsked" in log


SABOTAGE = {
    "every question's words are shown": (rules, "shows_words", lambda *_: True, {UNREAD, INSULT}),
    "every question's words are searched": (lists, "PUBLIC_WORDS", sa.true(), {UNREAD, INSULT}),
    "everybody counts as a handler": (policies, "handles", lambda *_: True, {UNREAD, DRAFT, MISSING}),
}


def test_the_check_sees_when_one_guard_is_gone(app, monkeypatch):
    """The twin: with each guard gone in turn, its secrets are found."""
    paths = a_site_with_secrets()
    for what, (module, name, instead, lost) in SABOTAGE.items():
        with monkeypatch.context() as gone:
            gone.setattr(module, name, instead)
            if name == "shows_words":
                gone.setattr(reading, name, instead)
            assert lost <= leaks(app, paths), what
