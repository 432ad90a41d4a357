"""The report of a monitoring mission: facts of a period, said in four languages, set as HTML, PDF and DOCX.

`facts` are numbers and ids without words; `compose` says them as blocks in one language; the renderers set
the blocks and add nothing. Every figure has an identifier, by which `truceline explain` takes it.
"""
