"""Site check: reads a folder of HTML as a stranger would."""
