"""Settings: one frozen record, read from the environment once; the app refuses to start half configured."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from app.core.files import write_whole
from app.opendata.projects.rules import PREFIX
from app.opendata.rules import LICENSES
from app.places.rules import tile_source

ROOT = Path(__file__).resolve().parent.parent
QUICK_HASHES = {"argon2__time_cost": 1, "argon2__memory_cost": 64}
"""For passwords of tests; everybody else's cost 64 MB and a tenth of a second each, as the library has it."""

COUNTRY = re.compile("[A-Z]{2}")


class MissingSetting(RuntimeError):
    """Something the app cannot start without, or two settings that must not go together."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What differs from one installation to the next."""

    secret_key: str
    database_url: str
    data_dir: Path
    demo: bool = False
    """Invented people and a sign-in page that lists them: never with real residents."""
    testing: bool = False
    heads_dir: Path | None = None
    """A second place for the last signed heads of the public logs, best on other storage than the database."""
    mail_server: str | None = None
    """host:port of the SMTP server; without one, mail is written to files under `data_dir`/mail."""
    mail_user: str | None = None
    mail_password: str | None = None
    mail_starttls: bool = False
    mail_sender: str = "Lamplight <no-reply@localhost>"
    site_url: str = "http://127.0.0.1:8000"
    tile_url: str | None = None
    """Where maps load their ground from, like https://tiles.example.org/{z}/{x}/{y}.png; without one, from nowhere."""
    tile_credit: str = ""
    """Whose ground that is, as its makers want to be named."""
    open_license: str = "CC-BY-4.0"
    """The license of the open data, by its SPDX word."""
    oc4ids_prefix: str = ""
    """The prefix registered for this publisher at the Open Contracting for Infrastructure Data Standard."""
    country: str = ""
    """The two letters of the country, for files of ballots and for addresses."""

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """Settings from environment variables.

        Without `DATABASE_URL` this is the embedded default: SQLite and a secret under `DATA_DIR`, with the demo on.
        With a PostgreSQL address it is a site: `SECRET_KEY` must be given, and the demo runs only if told so twice.
        """
        data_dir = Path(env.get("DATA_DIR") or ROOT / "var").resolve()
        embedded = not env.get("DATABASE_URL")
        url = env.get("DATABASE_URL") or f"sqlite:///{data_dir / 'lamplight.sqlite3'}"
        secret = env.get("SECRET_KEY") or (kept_secret(data_dir) if url.startswith("sqlite") else None)
        if secret is None:
            raise MissingSetting("set SECRET_KEY: a site needs a secret that all its machines share")
        return cls(
            secret_key=secret,
            database_url=url.replace("postgresql://", "postgresql+psycopg://", 1),
            data_dir=data_dir,
            demo=_demo(env, embedded=embedded),
            heads_dir=Path(env["HEADS_DIR"]).resolve() if env.get("HEADS_DIR") else None,
            mail_server=env.get("MAIL_SERVER"),
            mail_user=env.get("MAIL_USER"),
            mail_password=env.get("MAIL_PASSWORD"),
            mail_starttls=env.get("MAIL_STARTTLS") == "1",
            mail_sender=env.get("MAIL_SENDER") or cls.mail_sender,
            site_url=env.get("SITE_URL") or f"http://127.0.0.1:{env.get('PORT') or 8000}",
            tile_url=_tiles(env),
            tile_credit=env.get("TILE_CREDIT") or "",
            open_license=_license(env),
            oc4ids_prefix=_prefix(env),
            country=_country(env) or ("US" if _demo(env, embedded=embedded) else ""),
        )

    def as_flask_config(self) -> dict[str, Any]:
        """The same for Flask and its extensions."""
        https = self.site_url.startswith("https://")
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": {"pool_use_lifo": True} if self._has_server else {},
            "DATA_DIR": self.data_dir,
            "HEADS_DIR": self.heads_dir,
            "DEMO": self.demo,
            "TESTING": self.testing,
            "VOTE_ON_ANY_DATABASE": self.testing,  # the tests' throw-away server forgets on purpose
            "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": QUICK_HASHES if self.testing else {},
            "SITE_URL": self.site_url,
            "TILE_URL": self.tile_url,
            "TILE_CREDIT": self.tile_credit,
            "OPEN_LICENSE": self.open_license,
            "OC4IDS_PREFIX": self.oc4ids_prefix,
            "COUNTRY": self.country,
            "MAX_CONTENT_LENGTH": 1_000_000,
            "SESSION_COOKIE_NAME": "__Host-lamplight" if https else "lamplight",
            "SESSION_COOKIE_SECURE": https,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "WTF_CSRF_TIME_LIMIT": None,
            "SIGN_IN_ENDPOINT": "accounts.sign_in",
            "MAIL_DEFAULT_SENDER": self.mail_sender,
            **self._mail(),
        }

    @property
    def _has_server(self) -> bool:
        """Whether connections are worth keeping warm: a server prepares statements and plans for each of its own."""
        return self.database_url.startswith("postgresql")

    def _mail(self) -> dict[str, Any]:
        if self.testing:
            return {"MAIL_BACKEND": "locmem"}
        if self.mail_server is None:
            return {"MAIL_BACKEND": "file", "MAIL_FILE_PATH": str(self.data_dir / "mail")}
        host, _, port = self.mail_server.partition(":")
        return {
            "MAIL_BACKEND": "smtp",
            "MAIL_SERVER": host,
            "MAIL_PORT": int(port or 25),
            "MAIL_USERNAME": self.mail_user,
            "MAIL_PASSWORD": self.mail_password,
            "MAIL_USE_TLS": self.mail_starttls,
            "MAIL_TIMEOUT": 20,
        }


def kept_secret(data_dir: Path) -> str:
    """The secret of an embedded installation: made on the first start, readable by its owner only."""
    path = data_dir / "secret"
    if not path.exists():
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, secrets.token_urlsafe(48).encode())
    return path.read_text().strip()


def _demo(env: Mapping[str, str], *, embedded: bool) -> bool:
    wish = env.get("LAMPLIGHT_DEMO", "")
    if wish not in ("", "0", "1"):
        raise MissingSetting("LAMPLIGHT_DEMO is 1 or 0")
    if embedded:
        return wish != "0"
    if wish == "1" and env.get("LAMPLIGHT_DEMO_ON_A_SITE") != "yes":
        raise MissingSetting(
            "the demo signs anybody in as anybody; to run it on this database, set LAMPLIGHT_DEMO_ON_A_SITE=yes too"
        )
    return wish == "1"


def _tiles(env: Mapping[str, str]) -> str | None:
    address = env.get("TILE_URL") or None
    if address is None:
        return None
    try:
        tile_source(address)
    except ValueError as reason:
        raise MissingSetting("TILE_URL is an https address with {z}, {x} and {y}, and no other braces") from reason
    if not env.get("TILE_CREDIT"):
        raise MissingSetting("set TILE_CREDIT too: whoever draws the tiles wants to be named beside them")
    return address


def _license(env: Mapping[str, str]) -> str:
    word = env.get("OPEN_LICENSE") or Settings.open_license
    if word not in LICENSES:
        raise MissingSetting(f"OPEN_LICENSE is one of {', '.join(LICENSES)}")
    return word


def _prefix(env: Mapping[str, str]) -> str:
    prefix = env.get("OC4IDS_PREFIX") or ""
    if prefix and not PREFIX.fullmatch(prefix):
        raise MissingSetting("OC4IDS_PREFIX is the prefix that was registered, like oc4ids-a1b2c3")
    return prefix


def _country(env: Mapping[str, str]) -> str:
    country = env.get("COUNTRY") or ""
    if country and not COUNTRY.fullmatch(country):
        raise MissingSetting("COUNTRY is the two letters of ISO 3166, like US")
    return country
