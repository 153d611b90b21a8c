"""Articles: load them, know their language, split them into passages."""

from documents.article import Article, Passage, Section, SectionKind

__all__ = ["Article", "Passage", "Section", "SectionKind"]
