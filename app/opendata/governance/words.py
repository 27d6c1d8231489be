"""What each field of the governance file means."""

from flask_babel import lazy_gettext as _l

from app.opendata.rules import Field

FIELDS = (
    Field(
        name="organizations",
        type="array",
        text=_l("Neighborhoods, task forces and the organizations they know: id, name and classification."),
    ),
    Field(name="organizations.parent_id", type="string", text=_l("The neighborhood a task force belongs to.")),
    Field(name="organizations.stage", type="string", text=_l("Where a task force is, from proposed to dissolved.")),
    Field(
        name="organizations.founding_date, dissolution_date",
        type="date",
        text=_l("When a task force was constituted, and when it was dissolved."),
    ),
    Field(name="posts", type="array", text=_l("The two co-chairs of each task force, one for each side.")),
    Field(name="posts.side", type="string", text=_l("community or institution.")),
    Field(name="memberships", type="array", text=_l("Every term anybody has held, holds or will hold.")),
    Field(
        name="memberships.role",
        type="string",
        text=_l("co_chair, deputy, member, youth, observer or secretary."),
    ),
    Field(name="memberships.post_id", type="string", text=_l("The post, for co-chairs.")),
    Field(
        name="memberships.person.name",
        type="string",
        text=_l(
            "The name that the page of the task force shows. Of somebody young it is the first name while they sit, and"
            " nothing after. There is no key of a person: two terms of one person cannot be told to be."
        ),
    ),
    Field(
        name="memberships.on_behalf_of_id, nominated_by",
        type="string",
        text=_l("The organization that sent them, and the name it had then."),
    ),
    Field(
        name="memberships.start_date, end_date",
        type="date",
        text=_l("The first and the last day of the term; no last day means until further notice."),
    ),
    Field(name="events", type="array", text=_l("Every meeting that was announced, with what became of it.")),
    Field(
        name="events.status",
        type="string",
        text=_l("Where the meeting is, from noticed to closed; or postponed, cancelled or inquorate."),
    ),
    Field(
        name="motions",
        type="array",
        text=_l("Everything that a meeting which is over has voted on; whoever moved it stands in the minutes."),
    ),
    Field(name="motions.legislative_session_id", type="string", text=_l("The id of the meeting among the events.")),
    Field(name="motions.result", type="string", text=_l("pass or fail: a motion needs a majority of each side.")),
    Field(
        name="vote_events.counts",
        type="array",
        text=_l("How many voted yes and no and how many abstained, by side; nobody’s vote by name."),
    ),
    Field(name="vote_events.group_results", type="array", text=_l("Whether the motion had a majority of each side.")),
)
