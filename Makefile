# Everything that is done with this repository. `make` alone lists it.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

# The system's Python, as in the image: on one built without --enable-optimizations a render takes a fifth longer.
SYSTEM_PYTHON := $(shell /usr/bin/python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo /usr/bin/python3)
export PYTHON ?= $(or $(SYSTEM_PYTHON),python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
EXAMPLE := examples/dongtai.json
SAMPLE := out/dongtai.pdf

RUN_READY := $(VENV)/.run-ready
TEST_READY := $(VENV)/.test-ready
BENCH_READY := $(VENV)/.bench-ready
SUPPLY_READY := $(VENV)/.supply-ready
OLD_BROWSER := frontend/old-browser/node_modules/.package-lock.json
SHIPPED := build/shipped
SHIPPED_READY := $(SHIPPED)/.ready

.PHONY: help run setup repair test long quick mutants lint map wheel docs guide pictures cases words lock vendor licences sbom audit bench latency typography verapdf ofd fuzz soak load faults hang attack clean

help: ## List what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

run: setup ## Set up, typeset the sample issue, start the service on 127.0.0.1:8080
	@mkdir -p $(dir $(SAMPLE))
	@$(BIN)/hongtou render $(EXAMPLE) -o $(SAMPLE)
	@echo "样张：$(CURDIR)/$(SAMPLE)"
	@exec $(BIN)/hongtou serve

setup: $(RUN_READY) ## Install system libraries and Python packages; leave .venv/bin/hongtou

repair: $(RUN_READY) ## Install all Python packages and hongtou anew, whatever is there
	@$(PIP) install --force-reinstall --require-hashes -r requirements/build.txt -r requirements/run.txt
	@$(PIP) install --force-reinstall --no-deps --no-build-isolation --editable .

test: $(TEST_READY) $(OLD_BROWSER) ## Run the tests, all but the long ones; PROCESSES= of them at once
	@$(BIN)/python -m pytest -n $(or $(PROCESSES),5) $(AT_ONCE) -m "not long" || $(call ONCE_MORE,not long)

long: $(TEST_READY) ## Run the long tests: kills, broken machines, made-up inputs, whole tables of them
	@$(BIN)/python -m pytest -n $(or $(PROCESSES),5) $(AT_ONCE) -m long || $(call ONCE_MORE,long)

quick: $(TEST_READY) ## Run the tests that are not marked slow: about a minute
	@$(BIN)/python -m pytest -n 2 $(AT_ONCE) $(UNUSED) -m "not slow"

mutants: $(TEST_READY) ## Alter the code in 180 places, each time see that a test fails; COUNT=, SEED=, ROOMS=, RESUME=1, QUICK=1, AGAIN=1, REVIEW=1, PROCESSES=
	@$(BIN)/python -m benchmarks.mutation $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED)) \
		$(if $(ROOMS),--rooms $(ROOMS)) $(if $(RESUME),--resume) $(if $(QUICK),--quick) $(if $(AGAIN),--again) $(if $(REVIEW),--review) $(if $(PROCESSES),--processes $(PROCESSES))

lint: $(TEST_READY) ## Check style and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

map: $(RUN_READY) ## Print the rooms of the code and who imports whom; fail where that goes upwards
	@$(BIN)/python -m scripts.rooms

wheel: $(TEST_READY) ## Build a wheel with layouts, fonts and examples in dist/
	@$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .

docs: $(RUN_READY) ## Write the pages of docs/ that are made from the code
	@$(BIN)/python -m scripts.docs.closing_block
	@$(BIN)/python -m scripts.docs.findings
	@$(BIN)/python -m scripts.docs.layouts

guide: $(TEST_READY) ## Take the pictures of docs/编辑手册.md anew, from the running program
	@$(BIN)/python -m scripts.docs.guide

pictures: $(TEST_READY) ## Take the pictures of docs/outputs.md anew (needs LibreOffice, Java and Maven); NAMES= for some
	@$(BIN)/python -m scripts.docs.outputs $(NAMES)

cases: $(RUN_READY) ## Set every input that was once set badly, write docs/cases.md; CASES=FOLDER of them
	@$(BIN)/python -m scripts.docs.cases $(CASES)

words: $(BENCH_READY) ## Write the word list that lines are broken by, from jieba's dictionary
	@$(BIN)/python -m scripts.words

lock: $(TEST_READY) ## Renew requirements/*.txt from pyproject.toml
	@$(COMPILE) --only-build-deps --build-deps-for editable --build-deps-for wheel -o requirements/build.txt
	@$(COMPILE) -o requirements/run.txt
	@$(COMPILE) --extra sign --extra sso -c requirements/run.txt -o requirements/extras.txt
	@$(COMPILE) --extra test -c requirements/extras.txt -o requirements/test.txt
	@$(COMPILE) --extra bench -c requirements/run.txt -o requirements/bench.txt
	@$(COMPILE) --extra supply -c requirements/test.txt -o requirements/supply.txt

vendor: $(TEST_READY) ## Bundle what the editors' page uses of others (needs Node); CHECK=1 only compares, and checks its types
	@$(BIN)/python -m scripts.supply.vendor $(if $(CHECK),--check)
	@$(if $(CHECK),frontend/node_modules/.bin/tsc -p frontend/jsconfig.json)

licences: $(SHIPPED_READY) ## Write docs/licences.md; fail where a licence is unknown or not accepted
	@$(BIN)/python -m scripts.supply.licences

sbom: $(SHIPPED_READY) ## Write docs/sbom.json, the CycloneDX list of all that is shipped
	@$(BIN)/python -m scripts.supply.sbom

audit: $(SUPPLY_READY) ## Look up known vulnerabilities; fail where one is found or nobody looked
	@$(BIN)/python -m scripts.supply.audit

bench: $(BENCH_READY) ## Time hongtou beside its peers; SHORT=1 for a minute of it
	@$(BIN)/python -m benchmarks.speed $(if $(SHORT),--short)
	@$(BIN)/python -m benchmarks.typography.cost

latency: $(TEST_READY) ## Measure at the desk how long a change takes to be seen on its page, write docs/preview.md; TRY=1 only tries
	@$(BIN)/python -m benchmarks.desk $(if $(TRY),--try)

typography: $(BENCH_READY) ## Measure 55 issues against every goal, Typst beside, write docs/typography.md; CASES=FOLDER
	@$(BIN)/python -m benchmarks.typography.table $(CASES)

verapdf: $(TEST_READY) ## Let veraPDF and JHOVE judge the files for the archive and the press (needs Java and Maven)
	@$(BIN)/python -m scripts.judges

ofd: $(TEST_READY) ## Hold OFD files against our schema, let ofdrw read them (needs Java and Maven)
	@$(BIN)/python -m scripts.judges.ofd

fuzz: $(TEST_READY) ## Ask the service 20,000 odd things, by its own OpenAPI document; try properties with new examples
	@$(BIN)/python -m pytest -q tests/test_contract.py --cases=$(or $(CASES),12000)
	@$(BIN)/python -m pytest -q $$(grep -l '^ *@given' tests/test_*.py tests/*/test_*.py | grep -v contract) --cases=$(or $(EXAMPLES),300)

soak: $(TEST_READY) ## Render 2,000 issues over HTTP; memory, descriptors and files stay flat
	@$(BIN)/python -m benchmarks.service soak $(if $(RENDERS),--renders $(RENDERS))

load: $(TEST_READY) ## Ask for ten times more than can be served, for 5 minutes
	@$(BIN)/python -m benchmarks.service load $(if $(FOR),--seconds $(FOR))

faults: $(TEST_READY) ## Kill 1,000 processes at random under load
	@$(BIN)/python -m benchmarks.service faults $(if $(KILLS),--kills $(KILLS)) $(if $(FOR),--seconds $(FOR))

hang: $(TEST_READY) ## Time renders beside one that hangs
	@$(BIN)/python -m benchmarks.service hang $(if $(TURNS),--turns $(TURNS))

attack: $(TEST_READY) ## Do to the service what a hostile client can; PARTS=requests for a part of it
	@$(BIN)/python -m benchmarks.attack $(PARTS)

clean: ## Remove everything that was made
	@rm -rf $(VENV) out dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find service tests fonts -name __pycache__ -prune -exec rm -rf {} +

# Each process takes whole files, in our order: what a file starts is started once. Tests have five
# processes for two processors, as those of services and browsers wait; quick ones only compute.
AT_ONCE := --dist loadfile --no-loadscope-reorder
UNUSED := -p no:schemathesis -p no:anyio  # a second of each process; tests/test_contract.py is slow
# Tests of browsers and processes can be late on a machine that is busy with five of them: what failed is run again,
# alone. A fault fails again.
ONCE_MORE = { [ $$? -eq 1 ] && echo '没通过的单独再跑一遍：' && $(BIN)/python -m pytest --last-failed --last-failed-no-failures none -m "$(1)"; }

COMPILE = CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/pip-compile pyproject.toml --quiet --upgrade \
	--generate-hashes --allow-unsafe --strip-extras --no-annotate \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host

# A venv is made anew when it is broken or was moved: pip's scripts hold its path.
$(RUN_READY): pyproject.toml requirements/build.txt requirements/run.txt scripts/system-packages
	@scripts/system-packages run
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@echo "安装 Python 软件包……"
	@$(PIP) install --require-hashes -r requirements/build.txt -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(TEST_READY): $(RUN_READY) requirements/test.txt
	@scripts/system-packages test
	@echo "安装测试用软件包……"
	@$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@

# Chromium 89; where it cannot be had, its test says that it was left out.
$(OLD_BROWSER): frontend/old-browser/package-lock.json | $(TEST_READY)
	@echo "安装 2021 年的 Chromium……"
	@npm ci --silent --no-audit --no-fund --prefix frontend/old-browser || echo "没有装上：不在其中试编辑工作台"

$(BENCH_READY): $(TEST_READY) requirements/bench.txt
	@$(PIP) install --require-hashes -r requirements/bench.txt
	@touch $@

$(SUPPLY_READY): $(RUN_READY) requirements/supply.txt
	@$(PIP) install --require-hashes -r requirements/supply.txt
	@touch $@

# What is shipped alone, as in the image, and what the extra brings: no tests, no tools, not even pip.
$(SHIPPED_READY): $(SUPPLY_READY) requirements/run.txt requirements/extras.txt
	@$(PYTHON) -m venv --clear --without-pip $(SHIPPED)
	@$(PIP) --python $(SHIPPED)/bin/python install --require-hashes -r requirements/extras.txt
	@touch $@
