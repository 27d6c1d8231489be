"""What waits, in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.taskforces.agenda.rules import Todo

TODOS: Mapping[Todo, LazyString] = {
    Todo.EXPLAIN: _l("Say why it is late"),
    Todo.PUT_RIGHT: _l("A setback needs your next step"),
    Todo.RESOLVE: _l("Everything against a setback is done: measure whether it helped"),
    Todo.UPDATE: _l("Publish an update: residents have not heard for eight weeks"),
    Todo.DUE: _l("Is it done, or does the day move?"),
    Todo.COMPLETE: _l("Every milestone is done: complete the project"),
    Todo.PLAN: _l("Write down the milestones"),
    Todo.SET_BASELINE: _l("Look through the milestones and make them the promise"),
}
