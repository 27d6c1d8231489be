"""The desk: a proposal that a resident wrote on a paper form is typed in by the office, and the form to print."""
