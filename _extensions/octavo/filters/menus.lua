-- Menus: what the header, the sidebars, and the foot lead to.

local elements = require("elements")
local read_file, as_list, is_mapping = elements.read_file, elements.as_list, elements.is_mapping

-- An address from the site's root: Quarto turns those of `_quarto.yml` into ones from the page, with a `../` a folder.
local function root_address(href)
  return (pandoc.utils.stringify(href):gsub("^[./]*/", ""))
end

-- The page that an address within the site leads to, as `page_path` names it.
local function linked_page(href)
  local path = root_address(href):gsub("[?#].*", "")
  if path == "" or path:sub(-1) == "/" then
    path = path .. "index"
  end
  return (pandoc.path.split_extension(path))
end

-- The entries of a menu, those below its entries, too.
local function mark_entries(entries, page)
  for _, entry in ipairs(entries) do
    entry.current = entry.href and linked_page(entry.href) == page
    mark_entries(entry.menu or {}, page)
  end
end

-- A part of the foot: a text, or a list of texts and links.
local function join_foot(part)
  local inlines = pandoc.Inlines({})
  for _, item in ipairs(as_list(part)) do
    local text = is_mapping(item) and item.text or item
    local link = is_mapping(item) and item.href and pandoc.Link(text, pandoc.utils.stringify(item.href))
    inlines:extend(#inlines > 0 and { pandoc.Space() } or {})
    inlines:extend(link and { link } or text)
  end
  return inlines
end

-- The texts of the foot, from left to right.
local function list_foot(stated)
  local foot = pandoc.List({})
  if is_mapping(stated) then
    for _, name in ipairs({ "left", "center", "right" }) do
      foot:extend(stated[name] and { join_foot(stated[name]) } or {})
    end
  elseif stated then
    foot:insert(join_foot(stated))
  end
  return #foot > 0 and foot or nil
end

-- What a page calls itself in its front matter, or its file's name.
local function read_title(path)
  local matter = (read_file(root_address(path)) or ""):match("^%-%-%-\r?\n(.-\n)%-%-%-")
  return matter and pandoc.read("---\n" .. matter .. "---\n", "markdown").meta.title or pandoc.Inlines(linked_page(path))
end

-- The sections of a sidebar with their pages, if this page is among them.
local function list_side(sidebar, page)
  local sections, is_here = pandoc.List({}), false
  local function add(title, entries)
    sections:insert({ title = title, pages = entries:map(function(entry)
      local address = pandoc.utils.stringify(is_mapping(entry) and entry.href or entry)
      local is_current = linked_page(address) == page
      is_here = is_here or is_current
      return { text = is_mapping(entry) and entry.text or read_title(address), href = address, current = is_current }
    end) })
  end
  local contents = as_list(sidebar.contents)
  local loose = contents:filter(function(entry) return not (is_mapping(entry) and entry.section) end)
  if #loose > 0 then
    add(nil, loose)
  end
  for _, entry in ipairs(contents) do
    if is_mapping(entry) and entry.section then
      add(entry.section, as_list(entry.contents))
    end
  end
  local title = sidebar.title
  return is_here and { title = title, label = title and elements.plain_text(title), sections = sections } or nil
end

-- The sidebar of the page.
local function find_side(stated, page)
  for _, sidebar in ipairs(as_list(stated)) do
    local side = is_mapping(sidebar) and list_side(sidebar, page)
    if side then
      return side
    end
  end
end

return { mark_entries = mark_entries, list_foot = list_foot, find_side = find_side }
