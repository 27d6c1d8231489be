"""What a place may be called and drawn as: addresses, and boundaries in GeoJSON."""

import re
import unicodedata


def slug_of(name: str, *, most: int = 60) -> str:
    """The name as a part of an address: small ASCII letters, digits and hyphens; `place` where nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:most].strip("-") or "place"
