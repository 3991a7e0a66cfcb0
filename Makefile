# Two commands for a machine with nothing but Python 3.11; each does all of its own set-up.
PYTHON ?= python3

.PHONY: demo test check translations constraints

demo: .venv/run.done
	.venv/bin/python -m bot demo $(ARGS)

test: .venv/dev.done
	.venv/bin/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

# What CI runs.
check:
	bash .ci/run

# Brings the texts of the sources into all catalogues, and compiles them; LANGUAGE=fr begins another one.
translations: .venv/dev.done
	mkdir -p build
	.venv/bin/pybabel extract --keywords N_ --add-comments Translators: --strip-comments --no-location \
	  --sort-output --omit-header --width 110 --output-file build/imagine.pot bot/ui/wording
	.venv/bin/pybabel update --domain imagine --input-file build/imagine.pot --no-fuzzy-matching --ignore-obsolete \
	  --ignore-pot-creation-date $(if $(LANGUAGE),--init-missing --locale $(LANGUAGE)) --width 110 \
	  --output-dir bot/ui/wording/locale
	.venv/bin/pybabel compile --domain imagine --directory bot/ui/wording/locale

.venv/run.done: requirements/run.txt
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --require-hashes -r requirements/run.txt
	touch $@

.venv/dev.done: requirements/dev.txt
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	touch $@

# Pins anew what pyproject.toml asks for; needs uv.
constraints:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-emit-index-url --custom-compile-command "make constraints" --output-file requirements/run.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-emit-index-url --custom-compile-command "make constraints" --extra postgres \
	  --output-file requirements/postgres.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-emit-index-url --custom-compile-command "make constraints" --extra dev \
	  --output-file requirements/dev.txt
