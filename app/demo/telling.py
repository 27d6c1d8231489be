"""What task forces tell in the demo: some updates with pictures, and one that still waits for a co-chair."""

from collections.abc import Mapping

from app.core.access import Actor
from app.core.clock import today
from app.demo import drawings
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.seats import queries as seats
from app.taskforces.seats.rules import SeatKind
from app.taskforces.updates import services as updates
from app.taskforces.updates.drafts import services as drafts
from app.taskforces.updates.drafts.services import SaveDraft
from app.taskforces.updates.pictures import services as pictures
from app.taskforces.updates.pictures.rules import People
from app.taskforces.updates.pictures.services import AddPicture
from app.taskforces.updates.services import PublishUpdate

PICTURED = {"Lamps for the Station Hill stairs", "Lamps on Mill Lane", "A garden on the empty lot at Granary Street"}
WAITING_IN = "Lamps for the Station Hill stairs"
WAITING = {
    "what_changed": "Lamps 1 to 8 are mounted, and the lower half of the stairs is lit until midnight.",
    "why": "The electricians came two days early, because another site was not ready for them.",
    "what_next": "Lamps 9 to 14 follow next week. The stairs stay open; one handrail is covered on Tuesday.",
}


def tell(card: ProjectCard, words: Mapping[str, str], chair: Actor) -> None:
    """A co-chair publishes an update; on a few projects with a picture."""
    if card.title not in PICTURED:
        updates.publish_update(card.id, PublishUpdate(**words), by=chair)
        return
    draft_id = drafts.begin(card.id, _draft(words), by=chair).id
    _show(draft_id, card, words["what_changed"], by=chair)
    drafts.publish(draft_id, edition=2, by=chair)


def leave_waiting(card: ProjectCard, body_id: int) -> None:
    """A member hands an update in that no co-chair has read yet."""
    on = today(card.time_zone)
    found = seats.seats(body_id, constituted_on=on, on=on).others
    member = next(Actor(id=seat.person_id, name=seat.name) for seat in found if seat.kind is SeatKind.MEMBER)
    draft_id = drafts.begin(card.id, _draft(WAITING), by=member).id
    _show(draft_id, card, "eight lamps", by=member)
    drafts.hand_in(draft_id, by=member)


def _draft(words: Mapping[str, str]) -> SaveDraft:
    return SaveDraft(what_changed=words["what_changed"], why=words["why"], what_next=words["what_next"])


def _show(draft_id: int, card: ProjectCard, what: str, *, by: Actor) -> None:
    words = f"A drawing of {card.place} in the evening."[:200]
    command = AddPicture(file=drawings.street(card.title + what), words=words, people=People.NOBODY)
    pictures.add(draft_id, command, key=f"update {draft_id}", by=by)
