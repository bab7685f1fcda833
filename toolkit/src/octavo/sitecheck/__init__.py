"""The site check: reads a folder of HTML as an outsider would."""
