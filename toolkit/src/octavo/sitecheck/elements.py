"""Elements: the names of HTML's elements, and which may stand in which.

Source: WHATWG HTML, chapter 4 (the content model of each element), 13.1.2 (void elements, optional
tags) and 16.2 (obsolete ones).
"""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = _names("area base br col embed hr img input link meta source track wbr")
OPTIONAL_END = _names("""html head body li dt dd p rt rp optgroup option colgroup caption thead tbody tfoot tr td th""")
# Start and end tags that a browser merges into elements that it makes by itself.
IMPLIED = _names("html head body")

KNOWN = _names(
    """a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption
    cite code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins
    kbd label legend li link main map mark menu meta meter nav noscript object ol optgroup option
    output p picture pre progress q rp rt ruby s samp script search section select selectedcontent
    slot small source span strong style sub summary sup table tbody td template textarea tfoot th
    thead time title tr track u ul var video wbr"""
)
OBSOLETE = _names(
    """acronym applet basefont bgsound big blink center dir font frame frameset isindex keygen listing
    marquee menuitem multicol nextid nobr noembed noframes param plaintext rb rtc spacer strike tt xmp"""
)

# A parent's rules pass through these to what they hold.
TRANSPARENT = _names("a ins del map object video audio noscript slot canvas")
HEADINGS = _names("h1 h2 h3 h4 h5 h6 hgroup")
BLOCKS = HEADINGS | _names(
    """address article aside blockquote details dialog div dl fieldset figure footer form header hr
    main menu nav ol p pre search section table ul"""
)
# What may not stand in these, directly or through a transparent element.
FORBIDDEN_IN = {
    **dict.fromkeys(
        _names(
            """abbr b bdi bdo button cite code data dfn em h1 h2 h3 h4 h5 h6 i kbd label meter output p
            pre progress q rp rt s samp small span strong sub sup time u var"""
        ),
        BLOCKS,
    ),
    **dict.fromkeys(("summary", "legend"), BLOCKS - HEADINGS),
}
_SCRIPTS = _names("script template")
_ITEMS = _SCRIPTS | _names("li")
ONLY_CHILDREN = {
    "ul": _ITEMS,
    "ol": _ITEMS,
    "menu": _ITEMS,
    "dl": _SCRIPTS | _names("dt dd div"),
    "picture": _SCRIPTS | _names("source img"),
}
ONLY_PARENTS = {
    "li": _names("ul ol menu"),
    "dt": _names("dl div"),
    "dd": _names("dl div"),
    "figcaption": _names("figure"),
    "summary": _names("details"),
    "legend": _names("fieldset optgroup"),
    "source": _names("picture video audio"),
    "track": _names("video audio"),
}
# What may not stand in these at any depth.
NOT_INSIDE = {
    "a": _names("a button"),
    "header": _names("header footer address"),
    "footer": _names("header footer address"),
    "main": _names("article aside footer header nav"),
    "form": _names("form"),
    "label": _names("label"),
    "dfn": _names("dfn"),
}
# Elements that react to a click whatever their attributes.
INTERACTIVE = _names("button details embed iframe label select textarea")

# Attributes that name ids of the same page, and on which elements (ARIA's on all).
ID_REFERENCES = {
    "for": _names("label output"),
    "list": _names("input"),
    "form": _names("button fieldset input object output select textarea"),
    "headers": _names("td th"),
    "popovertarget": _names("button input"),
}
ARIA_REFERENCES = _names(
    """aria-activedescendant aria-controls aria-describedby aria-details aria-flowto aria-labelledby
    aria-owns"""
)
