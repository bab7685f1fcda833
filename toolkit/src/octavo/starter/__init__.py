"""A new site: the code of this one with another researcher's name, address and tables.

What a site takes from here is the code: package, format, scripts, tests, and the pages that hold no prose. What it
gets anew is what a person writes: tables, home page, name and address in `_quarto.yml`, the README's first lines.
A record of the code as it was taken lets later improvements be taken too, without touching what the owner has changed.
"""
