-- Addresses: makes root-relative addresses in a page's Markdown relative to the page.
-- Those in the template are rewritten later, with the rest of the page's HTML.

local function offset_address(address, offset)
  if address:sub(1, 1) == "/" and address:sub(1, 2) ~= "//" then
    return offset .. address
  end
  return address
end

local function offset(doc, way)
  return doc:walk({
    Link = function(link)
      link.target = offset_address(link.target, way)
      return link
    end,
    Image = function(image)
      image.src = offset_address(image.src, way)
      return image
    end,
  })
end

return { offset = offset }
