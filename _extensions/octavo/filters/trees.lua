-- A site in several languages: the texts of `_quarto.yml` in the page's own, and addresses in the pages that the build
-- copies into the tree of a language (octavo/trees), where `tree:` names its folder. In any site, `dir`: the direction
-- that the page's language is written in, if it isn't from left to right.
-- Files next to the source of a copy stay there: links to pages stay in the tree, and all others lead out of it.

local is_mapping = require("elements").is_mapping

local TAG = "^%l%l%l?%-?[%w-]*$"
local TEXTS = { "site-title", "site-description", "nav", "page-footer", "sidebar" }

-- As in octavo/language/tags.py.
local RIGHT_TO_LEFT = pandoc.List({ "ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi" })
local RIGHT_TO_LEFT_SCRIPTS = pandoc.List({
  "adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa",
})

local function is_translated(value)
  for key in pairs(is_mapping(value) and value or {}) do
    if not key:match(TAG) or #key > 3 and not key:find("-", 1, true) then
      return false
    end
  end
  return is_mapping(value) and next(value) ~= nil
end

-- The value, with each mapping such as `{en: News, de: Aktuelles}` replaced by its text in the language, or the first.
local function choose_texts(value, language, first)
  if is_translated(value) then
    return value[language] or value[first] or value[next(value)]
  elseif is_mapping(value) or pandoc.utils.type(value) == "List" then
    for key, each in pairs(value) do
      value[key] = choose_texts(each, language, first)
    end
  end
  return value
end

local function exists(path)
  local root = quarto and quarto.project.directory or pandoc.system.get_working_directory()
  local file = io.open(pandoc.path.join({ root, path }))
  if file then
    file:close()
  end
  return file ~= nil
end

-- The path in the project that an address leads to from a folder; nothing if that is outside.
local function resolve(folder, path)
  local parts = pandoc.List({})
  for part in (folder .. "/" .. path):gmatch("[^/]+") do
    if part == ".." then
      if #parts == 0 then
        return nil
      end
      parts:remove()
    elseif part ~= "." then
      parts:insert(part)
    end
  end
  return table.concat(parts, "/")
end

local function move(tree)
  local file = quarto and quarto.doc.input_file or PANDOC_STATE.input_files[1] or ""
  local root = quarto and quarto.project.directory or pandoc.system.get_working_directory()
  local folder = pandoc.path.directory(pandoc.path.make_relative(file, root)):gsub("\\", "/")
  local inner = folder == tree and "" or folder:sub(#tree + 2)
  local up = ("../"):rep(select(2, folder:gsub("[^/]+", "")))

  local function move_address(address)
    local path, rest = address:match("^([^?#]*)(.*)$")
    if path == "" or path:match("^%w+:") or path:sub(1, 1) == "/" then
      return address
    end
    local target = resolve(inner, (path:gsub("%%(%x%x)", function(code) return string.char(tonumber(code, 16)) end)))
    if not target or not exists(target) or exists(tree .. "/" .. target) then
      return address
    end
    return up .. resolve(inner, path) .. rest
  end

  local function move_tag(raw)
    if raw.format:match("^html") then
      raw.text = raw.text:gsub('(%s[hs]r[ec]f?=")([^"]*)', function(before, address)
        return before .. move_address(address)
      end)
      return raw
    end
  end

  return {
    Link = function(link)
      link.target = move_address(link.target)
      return link
    end,
    Image = function(image)
      image.src = move_address(image.src)
      return image
    end,
    RawBlock = move_tag,
    RawInline = move_tag,
  }
end

local function find_direction(tag)
  local language, script = tag:lower():match("^(%a+)%-?(%a?%a?%a?%a?)")
  local is_known = RIGHT_TO_LEFT:includes(language)
  if script and #script == 4 then
    is_known = RIGHT_TO_LEFT_SCRIPTS:includes(script)
  end
  return is_known and "rtl" or nil
end

function Pandoc(doc)
  local meta = doc.meta
  local tree = meta.tree and pandoc.utils.stringify(meta.tree)
  local language = tree or pandoc.utils.stringify(meta.lang or "en")
  local first = meta.languages and pandoc.utils.stringify(meta.languages[1]) or language
  for _, name in ipairs(TEXTS) do
    meta[name] = meta[name] and choose_texts(meta[name], language, first)
  end
  meta.dir = meta.dir or find_direction(pandoc.utils.stringify(meta.lang or ""))
  return tree and doc:walk(move(tree)) or doc
end
