-- Cross-references: figures, tables, listings, equations, sections, theorems, and callouts whose id begins as `fig-` does
-- are numbered, and `@fig-x` becomes a link to one. Quarto never sees these ids, or it would number them too.

local elements, numbering = require("elements"), require("numbering")
local raw, read_inlines, take_attribute = elements.raw, elements.read_inlines, elements.take_attribute
local read_kind, register, make_label = numbering.read_kind, numbering.register, numbering.make_label
local join, introduce, anchor = numbering.join, numbering.introduce, numbering.anchor

local FLOATS = { fig = true, tbl = true, lst = true }

local sections, top_level, deepest

local function take_last_text(div, kind)
  local stated, last = take_attribute(div, kind .. "-cap"), div.content[#div.content]
  if stated or #div.content < 2 or last.t ~= "Para" then
    return read_inlines(stated)
  end
  div.content:remove(#div.content)
  return last.content
end

-- In raw HTML, because Quarto treats any figure as a single picture.
local function make_figure(start, content, caption)
  local blocks, figcaption = pandoc.Blocks({ raw(start) }), join({ pandoc.RawInline("html", "<figcaption>") }, caption,
    { pandoc.RawInline("html", "</figcaption>") })
  blocks:extend(content)
  blocks:extend({ pandoc.Plain(figcaption), raw("</figure>") })
  return blocks
end

local function make_float(identifier, content, caption)
  local kind = read_kind(identifier)
  local label = make_label(kind, numbering.find_target(identifier).number)
  local start = ('<figure class="float float-%s">'):format(kind)
  return anchor(identifier, make_figure(start, { content }, introduce(label, caption))), false
end

local function number_figure(figure)
  if read_kind(figure.identifier) ~= "fig" then
    return nil
  end
  local identifier, caption = figure.identifier, pandoc.utils.blocks_to_inlines(figure.caption.long)
  local label = make_label("fig", register(identifier))
  figure.identifier, figure.caption = "", { long = { pandoc.Plain(introduce(label, caption)) } }
  return anchor(identifier, pandoc.Blocks({ figure })), false
end

-- A table's id and its caption, whose other attributes become the table's.
local function take_caption(tbl)
  local caption = pandoc.utils.blocks_to_inlines(tbl.caption.long)
  local stated = elements.take_caption_attributes(caption)
  if not stated then
    return "", caption
  end
  tbl.classes:extend(stated.classes)
  for key, value in pairs(stated.attributes) do
    tbl.attributes[key] = value
  end
  tbl.caption = { long = { pandoc.Plain(caption) } }
  return stated.identifier, caption
end

local function is_display(div)
  return div.classes:includes("cell-output-display") and FLOATS[read_kind(div.identifier)]
end

-- A picture without a caption, alone in its paragraph, with an id as figures have.
local function find_bare_picture(para)
  local image = #para.content == 1 and para.content[1]
  return image and image.t == "Image" and read_kind(image.identifier) == "fig" and image or nil
end

-- The only caption of a cell with several outputs, which applies to all of them; it is removed from the first.
local function take_shared_caption(cell)
  local captions = pandoc.List({})
  local function free(part, caption)
    captions:insert(caption)
    part.identifier = ""
    return part
  end
  local content = cell.content:walk({
    Figure = function(figure) return free(figure, pandoc.utils.blocks_to_inlines(figure.caption.long)).content end,
    Para = function(para)
      local image = find_bare_picture(para)
      return image and pandoc.Para({ free(image, pandoc.Inlines({})) }) or nil
    end,
    Div = function(div) return is_display(div) and free(div, take_last_text(div, "fig")) or nil end,
  })
  local stated = captions:filter(function(caption) return #caption > 0 end)
  if #captions > 1 and #stated == 1 then
    cell.content = content
    return stated[1]
  end
end

-- Pictures, tables, and what a cell displays in HTML are the parts of a float, (a) and (b).
local function number_parts(blocks, number)
  local count = 0
  local function number_part(identifier, caption)
    count = count + 1
    local letter = ("(%s)"):format(string.char(96 + count))
    local start = pandoc.Inlines({ pandoc.Str(letter) })
    if FLOATS[read_kind(identifier)] then
      register(identifier, ("%s\u{a0}%s"):format(number, letter))
      start = pandoc.Inlines({ pandoc.RawInline("html", ('<span id="%s">%s</span>'):format(identifier, letter)) })
    end
    return { long = { pandoc.Plain(join(start, " ", caption)) } }
  end
  return blocks:walk({
    Figure = function(figure)
      figure.caption = number_part(figure.identifier, pandoc.utils.blocks_to_inlines(figure.caption.long))
      figure.identifier = ""
      return figure
    end,
    Table = function(tbl)
      local identifier, caption = take_caption(tbl)
      if #caption > 0 then
        tbl.caption = number_part(identifier, caption)
      end
      return tbl
    end,
    Para = function(para)
      local image = find_bare_picture(para)
      if image then
        local caption = number_part(image.identifier, {}).long[1].content
        image.identifier = ""
        return make_figure("<figure>", { pandoc.Para({ image }) }, caption)
      end
    end,
    Div = function(div)
      if not is_display(div) then
        return nil
      end
      local caption = number_part(div.identifier, take_last_text(div, "fig")).long[1].content
      div.identifier, div.content = "", make_figure("<figure>", div.content, caption)
      return div
    end,
  })
end

local function number_float(div, kind)
  local identifier, caption = div.identifier, take_last_text(div, kind)
  local number = register(identifier)
  local shared = #caption == 0 and div.classes:includes("cell") and take_shared_caption(div)
  div.identifier, div.content = "", shared and div.content or number_parts(div.content, number)
  return make_float(identifier, div, shared or caption)
end

-- The figures of a cell with a caption for each, which all have its label.
local function tell_apart(cell, label)
  local count = 0
  return cell:walk({ Figure = function(figure)
    if figure.identifier == label then
      count = count + 1
      figure.identifier = count > 1 and ("%s-%d"):format(label, count) or label
      return figure
    end
  end })
end

local function number_div(div)
  local kind, label = read_kind(div.identifier), div.identifier:match("^cell%-(fig%-.+)$")
  if FLOATS[kind] then
    return number_float(div, kind)
  elseif label then
    return tell_apart(div, label)
  end
  return numbering.number(div)
end

local function number_table(tbl)
  local identifier, caption = take_caption(tbl)
  if read_kind(identifier) ~= "tbl" then
    return tbl
  end
  tbl.caption = { long = { pandoc.Plain(introduce(make_label("tbl", register(identifier)), caption)) } }
  return anchor(identifier, pandoc.Blocks({ tbl })), false
end

local function number_listing(block)
  if read_kind(block.identifier) ~= "lst" or not block.attributes["lst-cap"] then
    return nil
  end
  local identifier, caption = block.identifier, read_inlines(take_attribute(block, "lst-cap"))
  register(identifier)
  block.identifier = ""
  return make_float(identifier, block, caption)
end

local function number_section(header)
  if header.classes:includes("unnumbered") then
    return nil
  end
  sections[header.level] = (sections[header.level] or 0) + 1
  for level = header.level + 1, 6 do
    sections[level] = nil
  end
  if read_kind(header.identifier) == "sec" then
    local numbers = pandoc.List({})
    for level = top_level, header.level do
      numbers:insert(tostring(sections[level] or 0))
    end
    register(header.identifier, table.concat(numbers, "."))
  end
  if header.level > deepest then
    header.classes:insert("unnumbered")
    return header
  end
end

-- Numbers begin at the highest level that the page has, as Pandoc's do.
local function find_top_level(doc)
  local level = 6
  doc:walk({
    Header = function(header)
      level = math.min(level, header.level)
    end,
  })
  return level
end

-- A label `{#eq-x}` after a displayed formula.
local function number_equations(inlines)
  local result = pandoc.Inlines({})
  for _, inline in ipairs(inlines) do
    local identifier = inline.t == "Str" and inline.text:match("^{#(eq%-[^%s}]+)}$")
    local math = identifier and result[#result]
    if math and math.t == "Space" then
      math = result[#result - 1]
    end
    if math and math.t == "Math" then
      while result[#result].t ~= "Math" do
        result:remove(#result)
      end
      local number = pandoc.Span({ pandoc.Str(("(%s)"):format(register(identifier))) }, { class = "number" })
      result[#result] = pandoc.RawInline("html", ('<span id="%s" class="equation">'):format(identifier))
      result:extend({ math, number, pandoc.RawInline("html", "</span>") })
    else
      result:insert(inline)
    end
  end
  return result
end

local function make_link(citation)
  local target = numbering.find_target(citation.id)
  local text = { pandoc.Str(target.number) }
  if #citation.prefix > 0 then
    text = join(citation.prefix, "\u{a0}" .. target.number)
  elseif citation.mode ~= "SuppressAuthor" then
    text = make_label(target.kind, target.number, "prefix")
  end
  return pandoc.Link(text, "#" .. citation.id, "", { class = "reference" })
end

-- `[@fig-a; @fig-b]` names several; one without a target stays unchanged, and becomes an error.
local function link(cite)
  local result = pandoc.Inlines({})
  for _, citation in ipairs(cite.citations) do
    -- `@Fig-x` begins a sentence.
    citation.id = citation.id:gsub("^%u", string.lower)
    if not numbering.find_target(citation.id) then
      return nil
    end
    result:extend(#result > 0 and { pandoc.Str(","), pandoc.Space() } or {})
    result:insert(make_link(citation))
    result:extend(citation.suffix)
  end
  return result
end

return {
  {
    Pandoc = function(doc)
      doc = elements.mark_drawings(doc)
      numbering.start(doc.meta, PANDOC_STATE)
      sections, top_level = {}, find_top_level(doc)
      deepest = tonumber(elements.read_text(elements.read_options(doc.meta)["number-depth"])) or 6
      return doc:walk({
        traverse = "topdown",
        Div = number_div,
        Figure = number_figure,
        Table = number_table,
        CodeBlock = number_listing,
        Header = number_section,
        Inlines = number_equations,
      }):walk({ Cite = link })
    end,
  },
}
