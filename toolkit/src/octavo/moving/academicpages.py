"""academicpages: https://github.com/academicpages/academicpages.github.io."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from octavo.model.identifiers import normalize_orcid
from octavo.moving.accounts import take_accounts
from octavo.moving.jekyll import leave_rest, list_own_pages, list_posts, read_address, take_own_pages, take_posts
from octavo.moving.move import Move
from octavo.moving.old_site import OldSite, Page, Row
from octavo.moving.resume import read_cv

_IMAGES = ("images/", "", "assets/")
# Pages that the new site has its own version of, and the template's examples.
_OWN_PAGES = frozenset({
    "404", "about", "archive-layout-with-content", "category-archive", "collection-archive", "cv", "cv-json",
    "markdown", "non-menu-page", "page-archive", "portfolio", "publications", "sitemap", "tag-archive", "talkmap",
    "talks", "teaching", "terms", "year-archive",
})  # fmt: skip
_TAKEN = frozenset({"_publications", "_talks", "_teaching", "_portfolio", "_posts", "_data", "_pages"})


def is_academicpages(settings: Mapping[str, Any]) -> bool:
    """Whether academicpages made the site."""
    return isinstance(settings.get("author"), dict)


def read_academicpages(site: OldSite, settings: Mapping[str, Any]) -> Move:
    """Everything in the site that the new one has a place for."""
    move = Move("academicpages", site)
    pages, posts, projects = list_own_pages(site, _OWN_PAGES), list_posts(site), [*site.read_pages("_portfolio/**/*")]
    move.announce_pages("", pages)
    move.announce_pages("posts", posts)
    move.announce_pages("projects", (page for page in projects if page.body.strip()))
    author: Mapping[str, Any] = settings["author"]
    name = str(author.get("name") or settings.get("name") or settings.get("title") or "")
    move.answers = {
        "name": name,
        "position": site.convert(str(author.get("bio") or ""), "plain", "_config.yml"),
        "affiliation": site.convert(str(author.get("employer") or ""), "plain", "_config.yml"),
        "email": str(author.get("email") or ""),
        "orcid": normalize_orcid(str(author.get("orcid") or "")),
        "photo": move.find_photo(str(author.get("avatar") or ""), *_IMAGES, place="_config.yml"),
        "site_url": read_address(settings),
        "link": take_accounts(site, author),
    }
    move.profile = {key: str(author[key]) for key in ("location", "pronouns") if author.get(key)}
    if move.profile.get("location") in ("Earth", "Location"):  # the template's
        del move.profile["location"]
    about = next((page for page in site.read_pages("_pages/*") if page.read("permalink") == "/"), None)
    if about and "powered by the academicpages template" in about.body.lower():
        site.leave(about.path, "the template's examples")
    elif about:
        move.about = site.convert(about.body, "page", about.path, level=3)
    move.sources = site.list_sources("_publications", "_publications/**/*")
    for page in site.read_pages("_publications/**/*"):
        for address in (page.read("paperurl"), page.read("slidesurl")):
            if address.startswith("/files/"):
                site.take_file(address, "", place=page.path)
    for folder, table in (("_talks", "talks"), ("_teaching", "teaching")):
        for page in site.read_pages(f"{folder}/**/*"):
            move.add_row(table, _read_row(site, page, "event" if table == "talks" else "institution"), page.path)
    for page in projects:
        _take_project(move, page)
    known = {*move.tables}  # the CV repeats the talks and courses
    for table, row in read_cv(site, "_data/cv.json", name):
        if table not in known:
            move.add_row(table, row, "_data/cv.json")
    take_posts(move, posts)
    take_own_pages(move, pages)
    for entry in site.read_settings("_data/navigation.yml").get("main") or ():
        if isinstance(entry, dict):
            move.add_entry(str(entry.get("title") or ""), str(entry.get("url") or ""))
    leave_rest(site, _TAKEN, {"cv"})
    return move


def _read_row(site: OldSite, page: Page, where: str) -> Row:
    """A talk or a course."""
    place = site.convert(page.read("location"), "plain", page.path)
    kind = page.read("type")
    body = site.convert(page.body, "inline", page.path)
    row: Row = {
        "title": site.convert(page.read("title"), "inline", page.path),
        where: site.convert(page.read("venue"), "plain", page.path),
        "date": page.date,
        "text": " – ".join(filter(None, (kind if kind.lower() != "talk" else "", body))),
    }
    return {**row, "location": place} if where == "event" else row


def _take_project(move: Move, page: Page) -> None:
    address = move.add_page("projects", page, {"title": page.read("title")}) if page.body.strip() else ""
    row = {
        "title": move.site.convert(page.read("title"), "inline", page.path),
        "text": move.site.convert(page.read("excerpt"), "inline", page.path),
        "url": address,
    }
    move.add_row("research", row, page.path)
