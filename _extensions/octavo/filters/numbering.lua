-- Numbers: the kind of an element, such as a figure or a theorem, by the beginning of its id, and its number; and the
-- elements that begin with their number, if any: callouts, theorems, proofs, remarks, and solutions.

local elements = require("elements")

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

-- Blocks that begin with their name in italics, numbered or not, by class and by id prefix.
local PROOFS = { proof = "prf", remark = "rem", solution = "sol" }

local words, stated_names, counts, targets

-- Begin a page; `state` is the filter's `PANDOC_STATE`.
local function start(meta, state)
  words, stated_names = elements.find_words(meta, state), meta.crossref or {}
  counts, targets = {}, {}
end

local function read_kind(identifier)
  local kind = identifier:match("^(%l+)%-.")
  return NAMES[kind] and kind
end

-- The word for the kind, or the owner's word under this key.
local function name_kind(kind, key)
  return pandoc.Inlines(key and stated_names[kind .. "-" .. key] or words[NAMES[kind]])
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
  blocks:insert(1, elements.raw(('<span id="%s"></span>'):format(identifier)))
  return pandoc.Div(blocks, { class = "numbered" })
end

-- The kind and the number that were registered under an id.
local function find_target(identifier)
  return targets[identifier]
end

local function number_callout(div, kind)
  local label = make_label(kind, register(div.identifier))
  div.content:insert(1, pandoc.Header(1, introduce(label, elements.take_heading(div))))
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
  local label, title = make_label(kind, register(div.identifier)), elements.take_heading(div)
  begin_statement(div, pandoc.Strong(#title > 0 and join(label, " (", title, ")") or label))
  local identifier = div.identifier
  div.identifier = ""
  return anchor(identifier, pandoc.Blocks({ div }))
end

local function introduce_proof(div, class)
  local kind = PROOFS[class]
  local numbered, title = read_kind(div.identifier) == kind, elements.take_heading(div)
  local label = numbered and make_label(kind, register(div.identifier)) or name_kind(kind)
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
    if elements.take_class(div, "^" .. class .. "$") or read_kind(div.identifier) == kind then
      return class
    end
  end
end

-- A callout, a theorem, or a proof, with its number; nothing if the block is none of them.
local function number(div)
  local proof, kind = find_proof(div), read_kind(div.identifier)
  if proof then
    return introduce_proof(div, proof)
  elseif kind and div.classes:find_if(function(class) return class:match("^callout%-") end) then
    return number_callout(div, kind)
  elseif kind then
    return number_theorem(div, kind)
  end
end

return {
  start = start,
  read_kind = read_kind,
  name_kind = name_kind,
  join = join,
  register = register,
  find_target = find_target,
  make_label = make_label,
  introduce = introduce,
  anchor = anchor,
  number = number,
}
