-- Quarto's blocks that stand out of the text, as plain HTML that the style sheet lays out: callouts, tabsets, columns,
-- layouts, notes in the margin, tables, and blocks for one format alone.

local CALLOUTS = { note = "Note", tip = "Tip", warning = "Warning", important = "Important", caution = "Caution" }
-- The columns of the page that a layout is measured in.
local COLUMNS = 12

local meta = {}
local tabsets = 0

local function raw(text)
  return pandoc.RawBlock("html", text)
end

local function escape(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

-- The content is in a block of its own: Pandoc would end a heading's section after the element's end.
local function details(attributes, title, content)
  local summary = pandoc.Inlines({ pandoc.RawInline("html", "<summary>") })
  summary:extend(title)
  summary:insert(pandoc.RawInline("html", "</summary>"))
  return pandoc.Blocks({
    raw("<details" .. attributes .. ">"), pandoc.Plain(summary), pandoc.Div(content), raw("</details>"),
  })
end

local function take_class(element, pattern)
  for index, class in ipairs(element.classes) do
    local found = class:match(pattern)
    if found then
      element.classes:remove(index)
      return found
    end
  end
end

local function take_attribute(element, name)
  local value = element.attributes[name]
  element.attributes[name] = nil
  return value
end

-- A callout's title: its first heading, its `title`, or its kind's name.
local function take_title(div, kind, appearance)
  local first = div.content[1]
  local stated = take_attribute(div, "title")
  if first and first.t == "Header" then
    div.content:remove(1)
    return first.content
  end
  local name = meta.language and meta.language["callout-" .. kind .. "-title"]
  return stated and pandoc.Inlines(stated) or appearance ~= "minimal" and pandoc.Inlines(name or CALLOUTS[kind])
end

local function make_callout(div)
  local kind = take_class(div, "^callout%-(%a+)$")
  if not CALLOUTS[kind] then
    return nil
  end
  local collapse, icon = take_attribute(div, "collapse"), take_attribute(div, "icon")
  local appearance = take_attribute(div, "appearance") or "default"
  local title = take_title(div, kind, appearance)
  local class = "notice" .. ((icon == "false" or appearance ~= "default") and " no-icon" or "")
  if collapse and title then
    local id = div.identifier ~= "" and (' id="%s"'):format(escape(div.identifier)) or ""
    local open = collapse == "false" and " open" or ""
    return details(('%s class="%s" data-kind="%s"%s'):format(id, class, kind, open), title, div.content)
  end
  if title then
    div.content:insert(1, pandoc.Div({ pandoc.Plain(title) }, pandoc.Attr("", { "notice-title" })))
  end
  div.attributes["data-kind"], div.attributes.role = kind, "note"
  div.classes:extend(pandoc.List({ "notice", class:match("no%-icon") }))
  return div
end

-- Native disclosure in place of a script: one tab is open, and all of them are found in the page and printed.
local function make_tabset(div)
  if not take_class(div, "^panel%-tabset$") then
    return nil
  end
  tabsets = tabsets + 1
  local first = div.content:find_if(function(block) return block.t == "Header" end)
  local tabs, result = pandoc.List({}), pandoc.Blocks({})
  for _, block in ipairs(div.content) do
    if first and block.t == "Header" and block.level == first.level then
      tabs:insert({ header = block, content = pandoc.Blocks({}) })
    else
      (#tabs > 0 and tabs[#tabs].content or result):insert(block)
    end
  end
  for number, tab in ipairs(tabs) do
    local id = escape(tab.header.identifier)
    local attributes = (' id="%s" name="tabs-%d"%s'):format(id, tabsets, number == 1 and " open" or "")
    result:extend(details(attributes, tab.header.content, tab.content))
  end
  take_attribute(div, "group")
  return pandoc.Div(result, pandoc.Attr(div.identifier, { "tabs" }, { ["data-count"] = tostring(#tabs) }))
end

local function make_layout(cells, spans)
  local content = pandoc.Blocks({})
  for index, cell in ipairs(cells) do
    content:insert(pandoc.Div(cell, pandoc.Attr("", {}, { ["data-span"] = tostring(spans[index]) })))
  end
  return pandoc.Div(content, pandoc.Attr("", { "layout" }))
end

-- Widths in any unit as whole columns of the page.
local function share(widths)
  local total = 0
  for _, width in ipairs(widths) do
    total = total + math.abs(width)
  end
  return widths:map(function(width)
    return math.max(1, math.floor(math.abs(width) / total * COLUMNS + 0.5))
  end)
end

local function make_columns(div)
  if not take_class(div, "^columns$") then
    return nil
  end
  local columns = div.content:filter(function(block)
    return block.t == "Div" and block.classes:includes("column")
  end)
  local widths = columns:map(function(column)
    return tonumber((take_attribute(column, "width") or ""):match("^([%d.]+)%%$")) or 100 / #columns
  end)
  local layout = make_layout(columns:map(function(column) return column.content end), share(widths))
  layout.identifier = div.identifier
  return layout
end

-- What a layout arranges: its blocks, and pictures that stand in one paragraph, each by itself.
local function list_cells(blocks)
  local cells = pandoc.List({})
  for _, block in ipairs(blocks) do
    local images = block.t == "Para" and block.content:filter(function(inline) return inline.t == "Image" end) or {}
    for _, image in ipairs(images) do
      cells:insert(pandoc.Blocks({ pandoc.Para({ image }) }))
    end
    if #images == 0 then
      cells:insert(pandoc.Blocks({ block }))
    end
  end
  return cells
end

-- The widths of each row's cells, or nothing where they can't be read.
local function read_rows(attributes, count)
  if attributes.layout then
    local read, rows = pcall(pandoc.json.decode, attributes.layout, false)
    rows = read and type(rows) == "table" and (type(rows[1]) == "table" and rows or { rows }) or {}
    return type((rows[1] or {})[1]) == "number" and rows or nil
  end
  local nrow = tonumber(attributes["layout-nrow"])
  local columns = tonumber(attributes["layout-ncol"]) or nrow and nrow >= 1 and math.ceil(count / nrow) or 0
  if columns < 1 then
    return nil
  end
  local rows = {}
  for _ = 1, math.ceil(count / columns) do
    table.insert(rows, pandoc.List({ table.unpack({ 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 }, 1, columns) }))
  end
  return rows
end

local function arrange(div)
  -- A cell's code stands above what it arranges.
  local above = div.content:filter(function(block) return block.t == "CodeBlock" end)
  local cells = list_cells(div.content:filter(function(block) return block.t ~= "CodeBlock" end))
  local rows, next_cell = read_rows(div.attributes, #cells), 1
  if not rows then
    return nil
  end
  for _, name in ipairs({ "layout", "layout-ncol", "layout-nrow" }) do
    take_attribute(div, name)
  end
  div.content = above
  for _, row in ipairs(rows) do
    local content = pandoc.List(row):map(function(width)
      next_cell = next_cell + (width < 0 and 0 or 1)
      return width < 0 and {} or cells[next_cell - 1] or {}
    end)
    div.content:insert(make_layout(content, share(pandoc.List(row))))
  end
  for index = next_cell, #cells do
    div.content:extend(cells[index])
  end
  return div
end

local function place_beside(element)
  if take_class(element, "^column%-margin$") or take_class(element, "^aside$") then
    element.classes:insert("margin-note")
    return element
  end
  if take_class(element, "^column%-page") or take_class(element, "^column%-screen") then
    element.classes:insert("wide")
    return element
  end
  if take_class(element, "^column%-body") then
    return element
  end
end

local function find_value(path)
  local value = meta
  for key in path:gmatch("[^.]+") do
    value = type(value) == "table" and value[key] or nil
  end
  return value
end

local CONDITIONS = {
  format = function(value) return value:match("^html") ~= nil end,
  meta = function(value) return find_value(value) and true or false end,
  profile = function(value)
    return ("," .. (os.getenv("QUARTO_PROFILE") or "") .. ","):find("," .. value .. ",", 1, true) ~= nil
  end,
}

-- Content for other formats, profiles, or settings is left out.
local function choose(element)
  local kind = take_class(element, "^content%-(visible)$") or take_class(element, "^content%-(hidden)$")
  if not kind then
    return nil
  end
  local holds = true
  for name, is_met in pairs(CONDITIONS) do
    local wanted, unwanted = take_attribute(element, "when-" .. name), take_attribute(element, "unless-" .. name)
    holds = holds and (not wanted or is_met(wanted)) and not (unwanted and is_met(unwanted))
  end
  return holds == (kind == "visible") and element.content or {}
end

local function shape(element)
  return choose(element) or element.t == "Div" and (make_callout(element) or make_tabset(element)
    or make_columns(element) or arrange(element)) or place_beside(element)
end

local ALIGNMENTS = { AlignLeft = "left", AlignRight = "right", AlignCenter = "center" }

local function each_row(tbl, visit)
  local groups = pandoc.List({ tbl.head.rows })
  for _, body in ipairs(tbl.bodies) do
    groups:extend({ body.head, body.body })
  end
  groups:insert(tbl.foot.rows)
  for _, rows in ipairs(groups) do
    for _, row in ipairs(rows) do
      visit(row)
    end
  end
end

-- How a column is aligned and how wide it is become attributes that the style sheet knows: the Content-Security-Policy
-- blocks inline styles.
local function style_table(tbl)
  local specs = tbl.colspecs
  each_row(tbl, function(row)
    local column = 1
    for _, cell in ipairs(row.cells) do
      local alignment, width = table.unpack(specs[column] or {})
      local name = ALIGNMENTS[cell.alignment] or ALIGNMENTS[alignment]
      cell.attributes["data-align"] = name
      if width and cell.col_span == 1 then
        cell.attributes["data-span"] = tostring(math.max(1, math.floor(width * COLUMNS + 0.5)))
      end
      cell.alignment = "AlignDefault"
      column = column + cell.col_span
    end
  end)
  tbl.colspecs = specs:map(function() return { "AlignDefault", nil } end)
  return tbl
end

-- Of a DataFrame, only the cells.
local function clean_frame(block)
  if not block.format:match("^html") or not block.text:find('class="dataframe"', 1, true) then
    return nil
  end
  block.text = block.text:gsub("%s*<style scoped>.-</style>", ""):gsub(' border="1"', "")
    :gsub(' style="text%-align: %a+;"', ""):gsub(' [vh]align="%a+"', ""):gsub("<th></th>", "<td></td>")
  return block
end

-- Whether the page needs the style sheet for all that is more than text.
local function has_blocks(doc)
  local found = false
  local function find(element)
    -- Quarto keeps texts of its own in a hidden block.
    found = found or not element.classes:includes("hidden") and (element.t ~= "CodeBlock" or #element.classes > 0)
  end
  doc:walk({ Div = find, Figure = find, Table = find, CodeBlock = find })
  return found
end

return {
  {
    Pandoc = function(doc)
      meta, tabsets = doc.meta, 0
      doc = doc:walk({ Div = shape, Span = shape, Table = style_table, RawBlock = clean_frame })
      doc.meta.blocks = has_blocks(doc)
      return doc
    end,
  },
}
