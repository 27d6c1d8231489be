"""What the desk says of reports that are published together."""

from collections.abc import Collection

from flask_babel import ngettext

from app.reports.desk.rules import Outcome


def done(outcomes: Collection[Outcome]) -> list[str]:
    """What became of those that were not refused: some are being made, some wait for signatures."""
    signed = sum(each.is_signed for each in outcomes)
    made = len(outcomes) - signed
    said = []
    if made:
        said.append(
            ngettext(
                "%(num)s report is frozen. Its PDFs are being made.",
                "%(num)s reports are frozen. Their PDFs are being made.",
                made,
            )
        )
    if signed:
        said.append(
            ngettext(
                "%(num)s report is frozen as a draft, and both co-chairs are asked to sign it.",
                "%(num)s reports are frozen as drafts, and both co-chairs of each are asked to sign them.",
                signed,
            )
        )
    return said
