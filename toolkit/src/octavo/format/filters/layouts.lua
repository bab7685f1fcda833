-- Columns, layouts, and tables: how wide each part is becomes attributes that the style sheet knows, as the
-- Content-Security-Policy blocks inline styles. And places for lists of pages, which the post-render script fills.

local elements = require("elements")
local take_attribute, take_class = elements.take_attribute, elements.take_class

-- The columns of the page that a layout is measured in.
local COLUMNS = 12

local options = {}

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

-- The sizes of screens in the classes of a Bootstrap grid, the nearest to the text's own last.
local SIZES = { "", "xxl%-", "xl%-", "lg%-", "sm%-", "md%-" }

local function is_grid_cell(block)
  return block.t == "Div" and block.classes:find_if(function(class) return class:match("^g%-col%-") end) ~= nil
end

local function take_span(block)
  local span = COLUMNS
  for _, size in ipairs(is_grid_cell(block) and SIZES or {}) do
    span = tonumber(take_class(block, "^g%-col%-" .. size .. "(%d+)$") or "") or span
  end
  return math.min(span, COLUMNS)
end

-- A grid of Bootstrap's, `.grid` with `.g-col-6` in it, as rows.
local function make_grid(div)
  if not div.classes:includes("grid") or not div.content:find_if(is_grid_cell) then
    return nil
  end
  local rows, cells, spans, left = pandoc.Blocks({}), pandoc.List({}), pandoc.List({}), COLUMNS
  local function end_row()
    if left > 0 then
      cells:insert({})
      spans:insert(left)
    end
    rows:insert(make_layout(cells, spans))
    cells, spans, left = pandoc.List({}), pandoc.List({}), COLUMNS
  end
  for _, block in ipairs(div.content) do
    local span = take_span(block)
    if span > left then
      end_row()
    end
    cells:insert(block.t == "Div" and block.attr == pandoc.Attr() and block.content or { block })
    spans:insert(span)
    left = left - span
  end
  end_row()
  take_class(div, "^grid$")
  div.content = rows
  return div
end

-- The items of a layout: its blocks, and each of several pictures in one paragraph.
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

-- The widths of each row's cells, or nothing if they are invalid.
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
  -- A cell's code is above its layout.
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

-- Styles of tables, by Quarto's names.
local TABLE_LOOKS = { striped = "table-striped", hover = "table-hover", bordered = "table-bordered",
  borderless = "table-borderless", sm = "table-sm" }

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

local function read_numbers(stated)
  local numbers = pandoc.List({})
  for _, part in ipairs(type(stated) == "table" and stated or { stated }) do
    local text = type(part) == "number" and tostring(part) or pandoc.utils.stringify(part)
    for number in text:gmatch("[%d.]+") do
      numbers:insert(tonumber(number))
    end
  end
  return numbers
end

-- The widths of columns as shares of the whole: as `tbl-colwidths` states them, `[75,25]`, or as Pandoc read them.
local function list_widths(tbl, stated)
  local widths, total = read_numbers(stated), 0
  if #widths == 0 then
    local is_off = stated == false or stated == "false"
    return tbl.colspecs:map(function(spec) return not is_off and spec[2] end)
  end
  widths = tbl.colspecs:map(function(_, column)
    local width = widths[column] or widths[#widths]
    total = total + width
    return width
  end)
  return widths:map(function(width) return width / math.max(total, 100) end)
end

local function style_table(tbl)
  tbl.classes = tbl.classes:map(function(class) return TABLE_LOOKS[class] or class end)
  local stated = take_attribute(tbl, "tbl-colwidths") or options["tbl-colwidths"]
  local widths = list_widths(tbl, stated)
  if quarto and stated ~= nil then
    tbl.attributes["tbl-colwidths"] = "true" -- or Quarto would set the page's widths in an inline style
  end
  local specs = tbl.colspecs
  each_row(tbl, function(row)
    local column = 1
    for _, cell in ipairs(row.cells) do
      local alignment = (specs[column] or {})[1]
      local width = widths[column]
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

-- A cell's `tbl-colwidths` are those of its tables. Captions are where the stylesheet has them.
local function hand_widths_on(div)
  for _, name in ipairs({ "cap-location", "fig-cap-location", "tbl-cap-location" }) do
    take_attribute(div, name)
  end
  local widths = take_attribute(div, "tbl-colwidths")
  return widths and div:walk({
    Table = function(tbl)
      tbl.attributes["tbl-colwidths"] = tbl.attributes["tbl-colwidths"] or widths
      return tbl
    end,
  })
end

-- The ids of the lists that `listing:` asks for, as Quarto gives them.
local function list_ids(listing)
  local function read_id(each, otherwise)
    local id = pandoc.utils.type(each) == "table" and each.id
    return id and pandoc.utils.stringify(id) or otherwise
  end
  if pandoc.utils.type(listing) ~= "List" then
    return { read_id(listing, "listing") }
  end
  local unnamed = 0
  return listing:map(function(each)
    unnamed = unnamed + (read_id(each) and 0 or 1)
    return read_id(each, "listing-" .. unnamed)
  end)
end

-- A list appears in the block with its id, or at the page's end. The id is hidden from Quarto, which would put its own
-- list there.
local function place_list(doc, id)
  local place, is_placed = elements.raw(('<div data-listing="%s"></div>'):format(elements.escape(id))), false
  doc = doc:walk({
    Div = function(div)
      if div.identifier == id then
        is_placed = true
        return place
      end
    end,
  })
  if not is_placed then
    doc.blocks:insert(place)
  end
  return doc
end

return {
  {
    Pandoc = function(doc)
      for _, id in ipairs(doc.meta.listing and list_ids(doc.meta.listing) or {}) do
        doc = place_list(doc, id)
      end
      options = elements.read_options(doc.meta)
      return doc:walk({
        Div = function(div) return make_columns(div) or make_grid(div) or arrange(div) or hand_widths_on(div) end,
        RawBlock = clean_frame,
      }):walk({ Table = style_table })
    end,
  },
}
