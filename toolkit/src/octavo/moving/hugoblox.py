"""HugoBlox, formerly Wowchemy and Academic: https://github.com/HugoBlox/kit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from octavo.model.identifiers import normalize_orcid
from octavo.moving.jekyll import list_words
from octavo.moving.move import Move
from octavo.moving.old_site import OldSite, Page, Row

_AUTHORS = ("content/authors/admin/_index.md", "content/authors/me/_index.md", "content/authors/admin.md")
_SETTINGS = ("config/_default/hugo.yaml", "config/_default/config.yaml", "hugo.yaml", "config.yaml")
_POSTS = ("content/post/**/*.md", "content/blog/**/*.md", "content/posts/**/*.md")
_TALKS = ("content/event/*/index.md", "content/events/*/index.md", "content/talk/*/index.md")
_PROJECTS = ("content/project/*/index.md", "content/projects/*/index.md")
_TAKEN = frozenset({"authors", "publication", "publications", "post", "blog", "posts", "event", "events", "talk",
                    "project", "projects", "home", "_index.md"})  # fmt: skip


def is_hugoblox(site: OldSite) -> bool:
    """Whether HugoBlox made the site."""
    return (site.root / "content/authors").is_dir() or (site.root / "content/publication").is_dir()


def read_hugoblox(site: OldSite) -> Move:
    """All of the site that the new one has a place for."""
    move = Move("HugoBlox", site)
    for path in _SETTINGS:
        if address := str(site.read_settings(path).get("baseURL") or ""):
            move.answers["site_url"] = "" if "//example." in address else address.rstrip("/")
    for page in (page for path in _AUTHORS for page in site.read_pages(path)):
        if "name" not in move.answers:
            _read_author(move, page)
    for folder in ("content/publication", "content/publications"):
        move.sources += site.list_sources(folder, f"{folder}/**/*")
    for page in (page for pattern in _TALKS for page in site.read_pages(pattern)):
        move.add_row("talks", _read_talk(site, page), page.path)
    for page in (page for pattern in _PROJECTS for page in site.read_pages(pattern)):
        _take_project(move, page)
    for page in (page for pattern in _POSTS for page in site.read_pages(pattern)):
        if not page.path.endswith("_index.md"):
            head = {"title": page.read("title"), "date": page.date, "description": page.read("summary")}
            move.add_page("posts", page, {**head, "categories": list_words(page, "categories", "tags")})
    for entry in sorted((site.root / "content").glob("*")):
        if entry.name not in _TAKEN:
            site.leave(f"content/{entry.name}", "pages of your own; write them again as .qmd files")
    return move


def _read_author(move: Move, page: Page) -> None:
    site, head = move.site, page.head
    workplaces = [place for place in head.get("organizations") or () if isinstance(place, dict)]
    links = [(str(link.get("icon")), str(link.get("link") or link.get("url") or ""))
             for link in head.get("social") or head.get("profiles") or () if isinstance(link, dict)]  # fmt: skip
    folder = page.path.rpartition("/")[0]
    photo = next((file.name for file in sorted((site.root / folder).glob("avatar.*"))), "")
    move.answers |= {
        "name": page.read("title", "name"),
        "position": site.convert(page.read("role"), "plain", page.path),
        "affiliation": str(workplaces[0].get("name") or "") if workplaces else "",
        "email": page.read("email"),
        "photo": move.find_photo(photo, f"{folder}/", place=page.path),
        "orcid": next(filter(None, (normalize_orcid(link) for _, link in links)), ""),
        "link": [
            (_name_link(icon), link) for icon, link in links if link.startswith("http") and not normalize_orcid(link)
        ],
    }
    move.about = site.convert(page.body or page.read("bio"), "page", page.path, level=3)
    education = head.get("education")
    courses = education.get("courses") if isinstance(education, dict) else education
    for course in courses if isinstance(courses, list) else ():
        move.add_row("education", _read_course(course), page.path)


def _read_course(course: Any) -> Row:
    if not isinstance(course, Mapping):
        return {}
    names = {
        "degree": ("course", "degree"),
        "institution": ("institution",),
        "date": ("year", "date_end"),
        "area": ("area",),
    }
    return {
        field: str(next((course[key] for key in keys if course.get(key)), "")).strip() for field, keys in names.items()
    }


def _name_link(icon: str) -> str:
    name = icon.rpartition("/")[2]
    known = {"graduation-cap": "Google Scholar", "google-scholar": "Google Scholar", "github": "GitHub", "twitter": "X",
             "x": "X", "linkedin": "LinkedIn", "researchgate": "ResearchGate"}  # fmt: skip
    return known.get(name, name.replace("-", " ").title())


def _read_talk(site: OldSite, page: Page) -> Row:
    where = page.read("location") or page.read("event_place")
    links = {"slides": page.read("url_slides"), "video": page.read("url_video"), "code": page.read("url_code")}
    return {
        "title": site.convert(page.read("title"), "inline", page.path),
        "event": site.convert(page.read("event"), "plain", page.path),
        "location": site.convert(where, "plain", page.path),
        "date": page.date,
        "text": site.convert(page.read("summary"), "inline", page.path),
        "links": {role: address for role, address in links.items() if address.startswith("http")},
    }


def _take_project(move: Move, page: Page) -> None:
    path = move.add_page("projects", page, {"title": page.read("title")}) if page.body.strip() else ""
    folder = page.path.rpartition("/")[0]
    image = next((file.name for file in sorted((move.site.root / folder).glob("featured.*"))), "")
    row = {
        "title": move.site.convert(page.read("title"), "inline", page.path),
        "image": move.take_picture(image, f"{folder}/", place=page.path),
        "text": move.site.convert(page.read("summary"), "inline", page.path),
        "url": path.replace(".qmd", ".html") or page.read("external_link"),
    }
    move.add_row("research", row, page.path)
