-- What the filters share: taking attributes and classes off elements, and writing HTML.

local function raw(text)
  return pandoc.RawBlock("html", text)
end

local function escape(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

-- The element's class that matches, or what the pattern captures of it.
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

local function read_inlines(text)
  return pandoc.utils.blocks_to_inlines(pandoc.read(text or "", "markdown").blocks)
end

-- A block's title: its first heading, or its `title` or `name`.
local function take_heading(div)
  local stated = take_attribute(div, "title") or take_attribute(div, "name")
  local first = div.content[1]
  if first and first.t == "Header" then
    div.content:remove(1)
    return first.content
  end
  return read_inlines(stated)
end

-- The attributes `{#tbl-x .class key="value"}` at a caption's end, taken out of it, if there are any.
local function take_caption_attributes(caption)
  local first
  for index, inline in ipairs(caption) do
    first = inline.t == "Str" and inline.text:match("^{[#.%a]") and index or first
  end
  local text = first and pandoc.utils.stringify(pandoc.Inlines({ table.unpack(caption, first) })) or ""
  text = text:gsub("\u{201c}", '"'):gsub("\u{201d}", '"')
  local read = text:match("^{.*}$") and pandoc.read("[x]" .. text, "markdown").blocks[1].content[1]
  if not read or read.t ~= "Span" then
    return nil
  end
  while #caption >= first or (#caption > 0 and caption[#caption].t:match("Space$")) do
    caption:remove(#caption)
  end
  return read.attr
end

-- The words that a page's language has for something of Quarto's, or ours.
local function find_word(meta, key, default)
  return pandoc.Inlines(meta.language and meta.language[key] or default)
end

-- A page's options. Some of them Quarto leaves out of the metadata, and hands to filters in this variable.
local function read_options(meta)
  local stated = quarto and os.getenv("QUARTO_FILTER_PARAMS")
  return stated and quarto.json.decode(quarto.base64.decode(stated)) or meta
end

-- An option's text, or what it is if it isn't one.
local function read_text(value)
  local kind = pandoc.utils.type(value)
  return (kind == "Inlines" or kind == "string") and pandoc.utils.stringify(value) or value
end

return {
  raw = raw,
  escape = escape,
  take_class = take_class,
  take_attribute = take_attribute,
  read_inlines = read_inlines,
  take_heading = take_heading,
  take_caption_attributes = take_caption_attributes,
  find_word = find_word,
  read_options = read_options,
  read_text = read_text,
}
