"""The list of organizations: clerks keep it, each stands on it once."""

import pytest

from app.core.access import Role
from app.core.errors import DomainError, NoStanding
from app.taskforces.organizations import queries, services
from app.taskforces.organizations.rules import OrganizationKind
from tests import make

GROUP = services.NameOrganization(name="Mill Lane Group", kind=OrganizationKind.RESIDENTS, contact="555 0100")


def test_an_organization_stands_on_the_list_once_however_it_is_written(app):
    where, clerk = make.neighborhood(), make.actor(Role.CLERK)
    added = services.add(where.id, GROUP, by=clerk)
    again = services.NameOrganization(name="MILL  LANE group", kind=OrganizationKind.OTHER)
    with pytest.raises(DomainError) as refused:
        services.add(where.id, again, by=clerk)
    assert (refused.value.code, refused.value.field) == ("on_the_list", "name")
    services.change(added.id, again, by=clerk)
    assert [row.name for row in queries.organizations(where.id)] == ["MILL  LANE group"]
    services.add(make.neighborhood().id, GROUP, by=clerk)


def test_only_clerks_keep_the_list_and_read_the_contact(app, browser):
    where = make.neighborhood()
    added = services.add(where.id, GROUP, by=make.actor(Role.CLERK))
    for actor in (make.resident(where), make.actor(Role.OFFICER), make.co_chair(make.task_force(where=where))):
        for verb, of in ((services.add, where.id), (services.change, added.id)):
            with pytest.raises(NoStanding):
                verb(of, GROUP, by=actor)
    page = f"/task-forces/organizations/{where.slug}"
    assert "555 0100" not in browser.open(page).text
    assert "555 0100" in browser.sign_in(make.person(roles=(Role.CLERK,))).open(page).text
