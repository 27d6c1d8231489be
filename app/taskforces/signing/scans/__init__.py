"""Scans: pictures and PDFs of papers that belong to an agreement, made anew and kept."""
