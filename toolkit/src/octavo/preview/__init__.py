"""The live preview: edit a page, a table, the package, a template or a style, and the browser shows it.

    watching ──▶ builder ──▶ the build command, a process for each build
                    │
                    ▼
                  status ──▶ server ──▶ the browser, which follows an event stream

Whatever the preview adds to a page, it adds while serving it; a built site contains none of it.
"""
