#!/bin/sh
# Build the site from docs/ into build/site; warnings are errors.
set -eu
cd "$(dirname "$0")/.."

if ! .venv/bin/python -c 'import material, mkdocs' 2>/dev/null; then
    echo "surefoot: installing what builds the site" >&2
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input -e '.[docs]'
fi
# the theme advertises its successor at every start; see docs/decisions/0008-site.md
NO_MKDOCS_2_WARNING=1 .venv/bin/python -m mkdocs build --quiet --strict
echo "open build/site/index.html"
