"""Where maps get their ground: from nowhere, or from the one configured address, which the policy names exactly."""

import pytest

from app.config import MissingSetting, Settings
from app.places.rules import tile_source
from app.web.headers import POLICY, policy
from tests import make
from tests.proposals.spots.town import mapped

TILES = "https://tiles.example.org/osm/{z}/{x}/{y}.png"


def settings(**env):
    return Settings.from_env({"DATA_DIR": "/nowhere", "SECRET_KEY": "x", **env})


@pytest.mark.parametrize(
    ("address", "source"),
    [
        (TILES, "https://tiles.example.org/osm/"),
        ("https://tiles.example.org/{z}/{x}/{y}.png?key=a-b_1", "https://tiles.example.org/"),
        ("https://t.example.org:8443/a/b-{z}/{x}/{y}", "https://t.example.org:8443/a/"),
        ("http://127.0.0.1:9000/{z}/{x}/{y}.png", "http://127.0.0.1:9000/"),
    ],
)
def test_the_policy_names_the_folder_of_the_tiles_and_nothing_else(address, source):
    assert tile_source(address) == source
    assert f"img-src {source} 'self' data:;" in policy(address)
    assert policy(address).replace(f" {source}", "") == POLICY


@pytest.mark.parametrize(
    "address",
    [
        "http://tiles.example.org/{z}/{x}/{y}.png",
        "https://{s}.tiles.example.org/{z}/{x}/{y}.png",
        "https://*.example.org/{z}/{x}/{y}.png",
        "https://*/{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}.png",
        "https://tiles.example.org/{z}/{x}/{y}/{x}.png",
        "https://me:secret@tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org; script-src *; x/{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}/{y}.png 'unsafe-inline'",
        "https://tiles.example.org/{z}/{x}/{y}.png;script-src *",
        "https://tiles.example.org/{z}/{x}/{y}.png\nX: y",
        "javascript:{z}{x}{y}",
        "{z}/{x}/{y}",
    ],
)
def test_another_address_keeps_the_site_from_starting(address):
    with pytest.raises(MissingSetting, match="TILE_URL"):
        settings(TILE_URL=address, TILE_CREDIT="© the makers")


def test_tiles_without_their_makers_keep_the_site_from_starting():
    with pytest.raises(MissingSetting, match="TILE_CREDIT"):
        settings(TILE_URL=TILES)
    assert settings(TILE_URL=TILES, TILE_CREDIT="© the makers").tile_credit == "© the makers"


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("tiles", "view"), [(None, "map"), (TILES, "list"), (TILES, "map")])
def test_only_a_page_with_a_map_may_load_tiles_and_only_on_a_site_with_them(app, browser, monkeypatch, tiles, view):
    cycle = make.cycle(where=mapped())
    make.proposal(within=cycle)
    monkeypatch.setitem(app.config, "TILE_URL", tiles)
    said = browser.client.get(f"/proposals/?cycle_id={cycle.id}&view={view}").headers["Content-Security-Policy"]
    assert said == policy(tiles if view == "map" else None)
