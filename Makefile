# The two commands of this project are `make demo` and `make test`. Both set up what they need: a fresh
# machine needs only Python 3.11+, Node 20+ and apt.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
JOBS   ?= 2

.DEFAULT_GOAL := help

.PHONY: help
help: ## Lists the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

# The stamp is newer than the locks, or the environment is brought up to them.
$(VENV)/.ready: requirements/dev.txt pyproject.toml scripts/setup
	scripts/setup "$(PYTHON)" "$(VENV)"

.PHONY: setup
setup: $(VENV)/.ready ## Makes .venv with the locked dependencies and Truceline in it

.PHONY: demo
demo: setup ## The main job end to end: the Idlib agreement, its zone, its evidence, its verdict; then serves it
	$(BIN)/truceline demo --out demo-out $(if $(CI),--no-serve)

# Chromium is what the browser tests drive; the tests fail without it rather than pass unseen.
.PHONY: browser
browser:
	scripts/need-chromium

# Spark's tests start a cluster on this machine.
.PHONY: java
java:
	scripts/need-java

# The tests read from a real message broker; like those of the browser they fail without it.
.PHONY: broker
broker:
	scripts/need-broker

# The crash test stands between a process and its files with a library that it compiles.
.PHONY: compiler
compiler:
	scripts/need-compiler

# A PostgreSQL of the tests' own keeps their records; they start it themselves, from Debian's packages.
.PHONY: postgres
postgres:
	scripts/need-postgis

# GDAL's own client reads our OGC API, as QGIS would.
.PHONY: gdal
gdal:
	scripts/need-gdal

# A real OpenID Connect provider, which the tests sign in through.
.PHONY: oidc-provider
oidc-provider:
	scripts/need-oidc-provider

.PHONY: postgres-catalog
postgres-catalog: setup postgres ## Describes the server store's tables anew, after a new migration
	$(BIN)/python scripts/postgres_catalog.py

.PHONY: frontend
frontend: setup ## Builds the report's script and the application from frontend/ into the package
	$(BIN)/python scripts/openapi.py
	cd frontend && npm ci --no-audit --no-fund && npm run build

.PHONY: node
node: frontend/node_modules/.ready
frontend/node_modules/.ready: frontend/package-lock.json
	cd frontend && npm ci --no-audit --no-fund
	touch $@

.PHONY: test
test: setup browser java broker compiler postgres gdal oidc-provider node ## Sets up and runs all tests
	$(BIN)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder
	cd frontend && npm test

.PHONY: check
check: setup node ## Formatter, linter, type checker, import contracts, front end
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd frontend && npm run check

.PHONY: format
format: setup ## Formats the code
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

.PHONY: reports
reports: setup ## Reports of two agreements in four languages and three formats, into reports-out
	$(BIN)/python scripts/example_reports.py reports-out

.PHONY: docs
docs: setup ## Builds the documentation into docs/_build/html; warnings are errors
	$(BIN)/sphinx-build -W --keep-going -b html docs docs/_build/html

.PHONY: notebooks
notebooks: setup ## Makes the notebooks of the Python tutorials anew, executed
	$(BIN)/python scripts/notebooks.py

.PHONY: qgis
qgis: setup ## Opens the worked example in Debian's QGIS, its export and as it is served, without a display
	scripts/need-qgis
	$(BIN)/truceline demo --no-serve --out demo-out
	$(BIN)/truceline export demo-out/workspace -o demo-out/idlib.gpkg --as-of 2018-12-31
	/usr/bin/python3 scripts/open_in_qgis.py demo-out/idlib.gpkg demo-out/qgis.png
	$(BIN)/python scripts/serve_to_qgis.py demo-out/workspace demo-out/qgis-served.png

.PHONY: evaluate
evaluate: setup ## Scores drafts against the texts annotated by hand
	$(BIN)/python benchmarks/evaluate_draft.py

.PHONY: bench
bench: setup postgres ## Runs the benchmarks beside their peers; many minutes
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements/bench.txt
	for file in draft ingest_readers ingest assess screening watch log store merge linking plan export report; do $(BIN)/python benchmarks/$$file.py || exit 1; done
	$(BIN)/python benchmarks/zones.py --lines 200

.PHONY: crash
crash: setup compiler postgres ## Kills processes in the middle of their work, thousands of times, into docs/reliability.md
	$(BIN)/python benchmarks/crash.py --docs

.PHONY: bench-web
bench-web: setup browser ## The server under 50 clients and in a browser, a million observations; five minutes
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements/bench.txt
	$(BIN)/python benchmarks/web.py
	$(BIN)/python benchmarks/web_browser.py

.PHONY: bench-peers
bench-peers: setup ## Screening beside its peers, into docs/performance.md; about ten minutes
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements/peers.txt
	scripts/need-postgis
	$(BIN)/python benchmarks/peers.py --docs

.PHONY: fuzz
fuzz: setup ## Fuzzes every reader, guided by coverage: 48 targets, a minute each (docs/hostile-input.md)
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements/fuzz.txt
	$(BIN)/python benchmarks/fuzz.py --seconds 60

.PHONY: api-contract
api-contract: setup ## Schemathesis on a served mission as every role: every endpoint, phase and check; half an hour
	$(BIN)/python benchmarks/api_contract.py --examples 100

# Without index URLs, so that a mirror works as well as the public index; hashes keep them honest.
.PHONY: train-draft
train-draft: setup ## Trains the judge of drafts anew from the annotated development texts
	$(BIN)/uv pip install -q -r requirements/train.txt
	$(BIN)/python scripts/train_draft.py

.PHONY: lock
lock: ## Renews the locked dependencies from pyproject.toml
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --upgrade pyproject.toml --extra alerts --extra export --extra llm --extra live --extra oidc --extra patrol --extra postgres --extra report --extra spark --group dev --group docs -o requirements/dev.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml -c requirements/dev.txt -o requirements/runtime.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml --group bench -c requirements/dev.txt -o requirements/bench.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml --group train -c requirements/dev.txt -o requirements/train.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml --group peers -c requirements/dev.txt -o requirements/peers.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml --group fuzz -c requirements/dev.txt -o requirements/fuzz.txt

.PHONY: clean
clean: ## Removes what was built
	rm -rf $(VENV) demo-out docs/_build frontend/node_modules build dist
