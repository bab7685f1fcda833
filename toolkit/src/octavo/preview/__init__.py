"""The live preview: edit a page, a table, the package, a template or a style, and the browser shows it.

    watching ──▶ builder ──▶ keeper (a process) ──▶ building (a process for each build, forked from the keeper)
                    │
                    ▼
                  status ──▶ server ──▶ the browser, told by an event stream

The keeper has the libraries loaded and nothing of this package, so each build sees the package as it stands on disk.
Whatever the preview adds to a page it adds while serving it; nothing of it is ever in a built site.
"""
