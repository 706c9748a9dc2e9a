"""The tables of all rules."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from triptych.validate import (
    body,
    cards,
    content,
    deck,
    deck_names,
    fences,
    front_matter,
    kept_types,
    key_marks,
    learning,
    learning_answers,
    learning_dates,
    learning_deck,
    learning_gaps,
    learning_guesses,
    learning_interview,
    media,
    odd_values,
    raw_html,
    released,
    released_deck,
    syntax,
    tables,
    theme,
    typed_blocks,
    typed_links,
    typed_marks,
    typed_math,
    typed_other,
    typed_text,
    typed_yaml,
    whole,
)
from triptych.validate.code import CODE_RULES
from triptych.validate.rule import Check, DeckCheck, DocumentCheck, Rule
from triptych.values.diagnostics import Severity

_SETTINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"missing-key": ("require",)}
)
"""The settings of `[check]` that a rule reads, besides `ignore` and `baseline`."""

DOCUMENT_ERRORS: tuple[DocumentCheck, ...] = (
    syntax.not_utf8,
    body.too_large,
    syntax.no_front_matter,
    syntax.unclosed_front_matter,
    syntax.bad_yaml,
    syntax.eaten_backslash,
    syntax.placeholder,
    front_matter.duplicate_key,
    front_matter.unknown_key,
    front_matter.wrong_type,
    front_matter.missing_key,
    typed_yaml.unquoted_sign,
    front_matter.bad_id,
    front_matter.unknown_value,
    front_matter.unknown_allowance,
    front_matter.unknown_topic,
    front_matter.bad_url,
    cards.bad_table,
    cards.no_cards,
    body.missing_id,
    body.bad_slug,
    body.duplicate_slug,
    body.unknown_slug,
    body.repeated_heading,
    body.loose_text,
    body.too_deep,
    content.bad_math,
    content.bad_cloze,
    content.bad_sizing,
    content.empty_prompt,
    content.failed_code,
    media.missing_media,
    media.media_outside,
    media.unsafe_media,
    media.unknown_figure,
)
DOCUMENT_WARNINGS: tuple[DocumentCheck, ...] = (
    body.empty_answer,
    body.misspelt_heading,
    body.needless_no_card,
    cards.needless_class,
    body.dead_anchor,
    body.lost_link,
    raw_html.dropped_html,
    raw_html.literal_tag,
    raw_html.unclosed_html,
    raw_html.void_end_tag,
    typed_yaml.cut_value,
    odd_values.half_quotes,
    odd_values.repeated_item,
    odd_values.future_date,
    typed_math.tex_delimiter,
    typed_math.spaced_math,
    typed_math.dollar_in_text,
    typed_math.unclosed_math,
    typed_math.bare_latex,
    typed_links.spaced_link,
    typed_links.broken_link,
    typed_links.reversed_link,
    typed_links.wiki_link,
    typed_links.undefined_reference,
    typed_links.undefined_footnote,
    typed_links.unused_footnote,
    fences.unclosed_fence,
    fences.indented_prose,
    typed_text.loose_emphasis,
    typed_text.half_entity,
    typed_text.unclosed_code,
    typed_text.glued_list,
    typed_text.sentence_heading,
    typed_text.lost_underscores,
    tables.uneven_row,
    tables.broken_table,
    typed_blocks.block_in_line,
    typed_blocks.glued_heading,
    typed_blocks.heading_level,
    typed_marks.highlight_signs,
    typed_marks.admonition_signs,
    typed_marks.attribute_list,
    typed_marks.emoji_code,
    typed_marks.half_cloze,
    typed_blocks.second_front_matter,
    typed_other.template_signs,
    typed_other.uneven_dollars,
    typed_other.foreign_signs,
    typed_other.half_bold,
    typed_other.script_signs,
    content.long_summary,
    content.unknown_language,
    content.unknown_info_word,
    content.stale_code,
    content.stale_number,
    key_marks.nameless_formula,
    key_marks.unused_key,
    media.altered_media,
    media.remote_media,
    media.missing_alt,
)
DECK_ERRORS: tuple[DeckCheck, ...] = (
    deck.bad_toml,
    deck.unknown_setting,
    deck.wrong_setting,
    deck.old_section,
    deck.missing_setting,
    deck.duplicate_topic,
    deck.bad_topic,
    theme.bad_theme,
    theme.bad_static_file,
    theme.bad_template,
    theme.unknown_page,
    whole.duplicate_id,
    whole.dangling_reference,
    whole.requires_cycle,
    whole.file_outside,
    whole.not_a_file,
    whole.misplaced_file,
    whole.ambiguous_name,
    kept_types.bad_note_type,
    kept_types.unknown_note_type,
    kept_types.unknown_field,
    kept_types.duplicate_guid,
    released_deck.changed_deck,
    released_deck.changed_note_type,
    released.changed_card_type,
    released.vanished_note,
    released.shared_note,
    released.known_id,
)
DECK_WARNINGS: tuple[DeckCheck, ...] = (
    deck.missing_words,
    deck_names.bad_language,
    deck_names.unknown_rule,
    deck_names.missing_baseline,
    deck_names.empty_topic,
    deck_names.unread_template,
    deck_names.unread_word,
    theme.weak_contrast,
    whole.repeated_question,
    whole.dead_link,
    whole.unread_table,
    whole.changed_tag,
    released_deck.frozen_name,
    released.fewer_cards,
)


DOCUMENT_HINTS: tuple[DocumentCheck, ...] = (
    learning_guesses.yes_no_question,
    learning_guesses.either_or_question,
    learning.several_questions,
    learning_answers.wrong_count,
    learning.orphan_pronoun,
    learning.missing_context,
    learning_gaps.poor_gap,
    learning_gaps.given_away,
    learning_answers.long_answer,
    learning_answers.long_list,
    cards.long_reverse,
    learning_answers.small_figure_text,
    key_marks.typed_math,
    learning_interview.uncovered_rubric,
    learning_interview.missing_hints,
    learning_interview.long_code,
    learning_dates.undated_claim,
    learning_dates.old_claim,
)
DECK_HINTS: tuple[DeckCheck, ...] = (
    learning_deck.near_duplicate,
    learning_deck.identical_answers,
)


def _rules(severity: Severity, checks: Iterable[Check]) -> tuple[Rule[Check], ...]:
    rules = (Rule(check, severity) for check in checks)
    return tuple(replace(r, settings=_SETTINGS.get(r.name, ())) for r in rules)


DOCUMENT_RULES = (
    *_rules(Severity.ERROR, DOCUMENT_ERRORS),
    *_rules(Severity.WARNING, DOCUMENT_WARNINGS),
)
DECK_RULES = (
    *_rules(Severity.ERROR, DECK_ERRORS),
    *_rules(Severity.WARNING, DECK_WARNINGS),
)
DOCUMENT_LEARNING = _rules(Severity.HINT, DOCUMENT_HINTS)
DECK_LEARNING = _rules(Severity.HINT, DECK_HINTS)
RULES_OF_CODE = _rules(Severity.ERROR, CODE_RULES)
_ALL: tuple[Rule[Any], ...] = (
    *DOCUMENT_RULES,
    *DECK_RULES,
    *DOCUMENT_LEARNING,
    *DECK_LEARNING,
    *RULES_OF_CODE,
)
RULES: Mapping[str, Rule[Any]] = MappingProxyType(
    {rule.name: rule for rule in sorted(_ALL, key=lambda rule: rule.name)}
)
"""All rules by name."""
