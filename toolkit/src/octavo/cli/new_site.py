"""Make a new site of your own from the code of this one, or bring later improvements of the code into it.

    scripts/new_site.py ../my-site                    asks what it needs to know
    scripts/new_site.py --update ../my-site           takes what has changed here since; your own changes stay

exit status: 0 done; 1 nothing was done, or something couldn't be read; 3 files that both changed were left as they are
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run from a checkout without installation

from octavo.console import say
from octavo.errors import OctavoError
from octavo.starter.create import create_site, note_names
from octavo.starter.identity import Identity, parse_link
from octavo.starter.traces import find_traces, list_traces
from octavo.starter.update import Update, apply_update, plan_update

ROOT = Path(__file__).resolve().parent.parent
DONE, PROBLEMS, CONFLICTS = 0, 1, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Make or update, and return the exit status."""
    options = parse_arguments(argv)
    try:
        return update_site(options) if options.update else make_site(options)
    except OctavoError as error:
        say(error, file=sys.stderr)
        return PROBLEMS
    except (KeyboardInterrupt, EOFError):
        say("\ninterrupted; nothing was made", file=sys.stderr)
        return 130


def parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the site is, or is to be")
    parser.add_argument("--name", help="whose site it is")
    parser.add_argument("--affiliation", help="where they work")
    parser.add_argument("--site-url", metavar="URL", help="where it will stand, as https://name.example")
    parser.add_argument(
        "--link", action="append", metavar="LABEL=URL", help="a link, as GitHub=https://github.com/name"
    )
    parser.add_argument("--bib", type=Path, metavar="FILE", help="publications: a .bib file (or .ris, or CSL .json)")
    parser.add_argument("--orcid", metavar="ID", help="publications: all works of this ORCID; a link to it, too")
    parser.add_argument("--yes", action="store_true", help="ask nothing; what isn't given stays out")
    parser.add_argument("--update", action="store_true", help="bring the code of a site that was made so up to date")
    return parser.parse_args(argv)


def make_site(options: argparse.Namespace) -> int:
    """Make a new site."""
    if not options.yes and sys.stdin.isatty():
        ask_for(options, input)
    links = tuple(parse_link(link) for link in options.link or ())
    given = {name: getattr(options, name) or "" for name in ("name", "affiliation", "site_url", "orcid")}
    identity = Identity(**given, links=links)
    if not identity.name:
        raise OctavoError("a new site needs its owner's name: --name 'Ada Nowak'")
    if options.bib is not None and not options.bib.is_file():
        raise OctavoError(f"there is no file {options.bib}")
    target = options.folder.absolute()
    with create_site(ROOT, target, identity) as folder:
        status = import_publications(folder, options.bib, identity.orcid)
        note_names(folder, identity)
        traces = find_traces(folder, list_traces(ROOT))
    for trace in traces:
        say(f"left from the site it was made from: {trace}", file=sys.stderr)
    say(
        f"{identity.name}'s site is in {options.folder}. There:\n\n  make site\n  make test\n  make preview\n\n"
        "Then fill the tables in data/ and say in index.qmd what you work on."
    )
    return status


def ask_for(options: argparse.Namespace, ask: Callable[[str], str]) -> None:
    """Ask for what wasn't given; an empty answer leaves it out."""
    while not options.name:
        options.name = ask("Your name: ").strip()
    questions = {
        "affiliation": "Where you work (may be empty): ",
        "site_url": "The site's address, as https://name.example (may be empty): ",
        "orcid": "Your ORCID, to look up your publications (may be empty): ",
    }
    for name, question in questions.items():
        if getattr(options, name) is None:
            setattr(options, name, ask(question).strip())
    if options.bib is None:
        file = ask("A .bib file of your publications (may be empty): ").strip()
        options.bib = Path(file).expanduser() if file else None
    while options.link is None or (options.link and options.link[-1]):
        options.link = [*(options.link or []), ask("A link, as GitHub=https://github.com/name (empty ends): ").strip()]
    options.link = [link for link in options.link if link]


def import_publications(folder: Path, file: Path | None, orcid: str) -> int:
    """Let the new site's own command fill its table; its exit status."""
    sources = [*([str(file.absolute())] if file else []), *([f"orcid:{orcid}"] if orcid else [])]
    if not sources:
        return DONE
    command = [sys.executable, "scripts/import_publications.py", *sources, "--yes"]
    return subprocess.run(command, cwd=folder, check=False).returncode


def update_site(options: argparse.Namespace) -> int:
    """Bring the code of a site up to date."""
    update, code = plan_update(ROOT, options.folder)
    if update.empty:
        say("there is nothing to take")
        return DONE
    apply_update(update, code, ROOT, options.folder)
    show_update(update)
    return CONFLICTS if update.kept else DONE


def show_update(update: Update) -> None:
    """Name every file, by what became of it."""
    for what in ("added", "changed", "removed"):
        for path in getattr(update, what):
            say(f"{what:8} {path}")
    for path in update.kept:
        say(f"kept     {path}: you have changed it, and so have we; ours is {ROOT / path}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
