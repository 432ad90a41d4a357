"""Writes the published schema anew from the model."""

from pathlib import Path

from truceline.accord.schema import FILE_NAME, as_text, generated_schema

if __name__ == "__main__":
    Path(__file__).with_name(FILE_NAME).write_text(as_text(generated_schema()), encoding="utf-8")
