"""Signed tree heads: the log's word, every ten minutes, on how many leaves it has and which."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from app.voting.sealing import signatures
from app.voting.tree.statements import BadStatement, as_json, as_text, hex_bytes, read, whole_number

KIND = "lamplight-tree-head/1"
COSIGNED = "lamplight-cosignature/1"
SLOT_SECONDS = 600
SLOT_FORMAT = "%Y-%m-%dT%H:%MZ"
NAMES = ("vote", "size", "root", "slot", "signature")


@dataclass(frozen=True, kw_only=True)
class Head:
    """A vote's log at one moment: `size` leaves, `root` over them, the ten-minute `slot` since 1970, the signature."""

    vote_id: bytes
    size: int
    root: bytes
    slot: int
    signature: bytes = b""

    @property
    def message(self) -> bytes:
        """What the log signs: vote id (16 bytes), size (8, big-endian), root (32), slot (8, big-endian)."""
        return self.extent + self.slot.to_bytes(8, "big")

    @property
    def extent(self) -> bytes:
        """What a witness signs: vote id (16 bytes), size (8, big-endian), root (32)."""
        return self.vote_id + self.size.to_bytes(8, "big") + self.root

    @property
    def at(self) -> datetime:
        """When the slot began, in UTC."""
        return datetime.fromtimestamp(self.slot * SLOT_SECONDS, UTC)

    def signed(self, seed: bytes) -> "Head":
        """The same head with the log's signature. Raises ValueError for a seed that is none."""
        return replace(self, signature=signatures.sign(self.message, purpose=KIND, seed=seed))

    def is_signed_by(self, public: bytes) -> bool:
        """Whether the log with this public key (32 bytes) signed exactly this head."""
        return signatures.is_signed(self.message, self.signature, purpose=KIND, public=public)

    def is_cosigned(self, signature: bytes, public: bytes) -> bool:
        """Whether the witness with this public key signed that it has seen this size with this root."""
        return signatures.is_signed(self.extent, signature, purpose=COSIGNED, public=public)

    @property
    def values(self) -> dict[str, str | int]:
        """What stands in its file."""
        return {
            "vote": self.vote_id.hex(),
            "size": self.size,
            "root": self.root.hex(),
            "slot": self.at.strftime(SLOT_FORMAT),
            "signature": self.signature.hex(),
        }

    def as_text(self) -> str:
        """The head as lines of text."""
        return as_text(KIND, self.values)

    def as_json(self) -> str:
        """The head as JSON."""
        return as_json(KIND, self.values)


def slot_of(moment: datetime) -> int:
    """The ten-minute slot in which `moment` lies, counted from 1970."""
    return int(moment.timestamp()) // SLOT_SECONDS


def from_text(text: str) -> Head:
    """The head in a file, text or JSON; not yet checked. Raises BadStatement."""
    values = read(text, KIND, NAMES)
    return Head(
        vote_id=hex_bytes(values["vote"], 16, "vote"),
        size=whole_number(values["size"], "size"),
        root=hex_bytes(values["root"], 32, "root"),
        slot=_slot(values["slot"]),
        signature=hex_bytes(values["signature"], 64, "signature"),
    )


def _slot(text: str) -> int:
    try:
        moment = datetime.strptime(text, SLOT_FORMAT).replace(tzinfo=UTC)
    except ValueError:
        raise BadStatement("slot must be a moment like 2026-05-04T18:20Z") from None
    if moment.timestamp() % SLOT_SECONDS or moment.year < 1970 or moment.strftime(SLOT_FORMAT) != text:
        raise BadStatement("slot must begin at a full ten minutes")
    return slot_of(moment)
