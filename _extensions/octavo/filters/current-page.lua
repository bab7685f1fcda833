-- Marks the page that is being rendered: `current: true` at its entry of `nav:`, `home-page: true` on the
-- home page; the template makes `aria-current="page"` of it. Under Quarto the page's file is
-- `quarto.doc.input_file`; under plain Pandoc it is the first input file.

local function page_name()
  local file = quarto and quarto.doc.input_file or PANDOC_STATE.input_files[1] or ""
  local name = pandoc.path.filename(file)
  return (pandoc.path.split_extension(name))
end

local function target_name(href)
  return (pandoc.path.split_extension(pandoc.path.filename(pandoc.utils.stringify(href))))
end

function Meta(meta)
  local page = page_name()
  meta["home-page"] = page == "index"
  for _, entry in ipairs(meta.nav or {}) do
    entry.current = target_name(entry.href) == page
  end
  return meta
end
