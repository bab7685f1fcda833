-- The look: does to tables and figures what Quarto's filters do, so that pages have the same HTML.

local function mark_rows(rows, first)
  for number, row in ipairs(rows) do
    row.classes:insert(number % 2 == 0 and "even" or first)
  end
end

local function mark_table(tbl)
  mark_rows(tbl.head.rows, "header")
  for _, body in ipairs(tbl.bodies) do
    mark_rows(body.body, "odd")
  end
  mark_rows(tbl.foot.rows, "odd")
  tbl.classes:insert("caption-top")
  return tbl
end

local function raw(text)
  return pandoc.RawBlock("html", text)
end

local function figure_block(content, caption, identifier, image)
  local align = image.attributes["fig-align"]
  if align == nil or align == "default" then
    align = "center"
  end
  local attributes = { style = image.attributes.style }
  image.attributes["fig-align"] = nil
  image.attributes.style = nil
  image.identifier = ""
  local blocks = pandoc.List({ raw("<figure>"), pandoc.Para(content) })
  if #caption > 0 then
    local inlines = pandoc.List({ pandoc.RawInline("html", "<figcaption>") })
    inlines:extend(caption)
    inlines:insert(pandoc.RawInline("html", "</figcaption>"))
    blocks:insert(pandoc.Plain(inlines))
  end
  blocks:insert(raw("</figure>"))
  local classes = { "quarto-figure", "quarto-figure-" .. align }
  return pandoc.Div(blocks, pandoc.Attr(identifier, classes, attributes))
end

local function take_caption(image)
  local caption = image.caption
  image.caption = {}
  return caption
end

-- A captioned picture alone in a paragraph, which Pandoc has made a figure.
local function place_figure(figure)
  local plain = #figure.content == 1 and figure.content[1]
  local content = plain and plain.content and #plain.content == 1 and plain.content[1]
  local image = content and content.t == "Link" and #content.content == 1 and content.content[1] or content
  if not image or image.t ~= "Image" then
    return nil
  end
  if content.t == "Image" then
    take_caption(image)
  end
  return figure_block({ content }, pandoc.utils.blocks_to_inlines(figure.caption.long), figure.identifier, image)
end

-- The alignment of a picture without a caption is also in its classes.
local function align_picture(image)
  local align = image.attributes["fig-align"]
  if align then
    image.attributes["fig-align"] = nil
    image.classes:extend({ "quarto-figure", "quarto-figure-" .. align })
  end
  return align
end

-- A picture alone in a paragraph that is captioned and linked, or says where it stands.
local function place_picture(para)
  local link = #para.content == 1 and para.content[1]
  local image = link and link.t == "Link" and #link.content == 1 and link.content[1] or link
  if not image or image.t ~= "Image" then
    return nil
  elseif #image.caption == 0 then
    local align = align_picture(image)
    local blocks = { raw("<figure>"), para, raw("</figure>") }
    return align and pandoc.Div(blocks, { class = "quarto-figure quarto-figure-" .. align })
  elseif link == image then
    return nil
  end
  local identifier = image.identifier
  link.content = { image }
  local caption = take_caption(image)
  local block = figure_block({ link }, caption, identifier, image)
  link.content = { image }
  return block
end

-- A cell's picture is a figure even without a caption.
local function place_output(div)
  if not div.classes:includes("cell-output-display") then
    return nil
  end
  div.content = div.content:map(function(block)
    local image = block.t == "Para" and #block.content == 1 and block.content[1]
    if not image or image.t ~= "Image" or #image.caption > 0 then
      return block
    end
    return pandoc.Div({ raw("<figure>"), block, raw("</figure>") })
  end)
  return div
end

-- `fig-alt` is the alternative text.
local function name_picture(image)
  align_picture(image)
  image.attributes.alt = image.attributes["fig-alt"] or image.attributes.alt
  image.attributes["fig-alt"] = nil
  return image
end

-- A cell's folded code; `defaults` are the page's options.
local function fold_code(block, defaults)
  local fold, summary = block.attributes["code-fold"], block.attributes["code-summary"]
  block.attributes["code-fold"], block.attributes["code-summary"] = nil, nil
  fold = fold or block.classes:includes("cell-code") and tostring(defaults["code-fold"])
  if fold ~= "true" and fold ~= "show" then
    return block
  end
  local open = fold == "show" and " open" or ""
  local title = pandoc.Plain({ pandoc.RawInline("html", "<summary>"), pandoc.Str(summary or defaults["code-summary"]),
    pandoc.RawInline("html", "</summary>") })
  return { raw(('<details%s class="code-fold">'):format(open)), title, block, raw("</details>") }
end

local function apply(doc, defaults)
  return doc:walk({
    Table = mark_table,
    Figure = place_figure,
    Para = place_picture,
    Div = place_output,
    CodeBlock = function(block) return fold_code(block, defaults) end,
  }):walk({ Image = name_picture })
end

return { apply = apply }
