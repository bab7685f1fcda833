"""Links between the trees: each page of the built site names its versions, and leads to pages in its own language."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from urllib.parse import quote, unquote, urlsplit

from markupsafe import Markup, escape

from octavo.files import write_file
from octavo.html import element
from octavo.html import join as join_html
from octavo.language.tags import name_language, name_locale
from octavo.outputs.sitemap import name_alternates
from octavo.site import Site, list_versions, load_site

_HOME, _MISSING = "index.html", "404.html"
_HEADER = '<header class="site-header">'
_LINK = re.compile(r"<(?:a|link)(?=\s)(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_HREF = re.compile(r'(?<=\shref=")[^"]*')
_SITE_NAME = re.compile(r'(?<=<meta property="og:site_name" content=")[^"]*')
_REMOTE = re.compile(r"^\w+:|^/|^#|^$")
# Tags written by an earlier run.
_WRITTEN = re.compile(
    r'<nav class="languages".*?</nav>\n?|<link rel="alternate" hreflang="[^>]*>\n|<meta property="og:locale[^>]*>\n'
)


def link_trees(folder: Path, root: Path) -> None:
    """Complete the pages and the sitemap of the built site in the folder, if it is in several languages."""
    settings = load_site(root)
    if not settings.languages:
        return
    files = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    trees = _Trees(settings, files, {version.language: version.title for version in list_versions(root)})
    for path in sorted(files):
        if path.endswith(".html"):
            text = (folder / path).read_text(encoding="utf-8")
            if _HEADER in text:  # otherwise it only redirects to another page
                write_file(folder / path, trees.complete(path, text))
        elif path.endswith((".xml", ".json")):
            write_file(folder / path, trees.complete_feed(path, (folder / path).read_text(encoding="utf-8")))
    sitemap = folder / "sitemap.xml"
    if sitemap.is_file():
        alternates = {
            trees.make_canonical(path): trees.list_alternates(path) for path in files if path.endswith(".html")
        }
        write_file(sitemap, name_alternates(sitemap.read_text(encoding="utf-8"), alternates))


class _Trees:
    """The trees of a site with these files, and its title in each language."""

    def __init__(self, settings: Site, files: Collection[str], titles: Mapping[str, str]) -> None:
        self._settings = settings
        self._files = files
        self._titles = titles
        first, *others = settings.languages
        self._prefixes = {first: "", **{language: f"{language}/" for language in others}}

    def complete(self, path: str, text: str) -> str:
        """The page's HTML with its links to other languages."""
        text = _WRITTEN.sub("", text)
        language, _ = self._settings.split_path(path)
        if prefix := self._prefixes[language]:
            text = _LINK.sub(lambda match: self._keep_in_tree(match[0], path, prefix), text)
        # The renderers take the title from `website:`, which has one text.
        text = _SITE_NAME.sub(lambda _: str(escape(self._titles[language])), text, count=1)
        # Not at the end of the head, where other steps append their tags in each run.
        text = text.replace("</title>\n", f"</title>\n{self._write_head(path, language)}", 1)
        start, header, rest = text.partition(_HEADER)
        return start + header + rest.replace("</nav>\n", f"</nav>\n{self._write_switch(path, language)}\n", 1)

    def complete_feed(self, path: str, text: str) -> str:
        """The feed with links to pages in its own language, in the texts that it shows."""
        language, _ = self._settings.split_path(path)
        prefix = self._prefixes[language]
        if not prefix:
            return text
        link = re.compile(rf'(href=\\?"{re.escape(self._settings.url)}/)([^"\\?#]*+)(?![^<>]* hreflang=)')
        return link.sub(lambda match: match[1] + self._find_page(match[2], prefix), text)

    def _find_page(self, target: str, prefix: str) -> str:
        return prefix + target if self._has(f"{prefix}{unquote(target)}".rstrip("/")) else target

    def make_canonical(self, path: str) -> str:
        """The page's address as in its canonical link and the sitemap: for a folder's page, that of the folder."""
        address = self._settings.make_address(path)
        return address.removesuffix(_HOME) if address.endswith(f"/{_HOME}") else address

    def find_versions(self, path: str) -> Mapping[str, str]:
        """The page's paths in all languages that have it."""
        _, rest = self._settings.split_path(path)
        return {tag: prefix + rest for tag, prefix in self._prefixes.items() if prefix + rest in self._files}

    def list_alternates(self, path: str) -> list[tuple[str, str]]:
        """The page's versions as `hreflang` values and addresses; none if it is the only one."""
        versions = self.find_versions(path)
        if len(versions) < 2:
            return []
        addresses = {tag: self.make_canonical(version) for tag, version in versions.items()}
        return [*addresses.items(), ("x-default", next(iter(addresses.values())))]

    def _write_head(self, path: str, language: str) -> Markup:
        links = [
            element("link", rel="alternate", hreflang=tag, href=address) for tag, address in self.list_alternates(path)
        ]
        locales = [element("meta", property="og:locale", content=name_locale(language))]
        locales += [
            element("meta", property="og:locale:alternate", content=name_locale(tag))
            for tag in self.find_versions(path)
            if tag != language
        ]
        return join_html("\n", [*links, *locales]) + Markup("\n")

    def _write_switch(self, path: str, language: str) -> Markup:
        """Links to the page in other languages, or to their home pages."""
        versions = self.find_versions(path)
        links = [
            element("a", name_language(tag), href=self._address(path, target), lang=tag, hreflang=tag)
            for tag, prefix in self._prefixes.items()
            if tag != language and (target := versions.get(tag, prefix + _HOME)) in self._files
        ]
        label = ", ".join(map(name_language, self._settings.languages))
        return element("nav", join_html("\n", links), class_="languages", aria_label=label)

    def _address(self, path: str, target: str) -> str:
        if path == _MISSING:  # it is shown at any address
            return f"{urlsplit(self._settings.url).path}/{quote(target)}"
        return quote(relpath(target, dirname(path) or "."))

    def _keep_in_tree(self, tag: str, path: str, prefix: str) -> str:
        """The link, to the tree's own version of its target if there is one, or else to the first language's."""
        if " hreflang=" in tag:
            return tag
        return _HREF.sub(lambda match: self._find_address(match[0], path, prefix), tag)

    def _find_address(self, address: str, path: str, prefix: str) -> str:
        file, mark, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", address, re.DOTALL).groups()  # type: ignore[union-attr]
        if _REMOTE.match(address) or not file:
            return address
        target = normpath(join(dirname(path), unquote(file)))
        slash = "/" if file.endswith("/") else ""
        inner = target.removeprefix(prefix) if f"{target}/".startswith(prefix) else target
        for version in (prefix + inner, inner):
            if version != target and self._has(version):
                return quote(relpath(version, dirname(path) or ".")) + slash + mark + rest
            if version == target and self._has(version):
                break
        return address

    def _has(self, path: str) -> bool:
        return path in self._files or f"{path}/{_HOME}" in self._files
