"""What waits, in plain words, what happens by itself, and where each thing is done."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.taskforces.agenda.rules import Todo

TODOS: Mapping[Todo, LazyString] = {
    Todo.SIGN: _l("Your side's signature is asked for"),
    Todo.CHECK_UPDATE: _l("A member has written an update: read and publish it"),
    Todo.REPLY: _l("Reply to what oversight recommends"),
    Todo.EXPLAIN: _l("Say why it is late"),
    Todo.PUT_RIGHT: _l("A setback needs your next step"),
    Todo.RESOLVE: _l("Everything against a setback is done: measure whether it helped"),
    Todo.UPDATE: _l("Publish an update: residents have not heard for eight weeks"),
    Todo.DUE: _l("Is it done, or does the day move?"),
    Todo.COMPLETE: _l("Every milestone is done: complete the project"),
    Todo.PLAN: _l("Write down the milestones"),
    Todo.SET_BASELINE: _l("Look through the milestones and make them the promise"),
}

BY_ITSELF: Mapping[Todo, LazyString] = {
    Todo.SIGN: _l("It expires, and the page says which side did not sign."),
    Todo.CHECK_UPDATE: _l("It is published without a co-chair's name, and says so."),
    Todo.REPLY: _l("The page says that your reply is overdue."),
    Todo.EXPLAIN: _l("A setback opens, since nobody has said why this is late."),
    Todo.DUE: _l("The page shows this milestone as late."),
}
"""What everybody sees from the next day on if nothing is done."""

PLACES: Mapping[Todo, str] = {
    Todo.SIGN: "signing.show",
    Todo.CHECK_UPDATE: "drafts.show",
    Todo.REPLY: "oversight.show",
    Todo.EXPLAIN: "projects.forecast",
    Todo.PUT_RIGHT: "setbacks.show",
    Todo.RESOLVE: "setbacks.show",
    Todo.UPDATE: "updates.write",
    Todo.DUE: "projects.show",
    Todo.COMPLETE: "projects.move",
    Todo.PLAN: "projects.plan",
    Todo.SET_BASELINE: "projects.plan",
}
"""The page on which each is done."""
