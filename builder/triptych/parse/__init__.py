"""Stage 2: parse a source into a document. Parsing never raises."""
