# What people type. `make check test` is what .ci/run does after it has installed things.
.PHONY: check test demo docs golden

check: ## formats, lints, types, import contracts
	uv run ruff format --check
	uv run ruff check
	uv run mypy
	uv run lint-imports

test: ## all tests
	uv run pytest

demo: ## the four papers and the invented municipality, in a browser
	uv run letopis demo

docs: ## writes the generated pages anew: docs/events.md, docs/rules.md and the tables of docs/api.md
	uv run python -m docs.generate_events
	uv run python -m docs.generate_rules
	uv run python -m docs.generate_refusals

golden: ## writes missing golden samples; a sample that is there is never changed
	uv run pytest tests/domain/test_topics.py --update-golden
