-- Shortcodes: replaces each placeholder word in the document by its shortcode's value, which is Markdown in running
-- text, and plain text in code, raw blocks, and addresses.

local WORD = "hpsc%x+x"

-- Places where Quarto ignores a shortcode or turns it into something unwanted.
local function find_problems(doc, values)
  local problems = pandoc.List({})
  if next(values) == nil then
    return problems
  end

  local told = {}

  local function add(place, text)
    local word = text:match(WORD)
    if word and values[word] and not told[word] then
      told[word] = true
      problems:insert({ what = "a shortcode in " .. place, needle = word })
    end
  end

  local function check_attributes(element)
    add("an attribute", element.identifier .. " " .. table.concat(element.classes, " "))
    for name, value in pairs(element.attributes) do
      add("an attribute", name ~= "fig-alt" and value or "")
    end
  end

  local function check_link(link)
    check_attributes(link)
    add("a title", link.title)
  end

  local function check_raw(raw)
    if raw.text:find("^%s*</?[%w%-]+[^>]*>%s*$") then
      add("a tag", raw.text)
    end
  end

  local function check_table(tbl)
    tbl:walk({ Str = function(str) add("a table", str.text) end })
  end

  doc:walk({ Table = check_table })
  doc:walk({
    Header = function(header)
      add("a heading without an id of its own", header.identifier)
      check_attributes(header)
    end,
    Plain = function(plain)
      if #plain.content == 1 and plain.content[1].t == "Str" and plain.content[1].text:find("^" .. WORD .. "$") then
        add("a list item of its own", plain.content[1].text)
      end
    end,
    Div = check_attributes,
    Span = check_attributes,
    Link = check_link,
    Image = check_link,
    RawInline = check_raw,
    RawBlock = check_raw,
  })
  return problems
end

-- Those that the format's filters know look as Quarto's reader leaves them.
local function mark(doc, values)
  return doc:walk({
    Str = function(str)
      local value = values[str.text]
      if value and value.format then
        return pandoc.Span({}, pandoc.Attr("", { "quarto-shortcode__" }, { ["data-raw"] = value.source }))
      end
    end,
  })
end

local function expand(doc, values, read_inlines)
  if next(values) == nil then
    return doc
  end

  local function replace_words(text, find_value)
    return (text:gsub(WORD, function(word)
      return values[word] and find_value(values[word]) or word
    end))
  end

  local function plain_text(text)
    return replace_words(text, function(value)
      return value.text or value.markdown and pandoc.utils.stringify(read_inlines(value.markdown)) or value.source
    end)
  end

  local function original_text(text)
    return replace_words(text, function(value)
      return value.source
    end)
  end

  local function expand_string(str)
    local inlines = pandoc.Inlines({})
    local rest = str.text
    local first, last = rest:find(WORD)
    while first and values[rest:sub(first, last)] do
      local value = values[rest:sub(first, last)]
      if first > 1 then
        inlines:insert(pandoc.Str(rest:sub(1, first - 1)))
      end
      inlines:extend(value.markdown and read_inlines(value.markdown) or pandoc.Inlines(value.text))
      rest = rest:sub(last + 1)
      first, last = rest:find(WORD)
    end
    if #inlines == 0 then
      return nil
    end
    if rest ~= "" then
      inlines:insert(pandoc.Str(rest))
    end
    return inlines
  end

  local function expand_text(element)
    element.text = plain_text(element.text)
    return element
  end

  local function expand_code(code)
    local literal = code.attributes.shortcodes == "false" or code.classes:includes("cell-code")
    code.text = literal and original_text(code.text) or plain_text(code.text)
    return code
  end

  return doc:walk({
    Str = expand_string,
    Code = expand_code,
    CodeBlock = expand_code,
    RawInline = expand_text,
    RawBlock = expand_text,
    Math = expand_text,
    Link = function(link)
      link.target = plain_text(link.target)
      return link
    end,
    Image = function(image)
      image.src = plain_text(image.src)
      image.attributes["fig-alt"] = image.attributes["fig-alt"] and plain_text(image.attributes["fig-alt"])
      return image
    end,
  })
end

return { find_problems = find_problems, mark = mark, expand = expand }
