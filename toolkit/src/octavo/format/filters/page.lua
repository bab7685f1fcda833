-- What the template needs of the page and the site, and no metadata gives.
--
-- `card`: the page's social card, `cards/news.png`, unless the page names a picture of its own or the project's
-- `cards:` is none. octavo/documents/cards.py draws it, under the page's path.
--
-- `site-name`: the site's title without markup, for `<title>` and attributes, where tags would be text and a
-- quotation mark would end the value.
--
-- `last-change`: when the site's content last changed. The pre-render hook writes it down, or nothing if nobody knows.
--
-- `site-head`: the policy of what browsers may load, and a script that counts visits, if the owner wants one.
--
-- `long-page`: whether the page takes several screens, so that a way back to its top is worth a link.
--
-- `no-icons`, `no-search`: `icons: false` and `search: false`, which a template can't tell from an absent setting.
--
-- `home-page`, and `current` at the entry of `nav:` for the page; the template makes `aria-current="page"` of them.
--
-- `byline`, `published`, and `modified`: authors and dates. Quarto rewrites `author` and `date` later, in its own way.
--
-- `foot`: the texts of `page-footer`, one or `left`, `center`, and `right`.
--
-- `side`: the pages of the `sidebar` that the page belongs to.
--
-- `copy`: whether there is code for buttons to copy.
--
-- `dir`: the direction that the page's language is written in, if it isn't from left to right.
--
-- `words`: those of the interface, in the page's language.
--
-- `reading-time`, `body-class`, and `og-type` of a post: a page in `posts/`, except the folder's own index and
-- what the build makes there, which has no text yet.
--
-- The addresses in a `srcset` lead from the page to the site's root, as those in `src` and `href` do: Quarto makes only
-- the latter relative.

local elements, menus = require("elements"), require("menus")
local read_file, as_list, is_mapping = elements.read_file, elements.as_list, elements.is_mapping

local LONG = 3000
local LETTERS_PER_MINUTE = 1250 -- about 220 words
local CHANGED = ".cache/octavo/changed"
local HEAD = ".cache/octavo/head.html"

-- As in octavo/language/tags.py.
local RIGHT_TO_LEFT = pandoc.List({ "ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi" })
local RIGHT_TO_LEFT_SCRIPTS = pandoc.List({
  "adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa",
})

local function page_path()
  local file = elements.find_page(PANDOC_STATE)
  local root = quarto and quarto.project.directory or pandoc.system.get_working_directory()
  local path = pandoc.path.split_extension(pandoc.path.make_relative(file, root))
  return (path:gsub("\\", "/"))
end

-- As the first language has it, if the page is in the tree of another.
local function original_path(meta)
  local tree = meta.tree and pandoc.utils.stringify(meta.tree) .. "/" or ""
  local path = page_path()
  return path:sub(1, #tree) == tree and path:sub(#tree + 1) or path
end

local function name_card(meta)
  local choice = meta.cards == nil and "all" or pandoc.utils.stringify(meta.cards)
  if not meta["site-url"] or choice == "none" or choice == "false" then
    return nil
  end
  return meta.card or "cards/" .. page_path() .. ".png"
end

-- A date for machines and for people.
local function describe_date(text, words)
  local year, month, day = text:match("^(%d%d%d%d)-(%d%d)-(%d%d)$")
  if not year then
    return text ~= "" and { human = text } or nil
  end
  local parts = { year = year, month = words.months[tonumber(month)], number = tostring(tonumber(month)),
    day = tostring(tonumber(day)) }
  return { machine = text, human = words.date:gsub("{(%a+)}", parts) }
end

-- The day that the page itself states, where Quarto has made a text of it by a `date-format`.
local function find_date(meta, key)
  local text = pandoc.utils.stringify(meta[key] or "")
  if text == "" or text:match("^%d%d%d%d%-%d%d%-%d%d$") then
    return text
  end
  local matter = (read_file(elements.find_page(PANDOC_STATE)) or ""):match("^%-%-%-\r?(\n.-\n)%-%-%-") or ""
  return matter:match("\n" .. key:gsub("%-", "%%-") .. ":%s*[\"']?(%d%d%d%d%-%d%d%-%d%d)") or text
end

-- What the pre-render hook wrote down.
local function read_noted(path)
  return ((read_file(path) or ""):gsub("\n$", ""))
end

local function name_affiliation(value, known)
  if is_mapping(value) and value.ref then
    local reference = pandoc.utils.stringify(value.ref)
    value = known:find_if(function(each) return is_mapping(each) and pandoc.utils.stringify(each.id or "") == reference end)
  end
  return is_mapping(value) and value.name or value
end

local function describe_author(author, known)
  if not is_mapping(author) then
    return { name = author }
  end
  local name, orcid = author.name, author.orcid and pandoc.utils.stringify(author.orcid)
  if is_mapping(name) then
    name = name.literal or pandoc.Inlines(name.given .. { pandoc.Space() } .. name.family)
  end
  local places = as_list(author.affiliation or author.affiliations):map(function(each)
    return name_affiliation(each, known)
  end)
  return { name = name, url = author.url, orcid = orcid and orcid:match("[%dX-]+$"), places = places }
end

local function list_authors(meta)
  local known = as_list(meta.affiliations)
  return as_list(meta.authors or meta.author):map(function(author) return describe_author(author, known) end)
end

local function count_letters(doc)
  local letters = #pandoc.utils.stringify(doc.blocks)
  doc:walk({
    RawBlock = function(raw)
      letters = letters + #raw.text:gsub("<[^>]*>", "")
    end,
  })
  return letters
end

local function mark_current(meta)
  local page = original_path(meta)
  meta["home-page"] = page == "index"
  menus.mark_entries(meta.nav or {}, page)
end

local function place_srcset(raw)
  if not raw.format:match("^html") or not raw.text:find(' srcset="', 1, true) then
    return nil
  end
  local _, depth = page_path():gsub("/", "")
  local up = depth == 0 and "./" or ("../"):rep(depth)
  raw.text = raw.text:gsub(' srcset="[^"]*"', function(set)
    return (set:gsub('([" ])/([^/])', "%1" .. up .. "%2"))
  end)
  return raw
end

local function has_code(doc)
  local found = false
  doc:walk({ CodeBlock = function(block) found = found or #block.classes > 0 end })
  return found
end

-- Whether the page needs the style sheet for all that is more than text.
local function has_blocks(doc)
  local found = false
  local function find(element)
    -- Quarto keeps texts of its own in a hidden block.
    found = found or not element.classes:includes("hidden") and (element.t ~= "CodeBlock" or #element.classes > 0)
  end
  local function find_list(raw)
    found = found or raw.text:find("<div data-listing=", 1, true) ~= nil
  end
  local function find_button(link)
    found = found or link.classes:includes("btn")
  end
  doc:walk({ Div = find, Figure = find, Table = find, CodeBlock = find, RawBlock = find_list, Link = find_button })
  return found
end

local function find_direction(tag)
  local language, script = tag:lower():match("^(%a+)%-?(%a?%a?%a?%a?)")
  local is_known = RIGHT_TO_LEFT:includes(language)
  if script and #script == 4 then
    is_known = RIGHT_TO_LEFT_SCRIPTS:includes(script)
  end
  return is_known and "rtl" or nil
end

local function describe_post(doc, words)
  -- Quarto keeps texts of its own in a hidden block.
  local letters = #pandoc.utils.stringify(doc.blocks:filter(function(block)
    return not (block.t == "Div" and block.classes:includes("hidden"))
  end))
  local meta, page = doc.meta, original_path(doc.meta)
  if letters > 0 and page:match("^posts/") and page ~= "posts/index" then
    local minutes = tostring(math.ceil(letters / LETTERS_PER_MINUTE))
    local text = words["listing-page-minutes-compact"]:gsub("{count}", minutes)
    meta["reading-time"] = { minutes = minutes, text = text }
    meta["body-class"], meta["og-type"] = meta["body-class"] or "post", meta["og-type"] or "article"
  end
end

function Pandoc(doc)
  if quarto and quarto.doc.has_bootstrap() then
    quarto.log.error("`theme:` isn't part of this format: choose `palette:`, and write colors into `_brand.yml`")
    os.exit(1) -- Quarto's own `error` would go on
  end
  local meta, words = doc.meta, elements.find_words(doc.meta, PANDOC_STATE)
  meta.words = words
  mark_current(meta)
  meta.card = name_card(meta)
  meta.foot, meta.side = menus.list_foot(meta["page-footer"]), menus.find_side(meta.sidebar, original_path(meta))
  meta["site-name"] = meta["site-title"] and elements.plain_text(meta["site-title"])
  meta["last-change"] = describe_date(read_noted(CHANGED), words)
  local head = read_noted(HEAD)
  meta["site-head"] = head ~= "" and pandoc.MetaBlocks({ pandoc.RawBlock("html", head) }) or nil
  local authors = list_authors(meta)
  meta.byline = #authors > 0 and authors or nil
  -- The style sheet for blocks has the looks of these, too.
  meta.blocks = meta.blocks or has_blocks(doc) or meta.side ~= nil or #authors > 0
    or meta.date ~= nil or meta.categories ~= nil or meta.abstract ~= nil or PANDOC_WRITER_OPTIONS.table_of_contents
  meta.published = describe_date(find_date(meta, "date"), words)
  meta.modified = describe_date(find_date(meta, "date-modified"), words)
  meta.copy = meta.copy or meta.citation or meta.doi or has_code(doc) and meta["code-copy"] ~= false
  meta["long-page"] = count_letters(doc) > LONG
  describe_post(doc, words)
  meta.dir = meta.dir or find_direction(pandoc.utils.stringify(meta.lang or ""))
  meta["no-icons"], meta["no-search"] = meta.icons == false, meta.search == false
  return doc:walk({ RawBlock = place_srcset, RawInline = place_srcset })
end
