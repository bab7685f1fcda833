"""Small old sites that contain everything the readers can import."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from pypdf import PdfWriter

from tests.renderer.small import write_files

# ruff: noqa: E501  lines are as the sites have them

AL_FOLIO = {
    "_config.yml": """\
title: blank
first_name: Lise
middle_name:
last_name: Meitner
email: lise@meitner.example
url: https://meitner.example
baseurl: /home
scholar_userid: abcDEF123
orcid_id: 0000-0002-1825-0097
google_analytics: G-12345
contact_note: Write to me *in German*.
""",
    "_data/socials.yml": """\
github_username: lise
mastodon_username: "@lise@social.example"
rss_icon: true
wechat_qr: me.png
cv_pdf: /assets/pdf/own.pdf
elsewhere:
  title: Custom Social
  logo: https://www.alberteinstein.com/icon.png
  url: https://www.alberteinstein.com/
lab:
  title: The Lab
  logo: /assets/img/lab.svg
  url: https://lab.example/
""",
    "_data/repositories.yml": "github_repos: [jekyll/jekyll, lise/recoil]\n",
    "_data/coauthors.yml": """\
hahn:
  - firstname: [Otto, O.]
    url: https://hahn.example
rosen:
  - firstname: [Nathan]
    url: https://rosen.example
""",
    "_data/cv.yml": """\
- title: General Information
  type: map
  contents:
    - {name: Full Name, value: Lise Meitner}
- title: Education
  type: time_table
  contents:
    - title: Dr. phil.
      institution: University of Vienna
      year: 1901 - 1906
      description: [Advised by *Franz Exner*., Thesis on heat, With honors]
- title: Honors and Awards
  type: time_table
  contents:
    - year: 1949
      items: [Max Planck Medal]
- title: Hobbies
  type: list
  contents: [Walking]
""",
    "_bibliography/papers.bib": """\
@article{fission,
  title={Disintegration of Uranium by Neutrons}, author={Meitner, Lise* and Hahn, Otto}, journal={Nature}, year={1939},
  annotation={* Equal contribution},
  pdf={fission.pdf}, slides={https://example.org/slides}, code={https://example.org/code}, preview={fission.png},
  selected={true}, abbr={Nature}, bibtex_show={true}
}
""",
    "_news/one.md": "---\ndate: 1938-12-21 10:00:00-0400\ninline: true\n---\n\nA letter **from Berlin**. :sparkles:\n",
    "_news/two.md": "---\ntitle: Prize\ndate: 1949-05-01\ninline: false\n---\n\nIn Stockholm, see the [CV]({{ site.baseurl }}/cv/).\n",
    "_news/three.md": "---\ndate: 2015-10-22\ninline: true\n---\n\nA simple inline announcement.\n",
    "_teachings/atoms.md": "---\ntitle: Atoms\ninstitution: University of Berlin\nterm: Fall\nyear: 1926\n---\n",
    "_projects/ring.md": """\
---
title: Recoil
description: Atoms that <b>jump</b>
img: assets/img/recoil.png
importance: 2
---

# How

{% include figure.liquid path="assets/img/detail.png" title="A recoil" class="img-fluid" %}

{% highlight python %}
print(1)
{% endhighlight %}

See [the old page](/somewhere/else/) and the [notes](/assets/pdf/notes.pdf).
""",
    "_projects/1_project.md": "---\ntitle: project 1\n---\n\nA sample.\n",
    "_posts/1938-12-24-walk.md": """\
---
title: A walk in the snow
tags: fission letters
---

```markdown
# A heading
```

$$E = mc^2$$ it was. {% twitter https://x.com/a %}

<script>alert(1)</script>
""",
    "_pages/about.md": """\
---
layout: about
permalink: /
subtitle: Professor at the <a href="#">Kaiser Wilhelm Institute</a>
profile:
  image: me.png
  more_info: <p>Berlin-Dahlem</p>
---

See the [questions](https://meitner.example/home/faq/#when), [a course](https://meitner.example/home/course/),
and [its project](/projects/ring/). I study **radioactivity**, and <a href='https://hahn.example'>Otto</a> does chemistry.<br>

#### Contact

<img src="https://elsewhere.example/picture.png" alt="A picture">
""",
    "_pages/questions.md": "---\ntitle: questions\npermalink: /faq/\nnav: true\n---\n\nAsk me on Fridays.\n",
    "_pages/teaching.md": "---\ntitle: teaching\nnav: true\nnav_order: 2\n---\n\n" + "I teach physics. " * 15,
    "_pages/books.md": "---\ntitle: books\n---\n\n{% for book in site.books %}{{ book.title }}{% endfor %}\n",
    "_pages/map.md": "---\ntitle: map\n---\n\n<div>{% include map.liquid %}</div>\n",
    "_books/one.md": "---\ntitle: A Book\n---\n",
    "assets/pdf/fission.pdf": "",
    "assets/pdf/notes.pdf": "",
    "assets/pdf/own.pdf": "",
    "assets/pdf/unused.pdf": "",
    "secret.txt": "not an asset",
}

ACADEMICPAGES = {
    "_config.yml": """\
title: Lise Meitner's site
url: https://meitner.example
author:
  name: Lise Meitner
  avatar: me.png
  bio: Physicist
  employer: Kaiser Wilhelm Institute
  location: Berlin
  pronouns: she/her
  email: lise@meitner.example
  googlescholar: https://scholar.google.com/citations?user=abc
  orcid: https://orcid.org/0000-0002-1825-0097
  github: lise
  research_gate: https://www.researchgate.net/profile/Lise
comments: {provider: disqus}
""",
    "_pages/about.md": "---\npermalink: /\ntitle: About\n---\n\nNuclei\n======\n\nSee [my thesis](https://meitner.example/files/thesis.pdf).\n",
    "_pages/cv.md": "---\ntitle: Research\npermalink: /cv/\n---\n\n{% include base_path %}\n\n"
    + "I split atoms. " * 20
    + "See [the counter](/portfolio/counter/).\n\n![A chart](https://meitner.example/images/me.png)\n",
    "_pages/terms.md": "---\npermalink: /terms/\ntitle: Terms\n---\n\n"
    + "This site uses log files to help learn. " * 9,
    "_data/navigation.yml": """\
main:
  - {title: My Research, url: /cv/}
  - {title: Lab, url: "https://lab.example/"}
  - {title: Talks, url: /talks/}
""",
    "_publications/1939-02-11-fission.md": """\
---
title: "Disintegration of Uranium by Neutrons"
collection: publications
category: manuscripts
permalink: /publication/fission
excerpt: 'What happens to <i>uranium</i>.'
date: 1939-02-11
venue: 'Nature'
paperurl: '/files/fission.pdf'
citation: 'Meitner, L., &amp; <b>Frisch, O. R.</b> (1939). &quot;Disintegration of Uranium by Neutrons.&quot; <i>Nature</i>.'
---

[Download paper here](/files/fission.pdf)

A longer abstract.
""",
    "_publications/1999-01-01-unsigned.md": "---\ntitle: Notes\nvenue: Nature\npaperurl: https://example.org/x\ndate: 1999-01-01\n---\n",
    "_talks/1946-01-01-talk.md": """\
---
title: "Atoms"
collection: talks
type: "Invited Talk"
venue: "36<sup>th</sup> Meeting"
date: 1946-01-01
location: "Washington, USA"
---

About [fission](https://example.org/fission).
""",
    "_talks/2012-03-01-talk-1.md": "---\ntitle: Talk 1 on Relevant Topic in Your Field\n---\n",
    "_teaching/1926.md": "---\ntitle: Physics\ntype: Undergraduate course\nvenue: University of Berlin\ndate: 1926-10-01\n---\n",
    "_portfolio/counter.md": "---\ntitle: Counter\nexcerpt: A device<br/><img src='/images/x.png'>\n---\n\nIt counts.\n",
    "_data/cv.json": '{"basics": {"name": "Your Sidebar Name"}, "education": [{"area": "Ph.D in Version Control"}]}',
    "files/fission.pdf": "",
    "files/thesis.pdf": "",
}

HUGOBLOX_OF_2026 = {
    "config/_default/hugo.yaml": "baseURL: https://meitner.example/\n",
    "config/_default/params.yaml": "marketing: {analytics: {google_analytics: G-1}}\nfeatures: {comment: {provider: giscus}}\n",
    "config/_default/menus.yaml": "main: [{name: privacy, url: /privacy/}, {name: Home, url: '/#about'}]\n",
    "content/_index.md": """\
---
sections:
  - block: resume-biography
    content: {button: {text: CV, url: uploads/cv.pdf}}
  - block: markdown
    content: {title: Now, text: "Writing [my memoirs](/blog/memoirs/)."}
  - block: collection
    content: {title: Posts}
---
""",
    "content/privacy.md": "---\ntitle: Privacy\n---\n\nNothing is stored.\n",
    "content/blog/memoirs/index.md": """\
---
title: Memoirs
date: 1963-01-01
---

{{< figure src="snow.png" caption="Snow in Kungälv" >}}

It was {{< math >}}$E$ = 200 MeV{{< /math >}}.
""",
    "static/uploads/cv.pdf": "",
    "static/uploads/thesis.pdf": "",
    "data/authors/me.yaml": """\
schema: hugoblox/author/v1
name: {display: Dr. Lise Meitner, given: Lise, family: Meitner, pronouns: she/her}
role: Physicist
bio: I study **nuclei**.
affiliations: [{name: Kaiser Wilhelm Institute, url: ''}]
links:
  - {icon: at-symbol, url: 'mailto:lise@meitner.example', label: E-mail Me}
  - {icon: brands/github, url: 'https://github.com/lise'}
education:
  - {degree: Dr. phil., institution: University of Vienna, start: 1901-09-01, end: 1906-02-01,
     button: {text: Download the thesis, url: uploads/thesis.pdf}}
experience:
  - {role: Professor, org: University of Berlin, start: 1926-01-01, summary: The first woman.}
awards:
  - {title: Max Planck Medal, awarder: DPG, date: "1949-09-01"}
skills: [{name: Technical Skills}]
""",
    "content/publications/fission/index.md": """\
---
title: Disintegration of Uranium by Neutrons
authors: [me, Otto Frisch]
date: 1939-02-11
publication_types: [article-journal]
publication: In *Nature*
---
""",
    "content/events/atoms/index.md": """\
---
title: Atoms
event_name: A Meeting
location: Washington
date: 2025-01-01
event_start: '1946-01-01T13:00:00Z'
links:
  - {icon: brands/youtube, url: 'https://youtu.be/atoms'}
  - {icon: book-open, url: 'https://meitner.example/book'}
---
""",
}

HUGOBLOX = {
    "config/_default/hugo.yaml": "baseURL: https://meitner.example/\n",
    "content/authors/admin/_index.md": """\
---
title: Lise Meitner
role: Physicist
organizations: [{name: Kaiser Wilhelm Institute, url: ''}]
education:
  courses:
    - {course: Dr. phil., institution: University of Vienna, year: 1901/9 - 1906/2}
social:
  - {icon: github, link: 'https://github.com/lise'}
  - {icon: envelope, link: '/#contact'}
---

I study nuclei.
""",
    "content/publication/fission/index.md": """\
---
title: Disintegration of Uranium by Neutrons
authors: [admin, Otto Frisch]
date: 1939-02-11
publication_types: [article-journal]
publication: In *Nature*
---
""",
    "content/event/atoms/index.md": "---\ntitle: Atoms\nevent: A Meeting\nlocation: Washington\ndate: 1946-01-01\n---\n",
    "content/project/recoil/index.md": "---\ntitle: Recoil\nsummary: Atoms that jump\n---\n\nText.\n",
    "content/post/walk/index.md": "---\ntitle: A walk\ndate: 1938-12-24\ntags: [Fission]\n---\n\n![Snow](snow.png)\n",
}
_FILES = {
    "al_folio": AL_FOLIO,
    "academicpages": ACADEMICPAGES,
    "hugoblox": HUGOBLOX,
    "hugoblox_of_2026": HUGOBLOX_OF_2026,
}
_PICTURES = {
    "hugoblox_of_2026": ("assets/media/authors/me.png", "content/blog/memoirs/snow.png"),
    "al_folio": (
        "assets/img/me.png",
        "assets/img/recoil.png",
        "assets/img/detail.png",
        "assets/img/publication_preview/fission.png",
    ),
    "academicpages": ("images/me.png",),
    "hugoblox": (
        "content/authors/admin/avatar.png",
        "content/project/recoil/featured.png",
        "content/post/walk/snow.png",
    ),
}


def make_old_site(template: str, folder: Path) -> Path:
    """A site made with this template, in the new folder."""
    files = _FILES[template]
    write_files(folder, files)
    writer, document, buffer = PdfWriter(), io.BytesIO(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(document)
    for path in files:
        if path.endswith(".pdf"):
            (folder / path).write_bytes(document.getvalue())
    Image.linear_gradient("L").resize((900, 600)).save(buffer, format="PNG")
    for path in _PICTURES[template]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(buffer.getvalue())
    return folder
