"""SHIM"""
from functools import cache
@cache
def syntax():
    import spacy
    return spacy.load("/tmp/draftlab/model")
