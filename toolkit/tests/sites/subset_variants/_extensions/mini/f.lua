function Str(s) if s.text == "FILTERME" then return pandoc.Strong("filtered") end end
function Meta(m) m.seen = pandoc.path.filename((quarto and quarto.doc.input_file) or PANDOC_STATE.input_files[1]); return m end
function Pandoc(d) table.insert(d.blocks, pandoc.Para{pandoc.Str("appended "..FORMAT)}) return d end
