"""Quizzes in the formats of learning platforms, one module a format."""
