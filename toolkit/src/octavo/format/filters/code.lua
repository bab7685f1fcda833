-- Code: the name of its file above it, line numbers, and annotations, which are numbers in its comments and a list below.

local elements = require("elements")
local take_attribute = elements.take_attribute

local options, words = {}, {}

-- ① to ⑳, and (21).
local function circle(number)
  number = tonumber(number)
  return number <= 20 and utf8.char(0x245f + number) or ("(%d)"):format(number)
end

-- What begins a comment, in any language.
local COMMENTS = { ["#"] = true, ["//"] = true, ["--"] = true, ["%"] = true, [";"] = true, ["!"] = true, ["/*"] = true,
  ["<!--"] = true }

-- `# <1>` at the end of a line becomes `# ①`, or nothing where annotations aren't shown.
local function annotate(block, hides)
  local text = (block.text .. "\n"):gsub("([ \t]*)(%p+)[ \t]*<(%d+)>([ \t]*%p*)[ \t]*\n", function(space, start, number, rest)
    if COMMENTS[start] then
      block.attributes["data-annotated"] = "true"
      return (hides and "" or space .. start .. " " .. circle(number) .. rest) .. "\n"
    end
  end)
  block.text = text:sub(1, -2)
end

-- What folded code is opened by. The option's value may be Quarto's own word.
local function name_fold(block)
  local fold = block.attributes["code-fold"] or block.classes:includes("cell-code") and options["code-fold"]
  fold = tostring(elements.read_text(fold))
  if fold == "true" or fold == "show" then
    local stated = elements.read_text(options["code-summary"])
    local is_quarto_s = options.language and stated == options.language["code-summary"]
    local summary = block.attributes["code-summary"] or not is_quarto_s and stated or words["code-summary"]
    block.attributes["code-summary"] = summary
  end
end

local function shape_code(block)
  if #block.classes == 0 then
    return nil
  end
  name_fold(block)
  local numbers = take_attribute(block, "code-line-numbers") or options["code-line-numbers"]
  if numbers == true or numbers == "true" then
    block.classes:insert("line-numbers")
  end
  if quarto then
    block.attributes["code-line-numbers"] = "false" -- Pandoc's own numbers are links without a name
  end
  local file = take_attribute(block, "filename")
  if not file then
    return block
  end
  local name = pandoc.Div({ pandoc.Plain({ pandoc.Code(file) }) }, { class = "code-file-name" })
  return pandoc.Div({ name, block }, { class = "code-file" })
end

local function is_annotated(block)
  local found = false
  pandoc.Blocks({ block }):walk({
    CodeBlock = function(code) found = found or code.attributes["data-annotated"] ~= nil end,
  })
  return found
end

-- The list after annotated code says what its numbers mean.
local function place_notes(blocks, hides)
  local result = pandoc.Blocks({})
  for index, block in ipairs(blocks) do
    if block.t == "OrderedList" and index > 1 and is_annotated(blocks[index - 1]) then
      result:extend(hides and {} or { pandoc.Div({ block }, { class = "annotations" }) })
    else
      result:insert(block)
    end
  end
  return result
end

local function annotate_all(doc)
  local style = elements.read_text(options["code-annotations"])
  if style == false then
    return doc
  end
  local hides = style == "none"
  return doc:walk({ CodeBlock = function(block)
    annotate(block, hides)
    return block
  end }):walk({ Blocks = function(blocks) return place_notes(blocks, hides) end })
end

-- Quarto states the file of a cell's code at the cell.
local function hand_file_on(div)
  local file = div.classes:includes("cell") and take_attribute(div, "filename") or nil
  return file and div:walk({
    CodeBlock = function(block)
      block.attributes.filename = block.classes:includes("cell-code") and file or nil
      return block
    end,
  })
end

return {
  {
    Pandoc = function(doc)
      options, words = elements.read_options(doc.meta), elements.find_words(doc.meta, PANDOC_STATE)
      doc = annotate_all(doc:walk({ Div = hand_file_on }))
      return doc:walk({ CodeBlock = shape_code })
    end,
  },
}
