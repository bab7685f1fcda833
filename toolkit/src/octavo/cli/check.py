"""Check the tables, or with --site the built site.

Every problem is printed with its place; exit status 1 if one of them is an error.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from octavo.cli.commands import make_parser, reports_errors
from octavo.console import say
from octavo.documents.cv import find_publications_file
from octavo.errors import OctavoError, Problem, has_errors
from octavo.language.checking import check_words
from octavo.language.current import written_in
from octavo.language.trees import read_languages, split_path
from octavo.markdown import plain_title
from octavo.model.catalog import ROWS
from octavo.model.entries import name_in_all_languages, name_row
from octavo.model.person import Person
from octavo.model.row import Row
from octavo.model.words import count_noun
from octavo.pictures.sizes import is_made_picture
from octavo.policy import Policy, check_policy, load_policy
from octavo.published import is_rendered, load_published
from octavo.quarto_yaml import CONFIGURATION, read_configuration
from octavo.renderer.odd_files import find_odd_files
from octavo.search import is_search_file
from octavo.sitecheck.check import CHECKS, check_site
from octavo.sitecheck.external import ask_external
from octavo.sitecheck.rows import Row as ShownRow
from octavo.sitecheck.sources import SourceFinder
from octavo.sitecheck.weight import parse_budget
from octavo.starter.identity import PLACEHOLDER_URL
from octavo.tables.data_folder import MADE, find_data_folder
from octavo.tables.rows import check_tables, load_profile, load_rows
from octavo.theme import check_theme
from octavo.trees.sources import name_sources_in

EPILOG = """\
--site reads the built site as a stranger would: the syntax, nesting, and ids of its HTML (not most attribute values;
use the Nu HTML Checker for those); titles, descriptions, headings, and images; links and anchors inside the site; what
pages load; feeds, sitemap, and weight; whether each row of the tables is everywhere it belongs; whether each file
belongs in the site; and whether PDFs and pictures can be opened. Errors (broken links, missing files and rows,
duplicate ids, invalid feeds) fail; warnings are advice, unless _quarto.yml says `check: {strict: true}`."""
# How often to show a problem that is on every page, such as a broken link in the menu.
MOST_PLACES = 3


@reports_errors()
def main(argv: Sequence[str] | None = None) -> int:
    """0 if there is no error, 1 otherwise; the answers of other hosts never count."""
    arguments = _parse_arguments(argv)
    return check_built_site(arguments) if arguments.site else check_data(arguments.data or find_data_folder())


def check_data(folder: Path) -> int:
    """Print the tables' problems to standard error; 1 if one of them is an error, not only a warning."""
    problems = find_odd_files(folder) or check_tables(folder)
    if (folder.parent / CONFIGURATION).is_file():
        problems += [*check_theme(folder.parent), *check_policy(folder.parent), *check_words(folder.parent)]
    for problem in problems:
        say(problem, file=sys.stderr)
    say(f"{folder}: {_count_problems(problems)}", file=sys.stderr)
    return 1 if has_errors(problems) else 0


def _count_problems(problems: Sequence[Problem]) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    return f"{count_noun(errors, 'error')}, {count_noun(len(problems) - errors, 'warning')}"


def check_built_site(arguments: argparse.Namespace) -> int:
    """Print the built site's problems; 1 if one of them is an error, or strictness makes it one."""
    project = arguments.project or arguments.site.resolve().parent
    configuration = read_configuration(project) if (project / CONFIGURATION).is_file() else {}
    url = arguments.url or (configuration.get("website") or {}).get("site-url")
    budgets = parse_budget(configuration.get("budget"))
    rows = [] if "rows" in arguments.skip else read_rows(project / "data")
    is_known = _find_known(project) if configuration else None
    policy = load_policy(project) if configuration else Policy()
    site, problems = check_site(
        arguments.site, url=url, policy=policy, budgets=budgets, rows=rows, is_known=is_known, skip=arguments.skip
    )
    problems = [*problems, *_find_placeholder(project)] if configuration else problems
    strict = parse_strictness(configuration.get("check"))
    if lines := format_lines(problems, SourceFinder(project, arguments.site)):
        text = "\n".join(lines)
        say(name_sources_in(text, project) if configuration else text)
    found = _count_problems(problems) if problems else "nothing wrong"
    say(f"{arguments.site}: {count_noun(len(site.pages), 'page')} of {count_noun(len(site.files), 'file')}: {found}")
    if arguments.external:
        for line in ask_external(site, arguments.cache):
            say(line)
    return 1 if has_errors(problems) or (strict and problems) else 0


def _find_placeholder(project: Path) -> Iterator[Problem]:
    """The line of `_quarto.yml` that still has a new site's placeholder address."""
    for number, line in enumerate((project / CONFIGURATION).read_text(encoding="utf-8").splitlines(), start=1):
        if PLACEHOLDER_URL in line:
            message = f"{PLACEHOLDER_URL} is a placeholder; write the site's address, which search engines need"
            yield Problem(CONFIGURATION, number, line.index(PLACEHOLDER_URL) + 1, message, "warning")


def parse_strictness(settings: object) -> bool:
    """Whether `check:` in `_quarto.yml` makes warnings count as errors; raises OctavoError for any other setting."""
    match settings:
        case None:
            return False
        case {"strict": bool(strict), **rest} if not rest:
            return strict
    raise OctavoError(f"{CONFIGURATION}: check: {settings!r} is not known (expected strict: true or strict: false)")


def format_lines(problems: Sequence[Problem], sources: SourceFinder) -> list[str]:
    """One line per problem, with its place in the source if known; the same problem on many pages is shown once."""
    places: dict[str, list[Problem]] = {}
    for problem in problems:
        places.setdefault(problem.message, []).append(problem)
    lines = []
    for same in places.values():
        lines += [sources.describe(problem) for problem in same[:MOST_PLACES]]
        if len(same) > MOST_PLACES:
            lines.append(f"    … and the same on {len(same) - MOST_PLACES} more")
    return lines


def _parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = make_parser("check", __doc__, "", "--site", "--site --external", epilog=EPILOG)
    parser.add_argument("--data", type=Path, metavar="DIR", help="the tables' folder (default: the project's data/)")
    site = parser.add_argument_group("the built site")
    site.add_argument(
        "--site",
        nargs="?",
        type=Path,
        const=Path("_site"),
        metavar="DIR",
        help="check the site in DIR (_site)",
    )
    site.add_argument("--url", help=f"the address the site is made for (default: site-url in {CONFIGURATION})")
    site.add_argument(
        "--project", type=Path, metavar="DIR", help=f"where {CONFIGURATION} and data/ are (default: the folder above)"
    )
    site.add_argument("--skip", action="append", default=[], metavar="CHECK", help=f"one of {', '.join(CHECKS)}")
    site.add_argument("--external", action="store_true", help="also request the links to other sites")
    site.add_argument(
        "--cache",
        type=Path,
        default=Path(".cache/links.json"),
        metavar="FILE",
        help="the file that caches those sites' answers",
    )
    return parser.parse_args(argv)


def read_rows(data: Path) -> list[ShownRow]:
    """The rows of all tables, including hidden ones; none if the site isn't made from tables."""
    if not data.is_dir():
        return []
    return [
        ShownRow(row_type.table.name, row.id, row.anchor, plain_title(name), row.hidden)
        for row_type in ROWS
        for hidden in (False, True)
        for row in load_rows(row_type, data, hidden=hidden)
        if row.hidden == hidden and _is_traceable(row)
        for name in (name_in_all_languages(row) if hidden else [name_row(row)])
    ]


def _is_traceable(row: Row) -> bool:
    """Whether pages that show the row's table must show the row, or must not if it is hidden.

    A page that shows the table need only list people in the CV, and anyone's name may occur among authors.
    """
    return not isinstance(row, Person) or (row.belongs_in_cv and not row.hidden)


def _find_known(project: Path) -> Callable[[str], bool]:
    """Whether a file of the site is one that the project publishes, a page's, or made from the tables."""
    published = load_published(project)
    languages = read_languages(project) or ("",)
    made = MADE | frozenset(path for each in languages for path in _list_cv_files(project / "data", each))

    def is_known(path: str) -> bool:
        _, inner = split_path(path, languages)
        is_made = inner in made or is_search_file(inner) or is_made_picture(path) or is_rendered(project, path)
        return is_made or (published.names(path) and (project / path).is_file())

    return is_known


def _list_cv_files(data: Path, language: str) -> frozenset[str]:
    """The paths of the CV's PDFs in a language; none if the profile names no file."""
    with written_in(language):
        file = load_profile(data).cv.file if (data / "profile.yml").is_file() else ""
    return frozenset({file, find_publications_file(file)} if file else ())
