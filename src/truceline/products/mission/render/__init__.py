"""A document set as HTML, PDF or DOCX. Nothing here knows what the document says."""
