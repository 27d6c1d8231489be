"""What the board reads: the acts by name, why somebody may not, and what exactly is agreed."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.core import moments, money
from app.cycles import words as cycles
from app.cycles.rules import CountRule, CycleFacts, LeftoverRule, PublicationLevel
from app.voting.board.rules import ActKind, BoardFault, Ending, Part, WhyNot

ACTS: Mapping[ActKind, LazyString] = {
    ActKind.FIX: _("Fix the ballot"),
    ActKind.OPEN: _("Open the vote"),
    ActKind.CLOSE: _("Close the vote"),
    ActKind.EXTEND: _("Extend the vote"),
    ActKind.RECONCILE: _("Reconcile the numbers"),
    ActKind.OPEN_ENVELOPES: _("Open the envelopes"),
    ActKind.COUNT: _("Count the ballots"),
    ActKind.RECOUNT: _("Recount without a withdrawn project"),
    ActKind.PUBLISH: _("Declare the result final"),
    ActKind.DESTROY: _("Destroy the envelopes"),
    ActKind.ADD_TO_ROLL: _("Add somebody to the roll"),
    ActKind.STRIKE_FROM_ROLL: _("Strike somebody from the roll"),
    ActKind.VOID_ENVELOPE: _("Void an envelope"),
    ActKind.SETTLE_OBJECTION: _("Settle an objection"),
    ActKind.NAME_WITNESS: _("Name a witness of the log"),
    ActKind.ACCREDIT: _("Accredit a checker"),
    ActKind.REPLACE_MEMBER: _("Change the board"),
    ActKind.EXPLAIN_DIFFERENCE: _("Explain what is missing"),
}

ENDINGS: Mapping[Ending, LazyString] = {
    Ending.EXECUTED: _("Done"),
    Ending.DECLINED: _("Declined"),
    Ending.WITHDRAWN: _("Withdrawn"),
    Ending.EXPIRED: _("Expired"),
    Ending.VOIDED: _("Void: whoever asked for it has left the board"),
}

_WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.NOT_RUNNING: _("Only the members who run this vote can do this. They are named on its rule card."),
    WhyNot.NOT_OF_BOARD: _("Only the members of this vote’s board decide who sits on it."),
    WhyNot.NOT_FRESH: _("Please confirm first that it is you. Nothing has been done yet."),
    WhyNot.NEW_MEMBER: _("Somebody who joined the board or got their role less than a day ago cannot approve yet."),
    WhyNot.SAME_PERSON: _("You asked for this yourself. Another member of the board has to agree."),
    WhyNot.REQUESTER_LEFT: _("Whoever asked for this no longer has that part on the board. It can be asked for anew."),
    WhyNot.NOBODY_RUNS: _("One of the two who change the board has to be somebody who runs the vote."),
    WhyNot.OBSERVER_MISSING: _("An observer leaves only with the agreement of an observer: their own or another’s."),
    WhyNot.ENDED: _("This request has been settled already."),
    WhyNot.EXPIRED: _("Nobody agreed within a day, so this request has expired. It can be asked for anew."),
    WhyNot.NO_BOARD: _(
        "This vote was held elsewhere and has no board here. A clerk of this neighborhood can ask for a recount of it, "
        "and an observer of this neighborhood agrees."
    ),
    WhyNot.CHANGED: _("Something has changed since this was asked for, so it was not done. Please ask for it anew."),
}

_FAULTS: Mapping[BoardFault, LazyString] = {
    BoardFault.TOO_FEW: _("At least two people run a vote. Choose two or more."),
    BoardFault.NO_CLERK: _("At least one clerk is needed among those who run the vote."),
    BoardFault.NO_OBSERVER: _("At least one observer is needed."),
    BoardFault.BOTH_PARTS: _("Nobody can run a vote and observe it."),
    BoardFault.ONE_MAILBOX: _("Two of these accounts belong to one mailbox. The two persons must be two."),
    BoardFault.ONE_NAME: _("Two of these people bear one name. The names on a rule card must tell its people apart."),
    BoardFault.ONE_HOME: _("Two of these accounts have one birthday and one address. The two persons must be two."),
}


EACH_YEAR, TAKEN_ON = _("Each year after"), _("Taken on by")
PARTS: Mapping[Part, LazyString] = {Part.RUNS: _("Runs the vote"), Part.OBSERVES: _("Observes")}


def agreed(kind: ActKind, payload: Mapping[str, Any], cycle: CycleFacts) -> list[tuple[str, str]]:
    """What exactly the two members agree on, line by line: a label and what it is or becomes."""
    if kind is ActKind.FIX:
        return _fixed(payload, cycle)
    if kind is ActKind.EXTEND:
        payload = {**payload, **{each: _end(payload[each], cycle) for each in ("was_to_close_at", "closes_at")}}
    if kind is ActKind.REPLACE_MEMBER:
        return _replaced(payload)
    if kind is ActKind.EXPLAIN_DIFFERENCE:
        return _missing(payload)
    if "public_key" in payload:
        payload = {**payload, "public_key": _in_fours(payload["public_key"])}
    labels = {name: str(label) for name, label in _LABELS.items()}
    return [(labels.get(name, name), _plain(value)) for name, value in payload.items() if value not in ("", None)]


_LABELS: Mapping[str, LazyString] = {
    "vote": _("Vote"),
    "rule_card_hash": _("SHA-256 of the rule card"),
    "was_to_close_at": _("End announced so far"),
    "last_day": _("New last day of voting"),
    "closes_at": _("New end"),
    "early_reason": _("Why it closes before its announced end"),
    "voters_online": _("Voted online"),
    "envelopes": _("Envelopes"),
    "voters_on_paper": _("Voted on paper"),
    "slips": _("Accepted slips"),
    "count_root": _("Root of the count set"),
    "count_size": _("Envelopes in the count set"),
    "closed_set": _("SHA-256 of the closed set"),
    "rule": _("Counting rule"),
    "count": _("Count"),
    "options": _("Withdrawn options"),
    "reason": _("Reason"),
    "line": _("Line of the roll"),
    "reference": _("Reference on the list"),
    "outcome_hash": _("SHA-256 of the outcome"),
    "key_kept_here": _("A key kept here goes too"),
    "number": _("Number"),
    "text": _("Text"),
    "ending": _("Decision"),
    "answer": _("Answer"),
    "came_in": _("How the voter stands on the roll, and how many envelopes came"),
    "result_hash": _("Hash that the key holders read aloud"),
    "opened_by": _("Opened with the keys"),
    "ballots": _("Ballots"),
    "explained": _("Paper that is missing and explained"),
    "name": _("Name"),
    "public_key": _("Public key, every letter"),
    "person": _("Account number"),
    "email": _("E-mail address"),
    "starts_on": _("First day"),
    "ends_on": _("Last day"),
    "result_file": _("SHA-256 of the key holders' result file"),
}


def _fixed(payload: Mapping[str, Any], cycle: CycleFacts) -> list[tuple[str, str]]:
    options = [(title, money.written(cents, cycle.currency)) for _id, title, cents in payload["options"]]
    (opens_at, closes_at), level = payload["voting"], PublicationLevel(payload["publication_level"])
    return [
        *((str(_("Option")), f"{title} · {cost}") for title, cost in options),
        (str(_("Counting rule")), str(cycles.RULES[CountRule(payload["rule"])])),
        (str(_("Projects one may rank")), str(payload["max_ranks"])),
        (str(_("What the count spends")), money.written(payload["spendable_cents"], cycle.currency)),
        (str(_("What is left over")), str(cycles.LEFTOVERS[LeftoverRule(payload["leftover_rule"])])),
        (str(_("Voting opens")), moments.moment(datetime.fromisoformat(opens_at), cycle.time_zone)),
        (str(_("Voting closes")), _end(closes_at, cycle)),
        (str(_("What is published of the ballots")), str(cycles.LEVELS[level])),
        *((str(_("Board")), f"{name} · {PARTS[Part(part)]}") for _id, name, part in payload["board"]),
        *((str(_("Key holder")), f"{name} · {finger}") for _n, name, finger in payload["key_holders"]),
        (str(_("Keys that open together")), str(payload["threshold"])),
        (str(_("Days for objections")), str(payload["objection_days"])),
        *(_beside(payload, cycle) if "beside" in payload else ()),
    ]


def _beside(payload: Mapping[str, Any], cycle: CycleFacts) -> Iterator[tuple[str, str]]:
    """Every word that will stand on the ballot, who takes an option on, and what was settled before."""
    for title, beside in payload["beside"]:
        if "short_text" in beside:
            yield str(_("Short text of %(title)s") % {"title": title}), beside["short_text"]
        for language, said in beside.get("wordings", {}).items():
            yield f"{title} · {language}", f"{said['title']}: {said['text']}"
        if beside["running_cost_cents"] is not None:
            yield f"{title} · {EACH_YEAR}", money.written(beside["running_cost_cents"], cycle.currency)
        if "task_force" in beside:
            yield f"{title} · {TAKEN_ON}", beside["task_force"]["name"]
    for title, reason in payload["settled"]:
        yield str(_("Text settled by a clerk: %(title)s") % {"title": title}), reason
    if payload["council"]:
        yield str(_("Confirmed by the council")), ", ".join(payload["council"])
    for language, said in payload["wordings"].items():
        yield str(_("Wordings of the rule card")) + f" · {language}", " ".join(said.values())


def _replaced(payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    somebody = _("%(name)s, account %(number)s")
    joins = str(somebody % {"name": payload["joiner"], "number": payload["joins"]}) if payload["joins"] else ""
    return [
        (str(_("Leaves the board")), str(somebody % {"name": payload["leaver"], "number": payload["leaves"]})),
        (str(_("Part")), str(PARTS[Part(payload["part"])])),
        (str(_("Comes in their place")), joins or str(_("nobody"))),
        (str(_("One of the two has to be an observer")), _plain(payload["observer_agrees"])),
        (str(_("Reason, for everybody to read")), payload["reason"]),
    ]


def _in_fours(letters: str) -> str:
    """As two people read a long key to each other."""
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


_SUMS: Mapping[str, LazyString] = {
    "stock": _("Printed ballots, and what became of them"),
    "stubs": _("Ballots that came back, and their torn-off stubs"),
    "slips": _("Ballots that came back, and slips in batches"),
}


def _missing(payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (str(_("Box")), payload["box_name"]),
        (str(_("Sum")), str(_SUMS[payload["sum"]])),
        (str(_("There should be")), str(payload["expected"])),
        (str(_("There are")), str(payload["found"])),
        (str(_("Missing")), str(payload["missing"])),
        (str(_("What was done to find it, for everybody to read")), payload["reason"]),
        (str(_("What it changes")), str(_("No number. This one sum no longer blocks the count."))),
    ]


def _end(written: str, cycle: CycleFacts) -> str:
    return moments.last_minute(datetime.fromisoformat(written), cycle.time_zone)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)


def why_not(reason: WhyNot) -> str:
    """Why somebody may not ask or approve."""
    return str(_WHY_NOT[reason])


def fault(found: BoardFault) -> str:
    """Why people cannot be a board."""
    return str(_FAULTS[found])
