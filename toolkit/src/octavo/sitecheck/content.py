"""Content: which elements are allowed in which, where a selector can express the rule.

Source: WHATWG HTML, chapter 4 (the content model of each element). The values of most attributes, and rules that
depend on them, are left to the Nu HTML Checker.
"""

from __future__ import annotations

from collections.abc import Iterator

from turbohtml import Element

from octavo.errors import Problem
from octavo.sitecheck.page import Page

_KNOWN = """
    a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption cite code col
    colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure footer form h1 h2 h3
    h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark menu meta meter
    nav noscript object ol optgroup option output p picture pre progress q rp rt ruby s samp script search section
    select selectedcontent slot small source span strong style sub summary sup table tbody td template textarea tfoot
    th thead time title tr track u ul var video wbr
"""
# The markup check's conformance rules report these.
_OBSOLETE = """
    acronym applet basefont bgsound big blink center dir font frame frameset isindex keygen listing marquee menuitem
    multicol nextid nobr noembed noframes param plaintext rb rtc spacer strike tt xmp
"""
_BLOCKS = """
    address, article, aside, blockquote, details, dialog, div, dl, fieldset, figure, footer, form, header, hr, main,
    menu, nav, ol, p, pre, search, section, table, ul
"""
_HEADINGS = "h1, h2, h3, h4, h5, h6, hgroup"
_PHRASES = """
    abbr, b, bdi, bdo, button, cite, code, data, dfn, em, h1, h2, h3, h4, h5, h6, i, kbd, label, meter, output, p, pre,
    progress, q, rp, rt, s, samp, small, span, strong, sub, sup, time, u, var
"""
_INTERACTIVE = """
    a[href], [tabindex], button, details, embed, iframe, label, select, textarea, input:not([type="hidden"]),
    audio[controls], video[controls], img[usemap]
"""
# Elements, what they must not be inside at any depth, and why, where that isn't obvious.
_NEVER_INSIDE = (
    (f"{_BLOCKS}, {_HEADINGS}", _PHRASES, ""),
    (_BLOCKS, "summary, legend", ""),
    (_INTERACTIVE, "a:is([href], [tabindex]), button", ": both react to a click"),
    ("a", "a", ""),
    ("header, footer", "header, footer, address", ""),
    ("main", "article, aside, footer, header, nav", ""),
    *((name, name, "") for name in ("form", "label", "dfn")),
)
# Inside a drawing's text or a template, the surrounding elements don't count.
_APART = "foreignObject, template"
_ONLY_CHILDREN = (
    ("ul, ol, menu", "li"),
    ("dl", "dt, dd, div"),
    ("picture", "source, img"),
)
_ONLY_PARENTS = {
    "li": "ul, ol, menu",
    "dt": "dl, div",
    "dd": "dl, div",
    "figcaption": "figure",
    "summary": "details",
    "legend": "fieldset, optgroup",
    "source": "picture, video, audio",
    "track": "video, audio",
}
# Attributes that name ids on the same page, and the elements that can have them.
_ID_REFERENCES = {
    "for": "label, output",
    "list": "input",
    "form": "button, fieldset, input, object, output, select, textarea",
    "headers": "td, th",
    "popovertarget": "button, input",
    **{
        f"aria-{name}": "*"
        for name in ("activedescendant", "controls", "describedby", "details", "flowto", "labelledby", "owns")
    },
}
Fault = tuple[Element, str]


def check_content(page: Page) -> Iterator[Problem]:
    """Unknown elements, elements where they aren't allowed, and references to missing ids."""
    for finder in (_find_unknown, _find_inside, _find_children, _find_orphans, _find_missing_ids):
        for element, message in finder(page):
            yield page.problem(f"invalid HTML: {message}", element)


def _find_unknown(page: Page) -> Iterator[Fault]:
    for element in page.select(f":not({','.join((_KNOWN + _OBSOLETE).split())})"):
        if "-" not in element.tag:  # a hyphen marks a custom element
            yield element, f"<{element.tag}> is not an element of HTML"


def _find_inside(page: Page) -> Iterator[Fault]:
    for inner, outer, why in _NEVER_INSIDE:
        for element in page.select(f":is({outer}) :is({inner})"):
            # Don't report what is inside an element that is itself misplaced.
            around = (
                element.parent.closest(f"{outer}, {inner}, {_APART}") if isinstance(element.parent, Element) else None
            )
            if around is not None and around.matches(f":is({outer})"):
                yield element, f"<{element.tag}> is not allowed in <{around.tag}>{why}"


def _find_children(page: Page) -> Iterator[Fault]:
    for parents, children in _ONLY_CHILDREN:
        for element in page.select(f":is({parents}) > :not({children}, script, template)"):
            yield element, f"<{element.tag}> is not allowed directly in <{_name_parent(element)}>"


def _find_orphans(page: Page) -> Iterator[Fault]:
    for child, parents in _ONLY_PARENTS.items():
        for element in page.select(f":not({parents}, template) > {child}"):
            only = " or ".join(f"<{name}>" for name in parents.split(", "))
            yield element, f"<{child}> is not allowed in <{_name_parent(element)}>, only in {only}"


def _name_parent(element: Element) -> str:
    return element.parent.tag if isinstance(element.parent, Element) else ""


def _find_missing_ids(page: Page) -> Iterator[Fault]:
    ids = {element.attr("id") for element in page.document.select("[id]")}
    for name, elements in _ID_REFERENCES.items():
        for element in page.select(f":is({elements})[{name}]"):
            for identifier in (element.attr(name) or "").split():
                if identifier not in ids:
                    yield element, f"{name} names the id {identifier!r}, which is not on the page"
