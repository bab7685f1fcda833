-- Addresses: root-relative ones in a page's Markdown lead from the page to the site's root.
-- Those in the template are turned later, with the rest of the page's HTML.

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
