-- What header and footer need of the site and the page, besides their metadata.
--
-- `last-change`: when the site's content last changed. The pre-render hook writes it down, or nothing if nobody knows.
--
-- `long-page`: whether the page takes several screens, so that a way back to its top is worth a link.
--
-- `no-icons`: `icons: false`, which a template can't tell from an absent setting.

local LONG = 3000
local CHANGED = ".cache/octavo/changed"

local function read_change()
  local root = quarto and quarto.project.directory or pandoc.system.get_working_directory()
  local file = io.open(pandoc.path.join({ root, CHANGED }))
  if not file then
    return nil
  end
  local date = file:read("l") or ""
  file:close()
  local year, month, day = date:match("^(%d+)-(%d+)-(%d+)$")
  if not year then
    return nil
  end
  local name = os.date("!%B", os.time({ year = year, month = month, day = day, hour = 12 }))
  return { machine = date, human = ("%s %d, %s"):format(name, tonumber(day), year) }
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

function Pandoc(doc)
  doc.meta["last-change"] = read_change()
  doc.meta["long-page"] = count_letters(doc) > LONG
  doc.meta["no-icons"] = doc.meta.icons == false
  return doc
end
