"""Citing: abstracts and BibTeX that open in place, are copied and saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.explorer import ALL, choose


def test_abstract_and_bibtex_open_in_place(explore) -> None:
    page = explore()
    item = page.locator("#publications-zebra")
    item.locator("summary", has_text="Abstract").click()
    expect(item.get_by_text("Stripes, counted by groups.")).to_be_visible()
    expect(item.locator(".copy")).to_be_hidden()
    item.locator("summary", has_text="BibTeX").click()
    expect(item.locator(".copy")).to_be_visible()


def test_copying_copies_the_entry_and_says_so(explore) -> None:
    page = explore(permissions=["clipboard-read", "clipboard-write"])
    item = page.locator("#publications-zebra")
    item.locator("summary", has_text="BibTeX").click()
    item.get_by_role("button", name="Copy").click()
    expect(item.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == item.locator("pre").text_content()
    expect(item.get_by_role("button", name="Copy", exact=True)).to_be_visible()


def test_copying_works_without_access_to_the_clipboard(explore) -> None:
    page = explore()
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    item = page.locator("#publications-zebra")
    item.locator("summary", has_text="BibTeX").click()
    item.get_by_role("button", name="Copy").click()
    expect(item.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("getSelection().toString()").startswith("@article{zebra,")


def test_the_papers_own_page_has_a_copy_button_too(visit: Callable[..., Page]) -> None:
    page = visit("papers", "publications/zebra.html", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("@article{zebra,")


def test_the_publications_shown_can_be_saved_in_their_order(explore, tmp_path: Path) -> None:
    page = explore("?sort=title")
    save = page.get_by_role("button", name="as BibTeX")
    expect(save).to_be_hidden()  # the whole list is one link away
    choose(page, "Year", "2024")
    with page.expect_download() as download:
        page.get_by_role("button", name="These 2 as BibTeX").click()
    assert download.value.suggested_filename == "publications.bib"
    download.value.save_as(tmp_path / "saved.bib")
    text = (tmp_path / "saved.bib").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("@")] == [
        "@inproceedings{counting,",
        "@article{zebra,",
    ]
    assert (
        text
        == "\n\n".join(page.locator(f"#publications-{name} pre").text_content() or "" for name in ("counting", "zebra"))
        + "\n"
    )


def test_one_link_has_the_whole_list(explore, build: Callable[[str], Path]) -> None:
    page = explore(java_script_enabled=False)
    link = page.get_by_role("link", name="All as BibTeX")
    expect(link).to_be_visible()
    answer = page.request.get(str(link.evaluate("link => link.href")))
    assert answer.ok
    assert all(f"{{{name}," in answer.text() for name in ALL)
