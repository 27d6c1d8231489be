"""Bytes that a person can read aloud and type: Crockford's base 32, without letters that look like digits."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def code(value: bytes, *, characters: int) -> str:
    """The first `characters` base-32 digits of `value`, five bits each, first bit first.

    Raises ValueError when the value is too short. Source: Crockford, Base 32 (no I, L, O, U).
    """
    if characters * 5 > len(value) * 8:
        raise ValueError(f"{len(value)} bytes do not fill {characters} characters")
    bits = int.from_bytes(value, "big") >> (len(value) * 8 - characters * 5)
    return "".join(ALPHABET[bits >> (5 * place) & 31] for place in reversed(range(characters)))


def grouped(text: str, *, size: int = 4) -> str:
    """The same characters in groups, as they are read aloud: `ABCDEFGH` becomes `ABCD-EFGH`."""
    return "-".join(text[start : start + size] for start in range(0, len(text), size))


def typed(text: str) -> str:
    """What a person typed, in the spelling `code` uses: capitals, no hyphens or blanks, O read as 0, I and L as 1."""
    return text.strip().upper().translate(LOOK_ALIKES)
