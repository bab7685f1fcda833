-- What the page's head needs and no metadata gives.
--
-- `card`: the page's social card, `cards/news.png`, unless the page names a picture of its own or the project's
-- `cards:` is none. octavo/documents/cards.py draws it, under the page's path.
--
-- `site-name`: the site's title without markup, for `<title>` and attributes, where tags would be text and a
-- quotation mark would end the value.

local ENTITIES = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }

local function page_path()
  local file = quarto and quarto.doc.input_file or PANDOC_STATE.input_files[1] or ""
  local root = quarto and quarto.project.directory or pandoc.system.get_working_directory()
  local path = pandoc.path.split_extension(pandoc.path.make_relative(file, root))
  return (path:gsub("\\", "/"))
end

local function name_card(meta)
  local choice = meta.cards == nil and "all" or pandoc.utils.stringify(meta.cards)
  if not meta["site-url"] or choice == "none" or choice == "false" then
    return nil
  end
  return meta.card or "cards/" .. page_path() .. ".png"
end

function Meta(meta)
  meta.card = name_card(meta)
  if meta["site-title"] then
    local text = pandoc.utils.stringify(meta["site-title"]):gsub('[&<>"]', ENTITIES)
    meta["site-name"] = pandoc.RawInline("html", text)
  end
  return meta
end
