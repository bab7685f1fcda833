-- The converter: one `pandoc lua` process that turns pages into HTML, one after another.
--
-- A request on standard input is a line of JSON with the length of the Markdown that follows it; an answer on standard
-- output is a line of JSON with the length of the HTML that follows it. It ends with its input.

package.path = pandoc.path.directory(arg[0]) .. "/?.lua;" .. package.path

local addresses = require("addresses")
local look = require("look")
local shortcodes = require("shortcodes")
local subset = require("subset")

-- Pandoc's own list, which only its command line reads: the space after one of them doesn't break.
local ABBREVIATIONS = {}
for word in ([[
  aet. aetat. al. Apr. Aug. bk. Bros. c. Capt. cf. ch. chap. chs. Co. col. Corp. cp. d. Dec. Dr. e.g. ed. eds. esp. f.
  fasc. Feb. ff. fig. fl. fol. fols. Fr. Gen. Gov. Hon. i.e. ill. Inc. incl. Jan. Jr. Jul. Jun. Ltd. M.A. M.D. Mar. Mr.
  Mrs. Ms. n. n.b. nn. No. Nov. Oct. p. Ph.D. pp. Pres. Prof. pt. q.v. Rep. Rev. s.v. s.vv. saec. sec. Sen. Sep. Sept.
  Sgt. Sr. St. univ. viz. vol. vs.
]]):gmatch("%S+") do
  ABBREVIATIONS[word] = true
end

-- Passing the format by name is free; as a table with its extensions it would take 9 ms each time. Newer releases of
-- Pandoc read attributes in a table's caption; Quarto and the format's filters do that themselves.
local has_attributes = pandoc.format.all_extensions("markdown"):includes("table_attributes")
local FORMAT = has_attributes and "markdown-table_attributes" or "markdown"
local OPTIONS = pandoc.ReaderOptions({ standalone = true, columns = 72, abbreviations = ABBREVIATIONS })

local function read_markdown(text)
  return pandoc.read(text, FORMAT, OPTIONS)
end

local function read_inlines(text)
  return pandoc.utils.blocks_to_inlines(read_markdown(text).blocks)
end

local known_metadata = {}

-- Metadata texts are Markdown, as in front matter. Each part is a key and its value, which most pages share.
local function read_metadata(parts)
  local meta = {}
  for _, json in ipairs(parts) do
    known_metadata[json] = known_metadata[json] or read_markdown("---\n" .. json .. "\n---\n").meta
    for key, value in pairs(known_metadata[json]) do
      meta[key] = value
    end
  end
  return meta
end

local templates = {}

-- Pandoc looks for partials next to the template, whose path it reads as an address.
local function compile_template(path)
  if not templates[path] then
    local file = assert(io.open(path, "r"))
    local text = file:read("a"):gsub("^\u{FEFF}", ""):gsub("\r\n", "\n") -- Pandoc reads partials like that
    local address = path:gsub("[%%#?]", function(character) return ("%%%02X"):format(character:byte()) end)
    templates[path] = pandoc.template.compile(text, address)
    file:close()
  end
  return templates[path]
end

local modules = {}

-- As in Quarto, a filter's modules are in its folder. They know nothing of a page, so that all pages share them.
local function load_module(folder, name)
  local path = pandoc.path.join({ folder, name .. ".lua" })
  if not modules[path] then
    local function require_other(other) return load_module(folder, other) end
    modules[path] = assert(loadfile(path, "t", setmetatable({ require = require_other }, { __index = _G })))()
  end
  return modules[path]
end

-- The warnings of filters.
local warnings = pandoc.List({})

-- A filter sees the same as in plain Pandoc, with the page as the first input file.
local function filter_environment(request, path, options)
  local environment = setmetatable({ warn = function(message) warnings:insert(message) end }, { __index = _G })
  environment.FORMAT = "html"
  environment.PANDOC_READER_OPTIONS = OPTIONS
  environment.PANDOC_WRITER_OPTIONS = options
  environment.PANDOC_SCRIPT_FILE = path
  environment.PANDOC_STATE = { input_files = pandoc.List({ request.file }), output_file = request.output,
    resource_path = pandoc.List({ "." }), verbosity = "WARNING" }
  environment.require = function(name) return load_module(pandoc.path.directory(path), name) end
  return environment
end

-- Without a place for it, Pandoc would put the bibliography at the end and change the heading before it.
local function place_bibliography(doc)
  local found, cites = false, doc.meta.nocite ~= nil
  doc:walk({
    Div = function(div)
      found = found or div.identifier == "refs"
    end,
    Cite = function()
      cites = true
    end,
  })
  if cites and not found then
    doc.blocks:insert(pandoc.Div({}, pandoc.Attr("refs")))
  end
  return doc
end

local function cite(doc)
  if doc.meta.bibliography or doc.meta.references then
    return pandoc.utils.citeproc(place_bibliography(doc))
  end
  return doc
end

-- The page's card texts as HTML; their plain text is extracted later.
local function write_cards(cards)
  local plain = pandoc.WriterOptions({ html_math_method = "mathml", wrap_text = "wrap-none" })
  local texts = {}
  for name, text in pairs(cards) do
    texts[name] = pandoc.write(pandoc.Pandoc({ pandoc.Plain(read_inlines(text)) }), "html", plain)
  end
  return texts
end

local function run_filters(doc, paths, request, options)
  for _, path in ipairs(paths) do
    doc = pandoc.system.with_working_directory(request.root, function()
      return pandoc.utils.run_lua_filter(doc, path, filter_environment(request, path, options))
    end)
  end
  return doc
end

-- Constructs of Quarto's that the format's early filters leave are problems.
local function read_page(request, text, options)
  local doc = read_markdown(text)
  doc.meta = read_metadata(request.metadata)
  doc = shortcodes.mark(doc, request.shortcodes)
  doc = run_filters(doc, request.early_filters, request, options)
  local problems = subset.find_problems(doc, request)
  problems:extend(shortcodes.find_problems(doc, request.shortcodes))
  if #problems > 0 then
    return doc, { problems = problems }
  end
  doc = shortcodes.expand(doc, request.shortcodes, read_inlines)
  doc = addresses.offset(doc, request.offset)
  return run_filters(doc, request.filters, request, options), {}
end

local contexts = {}

-- The template's variables for a page without text. Made pages share them, as computing them takes 10 ms.
local function find_context(request, options)
  local key = table.concat(request.metadata)
  if not contexts[key] then
    local function write(blocks)
      return pandoc.write(pandoc.Pandoc(blocks), "html", options)
    end
    local function write_inlines(inlines)
      local text = pandoc.utils.stringify(inlines)
      -- Pandoc's writer takes 0.7 ms for each text, and would leave most of them, plain words, as they are.
      local plain = not text:find("[<>&\"'\128-\255]") and inlines == pandoc.Inlines(text)
      return plain and text or write({ pandoc.Plain(inlines) })
    end
    contexts[key] = pandoc.template.meta_to_context(read_page(request, "", options).meta, write, write_inlines)
  end
  return contexts[key]
end

-- Fill the template with a made page's values, which are HTML.
local function fill(request)
  local options = pandoc.WriterOptions({ html_math_method = "mathml", wrap_text = "wrap-none" })
  local common, context = find_context(request, options), {}
  for _, values in ipairs({ common, request.variables, request.values }) do
    for key, value in pairs(values) do
      context[key] = value
    end
  end
  context["header-includes"] = pandoc.List({ request.values["header-includes"], common["header-includes"] })
  return pandoc.layout.render(pandoc.template.apply(compile_template(request.template), context))
end

local function convert(request, text)
  if request.values then
    return fill(request), {}
  end
  local options = pandoc.WriterOptions({
    template = compile_template(request.template),
    variables = request.variables,
    html_math_method = "mathml",
    section_divs = request.section_divs,
    number_sections = request.number_sections,
    table_of_contents = request.toc_depth > 0,
    toc_depth = request.toc_depth,
    wrap_text = "wrap-none",
  })
  local doc, found = read_page(request, text, options)
  if found.problems then
    return "", found
  end
  return pandoc.write(cite(look.apply(doc, request.code)), "html", options), { cards = write_cards(request.cards) }
end

local function answer(header, body)
  header.length = #body
  io.stdout:write(pandoc.json.encode(header), "\n", body)
  io.stdout:flush()
end

for line in io.lines() do
  local request = pandoc.json.decode(line, false)
  local text = request.length > 0 and io.read(request.length) or ""
  warnings = pandoc.List({})
  local done, result, more = pcall(convert, request, text)
  if done then
    more.page, more.warnings = request.page, warnings
    answer(more, result)
  else
    answer({ page = request.page, error = tostring(result) }, "")
  end
end
