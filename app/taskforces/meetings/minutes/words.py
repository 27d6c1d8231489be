"""Minutes as they are first assembled: when and where, who was there, what came of each item."""

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from app.core.moments import day_in, moment
from app.taskforces.meetings.items.queries import ItemFacts
from app.taskforces.meetings.minutes.rules import Part
from app.taskforces.meetings.outcomes.queries import ActionRow, OutcomeRow, Vote
from app.taskforces.meetings.outcomes.rules import Tally
from app.taskforces.meetings.queries import MeetingFacts
from app.taskforces.meetings.rules import MeetingKind
from app.taskforces.meetings.sessions.queries import PlaceRow
from app.taskforces.meetings.words import KINDS, PRESENCES
from app.taskforces.seats.words import KINDS as SEATS
from app.taskforces.seats.words import SIDES


def head(meeting: MeetingFacts) -> Part:
    """When and where it was, and whether it had a quorum."""
    zone = meeting.time_zone
    began, ended = (at or meeting.starts_at for at in (meeting.opened_at, meeting.ended_at))
    lines = (
        f"{KINDS[meeting.kind]}, {meeting.body_name}",
        _("Began %(began)s, ended %(ended)s.", began=moment(began, zone), ended=moment(ended, zone)),
        _("Place: %(place)s", place=meeting.place),
        _("In the chair: %(side)s", side=SIDES[meeting.chairing_side]),
        quorum_line(meeting),
    )
    return Part(heading=f"{meeting.code}: {meeting.title}", lines=lines)


def quorum_line(meeting: MeetingFacts) -> str:
    """The quorum as it was counted, in two sentences."""
    if meeting.kind is MeetingKind.ASSEMBLY or meeting.quorum is None:
        return str(_("An assembly decides nothing, so it needs no quorum."))
    counted = meeting.quorum
    needed = ngettext(
        "%(num)s vote was needed, and one from each side.",
        "%(num)s votes were needed, and one from each side.",
        counted.needed,
    )
    there = _(
        "There were %(community)s from the community side and %(institution)s from the institution side: %(result)s.",
        community=counted.community,
        institution=counted.institution,
        result=_("a quorum") if counted.is_met else _("no quorum"),
    )
    return f"{needed} {there}"


def attendance(places: list[PlaceRow], public_count: int) -> Part:
    """Who was there, seat by seat."""
    lines = [
        f"{row.seat.name} ({SEATS[row.seat.kind]}, {SIDES[row.seat.side]}): {PRESENCES[row.presence]}"
        for row in places
        if row.presence is not None
    ]
    public = ngettext(
        "%(num)s person without a seat was there.", "%(num)s people without a seat were there.", public_count
    )
    return Part(heading=_("Attendance"), lines=(*lines, public))


def of_item(item: ItemFacts, found: list[OutcomeRow]) -> Part:
    """What came of one item."""
    lines = [line for row in found if row.item_id == item.id for line in _outcome(row)]
    return Part(heading=f"{item.position}. {item.title}", lines=tuple(lines) or (_("Nothing was written down."),))


def carried(actions: list[ActionRow], meeting: MeetingFacts) -> Part:
    """What was still open from earlier meetings, with its age."""
    on = day_in(meeting.time_zone, meeting.ended_at or meeting.starts_at)
    lines = [
        f"{row.meeting_code}: {row.text} ({row.owner}, {_day(row)}) – "
        + ngettext("open for %(num)s day", "open for %(num)s days", row.age(on))
        for row in actions
    ]
    return Part(heading=_("Carried over from earlier meetings"), lines=tuple(lines))


def _outcome(row: OutcomeRow) -> list[str]:
    if row.vote is not None:
        return [_("Decision: %(text)s", text=row.text), *_vote(row.vote, row.about)]
    if row.action is not None:
        facts = {"text": row.text, "owner": row.action.owner, "day": _day(row.action)}
        return [_("Action: %(text)s – %(owner)s, by %(day)s", **facts)]
    return [row.text]


def _vote(vote: Vote, about: str | None) -> list[str]:
    result = _("Carried.") if vote.carried else _("Not carried.")
    votes = _(
        "Moved by %(mover)s, seconded by %(second)s. Community side: %(community)s. Institution side: %(institution)s.",
        mover=vote.moved_by,
        second=vote.seconded_by,
        community=_tally(vote.community),
        institution=_tally(vote.institution),
    )
    lines = [f"{votes} {result}"]
    if about:
        lines.append(_("This looked again at the decision: %(text)s", text=about))
    if vote.carried and vote.review_on:
        lines.append(_("To be looked at again by %(day)s.", day=format_date(vote.review_on, "long", rebase=False)))
    return lines


def _tally(tally: Tally) -> str:
    facts = {"yes": tally.yes, "no": tally.no, "abstained": tally.abstained}
    return str(_("%(yes)s for, %(no)s against, %(abstained)s abstained", **facts))


def _day(row: ActionRow) -> str:
    return str(format_date(row.due_on, "long", rebase=False))
