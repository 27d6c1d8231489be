"""Who stands behind a project: one lead at a time, partners who come and go on record, and somebody who manages it."""

import pytest
import sqlalchemy as sa

from app.core.access import Role
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding
from app.taskforces.projects import queries as projects
from app.taskforces.projects.partners import queries, services
from app.taskforces.projects.partners.models import Partner
from app.taskforces.projects.partners.rules import PartnerRole
from tests import make
from tests.taskforces.projects import steps


def name(project, by, organization="Mill Lane school", role=PartnerRole.DELIVERY):
    return services.name_partner(project.id, services.NamePartner(name=organization, role=role), by=by)


def test_a_new_lead_takes_the_place_of_the_one_before_who_stays_on_record(app):
    project, ada, _bo = steps.chaired()
    name(project, ada, "Streets", PartnerRole.LEAD)
    name(project, make.actor(Role.CLERK), "Parks", PartnerRole.LEAD)
    behind = queries.behind(project.id)
    assert [each.name for each in behind.partners] == ["Parks"] and [each.name for each in behind.former] == ["Streets"]
    assert projects.project(project.id).lead == "Parks"


def test_a_partner_leaves_and_the_lead_only_by_another(app):
    project, ada, _bo = steps.chaired()
    school, lead = name(project, ada), name(project, ada, "Streets", PartnerRole.LEAD)
    services.let_leave(project.id, school.id, by=ada)
    with pytest.raises(DomainError, match="never without one"):
        services.let_leave(project.id, lead.id, by=ada)
    assert [each.name for each in queries.behind(project.id).partners] == ["Streets"]


def test_the_database_keeps_one_lead_at_a_time(app):
    project, ada, _bo = steps.chaired()
    there = name(project, ada, "Streets", PartnerRole.LEAD)
    with pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.add(
            Partner(project_id=project.id, name="Parks", role=PartnerRole.LEAD, since_on=there.since_on)
        )


def test_others_name_nobody(app):
    project, _ada, _bo = steps.chaired()
    for who in (make.actor(), make.actor(Role.OVERSEER), make.actor(Role.ADMIN), make.co_chair(make.task_force())):
        with pytest.raises(NoStanding):
            name(project, who)


def test_partners_and_manager_are_named_on_their_page(app, browser):
    project, ada, _bo = steps.chaired()
    page = browser.sign_in(make.account(ada)).open(f"/projects/{project.id}").follow("Partners and manager")
    assert "This is needed" in page.press("Name it", name="").text
    page = page.press("Name it", name="Old Quay clinic", role="referral")
    page = page.press("Name who manages it", manager="Room 14")
    public = browser.open(f"/projects/{project.id}")
    assert "Old Quay clinic" in public.text and "Sends people to it" in public.text and "Room 14" in public.text
