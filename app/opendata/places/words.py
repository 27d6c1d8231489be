"""What each property of a feature means."""

from flask_babel import lazy_gettext as _l

from app.opendata.rules import Field

FIELDS = (
    Field(name="id", type="string", text=_l("The name of the project that no other one on this site has.")),
    Field(
        name="geometry",
        type="Point, Polygon, MultiPolygon or null",
        text=_l("The spot its proposal showed to everybody, else the outline of its area, else nothing."),
    ),
    Field(name="located", type="string", text=_l("What the geometry is: point, area or nowhere.")),
    Field(name="code", type="string", text=_l("Public id of the project, its own within the cycle.")),
    Field(name="title", type="string", text=_l("What the project is called.")),
    Field(name="stage", type="string", text=_l("How far it is, from funded to evaluated; or paused or cancelled.")),
    Field(
        name="status",
        type="string",
        text=_l("on_track, needs_attention, off_track, completed or cancelled; computed on the day of the download."),
    ),
    Field(
        name="iati_status",
        type="integer",
        text=_l(
            "The same stage in the codes of the International Aid Transparency Initiative: 1 pipeline, 2"
            " implementation, 3 finalisation, 4 closed, 5 cancelled, 6 suspended."
        ),
    ),
    Field(name="category", type="string", text=_l("The kind of safety project.")),
    Field(name="neighborhood, area", type="string", text=_l("Where it is by name; no area where it is everywhere.")),
    Field(name="cycle, year", type="integer", text=_l("The cycle that funded it, and its year.")),
    Field(name="task_force", type="string", text=_l("Who answers for it; missing until somebody does.")),
    Field(name="allocated", type="string", text=_l("What it has, as an amount with two places.")),
    Field(name="committed", type="string", text=_l("What of it is promised in contracts.")),
    Field(name="spent", type="string", text=_l("What of it is paid.")),
    Field(name="currency", type="string", text=_l("The currency, as ISO 4217 writes it.")),
    Field(name="promised_on", type="date", text=_l("The day the last milestone was promised for.")),
    Field(name="finish_on", type="date", text=_l("The day it was finished, or is now expected to be.")),
    Field(name="url", type="string", text=_l("The page of the project.")),
)
