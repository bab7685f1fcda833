"""The site: the settings in `_quarto.yml` and the format's `_extension.yml`, checked against the subset."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from octavo.errors import DataError, Faults, PageError, has_errors
from octavo.quarto_yaml import CONFIGURATION, find_key_line, load_mapping, read_configuration, read_text
from octavo.renderer.subset import (
    HINTS,
    REQUIRED,
    UNSET_VARIABLES,
    WEBSITE,
    find_foreign_keys,
    find_keys,
    find_undrawn,
    find_variables,
)
from octavo.renderer.values import find_value_faults

PROJECT_KEYS = frozenset(
    """
    type title output-dir render resources execute-dir pre-render post-render preview
    """.split()  # noqa: SIM905 - as words it can be read
)
WEBSITE_KEYS = frozenset(
    """
    title site-url site-path description favicon image image-alt open-graph twitter-card search draft-mode
    """.split()  # noqa: SIM905 - as words it can be read
)
# The entry point of filters that Quarto runs before its own.
EARLY = "pre-ast"
# Keys of `_quarto.yml` for the renderer, which templates never see.
SITE_KEYS = frozenset(["project", "website", "format"])


class Format(NamedTuple):
    """A site's custom format: its folder, its options, and the variables in its template."""

    name: str
    folder: Path
    options: dict[str, Any]
    variables: frozenset[str]

    @property
    def drawn(self) -> list[str]:
        """Quarto's own options that its filters read."""
        return as_list(self.options.get("drawn"))

    def list_filters(self, *, early: bool) -> list[str]:
        """The paths of its filters: the early ones, which run before Quarto's own, or the others."""
        filters = as_list(self.options.get("filters"))
        stated = [entry if isinstance(entry, dict) else {"path": entry} for entry in filters]
        return [str(self.folder / str(entry["path"])) for entry in stated if (entry.get("at") == EARLY) == early]


class Site(NamedTuple):
    """A website project: what the renderer needs to know about it."""

    root: Path
    output: Path
    project: dict[str, Any]
    website: dict[str, Any]
    metadata: dict[str, Any]
    format: Format
    variables: dict[str, Any]

    @property
    def address(self) -> str | None:
        """The site's absolute address, ending in a slash, or None."""
        url = self.website.get("site-url")
        return None if url is None else str(url).rstrip("/") + "/"

    @property
    def shows_drafts(self) -> bool:
        """Whether drafts are pages, too; otherwise they are left out."""
        return bool(self.website.get("draft-mode", "gone") != "gone")

    @property
    def path(self) -> str:
        """The path under which the site is served, `/` at a domain's root; links on the 404 page start with it."""
        stated = self.website.get("site-path")
        if stated is not None:
            return f"/{str(stated).strip('/')}/".replace("//", "/")
        return "/" + (self.address or "").partition("://")[2].partition("/")[2]


def load_site(root: Path, output: Path | None = None, *, strict: bool = True) -> Site:
    """The site at `root`; if `strict`, raises PageError for any setting outside the subset."""
    text = read_text(root / CONFIGURATION, CONFIGURATION)
    data = _apply_type(root, read_configuration(root))
    project, website = _section(data, "project", text), _section(data, "website", text)
    name, options = _stated_format(data.get("format"), text, strict=strict)
    form = load_format(root, name, find_key_line(text, ("format",)), strict=strict)
    own = {key: value for key, value in data.items() if key not in SITE_KEYS}
    metadata = merge_options(own, options)
    if strict:
        if has_errors(problems := [*find_undrawn(root, ())]):
            raise DataError(problems)
        _check_project(project, website, text)
        keys = find_foreign_keys(metadata, form.variables, form.drawn)
        found = [((key,), f"`{key}:` needs Quarto{HINTS.get(key, '')}") for key in keys]
        faults = Faults()
        for path, message in (*found, *find_value_faults(metadata)):
            place = path if path[0] in own else ("format", name, *path)
            faults.append(PageError(CONFIGURATION, find_key_line(text, place), message))
        if faults:
            raise faults.join()
    return Site(
        root=root,
        output=_place_output(root, project, output),
        project=project,
        website=website,
        metadata=metadata,
        format=form,
        variables=_load_variables(root),
    )


def _apply_type(root: Path, data: dict[str, Any]) -> dict[str, Any]:
    """The settings, with those that an extension contributes as the project's `type:`, such as `octavo`."""
    project = data.get("project")
    if not isinstance(project, dict):
        return data
    file = _find_extension(root, str(project.get("type")))
    if file is None:
        return data
    path = file.relative_to(root).as_posix()
    contributed = (load_mapping(read_text(file, path), path).get("contributes") or {}).get("project") or {}
    kind = (contributed.get("project") or {}).get("type")
    return merge_options(contributed, {**data, "project": {**project, "type": kind}})


def find_output(root: Path, stated: Path | None) -> Path:
    """The output folder: the `stated` one, or else that in `_quarto.yml`."""
    data = read_configuration(root)
    return _place_output(root, data.get("project") or {}, stated)


def _place_output(root: Path, project: dict[str, Any], stated: Path | None) -> Path:
    output = (stated or root / str(project.get("output-dir") or "_site")).absolute()
    # If it is a symbolic link, replace the folder that it leads to, and keep the link.
    return output.resolve() if output.is_symlink() else output


def _stated_format(stated: Any, text: str, *, strict: bool) -> tuple[str, dict[str, Any]]:
    """The name and options of the format in `format:`, as `octavo-html` or `{octavo-html: {…}}`."""
    formats = stated if isinstance(stated, dict) else {str(stated): {}}
    name = next((name for name in formats if name.endswith("-html")), "")
    if not name or (strict and len(formats) > 1):
        line = find_key_line(text, ("format",))
        raise PageError(
            CONFIGURATION,
            line,
            "`format:` must name one custom HTML format, such as `octavo-html`; others need Quarto",
        )
    options = formats[name]
    return name, options if isinstance(options, dict) else {}


def load_format(root: Path, name: str, line: int, *, strict: bool) -> Format:
    """The custom format `name` in `_extensions/`, which line `line` of `_quarto.yml` names."""
    short = name.removesuffix("-html")
    file = _find_extension(root, short)
    if file is None:
        raise PageError(
            CONFIGURATION,
            line,
            f"there is no format `{name}`: `_extensions/{short}/_extension.yml` is missing",
        )
    path = file.relative_to(root).as_posix()
    text = read_text(file, path)
    formats = (load_mapping(text, path).get("contributes") or {}).get("formats") or {}
    if not isinstance(formats.get("html"), dict) or "template" not in formats["html"]:
        raise PageError(path, 1, "`contributes: formats: html:` must name a `template`")
    options = merge_options(formats.get("common") or {}, formats["html"])
    if strict:
        _check_format(path, text, options)
    files = [options["template"], *as_list(options.get("template-partials"))]
    variables = frozenset[str]().union(
        *(_read_variables(root, file.parent / str(part), strict=strict) for part in files)
    )
    if "body" not in variables:
        template = (file.parent / str(files[0])).relative_to(root).as_posix()
        raise PageError(template, 1, "the template has no $body$, so no page would show its text")
    return Format(name, file.parent, options, variables)


def _read_variables(root: Path, template: Path, *, strict: bool) -> frozenset[str]:
    path = template.relative_to(root).as_posix()
    text = read_text(template, path)
    variables = find_variables(text)
    for foreign in sorted(variables & UNSET_VARIABLES) if strict else ():
        line = text.count("\n", 0, text.index(foreign)) + 1
        raise PageError(path, line, f"the variable `{foreign}` needs Quarto")
    return variables


def _check_format(path: str, text: str, options: dict[str, Any]) -> None:
    for key, value in REQUIRED.items():
        if key not in options:
            raise PageError(path, 1, f"a format without `{key}: {str(value).lower()}` needs Quarto")
    for entry in as_list(options.get("filters")):
        if isinstance(entry, dict) and (set(entry) - {"path", "at"} or entry.get("at") != EARLY):
            line = find_key_line(text, ("contributes", "formats", "html", "filters"))
            raise PageError(path, line, f"a filter anywhere but at `{EARLY}` needs Quarto")
    foreign = next(iter([*find_foreign_keys(options), *dict(find_keys(options))]), None)
    if foreign is not None:
        line = find_key_line(text, ("contributes", "formats", "html", foreign))
        raise PageError(path, line, f"a format with `{foreign}:` needs Quarto")


def merge_options(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """The two merged as Quarto does: mappings key by key, lists concatenated without duplicates."""
    result = dict(base)
    for key, value in over.items():
        result[key] = _merge_value(base[key], value) if key in base else value
    return result


def _merge_value(base: Any, over: Any) -> Any:
    if isinstance(base, dict) and isinstance(over, dict):
        return merge_options(base, over)
    if isinstance(base, list) or isinstance(over, list):
        if not base or not over:
            return base or over
        both = [*as_list(base), *as_list(over)]
        return [value for index, value in enumerate(both) if value not in both[:index]]
    return over


def as_list(value: Any) -> list[Any]:
    """None, one value, or a list, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _find_extension(root: Path, name: str) -> Path | None:
    folder = root / "_extensions"
    found = [folder / name / "_extension.yml", *sorted(folder.glob(f"*/{name}/_extension.yml"))]
    return next((file for file in found if file.is_file()), None)


def _load_variables(root: Path) -> dict[str, Any]:
    file = root / "_variables.yml"
    return load_mapping(read_text(file, "_variables.yml"), "_variables.yml") if file.is_file() else {}


def _section(data: dict[str, Any], name: str, text: str) -> dict[str, Any]:
    section = data.get(name) or {}
    if not isinstance(section, dict):
        raise PageError(CONFIGURATION, find_key_line(text, (name,)), f"`{name}:` must hold `key: value` lines")
    return section


def _check_project(project: dict[str, Any], website: dict[str, Any], text: str) -> None:
    for name, section, known in (("project", project, PROJECT_KEYS), ("website", website, WEBSITE_KEYS)):
        for key in section:
            # Options that no page of this format follows are warnings, even with Quarto.
            if key not in known and not (section is website and key in WEBSITE):
                raise PageError(CONFIGURATION, find_key_line(text, (name, key)), f"`{name}: {key}` needs Quarto")
    if project.get("type") != "website":
        line = find_key_line(text, ("project", "type"))
        message = "only `type: website` or an extension's type is rendered here; others need Quarto"
        if project.get("type") == "book":
            message += "; a book can be a website whose `sidebar:` lists its chapters"
        raise PageError(CONFIGURATION, line, message)
