# The only entry point: `make` lists the targets.
PYTHON ?= python3
python := .venv/bin/python
export SERVE PORT

.DEFAULT_GOAL := help
.PHONY: help demo demo-ministry setup test test-fast lint bench help-pictures guides stop fresh lock messages test-setup deploy-check

help:
	@echo "make demo               set up, load the 2020 bloc, make its report, serve the trial site"
	@echo "make demo SERVE=0       the same, without serving; PORT=8080 chooses the port"
	@echo "make demo-ministry      the same with a made-up ministry: 15 blocs, 200 units, beside the 2020 bloc"
	@echo "make setup              the set-up alone"
	@echo "make test               everything: lint, contracts, migrations, deployment check, tests in a browser too"
	@echo "make test-fast          the tests of the parts, without a browser or walks through the whole site"
	@echo "make lint               the quick stages of make test"
	@echo "make help-pictures      take the pictures of the help anew, of the product as it is"
	@echo "make bench [NAME=pages] all benchmarks, or one, into var/bench/"
	@echo "make stop               stop the trial sites and their embedded PostgreSQL; their data stays"
	@echo "make fresh              stop them and drop their data: the next make demo begins anew"
	@echo "make guides             print the A4 sheets of each role anew, when their words have changed"
	@echo "make messages           renew locale/en from the sources; what is new is then to be translated"
	@echo "make lock               renew requirements.lock from pyproject.toml (needs uv)"

setup:
	@$(PYTHON) -m deploy.setup

test-setup:
	@$(PYTHON) -m deploy.setup --with-tests

demo: setup
	@$(python) -m deploy.demo

demo-ministry: setup
	@VAR_DIR=var/demo-ministry $(python) -m deploy.demo ministry

stop:
	@if [ -x $(python) ]; then $(python) -m deploy.demo stop; fi
	@if [ -x $(python) ]; then VAR_DIR=var/demo-ministry $(python) -m deploy.demo stop ministry; fi

fresh:
	@if [ -x $(python) ]; then $(python) -m deploy.demo drop; fi
	@if [ -x $(python) ]; then VAR_DIR=var/demo-ministry $(python) -m deploy.demo drop ministry; fi

test: test-setup lint deploy-check
	@echo "== tests"
	@$(python) -m tests.lanes

test-fast: test-setup
	@$(python) -m pytest -n 2 --dist loadgroup -m "not browser and not whole and not installation"

lint: setup
	@echo "== code style"
	@$(python) -m ruff check .
	@$(python) -m ruff format --check .
	@echo "== templates"
	@$(python) -m djlint --quiet --lint templates
	@echo "== import contracts"
	@.venv/bin/lint-imports
	@echo "== missing migrations"
	@# with no database running Django only warns that it could not ask for the history
	@$(python) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

# As production would start, with an address that nobody answers: these checks read settings alone.
deploy-check: setup
	@echo "== deployment check"
	@DEBUG=off SECRET_KEY=$$($(python) -c 'import secrets; print(secrets.token_urlsafe(50))') \
	ALLOWED_HOSTS=thidua.example DATABASE_URL=postgres://thidua@localhost/thidua \
	$(python) manage.py check --deploy --fail-level WARNING

bench: setup
	@$(python) -m tests.benchmarks $(NAME)

help-pictures: test-setup
	@$(python) -m pytest -q tests/e2e/help_pictures.py

lock:
	UV_CUSTOM_COMPILE_COMMAND='make lock' uv pip compile --quiet --generate-hashes --no-emit-index-url --python-version 3.11 \
	--extra local --extra dev pyproject.toml -o requirements.lock

guides: setup
	@$(python) manage.py make_guides

# locale/vi only mends the words of libraries, so it is never made from the sources.
messages: setup
	@$(python) manage.py makemessages --locale en --no-obsolete --no-wrap --add-location file \
	--ignore .venv --ignore var --ignore static --ignore tests --ignore docs --ignore deploy
	@$(python) manage.py compilemessages --locale en --ignore .venv --ignore var
