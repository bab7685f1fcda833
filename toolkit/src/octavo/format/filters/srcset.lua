-- The addresses in a `srcset` lead from the page to the site's root, as those in `src` and `href` do: Quarto makes only
-- the latter relative.

local function depth()
  local file = quarto and quarto.doc.input_file or PANDOC_STATE.input_files[1] or ""
  local root = quarto and quarto.project.directory or pandoc.system.get_working_directory()
  local _, slashes = pandoc.path.make_relative(file, root):gsub("[/\\]", "")
  return slashes
end

local function place(raw)
  if not raw.format:match("^html") or not raw.text:find(' srcset="', 1, true) then
    return nil
  end
  local up = depth() == 0 and "./" or ("../"):rep(depth())
  raw.text = raw.text:gsub(' srcset="[^"]*"', function(set)
    return (set:gsub('([" ])/([^/])', "%1" .. up .. "%2"))
  end)
  return raw
end

return { { RawBlock = place, RawInline = place } }
