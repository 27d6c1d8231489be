"""What a witness sends, turned into a command: a statement in JSON instead of a form on a page."""

from app.voting.log.services import Cosign
from app.voting.tree.heads import COSIGNED
from app.voting.tree.statements import hex_bytes, read, whole_number

NAMES = ("vote", "size", "root", "public_key", "signature")


def cosignature(text: str) -> Cosign:
    """The command in a witness's message, not yet checked. Raises BadStatement."""
    values = read(text, COSIGNED, NAMES)
    return Cosign(
        vote_id=hex_bytes(values["vote"], 16, "vote"),
        size=whole_number(values["size"], "size"),
        root=hex_bytes(values["root"], 32, "root"),
        public_key=hex_bytes(values["public_key"], 32, "public_key"),
        signature=hex_bytes(values["signature"], 64, "signature"),
    )
