"""The facts of each kind of page, made of the rows that the page was given: they ask nothing and name no person."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import current_app, url_for

from app.core.addresses import whole
from app.opendata.linked.rules import amount, page_facts, thing
from app.opendata.rules import LICENSES, Dataset, File, moment
from app.places.queries import AreaFacts, NeighborhoodFacts
from app.proposals.queries import ProposalDetail
from app.reports.queries import EditionDetail, EditionRow
from app.reports.rules import EditionStage, Form, media_type
from app.taskforces.meetings.queries import MeetingFacts
from app.taskforces.meetings.rules import MeetingStage
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.queries import TaskForceFacts
from app.taskforces.questions.answering.queries import AnswerRow
from app.taskforces.questions.queries import QuestionRow
from app.taskforces.questions.rules import MARKS, Verdict
from app.taskforces.questions.words import REMOVED
from app.taskforces.rules import BodyStage
from app.voting.queries import VoteFacts
from app.voting.results.exports import DATASETS
from app.voting.results.queries import ResultRecord

SCHEMA = "https://schema.org/{}"


def neighborhood(where: NeighborhoodFacts, areas: Sequence[AreaFacts]) -> dict[str, Any]:
    """A neighborhood with its areas by name."""
    return page_facts(
        "AdministrativeArea",
        **_of(url_for("places.show", slug=where.slug)),
        name=where.name,
        description=where.summary,
        containsPlace=[thing("Place", name=area.name) for area in areas],
        hasMap=whole(url_for("places.outlines", slug=where.slug)) if any(area.boundary for area in areas) else None,
    )


def task_force(body: TaskForceFacts) -> dict[str, Any]:
    """A task force, the neighborhood it is for, and when it was constituted and dissolved."""
    is_over, is_proposed = body.stage is BodyStage.DISSOLVED, body.stage is BodyStage.PROPOSED
    return page_facts(
        "GovernmentOrganization",
        **_of(url_for("taskforces.show", slug=body.slug)),
        name=body.name,
        description=body.charter,
        foundingDate=None if is_proposed else body.constituted_on.isoformat(),
        dissolutionDate=body.stage_since.isoformat() if is_over else None,
        areaServed=_neighborhood(body.neighborhood_name, body.neighborhood_slug),
        knowsAbout=body.theme,
    )


def project(card: ProjectCard) -> dict[str, Any]:
    """A funded project: where, by whom, with how much money, and what the ballot said of it."""
    finished = card.finish_on if not card.open_milestones else None
    return page_facts(
        "Project",
        **_of(url_for("projects.show", project_id=card.id)),
        identifier=card.code,
        name=card.title,
        description=card.scope,
        keywords=card.category,
        foundingDate=moment(card.opened_at),
        dissolutionDate=finished.isoformat() if finished else None,
        location=_located(card.area, card.neighborhood, card.neighborhood_slug),
        parentOrganization=_body(card.task_force, card.task_force_slug),
        funding=thing(
            "MonetaryGrant",
            amount=amount(card.allocated_cents, card.currency),
            funder=_neighborhood(card.neighborhood, card.neighborhood_slug),
        ),
        subjectOf=whole(url_for("proposals.show", proposal_id=card.proposal_id)),
    )


def proposal(found: ProposalDetail) -> dict[str, Any]:
    """A proposal as its page tells it; whoever wrote it stands on the page only."""
    return page_facts(
        "CreativeWork",
        **_of(url_for("proposals.show", proposal_id=found.id)),
        identifier=found.code,
        name=found.title,
        abstract=found.summary,
        about=found.category,
        creativeWorkStatus=found.stage.value,
        datePublished=moment(found.submitted_at),
        dateModified=moment(found.edited_at),
        contentLocation=_located(found.area, found.neighborhood, found.neighborhood_slug),
        isPartOf=thing("CreativeWork", **_of(url_for("cycles.show", cycle_id=found.cycle_id)), name=found.cycle_name),
    )


STATUS = {
    MeetingStage.POSTPONED: "EventPostponed",
    MeetingStage.CANCELLED: "EventCancelled",
}


def meeting(found: MeetingFacts) -> dict[str, Any]:
    """A meeting that everybody may come to: when, where, how to follow it, and whether it still takes place."""
    online = thing("VirtualLocation", url=found.online_link) if found.online_link else None
    mode = "MixedEventAttendanceMode" if online else "OfflineEventAttendanceMode"
    place = thing("Place", name=found.place, description=found.access, address=_address(found.place))
    return page_facts(
        "Event",
        **_of(url_for("meetings.show", meeting_id=found.id)),
        identifier=found.code,
        name=found.title,
        startDate=moment(found.starts_at),
        endDate=moment(found.ends_at),
        eventStatus=SCHEMA.format(STATUS.get(found.stage, "EventScheduled")),
        eventAttendanceMode=SCHEMA.format(mode),
        location=[place, online] if online else place,
        organizer=_body(found.body_name, found.body_slug),
        description=found.reason,
        isAccessibleForFree=True,
    )


def question(row: QuestionRow, answers: Sequence[AnswerRow]) -> dict[str, Any] | None:
    """A question and its plain answers, the satisfying ones apart; None while its words are not public."""
    if row.words is None:
        return None
    good = [_answer(each) for each in answers if each.verdict is Verdict.ANSWERED]
    others = [_answer(each) for each in answers if each.verdict is not Verdict.ANSWERED]
    asked = thing(
        "Question",
        name=row.code,
        text=_marked(row.words),
        inLanguage=row.language,
        dateCreated=row.asked_on.isoformat(),
        answerCount=len(answers),
        acceptedAnswer=good,
        suggestedAnswer=others,
    )
    return page_facts("QAPage", **_of(url_for("questions.show", number=row.number)), mainEntity=asked)


def _answer(each: AnswerRow) -> dict[str, Any]:
    return thing("Answer", text=_marked(each.plain), dateCreated=each.answered_on.isoformat())


def _marked(text: str) -> str:
    """The text with the words of the page in place of each passage that was taken out."""
    for why, mark in MARKS.items():
        text = text.replace(mark, f"[{REMOVED[why]}]")
    return text


def result(vote: VoteFacts, record: ResultRecord, files: Iterable[str]) -> dict[str, Any]:
    """The count of a vote with the files that its level publishes; `files` are their names."""
    cycle = vote.cycle
    return page_facts(
        "Dataset",
        **_of(url_for("results.show", cycle_id=cycle.id)),
        name=cycle.name,
        description=f"The count of {record.facts.ballots} ballots about {len(record.facts.endings)} projects.",
        version=str(record.number),
        license=_license(),
        isAccessibleForFree=True,
        datePublished=moment(vote.published_at),
        temporalCoverage=f"{moment(vote.opens_at)}/{moment(vote.closes_at)}",
        spatialCoverage=_neighborhood(cycle.neighborhood_name, cycle.neighborhood_slug),
        distribution=[
            thing(
                "DataDownload",
                name=name,
                contentUrl=whole(url_for("results.download", cycle_id=cycle.id, name=name, count=record.number)),
                encodingFormat=DATASETS[name].media_type.partition(";")[0],
            )
            for name in files
        ],
        includedInDataCatalog=_catalog(),
    )


def edition(found: EditionDetail, title: str | None) -> dict[str, Any]:
    """An edition of a report with its files; of a withdrawn one only that it was withdrawn, as on its page."""
    row = found.row
    is_public = row.stage is EditionStage.PUBLISHED
    return page_facts(
        "Report",
        **_of(url_for("reports.show", edition_id=row.id)),
        reportNumber=row.code,
        version=str(row.number),
        name=title or row.code,
        creativeWorkStatus="superseded" if is_public and found.newest > row.number else row.stage.value,
        datePublished=moment(row.published_at),
        inLanguage=list(row.languages) if is_public else None,
        spatialCoverage=thing("Place", name=row.neighborhood_name),
        license=_license() if is_public else None,
        isPartOf=thing("CreativeWorkSeries", name="Reports", url=whole(url_for("reports.index"))),
        encoding=[*_printed(found), _data(row)] if is_public else None,
    )


def _printed(found: EditionDetail) -> list[dict[str, Any]]:
    """Its files, in their languages."""
    return [
        thing(
            "MediaObject",
            contentUrl=whole(
                url_for("reports.download", edition_id=found.row.id, language=each.language, form=each.form.value)
            ),
            encodingFormat=media_type(each.form),
            inLanguage=each.language,
            contentSize=str(each.size),
            sha256=each.file_hash,
        )
        for each in found.files
        if each.form is not Form.DRAFT
    ]


def _data(row: EditionRow) -> dict[str, Any]:
    address = whole(url_for("reports.data", edition_id=row.id))
    return thing("MediaObject", contentUrl=address, encodingFormat="application/json", sha256=row.data_hash)


def library(rows: Iterable[EditionRow]) -> dict[str, Any]:
    """The list of editions, as far as the page shows it; those that were withdrawn are not in it."""
    return page_facts(
        "CollectionPage",
        **_of(url_for("reports.index")),
        name="Reports",
        hasPart=[
            thing(
                "Report",
                **_of(url_for("reports.show", edition_id=row.id)),
                reportNumber=row.code,
                name=row.title,
                datePublished=moment(row.published_at),
            )
            for row in rows
            if row.stage is EditionStage.PUBLISHED
        ],
    )


def dataset(found: Dataset, files: Iterable[File]) -> dict[str, Any]:
    """A data set with the files that the page lists, their hashes and what their fields are called."""
    return page_facts(
        "Dataset",
        **_of(url_for("opendata.show", name=found.name.value)),
        identifier=found.name.value,
        name=str(found.title),
        description=str(found.text),
        license=_license(),
        isAccessibleForFree=True,
        creator=thing("Organization", name="Lamplight", url=whole("/")),
        measurementTechnique=found.standard_url,
        variableMeasured=[field.name for field in found.fields],
        includedInDataCatalog=_catalog(),
        distribution=[
            thing(
                "DataDownload", name=each.title, contentUrl=each.url, encodingFormat=each.media_type, sha256=each.hash
            )
            for each in files
        ],
    )


def catalog(datasets: Iterable[Dataset]) -> dict[str, Any]:
    """All data sets by name and address."""
    return page_facts(
        "DataCatalog",
        **_of(url_for("opendata.index")),
        name="Lamplight",
        license=_license(),
        dataset=[
            thing(
                "Dataset",
                **_of(url_for("opendata.show", name=each.name.value)),
                name=str(each.title),
                description=str(each.text),
                license=_license(),
            )
            for each in datasets
        ],
    )


def _of(path: str) -> dict[str, str]:
    """What a thing with a page is known by."""
    return {"id_": whole(path), "url": whole(path)}


def _catalog() -> dict[str, Any]:
    return thing("DataCatalog", **_of(url_for("opendata.index")), name="Lamplight")


def _license() -> str:
    return LICENSES[current_app.config["OPEN_LICENSE"]]


def _neighborhood(name: str, slug: str) -> dict[str, Any]:
    return thing("AdministrativeArea", **_of(url_for("places.show", slug=slug)), name=name)


def _located(area: str | None, name: str, slug: str) -> dict[str, Any]:
    """Where something is by name: no degrees, no address."""
    where = _neighborhood(name, slug)
    return thing("Place", name=area, containedInPlace=where) if area else where


def _body(name: str | None, slug: str | None) -> dict[str, Any] | None:
    if not name or not slug:
        return None
    return thing("GovernmentOrganization", **_of(url_for("taskforces.show", slug=slug)), name=name)


def _address(text: str) -> dict[str, Any]:
    return thing("PostalAddress", streetAddress=text, addressCountry=current_app.config["COUNTRY"])
