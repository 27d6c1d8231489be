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
from app.taskforces.updates.pictures import queries as shown_pictures
from app.taskforces.updates.pictures import services as pictures
from app.taskforces.updates.pictures.rules import People
from app.taskforces.updates.pictures.services import AddPicture
from app.taskforces.updates.services import PublishUpdate
from app.taskforces.updates.stories import queries as stories
from app.taskforces.updates.stories import services as story_verbs
from app.taskforces.updates.stories.services import TellStory
from app.taskforces.updates.versions import services as versions
from app.taskforces.updates.versions.services import TranslateUpdate

PICTURED = {"Lamps for the Station Hill stairs", "Lamps on Mill Lane", "A garden on the empty lot at Granary Street"}
QUOTE = "I voted for this with my daughter on my lap. Now we pass it every evening, and she shows it to everybody."
WAITING_IN = "Lamps for the Station Hill stairs"
SPANISH_OF = "The lamps on Mill Lane are lit: fourteen of fourteen, every night for two weeks."
SPANISH = TranslateUpdate(
    language="es",
    what_changed="Las luces de Mill Lane están encendidas: catorce de catorce, todas las noches durante dos semanas.",
    why="Ustedes las propusieron, 240 de ustedes votaron en la boleta en la que estaban, y la obra se pagó con el"
    " fondo del barrio. Se terminó seis semanas tarde.",
    what_next="La ciudad las cuida ahora como a cualquier otra luz. Si una se apaga, llame a la división de alumbrado."
    " Vengan el viernes al anochecer: hay chocolate junto a la rueda del molino.",
)
WAITING = {
    "what_changed": "Lamps 1 to 6 are mounted, and the lower half of the stairs is lit until midnight.",
    "why": "The electricians came two days early, because another site was not ready for them.",
    "what_next": "Lamps 7 to 11 follow next week. The stairs stay open; one handrail is covered on Tuesday.",
}


def tell(card: ProjectCard, words: Mapping[str, str], chair: Actor) -> None:
    """A co-chair publishes an update; on a few projects with a picture."""
    if card.title not in PICTURED:
        updates.publish_update(card.id, PublishUpdate(**words), by=chair)
        return
    draft_id = drafts.begin(card.id, _draft(words), by=chair).id
    _show(draft_id, card, words["what_changed"], by=chair)
    published = drafts.publish(draft_id, edition=2, by=chair)
    if words["what_changed"] == SPANISH_OF and published.update_id is not None:
        versions.translate(published.update_id, SPANISH, by=chair)


def leave_waiting(card: ProjectCard, body_id: int) -> None:
    """A member hands an update in that no co-chair has read yet."""
    on = today(card.time_zone)
    found = seats.seats(body_id, constituted_on=on, on=on).others
    member = next(Actor(id=seat.person_id, name=seat.name) for seat in found if seat.kind is SeatKind.MEMBER)
    draft_id = drafts.begin(card.id, _draft(WAITING), by=member).id
    _show(draft_id, card, "six lamps", by=member)
    drafts.hand_in(draft_id, by=member)


def tell_story(card: ProjectCard, chair: Actor) -> None:
    """The co-chairs of a finished project tell what its last milestone means, with a picture from now."""
    milestone = stories.untold(card.id)[-1]
    shown = pictures_of(card.id)
    command = TellStory(
        title=f"{card.title}: {milestone.title.lower()}",
        before=milestone.need,
        after=milestone.evidence,
        who=f"{card.lead or milestone.lead} and the neighbors of {card.area or card.place}.",
        quote=QUOTE,
        quoted="A neighbor",
        quote_agreed=True,
        after_picture_id=max(shown, default=None),
    )
    story_verbs.tell(card.id, milestone.milestone_id, command, by=chair)


def pictures_of(project_id: int) -> list[int]:
    """The ids of the public pictures of a project."""
    return [each.id for found in shown_pictures.of_updates(project_id).values() for each in found]


def _draft(words: Mapping[str, str]) -> SaveDraft:
    return SaveDraft(what_changed=words["what_changed"], why=words["why"], what_next=words["what_next"])


def _show(draft_id: int, card: ProjectCard, what: str, *, by: Actor) -> None:
    words = f"A drawing: {card.place}, in the evening."[:200]
    command = AddPicture(file=drawings.street(card.title + what), words=words, people=People.NOBODY)
    pictures.add(draft_id, command, key=f"update {draft_id}", by=by)
