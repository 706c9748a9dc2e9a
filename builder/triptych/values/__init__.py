"""The values that travel between the stages: nouns, frozen, with little logic."""
