-- Raw blocks that stand aside while Pandoc reads and writes: a comment is in their place.

-- The document with the blocks in it; nil if a comment isn't where a raw block would be.
local function put_back(doc, blocks)
  local texts, missing = {}, #blocks
  for _, block in ipairs(blocks) do
    texts[block.comment] = block.text
  end
  doc = doc:walk({
    RawBlock = function(raw)
      if texts[raw.text] then
        raw.text = texts[raw.text]
        missing = missing - 1
        return raw
      end
    end,
  })
  return missing == 0 and doc or nil
end

-- The document with comments in place of those blocks that are as they were.
local function take_out(doc, blocks)
  local comments = {}
  for _, block in ipairs(blocks) do
    comments[block.text] = block.comment
  end
  return doc:walk({
    RawBlock = function(raw)
      if raw.format == "html" and comments[raw.text] then
        return pandoc.RawBlock("html", comments[raw.text])
      end
    end,
  })
end

return { put_back = put_back, take_out = take_out }
