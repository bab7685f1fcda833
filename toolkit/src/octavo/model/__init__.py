"""What the tables may hold: a pydantic model for a row of each, and the JSON Schemas made from them."""
