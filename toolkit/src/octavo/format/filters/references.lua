-- Cross-references: figures, tables, listings, equations, sections, theorems, and callouts whose id begins as `fig-` does
-- are numbered, and `@fig-x` becomes a link to one. Quarto never sees these ids, or it would number them too.

local elements = require("elements")
local raw, read_inlines = elements.raw, elements.read_inlines
local take_attribute, take_class, take_heading = elements.take_attribute, elements.take_class, elements.take_heading

-- The word for each kind.
local NAMES = {
  fig = "crossref-fig-title", tbl = "crossref-tbl-title", lst = "crossref-lst-title", eq = "crossref-eq-prefix",
  sec = "crossref-sec-prefix", thm = "crossref-thm-title", lem = "crossref-lem-title", cor = "crossref-cor-title",
  prp = "crossref-prp-title", cnj = "crossref-cnj-title", def = "crossref-def-title", exm = "crossref-exm-title",
  exr = "crossref-exr-title", alg = "crossref-alg-title", sol = "environment-solution-title",
  rem = "environment-remark-title", prf = "environment-proof-title", nte = "callout-note-title",
  tip = "callout-tip-title", wrn = "callout-warning-title", imp = "callout-important-title",
  cau = "callout-caution-title",
}
local FLOATS = { fig = true, tbl = true, lst = true }

-- What begins with its name in italics, numbered or not, by class and by the beginning of an id.
local PROOFS = { proof = "prf", remark = "rem", solution = "sol" }

local words, stated_names, counts, sections, targets, top_level

local function read_kind(identifier)
  local kind = identifier:match("^(%l+)%-.")
  return NAMES[kind] and kind
end

local function name_kind(kind, key)
  return pandoc.Inlines(stated_names[kind .. "-" .. key] or words[NAMES[kind]])
end

local function join(...)
  local inlines = pandoc.Inlines({})
  for _, part in ipairs({ ... }) do
    inlines:extend(type(part) == "string" and { pandoc.Str(part) } or part)
  end
  return inlines
end

-- The next number of its kind, or the one given.
local function register(identifier, number)
  local kind = read_kind(identifier)
  if not number then
    counts[kind] = (counts[kind] or 0) + 1
    number = tostring(counts[kind])
  end
  targets[identifier] = { kind = kind, number = number }
  return number
end

-- `Figure 1`, with a space that doesn't break.
local function make_label(kind, number, key)
  return join(name_kind(kind, key or "title"), "\u{a0}" .. number)
end

local function introduce(label, text)
  return #text > 0 and join(label, ": ", text) or label
end

-- The place that links lead to: an id of the block itself would make Quarto number it.
local function anchor(identifier, blocks)
  blocks:insert(1, raw(('<span id="%s"></span>'):format(identifier)))
  return pandoc.Div(blocks, { class = "numbered" })
end

local function take_last_text(div, kind)
  local stated, last = take_attribute(div, kind .. "-cap"), div.content[#div.content]
  if stated or #div.content < 2 or last.t ~= "Para" then
    return read_inlines(stated)
  end
  div.content:remove(#div.content)
  return last.content
end

-- In raw HTML, as Quarto takes any figure for one of a single picture.
local function make_float(identifier, content, caption)
  local kind = read_kind(identifier)
  local label = make_label(kind, targets[identifier].number)
  local figcaption = join({ pandoc.RawInline("html", "<figcaption>") }, introduce(label, caption),
    { pandoc.RawInline("html", "</figcaption>") })
  local start = raw(('<figure class="float float-%s">'):format(kind))
  return anchor(identifier, pandoc.Blocks({ start, content, pandoc.Plain(figcaption), raw("</figure>") })), false
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

-- Pictures and tables in a float are its parts, (a) and (b).
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
  })
end

local function number_float(div, kind)
  local identifier, caption = div.identifier, take_last_text(div, kind)
  local number = register(identifier)
  div.identifier, div.content = "", number_parts(div.content, number)
  return make_float(identifier, div, caption)
end

local function number_callout(div, kind)
  local label = make_label(kind, register(div.identifier))
  div.content:insert(1, pandoc.Header(1, introduce(label, take_heading(div))))
  local identifier = div.identifier
  div.identifier = ""
  return anchor(identifier, pandoc.Blocks({ div })), false
end

local function begin_statement(div, start)
  local first = div.content[1]
  if first and first.t == "Para" then
    first.content = join({ start }, " ", first.content)
  else
    div.content:insert(1, pandoc.Para({ start }))
  end
  div.classes:insert("statement")
end

local function number_theorem(div, kind)
  local label, title = make_label(kind, register(div.identifier)), take_heading(div)
  begin_statement(div, pandoc.Strong(#title > 0 and join(label, " (", title, ")") or label))
  local identifier = div.identifier
  div.identifier = ""
  return anchor(identifier, pandoc.Blocks({ div }))
end

local function introduce_proof(div, class)
  local kind = PROOFS[class]
  local numbered, title = read_kind(div.identifier) == kind, take_heading(div)
  local label = numbered and make_label(kind, register(div.identifier))
    or pandoc.Inlines(words[NAMES[kind]])
  begin_statement(div, pandoc.Emph(join(label, #title > 0 and join(" (", title, ")") or "", ".")))
  if not numbered then
    return div
  end
  local identifier = div.identifier
  div.identifier = ""
  return anchor(identifier, pandoc.Blocks({ div }))
end

local function find_proof(div)
  for class, kind in pairs(PROOFS) do
    if take_class(div, "^" .. class .. "$") or read_kind(div.identifier) == kind then
      return class
    end
  end
end

local function number_div(div)
  local proof, kind = find_proof(div), read_kind(div.identifier)
  if proof then
    return introduce_proof(div, proof)
  elseif not kind then
    return nil
  elseif FLOATS[kind] then
    return number_float(div, kind)
  elseif div.classes:find_if(function(class) return class:match("^callout%-") end) then
    return number_callout(div, kind)
  end
  return number_theorem(div, kind)
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
  local target = targets[citation.id]
  local text = { pandoc.Str(target.number) }
  if #citation.prefix > 0 then
    text = join(citation.prefix, "\u{a0}" .. target.number)
  elseif citation.mode ~= "SuppressAuthor" then
    text = make_label(target.kind, target.number, "prefix")
  end
  return pandoc.Link(text, "#" .. citation.id, "", { class = "reference" })
end

-- `[@fig-a; @fig-b]` names several; what has no target stays as it is, for an error.
local function link(cite)
  local result = pandoc.Inlines({})
  for _, citation in ipairs(cite.citations) do
    -- `@Fig-x` begins a sentence.
    citation.id = citation.id:gsub("^%u", string.lower)
    if not targets[citation.id] then
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
      words, stated_names = elements.find_words(doc.meta, PANDOC_STATE), doc.meta.crossref or {}
      counts, sections, targets = {}, {}, {}
      top_level = find_top_level(doc)
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
