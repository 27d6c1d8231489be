"""What a bundle is called and what it holds. Source: counting.md, "The bundle"."""

FORMAT = "lamplight-bundle/1"
MANIFEST, README = "manifest.json", "README.txt"
CARD, SET, LOT, OUTCOME = "rule-card.json", "closed-ballot-set.bin", "lot.json", "outcome.json"
PATHS, LOG = "paths.json", "log.json"
PROGRAM = "recount.py"
FILES = (MANIFEST, CARD, SET, PATHS, LOT, OUTCOME, LOG, PROGRAM, README)
