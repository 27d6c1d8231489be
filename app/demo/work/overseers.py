"""What the overseer of Riverside has said, and the reply to the first of it."""

from functools import partial
from typing import Any

from app.demo.days import Diary
from app.demo.people import Cast
from app.demo.texts import stated
from app.places.models import Neighborhood
from app.taskforces.oversight import services as oversight
from app.taskforces.oversight.rules import About
from app.taskforces.oversight.services import State


def foresee(people: Cast, where: Neighborhood, diary: Diary) -> None:
    """Two statements, the older one replied to."""
    for told in stated():
        diary.note(told["on"], 11, partial(_state, people, where, diary, told))


def _state(people: Cast, where: Neighborhood, diary: Diary, told: dict[str, Any]) -> None:
    about = About(project_id=None, task_force_id=people.bodies[told["task_force"]])
    command = State(title=told["title"], text=told["text"], recommendation=told["recommendation"], address="")
    made = oversight.state(where.id, about, command, by=people.parts["overseer"]).id
    if "reply" in told:
        diary.note(told["on"] + 9, 16, partial(oversight.reply, made, told["reply"], by=people.parts["clerk"]))
