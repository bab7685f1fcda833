"""A small valid site, and ways to break it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

URL = "https://example.org/~noether/"

INDEX = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Emmy Noether</title>
<meta name="description" content="Algebra">
<link rel="canonical" href="https://example.org/~noether/">
<meta property="og:image" content="https://example.org/~noether/picture.png">
<link rel="stylesheet" href="style.css">
<link rel="alternate" type="application/atom+xml" href="feed.xml">
<script src="script.js" type="module"></script>
<script type="application/ld+json">{"@type": "Person"}</script>
</head>
<body>
<a href="#main">Skip</a>
<main id="main">
<h1>Emmy Noether</h1>
<p>Read <a href="papers/ideals.html#proof">the proof</a>, or <a href="https://example.com/">elsewhere</a>.</p>
<img src="picture.png" alt="A ring" width="20" height="10">
<ul>
<li><a href="mailto:noether@example.org">Write</a>
<li><a href="papers/">All papers</a>
</ul>
</main>
</body>
</html>
"""

PAPER = """<!DOCTYPE html>
<html lang="de">
<head><meta charset="utf-8"><title>Idealtheorie</title><meta name="description" content="1921">
<link rel="stylesheet" href="../style.css"></head>
<body><h1>Idealtheorie</h1><p id="proof">Beweis in <a href="/~noether/index.html">Göttingen</a></p></body>
</html>
"""

FEED = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>https://example.org/~noether/</id>
<title>News</title>
<updated>2025-11-03T00:00:00Z</updated>
<author><name>Emmy Noether</name></author>
<entry>
<id>https://example.org/~noether/papers/ideals.html</id>
<title type="html">Ideals &lt;i&gt;in&lt;/i&gt; rings</title>
<updated>2025-11-03T00:00:00+01:00</updated>
<link href="https://example.org/~noether/papers/ideals.html"/>
</entry>
</feed>
"""

RSS = """<rss version="2.0"><channel>
<title>News</title><link>https://example.org/~noether/</link><description>All</description>
<item>
<title>Ideals</title><link>https://example.org/~noether/papers/ideals.html</link><guid>1</guid>
<pubDate>Mon, 03 Nov 2025 00:00:00 +0000</pubDate>
</item>
</channel></rss>
"""

JSON_FEED = """{
"version": "https://jsonfeed.org/version/1.1", "title": "News", "home_page_url": "https://example.org/~noether/",
"items": [{"id": "1", "url": "https://example.org/~noether/papers/ideals.html",
"content_html": "<p>Ideals</p>", "date_published": "2025-11-03T00:00:00Z"}]
}
"""

SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://example.org/~noether/index.html</loc><lastmod>2025-11-03</lastmod></url>
<url><loc>https://example.org/~noether/papers/ideals.html</loc></url>
</urlset>
"""

NOT_FOUND = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Not found</title><meta name="description" content="404">
<link rel="stylesheet" href="/~noether/style.css"></head>
<body><h1>Not found</h1><a href="/~noether/">Home</a></body></html>
"""

# One black pixel.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010100000000376ef924"
    "0000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)

FILES: Mapping[str, str] = {
    "index.html": INDEX,
    "404.html": NOT_FOUND,
    "papers/index.html": PAPER.replace("Idealtheorie", "Papers"),
    "papers/ideals.html": PAPER,
    "style.css": '/* url("nowhere.png") */\nmain { background: url(picture.png) }\n',
    "script.js": 'import { sort } from "./sort.js";\nsort();\n',
    "sort.js": "export function sort() {}\n",
    "picture.png": PICTURE.decode(errors="surrogateescape"),
    "feed.xml": FEED,
    "rss.xml": RSS,
    "feed.json": JSON_FEED,
    "sitemap.xml": SITEMAP,
    "robots.txt": "Sitemap: https://example.org/~noether/sitemap.xml\n",
    "llms.txt": "# Emmy Noether\n\n- [Ideals](https://example.org/~noether/papers/ideals.html): 1921\n",
}


def write_site(folder: Path, changes: Mapping[str, str | tuple[str, str] | None] | None = None) -> Path:
    """Write the site into `folder`; a change is a file's new text, a replacement in it, or None to remove it."""
    files: dict[str, str | None] = dict(FILES)
    for path, change in (changes or {}).items():
        if isinstance(change, tuple):
            old, new = change
            assert FILES[path].count(old) == 1, f"{path} doesn't have {old!r} exactly once"
            files[path] = FILES[path].replace(old, new)
        else:
            files[path] = change
    for path, text in files.items():
        if text is not None:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text.encode("utf-8", errors="surrogateescape"))
    return folder
