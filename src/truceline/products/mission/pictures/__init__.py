"""Maps and charts of a mission's report as SVG: the same picture in HTML, PDF and (as pixels) in DOCX.

Text stays text, so that it can be searched and is shaped by what sets it; the same facts give the same bytes.
"""
