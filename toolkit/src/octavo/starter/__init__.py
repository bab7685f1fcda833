"""A new site, and its upgrades.

What the engine owns in a site (the format, the scripts, the workflow) comes from this package as it stands; a record of
it shows later which files the owner has changed. What the owner writes (tables, pages, configuration) is filled in once
and never touched again.
"""
