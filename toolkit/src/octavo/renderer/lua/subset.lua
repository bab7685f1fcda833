-- The subset: finds what Quarto would treat specially, and this renderer doesn't support.
--
-- A problem is `{ what, needle, why }`: the construct's name for the message, a text that locates its line in the page,
-- and the reason if Quarto can't render it either.

local CROSS_REFERENCES = {}
for name in ("fig tbl lst eq sec thm lem cor prp cnj def exm exr sol rem alg prf tip nte wrn imp cau vid"):gmatch("%a+") do
  CROSS_REFERENCES[name] = true
end

local CLASSES = {}
for name in ([[
  aside hidden landscape lightbox proof remark solution email subject email-text email-scheduled tabset theorem
  margin-caption
]]):gmatch("[%a-]+") do
  CLASSES[name] = true
end

-- Quarto highlights this by its own rules. Those for Markdown differ in the colors of cells shown in it only, and those
-- for R in the `L` of integers.
local LANGUAGES = { scss = true }

local CLASS_PATTERNS = { "^panel%-", "^column%-", "^callout", "^content%-visible", "^content%-hidden", "^quarto%-",
  "^cap%-", "^caption%-", "^fig%-", "^tbl%-" }

local ATTRIBUTE_PATTERNS = { "^layout", "^fig%-", "^tbl%-", "^lst%-", "^code%-", "^filename$", "^cap%-", "^when%-",
  "^unless%-", "^lightbox$", "^group$", "^embed$", "^html%-table%-processing$" }

-- Supported attributes, by kind of element.
local KNOWN = {
  Image = { ["fig-alt"] = true, ["fig-align"] = true },
  CodeBlock = { ["code-fold"] = true, ["code-summary"] = true },
  Div = { ["layout-align"] = true }, -- at a diagram
}

local DIRECTIVE = "is a directive of MyST's, which Quarto doesn't read: write it in Markdown"
-- The languages of code in running text.
local INLINE = pandoc.List({ "python", "r", "julia", "ojs" })

local NOWHERE = "leads nowhere: nothing on the page has this id; to another page, write `[…](page.qmd#%s)`"

local ALONE = "makes no figure of a picture beside a text, even with Quarto: put blank lines around the picture"

local ALIGNMENTS = { left = true, center = true, right = true }

local function matches(text, patterns)
  for _, pattern in ipairs(patterns) do
    if text:find(pattern) then
      return true
    end
  end
  return false
end

local function is_cross_reference(identifier)
  local prefix = identifier:match("^(%a+)%-.")
  return prefix ~= nil and CROSS_REFERENCES[prefix] == true
end

local function has_id(doc, identifier)
  local found = false
  local function compare(element)
    found = found or element.identifier == identifier
  end
  doc:walk({ Div = compare, Span = compare, Image = compare, Figure = compare, Table = compare, CodeBlock = compare,
    Header = compare, Link = compare })
  return found
end

-- `allowed` tells whether the format lets `formulas` and raw HTML `tables` through unchanged, and knows `annotations`.
local function find_problems(doc, allowed)
  local problems = pandoc.List({})

  local function add(what, needle, why)
    problems:insert({ what = what, needle = needle, why = why })
  end

  local function check_identifier(element)
    if is_cross_reference(element.identifier) then
      add("the cross-reference target `#" .. element.identifier .. "`", element.identifier)
    end
  end

  local function check_names(element)
    for _, class in ipairs(element.classes) do
      local is_embed = class == "quarto-embed-nb-cell"
      -- Pandoc itself gives an address such as <ada@example.org> this class.
      local is_address = class == "email" and element.t == "Link"
      if not is_address and not is_embed and (CLASSES[class] or matches(class, CLASS_PATTERNS)) then
        return add("the class `" .. class .. "`", class)
      end
    end
    for name, _ in pairs(element.attributes) do
      local allowed = KNOWN[element.t] and KNOWN[element.t][name]
      if not allowed and matches(name, ATTRIBUTE_PATTERNS) then
        add("the attribute `" .. name .. "`", name)
      end
    end
  end

  local function check(element)
    check_identifier(element)
    check_names(element)
  end

  local function check_span(span)
    if span.classes:includes("quarto-shortcode__") then
      local shortcode = span.attributes["data-raw"]
      add("the shortcode `" .. shortcode .. "`", shortcode)
    else
      check(span)
    end
  end

  local function check_address(address)
    if address:sub(1, 2) == "//" then
      add("an address without `https:`, `" .. address .. "`,", address)
    end
  end

  local function check_image(image)
    if is_cross_reference(image.identifier) then
      add("`#" .. image.identifier .. "`", image.identifier, ALONE)
    end
    check_names(image)
    check_address(image.src)
    local align = image.attributes["fig-align"]
    if align and #image.caption == 0 and not ALIGNMENTS[align] then
      add("`fig-align=" .. align .. "` at a picture without a caption", "fig-align")
    end
  end

  local function check_link(link)
    check(link)
    check_address(link.target)
    local image = #link.content == 1 and link.content[1]
    if image and image.t == "Image" and image.identifier ~= "" then
      add("an id at a linked picture", "#" .. image.identifier)
    end
  end

  local function check_code(block)
    check(block)
    local language = block.classes[1]
    if language and LANGUAGES[language:lower()] then
      add("code in `" .. language .. "`", language)
    end
    if block.text:find("```%s*{{") then
      add("a cell that is only shown, in double braces,", "{{")
    end
    for number in (allowed.annotations and "" or block.text .. "\n"):gmatch("<(%d+)>%s*\n") do
      add("a code annotation `<" .. number .. ">`", "<" .. number .. ">")
    end
  end

  local function check_caption(tbl)
    check(tbl)
    local caption = pandoc.utils.stringify(tbl.caption.long)
    if caption:find("{[^}]*}%s*$") then
      add("attributes in a table's caption", caption:match("{[^}]*}%s*$"))
    end
  end

  doc:walk({
    Div = check,
    Span = check_span,
    Image = check_image,
    Link = check_link,
    Figure = check,
    Table = check_caption,
    CodeBlock = check_code,
    Header = check_names,
    Code = function(code)
      check(code)
      local language = code.text:match("^`*{{?(%a+)}}?%s")
      if INLINE:includes(language) then
        add("code in running text, `{" .. language .. "} …`,", "{" .. language)
      elseif language then
        add("`{" .. language .. "}`", "{" .. language .. "}", DIRECTIVE)
      end
    end,
    Math = function(math)
      if not allowed.formulas then
        add("a formula in a format without `html-math-method: mathml`", math.text)
      end
    end,
    RawBlock = function(raw)
      if not allowed.tables and raw.format == "html" and raw.text:lower():find("<table") then
        add("a table in HTML, in a format without `html-table-processing: none`,", "<table")
      end
    end,
    Str = function(str)
      if str.text:find("^{#eq%-") then
        add("an equation's label", str.text)
      end
    end,
    Cite = function(cite)
      for _, citation in ipairs(cite.citations) do
        if is_cross_reference(citation.id) then
          local why = not has_id(doc, citation.id) and NOWHERE:format(citation.id) or nil
          add("the cross-reference `@" .. citation.id .. "`", "@" .. citation.id, why)
        end
      end
    end,
  })
  return problems
end

return { find_problems = find_problems }
