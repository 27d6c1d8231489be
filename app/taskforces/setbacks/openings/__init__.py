"""Openings: setbacks that open by themselves when other rooms tell that something went wrong."""
