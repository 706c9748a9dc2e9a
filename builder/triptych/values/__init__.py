"""The frozen data classes that the stages pass on, with little logic."""
