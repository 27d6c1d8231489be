"""Proposals of the demo that people say in Spanish: whole, in part, before a change, and not read over yet."""

from functools import partial
from typing import Any

from app.demo.days import Diary
from app.demo.people import Cast
from app.demo.texts import wordings
from app.proposals import queries as proposals
from app.proposals.wordings import queries, services
from app.proposals.wordings.services import SayField
from app.translating import services as translating

LANGUAGE = "es"
AT = 13


def foresee(made: dict[str, int], people: Cast, diary: Diary, *, starts: int) -> None:
    """Write what is translated, counted from the day `starts`, into the diary; `made` gives proposals by title."""
    for told in wordings():
        diary.note(starts + told["day"], AT, partial(_say, told, made, people))


def _say(told: Any, made: dict[str, int], people: Cast) -> None:
    proposal_id = made[told["on"]]
    for name, wording in told["texts"].items():
        entry = queries.entry(proposals.detail(proposal_id, None), LANGUAGE, name)
        command = SayField(field=entry.field, mark=entry.mark, language=LANGUAGE, wording=wording)
        translation_id = services.say(proposal_id, command, by=people.parts["clerk2"])
        if told["read"]:
            translating.read_over(translation_id, by=people.parts["clerk"])
