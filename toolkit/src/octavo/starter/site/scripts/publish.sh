#!/usr/bin/env bash
# Renders the site with the pinned Quarto and checks it, as hosts run it before they publish _site.
# --preview shows drafts and tells search engines to keep away.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

profile=()
case "${1:-}" in
  "") ;;
  --preview) profile=(--profile preview) ;;
  *) echo "usage: publish.sh [--preview]" >&2; exit 2 ;;
esac

pinned=$(sed -n 's/^quarto-cli==\([0-9.]*\).*/\1/p' requirements-quarto.txt)
if [ "$(quarto --version 2>/dev/null || true)" != "$pinned" ]; then
  # Without dependencies: the jupyter metapackage would slow every kernel by a second.
  python -m pip install --quiet --require-hashes --no-deps -r requirements-quarto.txt
fi

# The packages that the owner's pages import. They must not replace the versions pinned in requirements.txt.
if [ -e requirements-pages.txt ]; then
  sed -n 's/^\([^ ]*==.*\) \\$/\1/p' requirements.txt |
    python -m pip install --quiet -r requirements-pages.txt -c /dev/stdin
fi

# Cells run in the Python that has the requirements.
QUARTO_PYTHON=$(command -v python)
export QUARTO_PYTHON
# Written like this for Bash 3.2 of macOS, which treats an empty array as unset.
quarto render ${profile[@]+"${profile[@]}"}
octavo check --site

if [ ${#profile[@]} -gt 0 ]; then
  printf '/*\n  X-Robots-Tag: noindex\n' >> _site/_headers
fi
