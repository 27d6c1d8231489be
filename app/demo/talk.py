"""What Riverside says of two of its proposals, who supports and follows one, and what becomes of a report."""

from functools import partial
from typing import Any

from app.core.access import Actor
from app.demo.days import Diary
from app.demo.people import Cast
from app.demo.texts import talk
from app.proposals import queries as proposals
from app.proposals.discussion import services as discussion
from app.proposals.discussion.moderation import services as moderation
from app.proposals.discussion.moderation.rules import Concern
from app.proposals.discussion.moderation.services import ReportComment
from app.proposals.discussion.rules import Stance
from app.proposals.discussion.services import WriteComment
from app.proposals.follows import services as follows
from app.proposals.supports import services as supports

ANSWERS_AT, REPORTED_AT, HIDDEN_AT = 19, 20, 21
"""The hour at which each happens; a comment is written in the morning."""


def foresee(made: dict[str, int], people: Cast, diary: Diary, *, starts: int) -> None:
    """Write what is said, from the day `starts` on, into the diary; `made` gives the proposals by their titles."""
    for told in talk():
        for minute, supporter in enumerate(told["supporters"]):
            diary.note(starts + 1, 18, partial(_support, told["on"], supporter, made, people), minute=minute)
        for comment in told["comments"]:
            act = partial(_comment, told["on"], comment, made, people, diary, starts)
            diary.note(starts + comment["day"], 8, act)


def _support(title: str, supporter: int, made: dict[str, int], people: Cast) -> None:
    supports.support(made[title], by=people.residents[supporter])
    if supporter % 3 == 0:
        follows.follow(made[title], by=people.residents[supporter])


def _comment(title: str, told: Any, made: dict[str, int], people: Cast, diary: Diary, starts: int) -> None:
    proposal_id = made[title]
    by = _speaker(told["by"], proposal_id, people)
    said = discussion.write(proposal_id, WriteComment(text=told["text"], stance=Stance(told["stance"])), by=by)
    for answer in told.get("answers", ()):
        command = WriteComment(text=answer["text"], parent_id=said.id)
        who = _speaker(answer["by"], proposal_id, people)
        diary.note(starts + answer["day"], ANSWERS_AT, partial(discussion.write, proposal_id, command, by=who))
    for report in told.get("reports", ()):
        wrong = ReportComment(concern=Concern(report["concern"]), note=report["note"])
        reporter = people.residents[report["by"]]
        diary.note(starts + told["day"], REPORTED_AT, partial(moderation.report, said.id, wrong, by=reporter))
    if "hidden" in told:
        act = partial(moderation.hide, said.id, told["hidden"], by=people.parts["officer"])
        diary.note(starts + told["day"], HIDDEN_AT, act)


def _speaker(who: int | str, proposal_id: int, people: Cast) -> Actor:
    if who != "author":
        return people.residents[int(who)]
    author_id = proposals.detail(proposal_id, None).author_id
    return next(actor for actor in people.residents if actor.id == author_id)
