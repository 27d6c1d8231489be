"""Naming a witness, with the agreement of two members of the board on the name and the key."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from app.core.db import db, transaction
from app.core.errors import ensure
from app.core.events import publish
from app.voting.board.rules import Approval
from app.voting.board.services import take
from app.voting.log import queries
from app.voting.log.events import WitnessNamed
from app.voting.log.models import Witness
from app.voting.log.rules import MOST_WITNESS_NAME, MOST_WITNESSES, key_bytes
from app.voting.log.services import hold

Payload = Mapping[str, Any]


def to_name(cycle_id: int, answers: Payload) -> Payload:
    """The witness that would be named; a key is entered once in a vote, and a name stands for one key."""
    vote = queries.logged_vote(cycle_id)
    name, key = " ".join(str(answers.get("name") or "").split()), key_bytes(str(answers.get("public_key") or ""))
    named = _("Give the witness a name of at most 60 characters that everybody may read.")
    ensure(0 < len(name) <= MOST_WITNESS_NAME, "no_name", named, field="name")
    message = _("A witness’s public key has 64 characters: digits 0–9 and letters a–f.")
    ensure(key is not None, "no_key", message, field="public_key")
    known = queries.witnesses(vote.id)
    there = _("This key is a witness of this vote already.")
    ensure(key not in [each.public_key for each in known], "known_key", there, field="public_key")
    taken = _("Another witness of this vote has that name.")
    ensure(name not in [each.name for each in known], "name_taken", taken, field="name")
    ensure(len(known) < MOST_WITNESSES, "too_many", _("This vote has as many witnesses as it can have."))
    return {"vote": vote.id.hex(), "name": name, "public_key": (key or b"").hex()}


def name_witness(approval: Approval) -> Witness:
    """Let somebody sign the heads of this vote's log from now on; who is named stays named."""
    vote_id, key = bytes.fromhex(approval.payload["vote"]), bytes.fromhex(approval.payload["public_key"])
    with transaction():
        hold(vote_id)
        take(approval)
        witness = Witness(
            vote_id=vote_id,
            public_key=key,
            name=approval.payload["name"],
            requester_id=approval.requester_id,
            approver_id=approval.approver_id,
        )
        db.session.add(witness)
        publish(
            WitnessNamed(
                actor_id=approval.id,
                cycle_id=approval.cycle_id,
                name=witness.name,
                public_key=key.hex(),
                requester_id=approval.requester_id,
            )
        )
    return witness
