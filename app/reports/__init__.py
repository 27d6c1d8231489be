"""Reports: figures, then a frozen snapshot, then a template, then a PDF; editions with hashes."""
