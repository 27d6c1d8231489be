"""What gunicorn reads when it starts here: if an access log is kept, what people do about their votes is not in it.

A line with an address, a second and `/ballots/7/cast` would say who voted when. Lamplight starts without an access log;
this keeps one that somebody turns on from telling more than that a page was asked for.
"""

from gunicorn.glogging import Logger

UNLOGGED = (
    "/account",
    "/ballots",
    "/disputes",
    "/join",
    "/log",
    "/sign-",
    "/static",  # the ballot has a style sheet and a script of its own
    "/station",
    "/vote-by-code",
)


class VotesUnlogged(Logger):
    """An access log without the pages on which people vote, look a receipt up or see their own vote."""

    def access(self, resp, req, environ, request_time):
        """Write the line, or for those pages nothing at all."""
        if not environ.get("PATH_INFO", "").startswith(UNLOGGED):
            super().access(resp, req, environ, request_time)


logger_class = VotesUnlogged
