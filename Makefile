.DEFAULT_GOAL := help
SHELL := /bin/bash
VENV := .venv
PY := $(VENV)/bin/python
SERVE ?= 1
NATION ?= 0
PORT ?= 8000
SAMPLE := samples/national-2567-demo.json
export ESAR_DEMO ?= 1
NATIONS := $(CURDIR)/var/nation
ifeq ($(NATION),1)  # it wants a database of its own
override export ESAR_VAR := $(NATIONS)
endif
# Kept even where the machine says otherwise: every process of the site and its tests starts sooner.
export PYTHONDONTWRITEBYTECODE =

.PHONY: help run suite-clock test on-sqlite on-postgresql in-chromium check databases tests-read format figures kill mutants bench clean setup browser-tools reference tour lock

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

run: setup build/vendor ## score the sample year, then serve the site on 127.0.0.1:8000 (SERVE=0 stops after the table, NATION=1 has the whole nation)
	@$(VENV)/bin/esar score $(SAMPLE)
ifeq ($(SERVE),1)
ifeq ($(NATION),1)
	@test -e $(NATIONS)/loaded || rm -rf $(NATIONS)
endif
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py collectstatic --noinput --verbosity 0
ifeq ($(NATION),1)
	@test -e $(NATIONS)/loaded || $(PY) manage.py load_national --in-force --past 1
	@touch $(NATIONS)/loaded
else
	@$(PY) manage.py load_demo
endif
	@echo "เปิด / open  http://127.0.0.1:$(PORT)/   (Ctrl-C หยุด / stops)"
	@$(PY) manage.py worker & worker=$$!; trap "kill $$worker" EXIT; \
	  $(VENV)/bin/gunicorn esar.config.wsgi --bind 127.0.0.1:$(PORT) --threads 4 --log-level warning
endif

# The parts run two at a time, so that while one waits (for a browser, a killed program, the last
# of its tests) another has the processors. Each part's own prerequisites are below it.
test: suite-clock ## the whole suite: checks, SQLite, PostgreSQL and Chromium, two at a time
	$(MAKE) --keep-going --jobs 2 --output-sync=line databases tests-read on-sqlite check in-chromium on-postgresql
	@echo $$(($$(date +%s) - $$(cat var/suite-started))) > var/suite-seconds

on-sqlite: databases tests-read build/vendor
	ESAR_STATEMENTS=build/statements $(PY) -m pytest -n 2 -m "not browser"

# The statements that SQLite was asked choose the tests.
on-postgresql: on-sqlite
	ESAR_STATEMENTS=build/statements $(PY) -m tests.postgres -- $(PY) -m pytest -n 2 tests/platform tests/agree tests/report tests/judge tests/show tests/operations tests/whole -m "not browser and not any_database"

# Behind the checks, which are told first.
in-chromium: check databases
	$(PY) manage.py collectstatic --noinput --verbosity 0
	$(PY) -m pytest -n 2 tests/browser

suite-clock:
	@mkdir -p var && date +%s > var/suite-started

check: $(VENV)/dev build/vendor build/words ## format, lint, types, import contracts, missing migrations, rulebooks
	$(VENV)/bin/ruff format --check .
	@! grep -rnE '# fmt: (skip|off)' --include='*.py' esar tests benchmarks
	$(VENV)/bin/ruff check .
	$(PY) tools/format_templates.py --check
	node_modules/.bin/biome check --error-on-warnings
	$(PY) -m tools.lint_names
	$(PY) -m tools.lint_words
	@$(PY) -c "import tomllib; tomllib.load(open('tools/mutation/named.toml', 'rb'))"
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(PY) manage.py makemigrations --check --dry-run
	$(VENV)/bin/esar rules check

databases: $(VENV)/dev build/words browser-tools ## what the tests' databases begin as, migrated once
	$(PY) -m tests.migrated
	$(PY) -m tests.postgres -- true

# Each test's file is read once, beside the checks; else each process of the tests reads all of them.
tests-read: $(VENV)/dev build/words
	$(PY) -m pytest --collect-only --quiet --quiet --no-header > /dev/null

figures: $(VENV)/dev ## the figures by which the house is judged, each beside its aim
	@$(PY) -m tools.figures

format: $(VENV)/dev build/vendor ## lay out Python, templates, scripts and style sheets
	$(VENV)/bin/ruff format .
	$(PY) tools/format_templates.py
	node_modules/.bin/biome check --write

kill: $(VENV)/dev browser-tools build/words ## the kill tests, power cuts too: 100 rounds on each database with each store
	$(PY) -m tests.kill --rounds 100

mutants: $(VENV)/dev build/words ## change what decides, place by place: a test must notice; writes var/mutants.json
	$(PY) -m tools.mutation named
	$(PY) -m tools.mutation

bench: $(VENV)/dev browser-tools build/words ## measure, and write benchmarks/README.md
	$(PY) -m benchmarks.national
	$(PY) -m benchmarks.scoring
	$(PY) -m benchmarks.writers
	$(PY) -m benchmarks.last_evening

clean: ## remove what make has made
	rm -rf $(VENV) node_modules var build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -f esar/kernel/wording/*.json esar/locale/*/LC_MESSAGES/*.mo

setup: $(VENV)/run build/words

$(VENV)/bin/uv:
	@./tools/require python3 npm
	$$(./tools/python) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check uv==0.13.8

$(VENV)/run: requirements.lock pyproject.toml | $(VENV)/bin/uv
	VIRTUAL_ENV=$(VENV) $(VENV)/bin/uv pip install --quiet --require-hashes -r requirements.lock
	VIRTUAL_ENV=$(VENV) $(VENV)/bin/uv pip install --quiet --no-deps --editable .
	@touch $@

$(VENV)/dev: requirements-dev.lock $(VENV)/run
	VIRTUAL_ENV=$(VENV) $(VENV)/bin/uv pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

node_modules: package-lock.json
	@./tools/require npm
	npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@

# The style sheets in one file, the icons in another, and the font.
build/vendor: node_modules tools/bundle.mjs esar/platform/ui/icons.json $(wildcard esar/platform/ui/styles/*.css)
	node tools/bundle.mjs $@
	@touch $@

# What the catalogues of sentences are read from while the site runs; after a change of a .po file, again.
build/words: $(wildcard esar/kernel/wording/*.po esar/locale/*/LC_MESSAGES/*.po) | $(VENV)/run
	$(PY) -m esar.kernel.wording
	@mkdir -p build && touch $@

browser-tools: $(VENV)/dev
	@./tools/require-debian chromium postgresql libreoffice clamav openssl nginx gcc

reference: $(VENV)/run build/words ## write docs/reference from the rulebooks and the code
	@for year in $$(ls rulebook | grep -E '^[0-9]+$$'); do for language in th en; do \
	  $(VENV)/bin/esar rules document $$year --lang $$language --force --out docs/reference/rules-$$year.$$language.md; done; done
	@$(PY) manage.py write_reference

tour: $(VENV)/dev browser-tools build/vendor build/words ## play the demo year and take the pictures of docs/tour
	@./tools/tour

lock: $(VENV)/bin/uv ## compile the lock files again
	$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev pyproject.toml -o requirements-dev.lock
