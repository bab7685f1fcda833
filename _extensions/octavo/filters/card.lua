-- Names the page's social card, `card: cards/news.png`, unless the page names a picture of its own or the project's
-- `cards:` is none; the template makes the tags of it. octavo/documents/cards.py draws it, under the page's path.

local function page_path()
  local file = quarto and quarto.doc.input_file or PANDOC_STATE.input_files[1] or ""
  local root = quarto and quarto.project.directory or pandoc.system.get_working_directory()
  local path = pandoc.path.split_extension(pandoc.path.make_relative(file, root))
  return (path:gsub("\\", "/"))
end

function Meta(meta)
  local choice = meta.cards == nil and "all" or pandoc.utils.stringify(meta.cards)
  if not meta["site-url"] or choice == "none" or choice == "false" then
    meta.card = nil
  elseif not meta.card then
    meta.card = "cards/" .. page_path() .. ".png"
  end
  return meta
end
