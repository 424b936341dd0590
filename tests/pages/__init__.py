"""Page objects: what a person does on each page, without a browser."""
