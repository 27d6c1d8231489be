"""The throw-away PostgreSQL server of the tests starts clean, speaks our dialect and leaves nothing behind."""

import os

import psycopg
import pytest
import sqlalchemy as sa

from tests import postgres

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(
        postgres.server_binaries() is None and os.environ.get("CI") != "true",
        reason="PostgreSQL's server programs are not installed",
    ),
]


def names(url):
    with sa.create_engine(url).connect() as connection:
        return set(connection.scalars(sa.text("SELECT datname FROM pg_database")))


def test_a_fresh_database_is_empty_and_gone_afterwards():
    with postgres.throwaway_cluster() as cluster:
        with postgres.fresh_database(cluster) as url:
            assert sa.inspect(sa.create_engine(url)).get_table_names() == []
            name = url.rpartition("/")[2]
            assert name in names(cluster)
        assert name not in names(cluster)


def test_nothing_answers_once_the_cluster_is_left():
    with postgres.throwaway_cluster() as url:
        port = sa.make_url(url).port
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host="127.0.0.1", port=port, user="postgres", dbname="postgres")


@pytest.mark.parametrize(("durable", "fsync"), [(True, "on"), (False, "off")])
def test_only_a_durable_cluster_waits_for_the_disk(durable, fsync):
    with postgres.throwaway_cluster(durable=durable) as url:
        with sa.create_engine(url).connect() as connection:
            assert connection.scalar(sa.text("SHOW fsync")) == fsync
