"""Draw the example's pictures: a portrait of nobody in particular, and a diagram for each paper by its topic.

    ../../.venv/bin/python draw_pictures.py

The diagrams are SVG, the portrait is a PNG. Running it again changes no byte.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path

from PIL import Image, ImageDraw

from octavo.model.publications import Publication
from octavo.tables.rows import load_rows

HERE = Path(__file__).parent
WIDTH, HEIGHT = 320, 240
PAPER, PLUM, ROSE, OCHRE, GRAY = "#f6f0f4", "#6b2a5b", "#c58bb6", "#d9a441", "#8b8089"


def tag(name: str, **attributes: object) -> str:
    """An SVG element without content."""
    pairs = (f'{key.strip("_").replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f"<{name} {' '.join(pairs)}/>"


def point(center: tuple[float, float], radius: float, turn: float) -> tuple[float, float]:
    """The point at this share of a full turn on a circle, from its top."""
    angle = 2 * math.pi * turn
    return round(center[0] + radius * math.sin(angle), 1), round(center[1] - radius * math.cos(angle), 1)


def draw_orbit(number: int) -> Iterator[str]:
    """Invariants: a star polygon, which the rotations of its points leave as it is."""
    points = 5 + number % 7
    step = next(step for step in range(2, points) if math.gcd(step, points) == 1)
    corners = [point((160, 120), 95, index * step / points) for index in range(points)]
    yield tag("polygon", points=" ".join(f"{x},{y}" for x, y in corners), fill=ROSE, fill_opacity=0.35, stroke=PLUM)
    for x, y in corners:
        yield tag("circle", cx=x, cy=y, r=5, fill=PLUM)


def draw_tower(number: int) -> Iterator[str]:
    """Fields: a tower of extensions, as a lattice."""
    wide = 2 + number % 3
    middle = [(160 + 70 * (index - (wide - 1) / 2), 120) for index in range(wide)]
    for x, y in middle:
        for end in ((160, 35), (160, 205)):
            yield tag("line", x1=x, y1=y, x2=end[0], y2=end[1], stroke=PLUM, stroke_width=2)
    for (x, y), color in zip([*middle, (160, 35), (160, 205)], [ROSE] * wide + [OCHRE, PLUM], strict=True):
        yield tag("circle", cx=x, cy=y, r=13, fill=color)


def draw_chain(number: int) -> Iterator[str]:
    """Ideals: an ascending chain that becomes stationary."""
    rings = 4 + number % 4
    for index in range(rings, 0, -1):
        radius = round(100 * index / rings, 1)
        yield tag("circle", cx=160, cy=220 - radius, r=radius, fill=PLUM, fill_opacity=0.16, stroke=PLUM)


def draw_paths(number: int) -> Iterator[str]:
    """Calculus of variations: paths between two points, and the stationary one among them."""
    count = 5 + 2 * (number % 2)
    for index in range(count):
        bend = 110 * (2 * index / (count - 1) - 1)
        is_middle = index == count // 2
        yield tag(
            "path",
            d=f"M40 190C110 {150 - bend:.1f} 210 {90 - bend:.1f} 280 50",
            fill="none",
            stroke=PLUM if is_middle else ROSE,
            stroke_width=4 if is_middle else 1.5,
        )
    for x, y in ((40, 190), (280, 50)):
        yield tag("circle", cx=x, cy=y, r=7, fill=OCHRE)


def draw_table(number: int) -> Iterator[str]:
    """Noncommutative algebra: the multiplication table of the permutations of three things."""
    group = list(permutations(range(3)))
    shades = (PLUM, ROSE, OCHRE, GRAY, "#e8cfe1", "#a0568c")
    for row, one in enumerate(group):
        for column, other in enumerate(group):
            product = group.index(tuple(one[index] for index in other))
            color = shades[(product + number) % len(shades)]
            yield tag("rect", x=64 + 32 * column, y=24 + 32 * row, width=30, height=30, rx=3, fill=color)


def draw_blocks(number: int) -> Iterator[str]:
    """Representations: a matrix that falls into blocks."""
    sizes = ((1, 2, 3), (2, 1, 1, 2), (1, 1, 4), (3, 2, 1))[number % 4]
    yield tag("rect", x=64, y=24, width=192, height=192, fill="none", stroke=GRAY)
    start = 0
    for index, size in enumerate(sizes):
        x, y = 64 + 32 * start, 24 + 32 * start
        yield tag("rect", x=x, y=y, width=32 * size, height=32 * size, fill=(PLUM, ROSE, OCHRE)[index % 3])
        start += size


def draw_primes(number: int) -> Iterator[str]:
    """Number theory: a prime that falls into several in an extension."""
    parts = 2 + number % 4
    for index in range(parts):
        x = round(160 + 200 * (index / (parts - 1) - 0.5), 1)
        yield tag("path", d=f"M160 200C160 120 {x} 140 {x} 60", fill="none", stroke=PLUM, stroke_width=3)
        yield tag("circle", cx=x, cy=55, r=12, fill=(ROSE, OCHRE)[index % 2])
    yield tag("circle", cx=160, cy=203, r=15, fill=PLUM)


DIAGRAMS: dict[str, Callable[[int], Iterator[str]]] = {
    "Invariants": draw_orbit,
    "Fields": draw_tower,
    "Ideals": draw_chain,
    "Calculus of variations": draw_paths,
    "Noncommutative algebra": draw_table,
    "Representations": draw_blocks,
    "Number theory": draw_primes,
}


def draw_paper(paper: Publication, number: int) -> str:
    """The diagram of a paper's topic; the number varies it."""
    ground = tag("rect", width=WIDTH, height=HEIGHT, fill=PAPER)
    content = "\n".join([ground, *DIAGRAMS[paper.topics[0]](number)])
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n{content}\n</svg>\n'


def draw_portrait() -> Image.Image:
    """Head and shoulders in flat colors, without a face."""
    image = Image.new("RGB", (1440, 1872), "#e3d3de")
    draw = ImageDraw.Draw(image)
    draw.ellipse((330, 150, 1110, 930), fill="#3d2b2b")  # hair, and its knot
    draw.ellipse((560, 60, 880, 330), fill="#3d2b2b")
    draw.ellipse((150, 1250, 1290, 2500), fill=PLUM)
    draw.rounded_rectangle((590, 950, 850, 1370), 110, fill="#dcb497")
    draw.ellipse((420, 300, 1020, 1110), fill="#e8c4a8")
    draw.pieslice((400, 230, 1040, 880), 180, 360, fill="#3d2b2b")
    draw.polygon([(560, 1290), (720, 1520), (880, 1290), (960, 1330), (720, 1700), (480, 1330)], fill="#f6f0f4")
    for left in (475, 745):  # glasses
        draw.ellipse((left, 620, left + 220, 840), outline="#2a2024", width=14)
    draw.line((695, 720, 745, 720), fill="#2a2024", width=14)
    return image.resize((720, 936), Image.Resampling.LANCZOS).quantize(64)


def main() -> None:
    """Write all pictures."""
    folder = HERE / "assets" / "papers"
    folder.mkdir(parents=True, exist_ok=True)
    for number, paper in enumerate(load_rows(Publication, HERE / "data")):
        (folder / f"{paper.id}.svg").write_text(draw_paper(paper, number), encoding="utf-8")
    draw_portrait().save(HERE / "assets" / "portrait.png", optimize=True)


if __name__ == "__main__":
    main()
