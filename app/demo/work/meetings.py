"""Meetings of Riverside's task forces: held, cancelled, postponed, announced, one in session now."""

import json
from collections.abc import Mapping
from datetime import time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from app.core.access import Actor
from app.core.clock import now
from app.demo.days import ZONE, Diary
from app.demo.people import Cast
from app.demo.texts import FOLDER
from app.taskforces.meetings import services as meetings
from app.taskforces.meetings.items import queries as items
from app.taskforces.meetings.items import services as item_services
from app.taskforces.meetings.items.rules import Purpose
from app.taskforces.meetings.items.services import WriteItem
from app.taskforces.meetings.minutes import queries as minutes_queries
from app.taskforces.meetings.minutes import services as minutes
from app.taskforces.meetings.minutes.services import AmendMinutes
from app.taskforces.meetings.outcomes import services as outcomes
from app.taskforces.meetings.outcomes.rules import ActionState, Tally
from app.taskforces.meetings.outcomes.services import AgreeAction, RecordDecision
from app.taskforces.meetings.queries import facts
from app.taskforces.meetings.rules import MeetingKind, Presence
from app.taskforces.meetings.services import When, WriteMeeting
from app.taskforces.meetings.sessions import queries as sessions
from app.taskforces.meetings.sessions.services import TakeAttendance, end_session, open_session, take_attendance
from app.taskforces.seats.rules import Side
from app.taskforces.signing import services as signing
from app.taskforces.signing.rules import MatterKind
from app.taskforces.signing.services import Propose

SPRING, SUMMER, COMING, LATER = -70, -35, 9, 40
EVENING = (time(18, 30), time(20, 0))
Story = Mapping[str, Any]


def foresee(people: Cast, diary: Diary) -> "Meetings":
    """The lighting task force meets twice, calls a walk off and announces the next; another one has to wait.

    Gives those of the youth task force, whose meeting is on the day of seeding.
    """
    lighting, youth, rooms = (Meetings(number, people, diary) for number in range(3))
    lighting.foresee()
    rooms.announced("postponed", -5, 4)
    diary.note(-2, 19, partial(rooms.call_off, "postponed"))
    here = now().astimezone(ZoneInfo(ZONE))
    ends = (here + timedelta(hours=2)).hour
    youth.announced("now", -9, 0, hours=(time(here.hour), time(ends)))
    return youth


def begin_now(youth: "Meetings") -> None:
    """The youth task force is in session as whoever opens the demo comes in."""
    youth.begin("now")
    outcomes.note(youth.item("now", 0), youth.told["now"]["note"], by=youth.chairs[0])


class Meetings:
    """What one task force does in its meetings."""

    def __init__(self, number: int, people: Cast, diary: Diary) -> None:
        self.people, self.diary = people, diary
        self.number = number
        self.chairs: tuple[Actor, Actor] = people.chairs(number)
        self.ids: dict[str, int] = {}
        self.told: dict[str, Story] = json.loads((FOLDER / "meetings.json").read_text(encoding="utf-8"))

    @property
    def body_id(self) -> int:
        """The id of the task force, once it is constituted."""
        return self.people.bodies[self.number]

    def foresee(self) -> None:
        """Two meetings with their minutes, one called off, one announced, one in the drawer."""
        for key, day in (("spring", SPRING), ("summer", SUMMER), ("cancelled", -14), ("coming", COMING)):
            self.announced(key, min(day - 9, -2), day)
        self.diary.note(-16, 10, partial(self.call_off, "cancelled"))
        self.diary.note(SPRING, 18, self._spring, minute=30)
        self.diary.note(SUMMER, 18, self._summer, minute=30)
        self.diary.note(-3, 17, partial(self.draft, "draft", LATER, EVENING))

    def announced(self, key: str, told_on: int, day: int, *, hours: tuple[time, time] = EVENING) -> None:
        """Draft it and announce it on a day, an hour apart."""
        self.diary.note(told_on, 17, partial(self.draft, key, day, hours))
        self.diary.note(told_on, 18, lambda: meetings.notice(self.ids[key], by=self.chairs[1]))

    def draft(self, key: str, day: int, hours: tuple[time, time]) -> None:
        """Write down a meeting and its agenda."""
        told = self.told[key]
        command = WriteMeeting(
            kind=MeetingKind.SPECIAL if key == "postponed" else MeetingKind.REGULAR,
            title=told["title"],
            when=When(day=self.people.calendar.on(day), begins=hours[0], ends=hours[1]),
            online_link=None,
            chairing_side=Side.COMMUNITY,
            **self.told["where"],
        )
        self.ids[key] = meetings.draft(self.body_id, command, by=self.chairs[0]).id
        for item in told["items"]:
            command_of_item = WriteItem(**{**item, "purpose": Purpose(item["purpose"])})
            item_services.add(self.ids[key], command_of_item, by=self.chairs[0])

    def call_off(self, key: str) -> None:
        """Postpone or cancel it, with its reason."""
        verb = meetings.postpone if key == "postponed" else meetings.cancel
        verb(self.ids[key], self.told[key]["reason"], by=self.chairs[1])

    def begin(self, key: str) -> None:
        """Open the session and write down who is there: everybody but one member."""
        open_session(self.ids[key], by=self.chairs[0])
        seats = [place.seat.id for place in sessions.places(facts(self.ids[key]))]
        said = dict.fromkeys(seats, Presence.PRESENT) | {seats[-1]: Presence.APOLOGY}
        take_attendance(self.ids[key], TakeAttendance(presences=said, public_count=14), by=self.chairs[0])

    def item(self, key: str, place: int) -> int:
        """The id of an item."""
        return items.items(self.ids[key])[place].id

    def _spring(self) -> None:
        told, days = self.told["spring"], self.people.calendar
        self.begin("spring")
        outcomes.note(self.item("spring", 0), told["note"], by=self.chairs[0])
        self._decide("spring", 1, told["decision"], review_on=days.on(8))
        first, _second = (
            outcomes.agree_action(self.item("spring", 1), self._action(action["text"], SPRING + 40), by=self.chairs[0])
            for action in told["actions"]
        )
        self.diary.note(SPRING, 20, partial(end_session, self.ids["spring"], by=self.chairs[0]))
        done = partial(outcomes.end_action, first.id, ActionState.DONE, told["actions"][0]["done"], by=self.chairs[1])
        self.diary.note(SPRING + 20, 16, done)
        self.diary.note(SPRING + 3, 20, self._amended)

    def _amended(self) -> None:
        minutes.draft(self.ids["spring"], by=self.chairs[0])
        old, new = self.told["spring"]["correction"]
        body = minutes_queries.newest(self.ids["spring"]).body.replace(old, new)
        command = AmendMinutes(body=body, change=self.told["spring"]["change"], read_up_to=1)
        minutes.amend(self.ids["spring"], command, by=self.chairs[1])

    def _summer(self) -> None:
        told = self.told["summer"]
        self.begin("summer")
        self._decide("summer", 0, told["decision"], approves=self.ids["spring"])
        outcomes.note(self.item("summer", 1), told["note"], by=self.chairs[0])
        outcomes.agree_action(self.item("summer", 1), self._action(told["action"], SUMMER + 60), by=self.chairs[0])
        self.diary.note(SUMMER, 20, partial(end_session, self.ids["summer"], by=self.chairs[0]))
        self.diary.note(SUMMER + 4, 20, partial(minutes.draft, self.ids["summer"], by=self.chairs[0]))
        self.diary.note(-3, 20, self._put_before_both)

    def _put_before_both(self) -> None:
        answers = {"meeting_id": self.ids["summer"]}
        asked = Propose(kind=MatterKind.MINUTES, task_force_id=self.body_id, project_id=None, answers=answers)
        signing.propose(asked, by=self.chairs[0])

    def _decide(self, key: str, place: int, text: str, **more: Any) -> None:
        held = {row.seat.person_id: row.seat.id for row in sessions.places(facts(self.ids[key]))}
        votes = sessions.room(facts(self.ids[key])).votes
        command = RecordDecision(
            text=text,
            moved_by=held[self.chairs[0].id],
            seconded_by=held[self.chairs[1].id],
            community=Tally(yes=votes["community"], no=0, abstained=0),
            institution=Tally(yes=votes["institution"], no=0, abstained=0),
            **more,
        )
        outcomes.decide(self.item(key, place), command, by=self.chairs[0])

    def _action(self, text: str, due: int) -> AgreeAction:
        held = {row.seat.person_id: row.seat.id for row in sessions.places(facts(self.ids["spring"]))}
        seat_id = held[self.chairs[1].id]
        return AgreeAction(text=text, owner_seat_id=seat_id, owner="", due_on=self.people.calendar.on(due))
