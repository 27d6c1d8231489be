"""Who may do what about a setback, by what they are to its task force."""

from app.taskforces.setbacks.rules import WHO, Deed, Standing


def may(deed: Deed, standing: Standing) -> bool:
    """Whether somebody of this standing does this at all; the stage has its own say."""
    return bool(WHO[deed] & standing.parts)
