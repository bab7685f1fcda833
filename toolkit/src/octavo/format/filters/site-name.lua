-- The site's title as plain text, `site-name`, for the template's attributes and window titles: `site-title` is HTML
-- there, whose quotation marks would end an attribute.

local ESCAPES = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }

function Meta(meta)
  if meta["site-title"] then
    local text = pandoc.utils.stringify(meta["site-title"]):gsub('[&<>"]', ESCAPES)
    meta["site-name"] = pandoc.MetaInlines({ pandoc.RawInline("html", text) })
  end
  return meta
end
