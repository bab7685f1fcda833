#!/usr/bin/env bash
# Proposes in one pull request what `octavo watch` finds, in two steps, so that no installed package gets the right to
# push:
#   watch.sh look FOLDER      leaves report.md and data.patch in FOLDER; neither, if there is nothing to say
#   watch.sh propose FOLDER   opens or updates the pull request, with git and GitHub's gh
set -euo pipefail
step=${1:?look or propose}
folder=${2:?a folder}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")/.."
branch=octavo-watch

look() {
  local links=() status=0
  # Links are checked on the built site. If it can't be built, the rest is still reported.
  if [ -e requirements-pages.txt ]; then
    sed -n 's/^\([^ ]*==.*\) \\$/\1/p' requirements.txt |
      python -m pip install --quiet -r requirements-pages.txt -c /dev/stdin || true
  fi
  if octavo build; then links=(--links); fi
  octavo watch --write ${links[@]+"${links[@]}"} --report "$folder/report.md" || status=$?
  case $status in
    0) rm -f "$folder/report.md" ;;
    3)
      git add --intent-to-add data
      git diff --binary -- data > "$folder/data.patch"
      ;;
    *) return "$status" ;;
  esac
}

# A proposal's text and changes, independent of other commits; without data/provenance, which contains dates.
describe() {
  git log -1 --format=%B "$1"
  git diff "$1^" "$1" -- data ':!data/provenance' | git patch-id --stable | cut -d ' ' -f 1
}

propose() {
  if [ ! -e "$folder/report.md" ]; then echo "Nothing to propose."; return; fi
  local base number
  base=$(git branch --show-current)
  git switch --quiet --force-create "$branch"
  if [ -s "$folder/data.patch" ]; then git apply --index --include='data/*' "$folder/data.patch"; fi
  { printf 'Bring the record up to date\n\n'; cat "$folder/report.md"; } |
    git -c user.name=Octavo -c user.email=octavo@localhost commit --quiet --allow-empty --cleanup=verbatim --file=-
  number=$(gh pr list --head "$branch" --state open --json number --jq '.[].number')
  if git fetch --quiet --depth=2 origin "$branch" 2>/dev/null &&
    [ -z "$number" ] && [ "$(describe FETCH_HEAD)" = "$(describe HEAD)" ]; then
    echo "The same was proposed before, and the request was closed."
    return
  fi
  git push --quiet --force origin "HEAD:refs/heads/$branch"
  if [ -n "$number" ]; then
    gh pr edit "$number" --body-file "$folder/report.md"
  else
    gh pr create --base "$base" --head "$branch" --title "Bring the record up to date" --body-file "$folder/report.md"
  fi
}

case $step in
  look | propose) "$step" ;;
  *) echo "usage: watch.sh look|propose FOLDER" >&2; exit 2 ;;
esac
