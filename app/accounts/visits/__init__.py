"""Visits: signed-in browsers, kept on the server, so that signing out is true and limits hold."""
