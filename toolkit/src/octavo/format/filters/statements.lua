-- Statements: numbered callouts and theorems, and proofs, remarks, and solutions, numbered or not.

local elements, numbering = require("elements"), require("numbering")
local take_heading = elements.take_heading
local read_kind, register, make_label = numbering.read_kind, numbering.register, numbering.make_label
local join, anchor = numbering.join, numbering.anchor

-- What begins with its name in italics, numbered or not, by class and by the beginning of an id.
local PROOFS = { proof = "prf", remark = "rem", solution = "sol" }

local function number_callout(div, kind)
  local label = make_label(kind, register(div.identifier))
  div.content:insert(1, pandoc.Header(1, numbering.introduce(label, take_heading(div))))
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
  local label = numbered and make_label(kind, register(div.identifier)) or numbering.name_kind(kind)
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

return { number = number }
