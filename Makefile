# Two commands matter: `make run` starts Lamplight on this machine, `make test` checks all of it.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test soak lint bench ceremony lock vendor messages

BIN := .venv/bin
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --system-certs

# Homebrew keeps Pango where the loader does not look, and macOS strips this variable from every new shell.
LIBRARIES := if [ "$$(uname)" = Darwin ]; then export DYLD_FALLBACK_LIBRARY_PATH="$$(brew --prefix)/lib:/usr/local/lib:/usr/lib"; fi

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: ## make this machine ready and start Lamplight on http://127.0.0.1:8000 (PORT, DATABASE_URL and DATA_DIR are heard)
	@scripts/setup.sh run
	@$(LIBRARIES); exec scripts/serve.sh

test: ## make this machine ready and run every test (TESTS="tests/voting -k leaf" runs some)
	@scripts/setup.sh test
	@$(LIBRARIES); exec $(BIN)/pytest --numprocesses 3 --dist worksteal $(TESTS)

soak: ## run the tests of faults, races and secrecy at night size (SIZE=release; SOAK="tests/faults -k kill" runs some)
	@scripts/setup.sh test
	@$(LIBRARIES); SIZE=$${SIZE:-night} exec $(BIN)/pytest -m soak $(SOAK)

lint: ## check style and types
	@scripts/setup.sh test
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: ## measure the counts, in ratios of one run against other programs (BENCH="--help" says more)
	@scripts/setup.sh bench
	@exec $(BIN)/python -m bench $(BENCH)

ceremony: ## make a key, check it, open a vote's envelopes, on a key holder's own machine (LAMPLIGHT_KEYS is the folder)
	@scripts/setup.sh run
	@exec $(BIN)/python -m ceremony

lock: ## resolve the dependencies anew into requirements/
	@scripts/setup.sh test
	$(BIN)/uv --version | awk '{ print "uv==" $$2 }' | $(COMPILE) --no-annotate - -o requirements/bootstrap.txt
	$(COMPILE) $(UPGRADE) pyproject.toml -o requirements/run.txt
	$(COMPILE) $(UPGRADE) pyproject.toml --extra dev -c requirements/run.txt -o requirements/test.txt
	$(COMPILE) $(UPGRADE) pyproject.toml --extra bench -c requirements/run.txt -o requirements/bench.txt

vendor: ## copy the pinned front-end packages into static/vendor (needs Node; nothing else does)
	npm ci
	npm run vendor

messages: ## collect the texts to translate and compile the translations
	@scripts/setup.sh test
	@mkdir -p app/translations
	$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --keyword lazy_gettext --keyword _l --sort-by-file \
	  --project Lamplight --output-file app/translations/messages.pot .
	@if ls -d app/translations/*/LC_MESSAGES >/dev/null 2>&1; then set -x; \
	  $(BIN)/pybabel --quiet update --input-file app/translations/messages.pot --output-dir app/translations --no-fuzzy-matching && \
	  $(BIN)/pybabel compile --directory app/translations --statistics; fi
