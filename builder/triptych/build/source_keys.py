"""The keys by which compiled files are kept: what each is sure to depend on."""

from hashlib import blake2b

from triptych.build.file_inputs import RecordedInputs
from triptych.deck.project import Project
from triptych.render.made_of import made_of
from triptych.values.deck import file_settings
from triptych.values.source import Source


def source_keys(project: Project) -> list[str]:
    """Return a digest for each source of what it is sure to depend on."""
    shared = made_of(
        file_settings(project.deck),
        project.strings.section("prose", project.deck.language),
    )
    return [_source_key(shared, source) for source in project.folder.sources]


def _source_key(shared: str, source: Source) -> str:
    # Not `made_of`: to write thousands of texts as Python does takes longer.
    facts = f"{shared}\0{source.path}\0{source.undecodable} {source.is_cut}"
    data = f"{facts} {source.encoding}\0{source.text}".encode("utf-8", "replace")
    return blake2b(data, digest_size=16).hexdigest()


def key_with_inputs(key: str, inputs: RecordedInputs) -> str:
    """Return a digest of all that a file depends on, given its key and its inputs."""
    return made_of(key, inputs) if inputs else key
