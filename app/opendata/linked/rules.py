"""How facts in the words of schema.org are put together: what is not known is left out, addresses are whole."""

from typing import Any

from app.opendata.rules import decimal, known

CONTEXT = "https://schema.org"


def page_facts(kind: str, **facts: Any) -> dict[str, Any]:
    """The facts of a page; `id_` is the address it is known by."""
    return {"@context": CONTEXT, **thing(kind, **facts)}


def thing(kind: str, **facts: Any) -> dict[str, Any]:
    """One thing with what is known of it; texts that are empty are not known."""
    id_ = facts.pop("id_", None)
    return known({"@type": kind, "@id": id_, **{name: value or None for name, value in facts.items()}})


def amount(cents: int, currency: str) -> dict[str, Any]:
    """A sum of money."""
    return {"@type": "MonetaryAmount", "value": decimal(cents), "currency": currency}
