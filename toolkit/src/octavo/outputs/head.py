"""The head of a paper's page: tags for search engines, Google Scholar, and link previews.

The `citation_*` names are those of Google Scholar's inclusion guidelines for webmasters (section "Indexing",
https://scholar.google.com/intl/en/scholar/inclusion.html#indexing), and further ones that Zotero's translator
"Embedded Metadata" reads. Open Graph's are of https://ogp.me.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from octavo.citations.csl import Item, plain_line
from octavo.citations.ris import format_name
from octavo.html import element, join
from octavo.language.words import write_label, write_word
from octavo.markdown import plain_text
from octavo.model.publications import Publication
from octavo.model.vocabulary import RETRACTED
from octavo.model.words import shorten
from octavo.outputs.json_ld import format_date, format_script, make_article, make_breadcrumbs
from octavo.outputs.markdown_copies import make_copy_link
from octavo.outputs.signposting import LINK_SET, Signpost, find_own_pdf, list_signposts
from octavo.site import Site

_CONTAINERS = {
    "article-journal": "citation_journal_title",
    "review": "citation_journal_title",
    "review-book": "citation_journal_title",
    # Proceedings; the conference follows.
    "paper-conference": "citation_inbook_title",
    "chapter": "citation_inbook_title",
}
_PUBLISHERS = {
    "thesis": "citation_dissertation_institution",
    "report": "citation_technical_report_institution",
}
# Types as Zotero's schema maps them to CSL's; by the other tags alone, it reads most works as journal articles.
_ZOTERO_TYPES = {
    "article": "preprint",
    "article-journal": "journalArticle",
    "article-magazine": "magazineArticle",
    "article-newspaper": "newspaperArticle",
    "bill": "bill",
    "book": "book",
    "broadcast": "radioBroadcast",
    "chapter": "bookSection",
    "collection": "book",
    "dataset": "dataset",
    "entry-dictionary": "dictionaryEntry",
    "entry-encyclopedia": "encyclopediaArticle",
    "graphic": "artwork",
    "hearing": "hearing",
    "interview": "interview",
    "legal_case": "case",
    "legislation": "statute",
    "manuscript": "manuscript",
    "map": "map",
    "motion_picture": "film",
    "paper-conference": "conferencePaper",
    "patent": "patent",
    "personal_communication": "letter",
    "post": "forumPost",
    "post-weblog": "blogPost",
    "report": "report",
    "review": "journalArticle",
    "review-book": "journalArticle",
    "software": "computerProgram",
    "song": "audioRecording",
    "speech": "presentation",
    "standard": "standard",
    "thesis": "thesis",
    "webpage": "webpage",
}
DESCRIPTION_LENGTH = 200


def make_head(row: Publication, item: Item, address: str, site: Site) -> Markup:
    """The tags for the head of the paper's page at `address`, one per line."""
    citations = [element("meta", name=name, content=text) for name, text in iterate_citation_tags(row, item, site)]
    graph = [element("meta", property=name, content=text) for name, text in _iterate_graph(row, item, address)]
    links = [element("link", rel="canonical", href=address)]
    links += [_make_link(post, address) for post in list_signposts(row, address, site)]
    up = "../" * site.place("publications/").count("/")
    links.append(element("link", rel="linkset", type="application/linkset+json", href=f"{up}{LINK_SET}"))
    scripts = [
        format_script(make_article(row, item, address, site)),
        format_script(make_breadcrumbs(plain_line(row.title), site)),
    ]
    return join("\n", [*citations, *graph, *links, make_copy_link(f"{row.id}.html", site), *scripts]) + Markup("\n")


def _make_link(post: Signpost, address: str) -> Markup:
    """The link to a signpost, as the page's own neighbor if it is one."""
    href = post.href.removeprefix(address.rpartition("/")[0] + "/")
    return element("link", rel=post.relation, type=post.type or None, href=href)


def iterate_citation_tags(row: Publication, item: Item, site: Site) -> Iterator[tuple[str, str]]:
    """Name and content of each `citation_*` tag that the row has data for; one for each author, in order."""
    yield "citation_title", item["title"]
    for role in ("author", "editor"):
        names = [format_name(name) for name in item.get(role, ())]
        # A name with several words on both sides of its comma is mistaken for two names.
        is_ambiguous = len(names) == 1 and all(" " in part for part in names[0].split(", ")) and ", " in names[0]
        yield from ((f"citation_{role}", _turn_around(name) if is_ambiguous else name) for name in names)
    yield from _iterate_publication(item)
    yield from _pick(item, volume="citation_volume", issue="citation_issue", DOI="citation_doi")
    yield from _pick(
        item, ISSN="citation_issn", ISBN="citation_isbn", PMID="citation_pmid", language="citation_language"
    )
    yield from _pick(item, archive_location="citation_arxiv_id", abstract="citation_abstract")
    first, _, last = item.get("page", "").replace("–", "-").partition("-")
    if first:
        yield "citation_firstpage", first.strip()
    if last:
        yield "citation_lastpage", last.strip("- ")
    # Scholar requires a file on the same site, and would mistake an address elsewhere for one.
    if pdf := find_own_pdf(row, site):
        yield "citation_pdf_url", pdf


def describe_paper(row: Publication) -> str:
    """One line for search results: the paper in a sentence, the beginning of its abstract, or authors and venue."""
    authors = ", ".join(map(str, row.makers))
    date = row.date.shown if row.date else None
    venue = " ".join(str(part) for part in (row.venue or row.container_title, date) if part)
    text = (
        plain_text(row.tldr or "") or plain_line(row.abstract) or ". ".join(part for part in (authors, venue) if part)
    )
    if row.status == RETRACTED:
        text = f"{write_label(write_word('retracted'))}{text}"
    return shorten(text, DESCRIPTION_LENGTH)


def _iterate_publication(item: Item) -> Iterator[tuple[str, str]]:
    if date := format_date(item):
        yield "citation_publication_date", date.replace("-", "/")
    kind = item["type"]
    yield "z:itemType", _ZOTERO_TYPES.get(kind, "document")
    yield from _pick(item, **{"container-title": _CONTAINERS.get(kind, "prism.publicationName")})
    if kind == "paper-conference" and (conference := item.get("event-title") or item.get("container-title")):
        # Zotero reads the last of these tags as the type, and Scholar recognizes proceedings by this one.
        yield "citation_conference_title", conference
    yield from _pick(item, publisher=_PUBLISHERS.get(kind, "citation_publisher"))
    if kind == "report":
        yield from _pick(item, number="citation_technical_report_number")


def _iterate_graph(row: Publication, item: Item, address: str) -> Iterator[tuple[str, str]]:
    yield "og:url", address
    if date := format_date(item):
        yield "article:published_time", date
    for topic in row.topics:
        yield "article:tag", topic


def _turn_around(name: str) -> str:
    family, _, given = name.partition(", ")
    return f"{given} {family}"


def _pick(item: Item, **names: str) -> Iterator[tuple[str, str]]:
    return ((name, item[key]) for key, name in names.items() if key in item)
