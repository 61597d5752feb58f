"""What the pages of quality say in words of their own."""

from django import template

from yidang.quality.processes import subject_in_words

register = template.Library()
register.filter("in_words", subject_in_words)
